"""The diagnosis in sentences: what was found and what was not, what else is wrong, and which model fits each team."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType

from workbench.reports.findings import Finding
from workbench.reports.fitting import Fit, Of
from workbench.reports.panels.behind import Item
from workbench.reports.panels.words import BEING_WORKED_OUT, clue_told, finding_told, fit_told
from workbench.reports.service import Diagnosis
from workbench.reports.words import counted
from workbench.widgets.options import Options, moves, option
from workbench.widgets.show import show, show_line

_COMPONENTS: Final = 50
"""Components that are told of, those with the most tickets first; written to a file there are all of them."""


class FindingList(Options, inherit_bindings=False):
    """Findings with what shows them, and fits, below their headings; `enter` opens the tickets behind a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *moves("diagnosis"),
        Binding("enter", "select", "Tickets", id="diagnosis.open", tooltip="The tickets that show it"),
    ]

    def __init__(self) -> None:
        super().__init__(option(show(BEING_WORKED_OUT, "dim"), enabled=False), id="diagnosis")
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
        self.add_options([option(text, enabled=item is not None) for item, text in told])
        self.highlighted = at if at is not None and at < len(told) else 1


def _told(found: Diagnosis) -> Iterator[tuple[Item, Text | Table]]:
    yield None, _heading("Where the tiers break")
    for each in found.patterns:
        yield from _finding(each)
    yield None, _heading("Besides")
    for each in found.besides:
        yield from _finding(each)
    yield None, _heading("Which way of support fits which team")
    yield from ((each, fit_told(each)) for each in found.fits if each.of is Of.TEAM)
    yield from _components([each for each in found.fits if each.of is Of.COMPONENT])


def _finding(found: Finding) -> Iterator[tuple[Item, Text | Table]]:
    yield found, finding_told(found)
    yield from ((clue, clue_told(clue)) for clue in found.clues)


def _components(fits: Sequence[Fit]) -> Iterator[tuple[Item, Text | Table]]:
    """Those of which one can tell; before them, how many others there are, since a cursor at the end must show it."""
    if not fits:
        return
    known = [each for each in fits if each.model is not None]
    yield None, _heading("Which way of support fits which component")
    for lacks, number in Counter(each.lacks for each in fits if each.model is None).items():
        yield None, show(f"  {counted(number, 'component')}: {lacks}.", "dim")
    if len(known) > _COMPONENTS:
        told = f"  The {_COMPONENTS} with the most tickets; the others are in the report that `e` writes to a file."
        yield None, show(told, "dim")
    yield from ((each, fit_told(each)) for each in known[:_COMPONENTS])


def _heading(title: str) -> Text:
    return show_line(title, "bold underline")
