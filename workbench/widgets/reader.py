"""A long text that is read by scrolling: wrapped once for the width there is, painted only where it is seen.

What is in sight is wrapped and painted first.
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import ClassVar

from rich.console import Console
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
        self._coming: Iterator[Text] = iter(())
        self._paragraphs: list[Text] = []
        self._lines: list[Text] = []
        self._at = self._wrapped_to = 0

    def show_paragraphs(self, paragraphs: Iterable[Text]) -> None:
        """Shows these paragraphs, asked for as they come into sight; where one was reading stays."""
        self._coming, self._paragraphs = iter(paragraphs), []
        self._wrapped_to = 0
        self._wrap()

    def show_end(self) -> None:
        """Brings the end of the text into sight, at once: shown anew it is wrapped as far as that first."""
        self._wrap_on()
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)

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
        self._lines, self._at = [], 0
        in_sight = self.scroll_offset.y + self.scrollable_content_region.height
        self._wrap_on(until=in_sight)
        if len(self._lines) >= in_sight:
            self.call_after_refresh(self._wrap_on)

    def _wrap_on(self, until: int = sys.maxsize) -> None:
        """Wraps what is not wrapped yet, until there are so many lines."""
        while len(self._lines) < until and (paragraph := self._next()) is not None:
            self._lines += _wrapped(paragraph, self._wrapped_to, self.app.console)
        self.virtual_size = Size(self._wrapped_to, len(self._lines))
        self.refresh()

    def _next(self) -> Text | None:
        if self._at == len(self._paragraphs):
            self._paragraphs += islice(self._coming, 1)
        self._at += 1
        return self._paragraphs[self._at - 1] if self._at <= len(self._paragraphs) else None


def _wrapped(paragraph: Text, width: int, console: Console) -> list[Text]:
    """The paragraph in lines; most of a timeline's are short, and wrapping them would take half of its time."""
    if paragraph.cell_len <= width and not any(mark in paragraph.plain for mark in "\n\t"):
        return [paragraph]
    return list(paragraph.wrap(console, width, tab_size=4))
