"""A hint, shown until it is read."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from workbench.widgets.box import Box
from workbench.widgets.show import show


class HintBox(Box[None]):
    """What it says, and what it cost."""

    DEFAULT_CSS = """
    HintBox > .box { border: round $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,space", "dismiss", "Read", id="hint.read", tooltip="On with the work"),
    ]

    def __init__(self, title: str, hint: str) -> None:
        super().__init__(title)
        self._hint = hint

    def parts(self) -> Iterable[Widget]:
        """The hint."""
        yield Static(show(self._hint))
