"""The list of figures: value, bar, parts, verdict, what it was, and its weeks."""

from typing import NamedTuple

from rich.text import Text

from workbench.reports.model import Unit
from workbench.reports.page import Page, Row
from workbench.reports.panels.words import change_cell, value_cell, verdict_cell
from workbench.text import bar
from workbench.widgets.columns import Column
from workbench.widgets.held import HeldRows
from workbench.widgets.show import show, show_line
from workbench.widgets.virtual_list import VirtualList

_BAR = 8
"""Cells of a bar that is full."""


class FigureRow(NamedTuple):
    """A figure, and the value that it is compared with."""

    row: Row
    then: float | None


class FigureList(VirtualList[FigureRow]):
    """The figures; `enter` opens the tickets behind one."""

    def __init__(self) -> None:
        super().__init__(_columns("Before"), HeldRows(()), empty=show("The figures are being taken …"), id="figures")

    def show_page(self, page: Page) -> None:
        """Shows these, the cursor where it was."""
        at = self.index
        self.show_columns(_columns("Before" if page.against is None else "Then"))
        kept = page.against
        thens = [line.before.value if kept is None else kept.values.get(line.figure.name) for line in page.report.lines]
        rows = [FigureRow(row, then) for row, then in zip(page.rows(), thens, strict=True)]
        self.show_source(HeldRows(rows), key=at)


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
