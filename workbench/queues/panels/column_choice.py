"""The choice of columns: which of them a queue shows."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from workbench.widgets.key_line import KeyLine
from workbench.widgets.show import show_line


class Titles(OptionList, inherit_bindings=False):
    """The columns that may be left out, each with a box before it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", id="columns.up", tooltip="To the column above", show=False),
        Binding("down,j", "cursor_down", "Down", id="columns.down", tooltip="To the column below", show=False),
        Binding("space", "select", "Tick", id="columns.tick", tooltip="Show this column, or leave it out"),
    ]


class ColumnChoice(ModalScreen[list[str]]):
    """The columns with a tick at each that is shown; gives the titles of those ticked when it is closed."""

    DEFAULT_CSS = """
    ColumnChoice {
        align: center middle;
        & > Titles {
            width: 32; height: auto; max-height: 100%;
            padding: 0 1; background: $surface; scrollbar-size-vertical: 1;
            &, &:focus { border: round $accent; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,v,q,enter", "close", "Close", id="columns.close", tooltip="Show these columns"),
    ]

    def __init__(self, queue: str, titles: Sequence[str], chosen: Sequence[str]) -> None:
        super().__init__()
        self._queue, self._titles = queue, titles
        self._chosen = set(chosen)

    def compose(self) -> ComposeResult:
        """One line for each column that may be left out."""
        choices = Titles(*(Option(self._prompt(title)) for title in self._titles))
        choices.border_title = show_line(f"Columns of {self._queue}")
        choices.border_subtitle = "space ticks, enter closes"
        yield choices
        yield KeyLine()

    @on(OptionList.OptionSelected)
    def _ticked(self, event: OptionList.OptionSelected) -> None:
        title = self._titles[event.option_index]
        self._chosen ^= {title}
        self.query_one(Titles).replace_option_prompt_at_index(event.option_index, self._prompt(title))

    def action_close(self) -> None:
        """Back, with what is ticked."""
        self.dismiss([title for title in self._titles if title in self._chosen])

    def _prompt(self, title: str) -> Text:
        return show_line(f"[{'x' if title in self._chosen else ' '}] {title}")
