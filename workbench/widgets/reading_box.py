"""A text in a box over the screen: it is read, scrolled where it is long, and closed."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from workbench.widgets.reader import Reader
from workbench.widgets.show import show_line


class ReadingBox(ModalScreen[None]):
    """As high as its text where there is room; its edge says how much is out of sight."""

    DEFAULT_CSS = """
    ReadingBox {
        align: center middle;
        & > Reader {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 1 2; background: $surface;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close", id="reading.close", tooltip="Close this"),
    ]

    def __init__(self, title: str, paragraphs: Sequence[Text]) -> None:
        super().__init__()
        self._title, self._paragraphs = title, paragraphs

    def compose(self) -> ComposeResult:
        """The text."""
        yield Reader(id="reading")

    def on_mount(self) -> None:
        """Shows it."""
        reader = self.query_one(Reader)
        reader.border_title = show_line(self._title)
        reader.styles.height = len(self._paragraphs) + reader.gutter.height
        reader.show_paragraphs(self._paragraphs)
        reader.focus()
        self.watch(reader, "scroll_y", self._tell_more)
        self.watch(reader, "virtual_size", self._fit)

    def on_resize(self) -> None:
        """Says anew how much is out of sight."""
        self._fit()

    def _fit(self) -> None:
        reader = self.query_one(Reader)
        reader.styles.height = max(len(self._paragraphs), reader.virtual_size.height) + reader.gutter.height
        self._tell_more()

    def _tell_more(self) -> None:
        """Says whether there is more than what is in sight."""
        reader = self.query_one(Reader)
        room = self.size.height - reader.gutter.height
        below = reader.virtual_size.height - room - round(reader.scroll_y)
        more = [f"▼ {below} more below"] if below > 0 else ["▲ more above"] if reader.scroll_y else []
        reader.border_subtitle = show_line(" · ".join([*more, "esc closes"]))
