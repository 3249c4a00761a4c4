"""A box over the screen: what is asked or told under a title, the keys at the foot."""

from collections.abc import Iterable
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from workbench.widgets.key_line import KeyLine
from workbench.widgets.show import show_line

R = TypeVar("R")


class Box(ModalScreen[R]):
    """Gives what is answered; in the middle, as high as its parts."""

    DEFAULT_CSS = """
    Box {
        align: center middle;
        & > .box {
            width: 60; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 0 1; background: $surface;
        }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def parts(self) -> Iterable[Widget]:
        """What stands in it."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The parts and the keys."""
        with Vertical(classes="box") as box:
            box.border_title = show_line(self._title)
            yield from self.parts()
        yield KeyLine()
