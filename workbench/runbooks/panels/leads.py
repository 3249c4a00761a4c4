"""Which of the runbooks that a page leads to is wanted."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from workbench.widgets.box import Box
from workbench.widgets.options import option
from workbench.widgets.show import show_line


class LeadsScreen(Box[str | None]):
    """Gives the slug of the runbook that was chosen."""

    DEFAULT_CSS = """
    LeadsScreen {
        & > .box { width: 64; max-height: 80%; }
        & OptionList { height: auto; max-height: 16; border: none; padding: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f", "dismiss", "Leave", id="leads.leave", tooltip="Stay where one is"),
    ]

    def __init__(self, slugs: Sequence[tuple[str, str]]) -> None:
        super().__init__("Leads to")
        self._slugs = slugs

    def parts(self) -> Iterable[Widget]:
        """The titles."""
        yield OptionList(*(option(show_line(title)) for _, title in self._slugs))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._slugs[event.option_index][0])
