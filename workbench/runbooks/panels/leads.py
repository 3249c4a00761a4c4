"""Which of the runbooks that a page leads to is wanted."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList

from workbench.widgets.key_line import KeyLine
from workbench.widgets.options import option
from workbench.widgets.show import show_line


class LeadsScreen(ModalScreen[str | None]):
    """Gives the slug of the runbook that was chosen."""

    DEFAULT_CSS = """
    LeadsScreen {
        align: center middle;
        & > Vertical { width: 64; max-width: 100%; height: auto; max-height: 80%; border: round $accent; padding: 0 1; }
        & OptionList { height: auto; max-height: 16; border: none; padding: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f", "dismiss", "Leave", id="leads.leave", tooltip="Stay where one is"),
    ]

    def __init__(self, slugs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._slugs = slugs

    def compose(self) -> ComposeResult:
        """The titles and the keys."""
        with Vertical() as box:
            box.border_title = "Leads to"
            yield OptionList(*(option(show_line(title)) for _, title in self._slugs))
        yield KeyLine()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._slugs[event.option_index][0])
