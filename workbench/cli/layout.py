"""Columns for the terminal: made visible, cut to the width, aligned by the cells that characters take."""

import shutil
import unicodedata
from collections.abc import Sequence

from workbench.text import one_line, visible

_LEAST = 8
"""Cells that the flexible column keeps in however narrow a terminal."""


def screen_width() -> int:
    """Cells of a line: the terminal's, or `$COLUMNS`, or 80 where neither says."""
    return shutil.get_terminal_size((80, 24)).columns


def cells(text: str) -> int:
    """How many cells the text takes on a terminal: two for wide characters, none for those that combine."""
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


def cut(text: str, width: int) -> str:
    """The text on one line and made visible, with … where it is longer than the width."""
    shown = one_line(text[: 4 * width + 4])
    if cells(shown) <= width:
        return shown
    kept, used = [], 0
    for character in shown:
        used += _cells_of(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def table(
    rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset(), flexible: int, width: int
) -> list[str]:
    """Rows as aligned lines; the columns in `right` end alike, and the flexible one is cut to fit the width."""
    if not rows:
        return []
    shown = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(cells, column)) for column in zip(*shown, strict=True)]
    rest = width - sum(widths) - 2 * (len(widths) - 1) + widths[flexible]
    widths[flexible] = min(widths[flexible], max(_LEAST, rest))
    return [_line(row, widths, right) for row in shown]


def indented(text: str, margin: str) -> list[str]:
    """The lines of a text, made visible, each behind the margin."""
    return [f"{margin}{line}".rstrip() for line in visible(text).expandtabs(4).split("\n")]


def _line(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    parts = []
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        shown = cut(cell, width)
        space = " " * (width - cells(shown))
        parts.append(space + shown if place in right else shown + space)
    return "  ".join(parts).rstrip()


def _cells_of(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1
