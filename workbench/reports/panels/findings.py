"""The diagnosis in sentences: what was found and what was not, what else is wrong, and which model fits each team."""

from collections.abc import Iterator
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from workbench.reports.diagnosis import Finding
from workbench.reports.fitting import Fit
from workbench.reports.panels.words import BEING_WORKED_OUT, finding_told, fit_told
from workbench.reports.service import Diagnosis
from workbench.widgets.show import show, show_line

Item = Finding | Fit | None


class FindingList(OptionList, inherit_bindings=False):
    """Findings and fits below their headings; `enter` opens the tickets that show one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", id="diagnosis.up", tooltip="To the one above", show=False),
        Binding("down,j", "cursor_down", "Down", id="diagnosis.down", tooltip="To the one below", show=False),
        Binding("pageup", "page_up", "Page up", id="diagnosis.page_up", tooltip="A screen up", show=False),
        Binding("pagedown", "page_down", "Page down", id="diagnosis.page_down", tooltip="A screen down", show=False),
        Binding("home,g", "first", "First", id="diagnosis.first", tooltip="To the first", show=False),
        Binding("end,G", "last", "Last", id="diagnosis.last", tooltip="To the last", show=False),
        Binding("enter", "select", "Tickets", id="diagnosis.open", tooltip="The tickets that show it"),
    ]

    def __init__(self) -> None:
        super().__init__(Option(show(BEING_WORKED_OUT, "dim"), disabled=True), id="diagnosis")
        self._items: list[Item] = []

    @property
    def item(self) -> Item:
        """The one under the cursor."""
        at = self.highlighted
        return None if at is None or at >= len(self._items) else self._items[at]

    def show_diagnosis(self, found: Diagnosis) -> None:
        """Shows all that was found, the cursor where it was."""
        at = self.highlighted
        told = list(_told(found))
        self._items = [item for item, _ in told]
        self.clear_options()
        self.add_options([_option(item, text) for item, text in told])
        self.highlighted = at if at is not None and at < len(told) else 1


def _option(item: Item, told: Table | Text) -> Option:
    return Option(told, disabled=item is None)


def _told(found: Diagnosis) -> Iterator[tuple[Item, Text | Table]]:
    yield None, _heading("Where the tiers break")
    yield from ((each, finding_told(each)) for each in found.patterns)
    yield None, _heading("Besides")
    yield from ((each, finding_told(each)) for each in found.besides)
    yield None, _heading("Which way of support fits which team")
    yield from ((each, fit_told(each)) for each in found.fits)


def _heading(title: str) -> Text:
    return show_line(title, "bold underline")
