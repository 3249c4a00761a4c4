"""A line to type in; what is pasted is kept whole and is harmless."""

from textual.events import Paste
from textual.widget import Widget
from textual.widgets import Input

from workbench.text import visible

LONGEST_LINE = 2_000
"""Characters in a line; more are a text in the wrong box."""


class Line(Input):
    """One line; the lines of what is pasted are joined, where Textual would keep the first one only."""

    DEFAULT_CSS = """
    Line { background: $panel; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False, max_length=LONGEST_LINE)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Takes the slash as well, which Textual does not know for a letter by this name."""
        return key == "slash" or super().check_consume_key(key, character)

    def fill(self, text: str) -> None:
        """Puts this text there, the cursor at its end."""
        self.value = visible(text)
        self.cursor_position = len(self.value)

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        pasted = visible(" ".join(event.text.split()))
        room = LONGEST_LINE - len(self.value) + len(self.selected_text)
        self.replace(pasted[:room], *sorted(self.selection))
        if len(pasted) > room:
            tell_cut(self, len(pasted) - room)


def tell_cut(widget: Widget, missing: int) -> None:
    """Says how much of what was pasted had no room."""
    widget.notify(
        f"The last {missing:,} characters of what was pasted had no room and are not here.",
        severity="warning",
        markup=False,
    )
