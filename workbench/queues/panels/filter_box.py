"""The box over the list in which one types what is looked for, with a line under it that answers."""

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from workbench.queues.completion import Completion
from workbench.widgets.line import Line
from workbench.widgets.show import show_line

NOTHING = Completion(0, ())


class FilterBox(Vertical):
    """Words and fields as they are typed; tab goes on with what the line under it offers."""

    DEFAULT_CSS = """
    FilterBox {
        display: none; height: auto; border: round $accent; padding: 0 1;
        &.-open { display: block; }
        & > Static { height: auto; min-height: 1; max-height: 8; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", id="filter.complete", tooltip="Go on with the choice offered first"),
        Binding("down,enter", "enter", "To the list", id="filter.enter", tooltip="To the tickets found", priority=True),
        Binding("ctrl+s", "keep", "Keep", id="filter.keep", tooltip="Keep the filter as a queue of your own"),
        Binding("escape", "clear", "Clear", id="filter.clear", tooltip="Clear the filter and close the box"),
    ]

    class Typed(Message):
        """Another text stands in the box."""

    class Entered(Message):
        """The filter is to stay, and the list is wanted."""

    class Cleared(Message):
        """No filter is wanted any more."""

    class KeepWanted(Message):
        """The filter is to be kept under a name."""

    def __init__(self) -> None:
        super().__init__(id="filter")
        self.line = Line(id="filter-text")
        """The line one types in."""
        self._told = Static(id="filter-told")
        self._answer = Text()
        self._completion = NOTHING
        self._offered: list[str] = []
        self._completed = ""
        self._start = 0

    def on_mount(self) -> None:
        """Says what the box is for."""
        self.border_title = "Filter"

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self.line.value

    @property
    def before_cursor(self) -> str:
        """What of it can be completed."""
        return self.text[: self.line.cursor_position]

    def open(self, text: str) -> None:
        """Shows the box with that text, ready to be typed in."""
        if not self.line.is_attached:  # the first frame has no need of what stands in it
            self.mount(self.line, self._told)
        self.add_class("-open")
        self.line.fill(text)
        self.line.focus()

    def close(self) -> None:
        """Hides the box, whatever stands in it."""
        self.remove_class("-open")

    def tell(self, told: Text, offered: Completion = NOTHING) -> None:
        """Answers what was typed."""
        self._completion = offered
        if told != self._answer:  # else the screen would be laid out anew at each letter
            self._answer = told
            self._told.update(told)

    def offer(self, meant: Mapping[str, str]) -> None:
        """Offers the word that was meant in place of one that no ticket has, if that is what stands at the cursor."""
        typed = next((word for word in meant if self.before_cursor.endswith(word)), None)
        if typed is not None:
            told = show_line(f"nothing has '{typed}'; did you mean {meant[typed]}?  tab writes it")
            self.tell(told, Completion(len(self.before_cursor) - len(typed), (meant[typed],)))

    @on(Input.Changed, "#filter-text")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed())

    def action_complete(self) -> None:
        """The first choice, in place of what was typed of it; again: the next one."""
        if len(self._offered) < 2 or self.text != self._completed:
            self._offered = list(self._completion.choices)
            self._start = self._completion.start
        if self._offered:
            choice, *others = self._offered
            self._offered = [*others, choice]
            after = self.text[self.line.cursor_position :]
            self._completed = self.line.value = self.text[: self._start] + choice + after
            self.line.cursor_position = self._start + len(choice)

    def action_enter(self) -> None:
        """To the list, with the filter."""
        self.post_message(self.Entered())

    def action_keep(self) -> None:
        """Keeps the filter as a queue."""
        self.post_message(self.KeepWanted())

    def action_clear(self) -> None:
        """Back to the whole queue."""
        self.post_message(self.Cleared())


def told_choices(choices: tuple[str, ...]) -> Text:
    """What tab would go on with, the first choice told apart."""
    first, *others = choices
    return Text(" ").join([show_line("tab:", "dim"), show_line(first, "bold"), *(show_line(each) for each in others)])
