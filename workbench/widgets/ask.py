"""A question that one line answers, or yes or no."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from workbench.widgets.box import Box
from workbench.widgets.line import Line
from workbench.widgets.show import show, show_line


class AskLine(Box[str | None]):
    """Gives what was typed; None where one thought better of it.

    An `answer` that is offered goes as soon as something else is typed; what was typed and `kept` stays. `take` gets
    what was typed while the box still stands, and what it raises leaves the box as it is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "answer", "Do it", id="ask.answer", tooltip="Take what was typed", priority=True),
        Binding("escape", "dismiss", "Leave", id="ask.leave", tooltip="Leave everything as it was"),
    ]

    def __init__(self, question: str, answer: str = "", *, kept: str = "", take: Callable[[str], object] = str) -> None:
        super().__init__(question)
        self._answer, self._kept, self._take = answer, kept, take

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one(Line).value

    def parts(self) -> Iterable[Widget]:
        """The line."""
        yield Line(id="answer")

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


class AskYes(Box[bool]):
    """Gives whether one said yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "dismiss(True)", "Yes", id="ask.yes", tooltip="Do it"),
        Binding("escape,n,q", "dismiss(False)", "No", id="ask.no", tooltip="Leave everything as it was"),
    ]

    def __init__(self, question: str, told: str) -> None:
        super().__init__(question)
        self._told = told

    def parts(self) -> Iterable[Widget]:
        """What yes would do."""
        yield Static(show(self._told))
