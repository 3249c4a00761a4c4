"""A hint, shown until it is read."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.widgets.key_line import KeyLine
from workbench.widgets.show import show, show_line


class HintBox(ModalScreen[None]):
    """What it says, and what it cost."""

    DEFAULT_CSS = """
    HintBox {
        align: center middle;
        & > Vertical {
            width: 60; max-width: 100%; height: auto; border: round $warning; padding: 0 1; background: $surface;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,space", "dismiss", "Read", id="hint.read", tooltip="On with the work"),
    ]

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self._title, self._hint = title, hint

    def compose(self) -> ComposeResult:
        """The hint and the keys."""
        with Vertical() as box:
            box.border_title = show_line(self._title)
            yield Static(show(self._hint))
        yield KeyLine()
