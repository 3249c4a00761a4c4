"""The virtual list with marks: rows picked out for an act on many, by their keys, whatever page they are on."""

from typing import Any, ClassVar, TypeVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from workbench.widgets.pages import Source
from workbench.widgets.virtual_list import VirtualList

R = TypeVar("R")

MOST_MARKS = 1_000
"""Rows marked at most: an act on more is an import's business, and would keep the others waiting."""
_MARK = "✓"


class MarkedList(VirtualList[R]):
    """A mark stands in the empty cell before the row, and costs no column."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"marked-list--mark"}
    DEFAULT_CSS = """
    MarkedList > .marked-list--mark { color: $text-accent; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "mark", "Mark", id="list.mark", tooltip="Mark this row, or take its mark away", show=False),
        Binding("X", "mark_to_here", "Mark to here", id="list.mark_to", tooltip="Mark up to here", show=False),
        Binding("escape", "clear_marks", "No marks", id="list.unmark", tooltip="Take all marks away", show=False),
    ]

    class Marked(Message):
        """There are other marks now."""

        def __init__(self, sender: "MarkedList[Any]") -> None:
            super().__init__()
            self.sender = sender

        @property
        def control(self) -> "MarkedList[Any]":
            """The list, for `@on(MarkedList.Marked, "#id")`."""
            return self.sender

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._marks: dict[int, None] = {}
        self._last_mark: int | None = None

    @property
    def marks(self) -> list[int]:
        """The keys of the marked rows that are still in the list, in the order in which they were marked."""
        return [key for key in self._marks if self._pages.source.find(key) is not None]

    @property
    def mark_count(self) -> int:
        """How many rows were marked, those included that have left the list since."""
        return len(self._marks)

    def show_source(self, source: Source[R], **options: Any) -> None:
        """Shows another list, without marks."""
        self.clear_marks()
        super().show_source(source, **options)

    def clear_marks(self) -> None:
        """Takes all marks away."""
        if self._marks:
            self._marks.clear()
            self._last_mark = None
            self._remarked()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leaves escape to the screen while there is no mark."""
        return bool(self._marks) if action == "clear_marks" else super().check_action(action, parameters)

    def action_clear_marks(self) -> None:
        """Takes all marks away."""
        self.clear_marks()

    def action_mark(self) -> None:
        """Marks the row under the cursor or takes its mark away, and goes on to the next one."""
        if self.row is None:
            return
        key = self._pages.source.key(self.row)
        if key in self._marks:
            del self._marks[key]
        elif len(self._marks) < MOST_MARKS:
            self._marks[key] = None
        self._last_mark = key
        self._remarked()
        self.action_cursor_down()

    def action_mark_to_here(self) -> None:
        """Marks every row from the last mark to the cursor; without a mark, from the top."""
        if self.row is None:
            return
        start = self._index_of(self._last_mark)
        first, last = sorted((start, self.index))
        for index in range(first, last + 1):
            row = self._pages.row(index)
            if row is not None and len(self._marks) < MOST_MARKS:
                self._marks[self._pages.source.key(row)] = None
        self._last_mark = self._pages.source.key(self.row)
        self._remarked()

    def _index_of(self, key: int | None) -> int:
        row = None if key is None else self._pages.source.find(key)
        return 0 if row is None else self._pages.source.rank(row)

    def _remarked(self) -> None:
        self.refresh()
        self.post_message(self.Marked(self))

    def _line(self, row: R, at_cursor: bool) -> Strip:
        strip = super()._line(row, at_cursor)
        if self._pages.source.key(row) not in self._marks:
            return strip
        style = self.rich_style + self.get_component_rich_style("marked-list--mark", partial=True)
        if at_cursor:
            style = self.get_component_rich_style("painted-rows--cursor")
        return Strip.join([Strip([Segment(_MARK, style)], 1), strip.crop(1)])
