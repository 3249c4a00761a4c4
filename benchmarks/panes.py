"""The panes of our first screen made of Textual's own widgets, with made-up words: no file, no clock, no rules."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import DataTable, Footer, Header, OptionList, Static

_COLUMNS = ("number", "priority", "clock", "age", "hops", "who", "subject")


class PanesApp(App[None]):
    """Queues, tickets, a preview, and the keys."""

    CSS = "OptionList { width: 26; } Static { height: 12; }"
    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Quit"), *((key, "bell", key) for key in "tcsapmnuw")]

    def compose(self) -> ComposeResult:
        """What stands on the screen."""
        yield Header()
        with Horizontal():
            yield OptionList(*(f"queue {number}" for number in range(14)))
            with Vertical():
                yield DataTable[str]()
                yield Static("\n".join(["ready", *(f"line {number}" for number in range(10))]))
        yield Footer()

    def on_mount(self) -> None:
        """The rows."""
        table = self.query_one(DataTable)
        table.add_columns(*_COLUMNS)
        table.add_rows([f"{column} {number}" for column in _COLUMNS] for number in range(24))


if __name__ == "__main__":
    PanesApp().run()
