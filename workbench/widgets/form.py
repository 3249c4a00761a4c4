"""What forms are made of beside lines: some words, a choice; what is pasted is kept whole and is harmless."""

import re
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Click, Key, Paste
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, TextArea
from textual.widgets.text_area import Edit, EditResult

from workbench.text import visible
from workbench.widgets.line import tell_cut
from workbench.widgets.show import show_line

LONGEST_WORDS = 64_000
"""Characters in a box of words; Textual takes seconds to wrap a megabyte of them."""


class Words(TextArea):
    """Words of any number of lines; tab leaves it."""

    DEFAULT_CSS = """
    Words { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [  # Textual's own, which help would not name
        Binding("ctrl+z", "undo", "Undo", id="words.undo", tooltip="Take back what was typed last", show=False),
        Binding("ctrl+y", "redo", "Redo", id="words.redo", tooltip="Type again what was taken back", show=False),
    ]

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, compact=True, highlight_cursor_line=False)
        self.is_undone = False
        """Whether what stands here is what undoing left: redoing brings the rest back."""

    def undo(self) -> None:
        """Takes the last edits back."""
        super().undo()
        self.is_undone = True

    def edit(self, edit: Edit) -> EditResult:
        """Changes the text; what was taken back before does not come again then."""
        self.is_undone = False
        return super().edit(edit)

    def fill(self, text: str) -> None:
        """Puts this text there, the cursor at its end."""
        self.is_undone = False
        self.load_text(visible(text))
        self.move_cursor(self.document.end)

    def on_unmount(self) -> None:
        """Is forgotten by the app: Textual keeps every text area there ever was, to tell it of another theme."""
        watchers = getattr(self.app, "__watchers", {}).get("theme", [])
        watchers[:] = [(node, told) for node, told in watchers if node is not self]

    async def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        pasted = visible(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        room = max(0, LONGEST_WORDS - len(self.text) + len(self.selected_text))
        done = self.replace(pasted[:room], *self.selection, maintain_selection_offset=False)
        self.move_cursor(done.end_location)
        if len(pasted) > room:
            tell_cut(self, len(pasted) - room)


class Choice(Widget, can_focus=True):
    """One of a few words on a line: by the arrows, by its number, by a click."""

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; &:focus { background-tint: $foreground 10%; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Before", id="choice.before", tooltip="The choice before", show=False),
        Binding("right,space", "step(1)", "Next", id="choice.next", tooltip="The next choice", show=False),
        Binding("enter", "submit", "Enter", id="choice.submit", tooltip="That one, and go on", show=False),
    ]

    class ChoiceMessage(Message):
        """Something about a choice."""

        def __init__(self, choice: "Choice") -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> "Choice":
            """The choice, for `@on(Choice.Changed, "#id")`."""
            return self.choice

    class Changed(ChoiceMessage):
        """Another one was chosen."""

    class Submitted(ChoiceMessage):
        """Enter was pressed."""

    def __init__(self, values: Sequence[str], value: str, *, id: str, told: Callable[[str], str] = str) -> None:
        """`told` says a value in words."""
        super().__init__(id=id)
        self.values = values
        self.value = value
        self._told = told

    def render(self) -> Text:
        """All of them; the chosen one stands in brackets and reversed."""
        told = [
            show_line(f"[{told}]", "bold reverse") if value == self.value else show_line(f" {told} ", "dim")
            for value, told in ((value, self._told(value)) for value in self.values)
        ]
        return Text(" ").join(told)

    def fill(self, value: str) -> None:
        """Chooses that one, if there is such a one."""
        if value in self.values and value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Changed(self))

    def action_step(self, step: int) -> None:
        """The one before or after, round at the ends."""
        self.fill(self.values[(self.values.index(self.value) + step) % len(self.values)])

    def action_submit(self) -> None:
        """That one it is."""
        self.post_message(self.Submitted(self))

    def on_key(self, event: Key) -> None:
        """A number chooses by place; a letter is the first of what one wants to write, and goes to the next line."""
        if event.character and event.character.isdecimal() and 0 < int(event.character) <= len(self.values):
            event.stop()
            self.fill(self.values[int(event.character) - 1])
        elif event.character and event.character.isalpha() and self._write(event.character):
            event.stop()

    def _write(self, letter: str) -> bool:
        """Writes it in the field behind the choices; False where that is none for words, or says something already."""
        chain = self.screen.focus_chain
        behind = chain[chain.index(self) + 1 :]
        words = next((field for field in behind if not isinstance(field, Choice)), None)
        if isinstance(words, Input) and not words.value:
            words.insert_text_at_cursor(letter)
        elif isinstance(words, TextArea) and not words.text:
            words.insert(letter)
        else:
            return False
        words.focus()
        return True

    def on_click(self, event: Click) -> None:
        """Chooses the one clicked on."""
        at = 0
        for value in self.values:
            at += len(self._told(value)) + 3
            if event.x < at:
                self.fill(value)
                return


class Row(Horizontal):
    """A field with its name before it."""

    DEFAULT_CSS = """
    Row {
        height: auto;
        & > Static { width: 1fr; }
        & > Label { width: 13; color: $foreground-muted; }
        & > Words { height: 4; width: 1fr; }
        & > Line { width: 1fr; }
    }
    """

    def __init__(self, name: str, field: Widget, *, id: str | None = None) -> None:
        super().__init__(Label(show_line(name)), field, id=id)
        self._called = _words_of(name)

    def is_meant_by(self, wrong: str) -> bool:
        """Whether words about what is wrong quote what stands in the field, or name it."""
        if any(repr(text) in wrong for line in self.query(Input) if (text := line.value.strip())):
            return True
        said, length = _words_of(wrong), len(self._called)
        return length > 0 and any(said[at : at + length] == self._called for at in range(len(said)))


def _words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
