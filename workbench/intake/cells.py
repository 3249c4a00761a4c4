"""What one cell can hold: text that no spreadsheet will run, and lists."""

import re
from collections.abc import Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_BETWEEN = re.compile(r"[;,]")


def guarded(cell: str) -> str:
    """The cell with a `'` before it where a spreadsheet would run it: at `= + - @`, tab or carriage return."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`, also where the text itself began with a `'`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def without_nul(text: str) -> str:
    """The text with each NUL, at which a spreadsheet would cut it off, as the ␀ that shows one."""
    return text.replace("\0", "␀")


def joined(parts: Sequence[str]) -> str:
    """A list in one cell; a single part that has a blank in it is closed by a `;` so that it stays one."""
    return f"{parts[0]};" if len(parts) == 1 and " " in parts[0] else ";".join(parts)


def split(cell: str) -> tuple[str, ...]:
    """The list in a cell, between `;` or `,`, or between blanks where neither stands; each part once."""
    parts = _BETWEEN.split(cell) if _BETWEEN.search(cell) else cell.split()
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
