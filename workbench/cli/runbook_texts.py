"""Writing runbooks in one's own editor; nothing typed is lost, whatever is wrong with it."""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

import click

from workbench.cli.arguments import TEXT, json_option
from workbench.cli.output import complain, tell, tell_json
from workbench.cli.session import Session
from workbench.desk import Desk
from workbench.errors import InvalidInput, Refused, WorkbenchError
from workbench.runbooks.model import MOST_TEXT, Runbook, Unreadable
from workbench.runbooks.told import runbook_told
from workbench.runbooks.tree import plain_ends
from workbench.text import one_line

_REVIEW_AFTER: Final = timedelta(days=180)
_TEMPLATE: Final = """\
---
title: {title}
tags: []
components: []
signatures: []
tier: L1
owner:
access:
review: {review}
---

When to use this, in a sentence.

## Steps

1. **What to do first.** Where, and why.

   ```sh
   ping -c 3 {{{{host}}}}
   ```

   Expect: what one sees when it worked.
   Caution: what could go wrong.

2. What to do next.
"""

_file = click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take the text from FILE, without an editor.",
)


@click.command()
@click.argument("slug", type=TEXT)
@_file
@json_option
@click.pass_obj
def new(session: Session, slug: str, file: Path | None, as_json: bool) -> None:
    """Write a new runbook in $EDITOR; leaving the template as it is makes none."""
    from workbench.runbooks.naming import checked_slug, title_of

    title = title_of(checked_slug(slug))
    with session.writing() as desk:
        desk.organisation.require_person(desk.who)
        template = _TEMPLATE.format(title=title, review=desk.runbooks.today() + _REVIEW_AFTER)
        written = _written(f"new {slug}", slug, template, file, lambda text: desk.runbooks.create(slug, text))
        _tell(desk, written, as_json)


@click.command()
@click.argument("slug", type=TEXT)
@_file
@json_option
@click.pass_obj
def edit(session: Session, slug: str, file: Path | None, as_json: bool) -> None:
    """Change a runbook in $EDITOR; the version before is kept, and no change is no version."""
    with session.writing() as desk:
        desk.organisation.require_person(desk.who)
        before = desk.runbooks.versions(slug)[0]
        save = lambda text: desk.runbooks.change(slug, text, before.number)  # noqa: E731
        _tell(desk, _written(f"edit {slug}", slug, before.text, file, save), as_json)


def _written(
    command: str, slug: str, text: str, file: Path | None, save: Callable[[str], Runbook | None]
) -> Runbook | None:
    """Saves what FILE holds, or what the editor leaves; None where nothing was changed."""
    if file:
        return save(_read(file))
    kept = Path(tempfile.mkdtemp(prefix="workbench-"), f"{slug}.md")  # a folder that nobody else can look into
    kept.touch(mode=0o600)
    kept.write_text(text, encoding="utf-8", newline="\n")
    try:
        return _edited(kept, text, save)
    except WorkbenchError as error:
        if _as_it_was(kept, text):
            _forget(kept)
            raise
        advice = (
            f"your text is in {kept}; `workbench runbook {command} --file {shlex.quote(str(kept))}` goes on with it"
        )
        raise InvalidInput(error.wrong, advice) from error


def _edited(kept: Path, text: str, save: Callable[[str], Runbook | None]) -> Runbook | None:
    while True:
        _open_editor(kept)
        changed = _read(kept)
        try:
            saved = None if changed == text else save(changed)
        except Unreadable as error:
            if not _goes_on(error):
                raise
        else:
            _forget(kept)
            return saved


def _open_editor(file: Path) -> None:
    """Opens the editor and waits; Refused where it does not start, or ends with an error."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        status = subprocess.run([*shlex.split(editor), str(file)], check=False).returncode
    except (OSError, ValueError) as error:
        raise Refused(f"the editor {editor!r} does not start ({error})", "name another in $EDITOR") from error
    if status:
        raise Refused(f"the editor {editor!r} ended with status {status}", "nothing was changed")


def _goes_on(error: Unreadable) -> bool:
    """Tells what is wrong, and asks where somebody is there to answer."""
    if not sys.stdin or not sys.stdin.isatty():
        return False
    complain(str(error))
    return click.confirm("Edit again?", default=True, err=True)


def _read(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return plain_ends(opened.read(4 * MOST_TEXT + 1).decode("utf-8-sig"))
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read ({error.strerror})", "name a file of Markdown") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file} is not UTF-8 text (at byte {error.start})", "save it as UTF-8") from error


def _as_it_was(file: Path, text: str) -> bool:
    return not file.exists() or file.read_bytes() == text.encode()


def _forget(file: Path) -> None:
    file.unlink(missing_ok=True)
    for left in file.parent.iterdir():  # what the editor kept beside it
        left.unlink(missing_ok=True)
    file.parent.rmdir()


def _tell(desk: Desk, written: Runbook | None, as_json: bool) -> None:
    if written is None:
        tell("null" if as_json else "nothing changed")
    elif as_json:
        tell_json(runbook_told(written, desk.runbooks.entry(written.slug), desk.runbooks.today()))
    else:
        tell(one_line(f"{written.slug} version {written.version}"))
