"""A question that one line answers, or yes or no."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.widgets.key_line import KeyLine
from workbench.widgets.line import Line
from workbench.widgets.show import show, show_line

_CSS = """
    {} {{
        align: center middle;
        & > Vertical {{
            width: 60; max-width: 100%; height: auto; border: round $accent; padding: 0 1; background: $surface;
        }}
    }}
"""


class AskLine(ModalScreen[str | None]):
    """Gives what was typed; None where one thought better of it.

    An `answer` that is offered goes as soon as something else is typed; what was typed and `kept` stays. `take` gets
    what was typed while the box still stands, and what it raises leaves the box as it is.
    """

    DEFAULT_CSS = _CSS.format("AskLine")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "answer", "Do it", id="ask.answer", tooltip="Take what was typed", priority=True),
        Binding("escape", "dismiss", "Leave", id="ask.leave", tooltip="Leave everything as it was"),
    ]

    def __init__(self, question: str, answer: str = "", *, kept: str = "", take: Callable[[str], object] = str) -> None:
        super().__init__()
        self._question, self._answer, self._kept, self._take = question, answer, kept, take

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one(Line).value

    def compose(self) -> ComposeResult:
        """The question, the line, the keys."""
        with Vertical() as box:
            box.border_title = show_line(self._question)
            yield Line(id="answer")
        yield KeyLine()

    def on_mount(self) -> None:
        """Offers the answer that is likely."""
        keys = (each for each in self.active_bindings.values() if each.binding.action == "answer")
        told = " or ".join(self.app.get_key_display(each.binding) for each in keys)
        self.query_one(Vertical).border_subtitle = show_line(f"{told} takes it")
        line = self.query_one(Line)
        line.fill(self._kept or self._answer)
        if not self._kept:
            line.select_all()
        line.focus()

    def action_answer(self) -> None:
        """Takes what was typed."""
        self._take(self.typed)
        self.dismiss(self.typed)


class AskYes(ModalScreen[bool]):
    """Gives whether one said yes."""

    DEFAULT_CSS = _CSS.format("AskYes")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "dismiss(True)", "Yes", id="ask.yes", tooltip="Do it"),
        Binding("escape,n,q", "dismiss(False)", "No", id="ask.no", tooltip="Leave everything as it was"),
    ]

    def __init__(self, question: str, told: str) -> None:
        super().__init__()
        self._question, self._told = question, told

    def compose(self) -> ComposeResult:
        """The question, what yes would do, the keys."""
        with Vertical() as box:
            box.border_title = show_line(self._question)
            yield Static(show(self._told))
        yield KeyLine()
