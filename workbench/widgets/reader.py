"""A long text that is read by scrolling: wrapped once for the width there is, painted only where it is seen."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Reader(ScrollView, can_focus=True, inherit_bindings=False):
    """Paragraphs one below the other; a width that changes wraps them anew and keeps what was on top in sight."""

    DEFAULT_CSS = """
    Reader { height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", "Up", id="reader.up", tooltip="A line up", show=False),
        Binding("down,j", "scroll_down", "Down", id="reader.down", tooltip="A line down", show=False),
        Binding("pageup", "page_up", "Page up", id="reader.page_up", tooltip="A screen up", show=False),
        Binding("pagedown,space", "page_down", "Page down", id="reader.page_down", tooltip="A screen down", show=False),
        Binding("home,g", "scroll_home", "Start", id="reader.first", tooltip="To the start", show=False),
        Binding("end,G", "scroll_end", "End", id="reader.last", tooltip="To the end", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paragraphs: Sequence[Text] = ()
        self._lines: list[Text] = []
        self._wrapped_to = 0

    def show_paragraphs(self, paragraphs: Sequence[Text]) -> None:
        """Shows these paragraphs; where one was reading stays."""
        self._paragraphs = paragraphs
        self._wrapped_to = 0
        self._wrap()

    def on_resize(self) -> None:
        """Wraps for the new width."""
        self._wrap()

    def render_line(self, y: int) -> Strip:
        """One line of the text."""
        index, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        if index >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        segments = self._lines[index].render(self.app.console, end="")
        return Strip(Segment.apply_style(segments, self.rich_style)).adjust_cell_length(width, self.rich_style)

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0 or width == self._wrapped_to:
            return
        self._wrapped_to = width
        console = self.app.console
        self._lines = [line for paragraph in self._paragraphs for line in paragraph.wrap(console, width, tab_size=4)]
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()
