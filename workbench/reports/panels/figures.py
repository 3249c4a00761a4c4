"""The list of figures: value, bar, parts, verdict, what it was, and its weeks."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.text import Text

from workbench.reports.model import Unit
from workbench.reports.page import Page, Row
from workbench.reports.panels.words import change_cell, value_cell, verdict_cell
from workbench.text import bar
from workbench.widgets.columns import Column
from workbench.widgets.show import show, show_line
from workbench.widgets.virtual_list import VirtualList

_BAR = 8
"""Cells of a bar that is full."""


class FigureRow(NamedTuple):
    """A figure at its place in the list, and the value that it is compared with."""

    place: int
    row: Row
    then: float | None


class FigureRows:
    """All of them, as the list reads them."""

    def __init__(self, rows: Sequence[FigureRow] = ()) -> None:
        self._rows = rows

    @classmethod
    def of(cls, page: Page) -> "FigureRows":
        """Those of a page."""
        kept = page.against
        thens = [line.before.value if kept is None else kept.values.get(line.figure.name) for line in page.report.lines]
        return cls(
            [FigureRow(place, row, then) for place, (row, then) in enumerate(zip(page.rows(), thens, strict=True))]
        )

    def count(self) -> int:
        """How many there are."""
        return len(self._rows)

    def page(self, offset: int, limit: int) -> Sequence[FigureRow]:
        """Those from `offset` on."""
        return self._rows[offset : offset + limit]

    def after(self, row: FigureRow, limit: int) -> Sequence[FigureRow]:
        """The next ones."""
        return self.page(row.place + 1, limit)

    def before(self, row: FigureRow, limit: int) -> Sequence[FigureRow]:
        """The ones before."""
        return self._rows[max(0, row.place - limit) : row.place]

    def last(self, limit: int) -> Sequence[FigureRow]:
        """The last ones."""
        return self._rows[-limit:]

    def rank(self, row: FigureRow, about: int | None = None) -> int:
        """Its place."""
        return row.place

    def distance(self, origin: FigureRow, row: FigureRow) -> int:
        """How far down it is."""
        return row.place - origin.place

    def find(self, key: int) -> FigureRow | None:
        """The one at that place."""
        return self._rows[key] if key < len(self._rows) else None

    def key(self, row: FigureRow) -> int:
        """Its place, which stays."""
        return row.place


class FigureList(VirtualList[FigureRow]):
    """The figures; `enter` opens the tickets behind one."""

    def __init__(self) -> None:
        super().__init__(_columns("Before"), FigureRows(), empty=show("The figures are being taken …"), id="figures")

    def show_page(self, page: Page) -> None:
        """Shows these, the cursor where it was."""
        at = self.index
        self.show_columns(_columns("Before" if page.against is None else "Then"))
        self.show_source(FigureRows.of(page), key=at)


def _columns(then: str) -> list[Column[FigureRow]]:
    """What is shown of a figure; a narrow terminal loses what it is made of, then the bar, the change, the weeks."""

    def drawn(each: FigureRow, width: int) -> Text:
        figure = each.row.figure
        if figure.definition.unit is not Unit.SHARE or figure.value is None:
            return Text()
        return show_line(bar(figure.value, width), "cyan")

    return [
        Column("Figure", 22, lambda each, _: show_line(each.row.title), flexible=True),
        Column("Now", 9, lambda each, _: value_cell(each.row), right=True),
        Column("", _BAR, drawn, drop_order=2),
        Column("Of", 18, lambda each, _: show_line(each.row.parts), drop_order=1, right=True),
        Column("Target", 14, lambda each, _: verdict_cell(each.row.figure)),
        Column(then, 9, lambda each, _: show_line(each.row.then, "dim"), drop_order=4, right=True),
        Column("Change", 11, lambda each, _: change_cell(each.row.figure, each.then), drop_order=3, right=True),
        Column("By week", 12, lambda each, _: show_line(each.row.spark, "cyan")),
    ]
