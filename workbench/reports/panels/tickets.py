"""The tickets behind a number as a queue: those resolved since among them, with every act on tickets."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from workbench.queues.model import Line
from workbench.queues.numbered import NumberedLines
from workbench.queues.panels.acting_list import ActingListScreen
from workbench.queues.panels.columns import USUAL, columns
from workbench.queues.service import QueueService
from workbench.reports.panels.works import Behind
from workbench.tickets.dialogs.means import Means
from workbench.tickets.wishes import Wanted
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.looking import Changes, keep_looking
from workbench.widgets.marked_list import MarkedList
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths
from workbench.widgets.virtual_list import VirtualList

_LEAST_DIGITS = 5


class BehindScreen(ActingListScreen):
    """The tickets behind one number of the report."""

    AUTO_FOCUS = "MarkedList"
    HORIZONTAL_BREAKPOINTS = widths("wide")
    VERTICAL_BREAKPOINTS = heights("high")
    DEFAULT_CSS = """
    BehindScreen MarkedList { height: 1fr; border: round $primary; &:focus { border: round $accent; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.leave", "Back", id="behind.back", tooltip="Back to the report"),
    ]

    def __init__(self, queues: QueueService, means: Means, behind: Behind) -> None:
        super().__init__(means)
        self.queues = queues
        self.behind = behind
        self._changes = Changes()

    def compose(self) -> ComposeResult:
        """The header, the tickets, the keys."""
        yield HeaderLine()
        digits = max(_LEAST_DIGITS, len(str(self.queues.highest_number() or 0)))
        possible = columns(
            lambda line: self.queues.standing(line, self.queues.clock.now()), self.queues.clock.now, digits
        )
        shown = [column for column in possible if column.title in USUAL and column.title != "Owner"]
        listed: MarkedList[Line] = MarkedList(
            shown, NumberedLines(self.behind.refs, self._read), empty=show("No ticket stands behind this number.")
        )
        count = f"{len(self.behind.refs):,}{'+' * self.behind.more}"
        listed.border_title = show_line(f"{self.behind.title} · {count} ticket{'' if count == '1' else 's'}")
        yield listed
        yield KeyLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Looks every second at the clock and for others' changes."""
        self.query_one(HeaderLine).show_left(show_line("Workbench · behind the report"), show_line(self.queues.who))
        keep_looking(self)

    async def on_screen_resume(self) -> None:
        """Shows what was done meanwhile."""
        await self.run_action("read")

    def _read(self, refs: Sequence[int]) -> Sequence[Line]:
        return self.queues.lines(refs, self.queues.clock.now(), resolved=True)

    @property
    def tickets(self) -> "MarkedList[Line]":
        """The list."""
        return self.query_one(MarkedList)

    def acted(self, *, settled: bool = False) -> None:
        """Shows at once what was done; a ticket that is done stays, for it still stands behind the number."""
        self.tickets.clear_marks()
        self.action_read()

    def action_look(self) -> None:
        """Ticks, and reads again where somebody has changed something."""
        if self.is_current and self._changes.turned(self.queues.database.generation()):
            self.action_read()
        elif self.is_current:
            self.tickets.tick(self.queues.clock.now())

    def action_read(self) -> None:
        """Reads the lines in sight again."""
        self.tickets.refresh_rows()
        self.regray()

    @on(VirtualList.Highlighted)
    @on(MarkedList.Marked)
    def _moved(self) -> None:
        self.regray()

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        self.post_message(Wanted("ticket", event.row.ref))
