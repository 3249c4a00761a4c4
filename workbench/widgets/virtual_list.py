"""The list of a million rows that paints forty: Textual's line API over pages fetched as they come into sight."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.widgets.columns import Column, Layout
from workbench.widgets.pages import Pages, Source

R = TypeVar("R")

_STRIPS = 1024
"""Painted lines kept: a few screens of them, so that scrolling paints only the line that came into sight."""

SETTLED_AFTER = 0.3
"""Seconds until a place is counted that was only guessed: it takes some frames, and shows in the scroll bar alone."""


class VirtualList(ScrollView, Generic[R], can_focus=True, inherit_bindings=False):
    """A list with a cursor that stays on its row, whatever the others do around it.

    Rows must be hashable and equal by content: a painted line is kept for as long as its row stays equal. What else a
    column shows (the clock, a mark) is painted anew by `tick`.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "virtual-list--header",
        "virtual-list--cursor",
        "virtual-list--empty",
    }
    DEFAULT_CSS = """
    VirtualList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-gutter: stable;
        & > .virtual-list--header { color: $foreground; text-style: bold underline; }
        & > .virtual-list--empty { color: $foreground-muted; }
        & > .virtual-list--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: $block-cursor-blurred-text-style;
        }
        &:focus > .virtual-list--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", id="list.up", tooltip="To the row above", show=False),
        Binding("down,j", "cursor_down", "Down", id="list.down", tooltip="To the row below", show=False),
        Binding("pageup", "page_up", "Page up", id="list.page_up", tooltip="A screen up", show=False),
        Binding("pagedown", "page_down", "Page down", id="list.page_down", tooltip="A screen down", show=False),
        Binding("home,g", "first", "First", id="list.first", tooltip="To the first row", show=False),
        Binding("end,G", "last", "Last", id="list.last", tooltip="To the last row", show=False),
        Binding("enter", "choose", "Open", id="list.open", tooltip="Open this row"),
    ]

    class RowMessage(Message):
        """Something about a row of the list."""

        def __init__(self, sender: "VirtualList[Any]", row: Any) -> None:
            super().__init__()
            self.sender = sender
            self.row = row

        @property
        def control(self) -> "VirtualList[Any]":
            """The list, for `@on(VirtualList.Highlighted, "#id")`."""
            return self.sender

    class Highlighted(RowMessage):
        """The cursor stands on another row, or its row changed; `row` is None in an empty list."""

    class Chosen(RowMessage):
        """The row under the cursor was opened: enter, or a click on it."""

    class TitleClicked(RowMessage):
        """The title of a column was clicked; `row` is the one under the cursor."""

        def __init__(self, sender: "VirtualList[Any]", row: Any, title: str) -> None:
            super().__init__(sender, row)
            self.title = title

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
        self._row: R | None = None
        self._ticked: object = None

    @property
    def row(self) -> R | None:
        """The row under the cursor; None in an empty list."""
        return self._row

    @property
    def index(self) -> int:
        """Where the cursor stands, counted from 0."""
        return self._cursor

    @property
    def count(self) -> int:
        """How many rows the list had when it was last read."""
        return self._pages.count

    def show_source(self, source: Source[R], *, key: int | None = None, empty: Text | None = None) -> None:
        """Shows another list (queue, filter, order), the cursor on the row with that key or on the first."""
        self._pages = Pages(source)
        self._empty = empty or self._empty
        self._strips.clear()
        self._recounted()
        row = None if key is None else source.find(key)
        self._cursor = 0 if row is None else self._pages.anchor(row)
        self.scroll_to(y=0, animate=False)
        self._reveal()
        self._land()
        self.refresh()

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Shows other columns of the same list."""
        self._columns = columns
        self._fit()
        self.refresh()

    def refresh_rows(self, *, in_place: bool = False) -> None:
        """Reads the list again: the cursor stays on its row, or takes the next one where that row left the list.

        `in_place`: it takes the next one too where the row went elsewhere, since the work on it is done.
        """
        was, top, seen = self._cursor, self.scroll_offset.y, self._in_sight(self._cursor)
        self._pages.recount()
        self._recounted()
        self._cursor = 0 if self._row is None else self._pages.again(self._row, was, in_place=in_place)
        if top:  # the rows around the cursor stand still; at the top, what newly arrives there is to be seen
            self.scroll_to(y=top + self._cursor - was, animate=False)
        if seen:
            self._reveal()
        self._land()
        self.refresh()
        if self._pages.is_guess:
            self.set_timer(SETTLED_AFTER, self._settle)

    def _settle(self) -> None:
        """Finds out where in the list the cursor stands, which until now was guessed; the rows in sight stay."""
        if self._row is not None and self._pages.is_guess:
            was, self._cursor = self._cursor, self._pages.anchor(self._row)
            self.scroll_to(y=self.scroll_offset.y + self._cursor - was, animate=False)

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
            return self._painted(self._layout.header(), self.get_component_rich_style("virtual-list--header"))
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

    def on_mount(self) -> None:
        """Puts the cursor on the first row."""
        self._recounted()
        self._land()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, in columns that fit: a frame is painted before a list is told of its new size."""
        if self._layout.width != self.scrollable_content_region.width:
            self._fit()
        return super().render_lines(crop)

    def on_resize(self) -> None:
        """Keeps the cursor in sight."""
        self._reveal()

    def on_click(self, event: Click) -> None:
        """Moves the cursor to the row; a click on the row under the cursor opens it, one on a title tells which."""
        y = event.y - self.gutter.top
        index = self.scroll_offset.y + y - 1
        if y == 0:
            title = self._layout.title_at(event.x - self.gutter.left)
            if title is not None:
                self.post_message(self.TitleClicked(self, self._row, title))
        elif y > 0 and index == self._cursor:
            self.action_choose()
        elif y > 0 and 0 <= index < self.count:
            self._move(index)

    def action_cursor_up(self) -> None:
        """To the row above."""
        self._move(self._cursor - 1)

    def action_cursor_down(self) -> None:
        """To the row below."""
        self._move(self._cursor + 1)

    def action_page_up(self) -> None:
        """A screen up, one row of it still in sight."""
        self._move(self._cursor - max(1, self._rows_in_sight - 1))

    def action_page_down(self) -> None:
        """A screen down, one row of it still in sight."""
        self._move(self._cursor + max(1, self._rows_in_sight - 1))

    def action_first(self) -> None:
        """To the first row."""
        self._move(0)

    def action_last(self) -> None:
        """To the last row."""
        self._move(self.count - 1)

    def action_choose(self) -> None:
        """Opens the row under the cursor."""
        if self._row is not None:
            self.post_message(self.Chosen(self, self._row))

    @property
    def _rows_in_sight(self) -> int:
        return max(0, self.scrollable_content_region.height - 1)

    def _in_sight(self, index: int) -> bool:
        return 0 <= index - self.scroll_offset.y < self._rows_in_sight

    def _move(self, index: int) -> None:
        index = max(0, min(index, self.count - 1))
        self.refresh_line(self._cursor + 1)
        self._cursor = index
        self.refresh_line(index + 1)
        self._reveal()
        self._land()

    def _reveal(self) -> None:
        top, rows = self.scroll_offset.y, self._rows_in_sight
        if rows and not self._in_sight(self._cursor):
            self.scroll_to(y=self._cursor if self._cursor < top else self._cursor - rows + 1, animate=False)

    def _land(self) -> None:
        row = self._pages.row(self._cursor)
        if row != self._row:
            self._row = row
            self.post_message(self.Highlighted(self, row))

    def _recounted(self) -> None:
        self.virtual_size = Size(0, self.count + 1)

    def _fit(self) -> None:
        self._layout = Layout.fit(self._columns, self.scrollable_content_region.width)
        self._strips.clear()

    def _line(self, row: R, at_cursor: bool) -> Strip:
        strip = self._strips.get((row, at_cursor))
        if strip is None:
            over = self.get_component_rich_style("virtual-list--cursor") if at_cursor else None
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
        return self._painted(line, self.get_component_rich_style("virtual-list--empty"))

    def _painted(self, line: Text, over: Style | None) -> Strip:
        """The line on the widget's background; `over` wins over the line's own colours, to stay readable."""
        segments = line.render(self.app.console, end="")
        return Strip(Segment.apply_style(segments, self.rich_style, over), self._layout.width)
