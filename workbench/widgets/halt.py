"""What is said when nothing more can be read: the workbench file is gone or broken."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.errors import FileProblem
from workbench.widgets.key_line import KeyLine
from workbench.widgets.show import show


class HaltScreen(ModalScreen[None]):
    """Over the screen as it was read last; from here one can only leave."""

    DEFAULT_CSS = """
    HaltScreen {
        align: center middle;
        & > Vertical {
            width: 70; max-width: 100%; height: auto; max-height: 100%;
            border: round $error; padding: 1 2; background: $surface;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,enter", "app.leave_for_good", "Quit", id="halt.quit", tooltip="Out of the program"),
    ]

    def __init__(self, problem: FileProblem) -> None:
        super().__init__()
        self._problem = problem

    def compose(self) -> ComposeResult:
        """What is wrong, what to do, the key."""
        with Vertical() as box:
            box.border_title = "Nothing more can be read"
            yield Static(Text("\n\n").join([show(self._problem.wrong, "bold"), show(self._problem.advice)]))
        yield KeyLine()
