"""The columns of a list: which of them fit, and one row laid out in them."""

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from rich.text import Text

from workbench.text import one_line
from workbench.widgets.show import show_line

R = TypeVar("R")

GAP = 1
"""Cells between two columns, and at each end of a line."""


class Column(NamedTuple, Generic[R]):
    """One column: its title, its width in cells, and what it shows of a row in that width.

    Columns with a `drop_order` are left out on a narrow terminal, the smallest first; 0 always stays. A flexible column
    is at least `width` wide and takes what the others leave.
    """

    title: str
    width: int
    render: Callable[[R, int], Text]
    drop_order: int = 0
    flexible: bool = False
    right: bool = False


class Layout(NamedTuple, Generic[R]):
    """The columns that fit in a width, each with its own width in cells."""

    columns: Sequence[tuple[Column[R], int]]
    width: int

    @classmethod
    def fit(cls, columns: Sequence[Column[R]], width: int) -> "Layout[R]":
        """Drops columns in their stated order until the rest fits, and gives the flexible ones what is left over."""
        kept = list(columns)
        droppable = sorted((column for column in columns if column.drop_order), key=lambda column: column.drop_order)
        while droppable and _needed(kept) > width:
            kept.remove(droppable.pop(0))
        spare = max(0, width - _needed(kept))
        flexible = sum(column.flexible for column in kept)
        widths = []
        for column in kept:
            share = -(-spare // flexible) if column.flexible else 0
            spare, flexible = spare - share, flexible - column.flexible
            widths.append((column, column.width + share))
        return cls(tuple(widths), width)

    def line(self, row: R) -> Text:
        """The row, each column at its place whatever the text in it."""
        return self._joined([_cell(column.render(row, width), width, column.right) for column, width in self.columns])

    def header(self) -> Text:
        """The titles of the columns."""
        return self._joined([_cell(show_line(column.title), width, column.right) for column, width in self.columns])

    def title_at(self, cell: int) -> str | None:
        """The title of the column at that cell of a line; None between two columns."""
        start = GAP
        for column, width in self.columns:
            if start <= cell < start + width:
                return column.title
            start += width + GAP
        return None

    def _joined(self, cells: Sequence[Text]) -> Text:
        line = Text(" " * GAP, no_wrap=True, end="").join([Text(), *cells, Text()])
        line.truncate(self.width, overflow="crop", pad=True)
        return line


def _needed(columns: Sequence[Column[R]]) -> int:
    return GAP + sum(column.width + GAP for column in columns)


def _cell(text: Text, width: int, right: bool) -> Text:
    """The text in exactly that many cells; a control character or a newline would shift everything behind it."""
    plain = one_line(text.plain)
    cell = text.copy()
    if plain != text.plain:
        cell.plain = plain
    if right:
        cell.truncate(width, overflow="ellipsis")
        cell.pad_left(width - cell.cell_len)
    else:
        cell.truncate(width, overflow="ellipsis", pad=True)
    return cell
