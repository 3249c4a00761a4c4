"""The lines of a list as they are painted: those in sight alone, each kept for as long as its row stays equal."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.cache import LRUCache
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.widgets.columns import Column, Layout
from workbench.widgets.pages import Pages, Source

R = TypeVar("R")

_STRIPS = 1024
"""Painted lines kept: a few screens of them, so that scrolling paints only the line that came into sight."""

_NOT_DIM = Style(dim=False)


class PaintedRows(ScrollView, Generic[R]):
    """Paints a line of titles, and under it the rows of the pages in their columns, that at the cursor by its colours.

    Rows must be hashable and equal by content. What else a column shows than its row (the clock) is painted anew by
    `tick`.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "painted-rows--header",
        "painted-rows--cursor",
        "painted-rows--empty",
    }
    DEFAULT_CSS = """
    PaintedRows {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-gutter: stable;
        & > .painted-rows--header { color: $foreground; text-style: bold underline; }
        & > .painted-rows--empty { color: $foreground-muted; }
        & > .painted-rows--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: $block-cursor-blurred-text-style;
        }
        &:focus > .painted-rows--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        source: Source[R],
        *,
        empty: Text,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = columns
        self._pages = Pages(source)
        self._empty = empty
        self._layout: Layout[R] = Layout.fit(columns, 0)
        self._strips: LRUCache[tuple[R, bool], Strip] = LRUCache(_STRIPS)
        self._cursor = 0
        self._ticked: object = None

    @property
    def count(self) -> int:
        """How many rows the list had when it was last read."""
        return self._pages.count

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Shows other columns of the same list."""
        self._columns = columns
        self._fit()
        self.refresh()

    def tick(self, moment: object) -> None:
        """Paints anew the lines in sight that look different now, though their rows are the same.

        `moment` is all that a line shows besides its row; where it is that of the last tick, no line looks different.
        """
        if moment == self._ticked:
            return
        self._ticked = moment
        painted = {key: self._strips[key] for key in self._strips.keys()}  # noqa: SIM118 - it is no dict
        self._strips.clear()
        top = self.scroll_offset.y
        for index in range(top, min(self.count, top + self._rows_in_sight)):
            row = self._pages.row(index)
            if row is not None and painted.get((row, index == self._cursor)) != self._line(row, index == self._cursor):
                self.refresh_line(index + 1)

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the titles, a row, or what to do in an empty list."""
        if y == 0:
            return self._painted(self._layout.header(), self.get_component_rich_style("painted-rows--header"))
        if not self.count:
            return self._empty_line(y - 2)
        index = self.scroll_offset.y + y - 1
        row = self._pages.row(index)
        return (
            Strip.blank(self._layout.width, self.rich_style) if row is None else self._line(row, index == self._cursor)
        )

    def notify_style_update(self) -> None:
        """Forgets the painted lines when colours or the focus change."""
        super().notify_style_update()
        self._strips.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, in columns that fit: a frame is painted before a list is told of its new size."""
        if self._layout.width != self.scrollable_content_region.width:
            self._fit()
        return super().render_lines(crop)

    @property
    def _rows_in_sight(self) -> int:
        return max(0, self.scrollable_content_region.height - 1)

    def _fit(self) -> None:
        self._layout = Layout.fit(self._columns, self.scrollable_content_region.width)
        self._strips.clear()

    def _line(self, row: R, at_cursor: bool) -> Strip:
        strip = self._strips.get((row, at_cursor))
        if strip is None:
            over = self.get_component_rich_style("painted-rows--cursor") + _NOT_DIM if at_cursor else None
            strip = self._strips[row, at_cursor] = self._painted(self._layout.line(row), over)
        return strip

    def _empty_line(self, y: int) -> Strip:
        width = self._layout.width
        lines = self._empty.wrap(self.app.console, max(1, width - 2))
        if not 0 <= y < len(lines):
            return Strip.blank(width, self.rich_style)
        line = lines[y]
        line.pad_left(1)
        line.truncate(width, pad=True)
        return self._painted(line, self.get_component_rich_style("painted-rows--empty"))

    def _painted(self, line: Text, over: Style | None) -> Strip:
        """The line on the widget's background; `over` wins over the line's own colours, to stay readable."""
        segments = line.render(self.app.console, end="")
        return Strip(Segment.apply_style(segments, self.rich_style, over), self._layout.width)
