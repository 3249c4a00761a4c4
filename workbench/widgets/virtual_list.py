"""The list of a million rows that paints forty: Textual's line API over pages fetched as they come into sight."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.message import Message

from workbench.widgets.columns import Column
from workbench.widgets.pages import Pages, Source
from workbench.widgets.painted_rows import PaintedRows

R = TypeVar("R")

SETTLED_AFTER = 0.3
"""Seconds until a place is counted that was only guessed: it takes some frames, and shows in the scroll bar alone."""


class VirtualList(PaintedRows[R], can_focus=True, inherit_bindings=False):
    """A list with a cursor that stays on its row, whatever the others do around it."""

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

    def __init__(self, columns: Sequence[Column[R]], source: Source[R], **options: Any) -> None:
        super().__init__(columns, source, **options)
        self._row: R | None = None

    @property
    def row(self) -> R | None:
        """The row under the cursor; None in an empty list."""
        return self._row

    @property
    def index(self) -> int:
        """Where the cursor stands, counted from 0."""
        return self._cursor

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

    def on_mount(self) -> None:
        """Puts the cursor on the first row."""
        self._recounted()
        self._land()

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
