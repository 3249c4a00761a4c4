"""A text in the user's own editor; it stays in its file until it is saved, so that nothing typed is lost."""

import os
import shlex
import subprocess
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from workbench.errors import InvalidInput, Refused
from workbench.runbooks.model import MOST_TEXT
from workbench.runbooks.naming import checked_slug, title_of
from workbench.runbooks.tree import plain_ends

REVIEW_AFTER: Final = timedelta(days=180)
"""After this time a new runbook is to be looked over, unless its author says otherwise."""

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


class Sheet:
    """One text while it is edited, in a folder that nobody else can look into."""

    def __init__(self, slug: str, text: str) -> None:
        self.slug = slug
        self._text = text
        self.path = Path(tempfile.mkdtemp(prefix="workbench-"), f"{slug}.md")
        self.path.touch(mode=0o600)
        self.path.write_text(text, encoding="utf-8", newline="\n")

    @property
    def is_as_it_was(self) -> bool:
        """Whether nothing was typed."""
        return not self.path.exists() or self.path.read_bytes() == self._text.encode()

    def edit(self) -> str:
        """Opens the editor, waits, and gives the text; Refused where it does not start, or ends with an error."""
        editor = named_editor() or "vi"
        try:
            status = subprocess.run([*shlex.split(editor), str(self.path)], check=False).returncode
        except (OSError, ValueError) as error:
            raise Refused(f"the editor {editor!r} does not start ({error})", "name another in $EDITOR") from error
        if status:
            raise Refused(f"the editor {editor!r} ended with status {status}", "nothing was changed")
        return read_text(self.path)

    def forget(self) -> None:
        """Removes the file, and what the editor kept beside it."""
        self.path.unlink(missing_ok=True)
        for left in self.path.parent.iterdir():
            left.unlink(missing_ok=True)
        self.path.parent.rmdir()


def named_editor() -> str | None:
    """The editor that the surroundings name, which need not be one for a terminal."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or None


def template(slug: str, today: date) -> str:
    """The text that a new runbook begins with; InvalidInput where the slug cannot be one."""
    return _TEMPLATE.format(title=title_of(checked_slug(slug)), review=today + REVIEW_AFTER)


def read_text(file: Path) -> str:
    """The text of a file; InvalidInput where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return plain_ends(opened.read(4 * MOST_TEXT + 1).decode("utf-8-sig"))
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read ({error.strerror})", "name a file of Markdown") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file} is not UTF-8 text (at byte {error.start})", "save it as UTF-8") from error
