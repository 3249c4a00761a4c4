"""The very text that a receiver reads: to look at, to copy, to be written to a file."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from workbench.new_file import write_new
from workbench.text import one_line, visible
from workbench.widgets.ask import AskLine
from workbench.widgets.clipboard import copy
from workbench.widgets.key_line import KeyLine
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line


class TextScreen(ModalScreen[None]):
    """A text over the whole screen; `file_name` is the file that is offered for it."""

    DEFAULT_CSS = """
    TextScreen {
        background: $background;
        & > Reader { border: round $accent; padding: 0 1; scrollbar-size-vertical: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Back", id="text.back", tooltip="Back"),
        Binding("y", "copy", "Copy", id="text.copy", tooltip="Copy it to the clipboard of your terminal"),
        Binding("e", "export", "Export", id="text.export", tooltip="Write it to a Markdown file"),
    ]

    def __init__(self, text: str, title: str, file_name: str) -> None:
        super().__init__()
        self._text = text
        self._title = title
        self._file_name = file_name

    def compose(self) -> ComposeResult:
        """The text and the keys."""
        reader = Reader(id="text")
        reader.border_title = show_line(self._title)
        yield reader
        yield KeyLine()

    def on_mount(self) -> None:
        """Shows the text."""
        self.query_one(Reader).show_paragraphs([show(self._text)])

    def action_copy(self) -> None:
        """Copies it, and says so."""
        copy(self.app, visible(self._text), f"{len(self._text.splitlines()):d} lines")

    def action_export(self) -> None:
        """Asks for the file, and writes it; one that is there is left as it is."""
        self.app.push_screen(AskLine("Write it to the file", self._file_name, take=self._write))

    def _write(self, name: str) -> None:
        if name.strip():
            file = Path(name.strip()).expanduser()
            write_new(file, self._text)
            self.notify(one_line(f"Written to {file}"), markup=False)
