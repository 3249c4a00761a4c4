"""Writing runbooks in one's own editor; nothing typed is lost, whatever is wrong with it."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import click

from workbench.cli.arguments import PATH, TEXT, json_option
from workbench.cli.output import complain, tell, tell_json
from workbench.cli.session import Session
from workbench.desk import Desk
from workbench.errors import InvalidInput, WorkbenchError
from workbench.runbooks.as_json import runbook_told
from workbench.runbooks.model import Runbook, Unreadable
from workbench.text import one_line

_file = click.option(
    "--file",
    "file",
    type=PATH,
    metavar="FILE",
    help="Take the text from FILE, without an editor.",
)


@click.command()
@click.argument("slug", type=TEXT)
@_file
@click.option("--from", "ref", type=TEXT, metavar="REF", help="Begin with a draft made of this ticket's timeline.")
@json_option
@click.pass_obj
def new(session: Session, slug: str, file: Path | None, ref: str | None, as_json: bool) -> None:
    """Write a new runbook in $EDITOR; leaving the template or the draft as it is makes none."""
    from workbench.runbooks.editing import template

    with session.writing() as desk:
        desk.organisation.require_person(desk.who)
        text = template(slug, desk.runbooks.today()) if ref is None else _draft(desk, ref)
        written = _written(f"new {slug}", slug, text, file, lambda text: desk.runbooks.create(slug, text))
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


def _draft(desk: Desk, ref: str) -> str:
    from workbench.runbooks.drafting import runbook_draft

    return runbook_draft(*desk.tickets.with_timeline(desk.tickets.number(ref)))


def _written(
    command: str, slug: str, text: str, file: Path | None, save: Callable[[str], Runbook | None]
) -> Runbook | None:
    """Saves what FILE holds, or what the editor leaves; None where nothing was changed."""
    from workbench.runbooks.editing import Sheet, named_editor, read_text

    if file:
        return save(read_text(file))
    if not named_editor() and any(stream is None or not stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise click.UsageError("there is no terminal to write on; give the text with --file FILE, or set $EDITOR")
    sheet = Sheet(slug, text)
    try:
        while True:
            changed = sheet.edit()
            try:
                saved = None if changed == text else save(changed)
            except Unreadable as error:
                if not _goes_on(error):
                    raise
            else:
                sheet.forget()
                return saved
    except WorkbenchError as error:
        if sheet.is_as_it_was:
            sheet.forget()
            raise
        path = sheet.path
        advice = (
            f"your text is in {path}; `workbench runbook {command} --file {shlex.quote(str(path))}` goes on with it"
        )
        raise InvalidInput(error.wrong, advice) from error


def _goes_on(error: Unreadable) -> bool:
    """Tells what is wrong, and asks where somebody is there to answer."""
    if not sys.stdin or not sys.stdin.isatty():
        return False
    complain(str(error))
    return click.confirm("Edit again?", default=True, err=True)


def _tell(desk: Desk, written: Runbook | None, as_json: bool) -> None:
    if written is None:
        tell("null" if as_json else "nothing changed")
    elif as_json:
        tell_json(runbook_told(written, desk.runbooks.entry(written.slug), desk.runbooks.today()))
    else:
        tell(one_line(f"{written.slug} version {written.version}"))
