"""The queue screen: the queues on the left, the tickets of the chosen one, and the one under the cursor."""

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList

from workbench.clock import FixedClock
from workbench.duration import short
from workbench.queues.model import Line, Queue, QueueCount
from workbench.queues.panels import Preview, QueueList, burning, clock_of_day, columns
from workbench.queues.service import QueueService
from workbench.queues.source import QueueSource
from workbench.queues.store import Order
from workbench.tickets.told import elapsed
from workbench.widgets.columns import Column
from workbench.widgets.header import HeaderLine
from workbench.widgets.show import show, show_line
from workbench.widgets.virtual_list import VirtualList

LOOK_EVERY = 1.0
"""Seconds between two looks at the clock and at what others have changed; INTERFACE.md asks for two at most."""
TEAMS_LISTED = 12
"""With more teams than this, only one's own stand in the list of queues."""


class QueueScreen(Screen[None]):
    """Tickets in urgency order, their clocks ticking."""

    CSS_PATH = "screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "focus_queues", "Queues", id="queues.focus", tooltip="To the list of queues", show=False),
        Binding(
            "right,l", "focus_tickets", "Tickets", id="tickets.focus", tooltip="To the list of tickets", show=False
        ),
        Binding("left_square_bracket", "next_queue(-1)", "Queue before", id="queue.before", tooltip="The queue before"),
        Binding("right_square_bracket", "next_queue(1)", "Next queue", id="queue.next", tooltip="The next queue"),
        Binding("S", "sort", "Sort", id="queue.sort", tooltip="Sort by urgency, age, last touch or number"),
        Binding("space", "preview", "Preview", id="queue.preview", tooltip="Show or hide the ticket under the cursor"),
    ]

    class TicketWanted(Message):
        """Somebody wants to see a ticket whole."""

        def __init__(self, ref: int) -> None:
            super().__init__()
            self.ref = ref

    def __init__(self, queues: QueueService) -> None:
        super().__init__()
        self.service = queues
        self._seen = -1
        self._order = Order.URGENCY
        self._counts: dict[str, QueueCount] = {}
        self._queue = queues.find(self._home())
        self._source = QueueSource(queues, self._queue.filter)

    def compose(self) -> ComposeResult:
        """The header, the queues, the tickets with the preview, the keys."""
        yield HeaderLine()
        with Horizontal():
            yield QueueList()
            with Vertical():
                yield VirtualList(self._columns(), self._source, empty=self._empty(), id="tickets")
                yield Preview(id="preview")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Starts with the tickets, and looks every second at the clock and for others' changes."""
        self.query_one(QueueList).border_title = "Queues"
        self.tickets.focus()
        self.set_interval(LOOK_EVERY, partial(self.run_action, "look"))

    def on_screen_resume(self) -> None:
        """Reads everything again, on the first show and on every return."""
        self._seen = -1
        self._look()

    def on_resize(self) -> None:
        """The queues' bars take the width there is."""
        self.query_one(QueueList).forget()
        self.call_after_refresh(self._show_counts)

    @property
    def tickets(self) -> "VirtualList[Line]":
        """The list of tickets."""
        return self.query_one("#tickets", VirtualList)

    @on(OptionList.OptionHighlighted, "#queues")
    def _queue_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        name = self.query_one(QueueList).name_at(event.option_index)
        if name != self._queue.name:
            self._show_queue(self.service.find(name))

    @on(OptionList.OptionSelected, "#queues")
    def _queue_selected(self) -> None:
        self.tickets.focus()

    @on(VirtualList.Highlighted, "#tickets")
    def _ticket_highlighted(self) -> None:
        self._show_preview()

    @on(VirtualList.Chosen, "#tickets")
    def _ticket_chosen(self, event: VirtualList.Chosen) -> None:
        self.post_message(self.TicketWanted(event.row.ref))

    def action_look(self) -> None:
        """Ticks, and reads again what has changed."""
        self._look()

    def action_focus_queues(self) -> None:
        """To the list of queues."""
        self.query_one(QueueList).focus()

    def action_focus_tickets(self) -> None:
        """To the list of tickets."""
        self.tickets.focus()

    def action_next_queue(self, step: int) -> None:
        """To a neighbouring queue, round at the ends."""
        queues = self.query_one(QueueList)
        queues.highlighted = ((queues.highlighted or 0) + step) % queues.option_count

    def action_home(self) -> None:
        """To one's own tier."""
        queues = self.query_one(QueueList)
        queues.highlighted = queues.index_of(self._home())
        self.tickets.focus()

    def action_sort(self) -> None:
        """The next order: urgency, age, last touch, number."""
        orders = list(Order)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._show_queue(self._queue, keep_cursor=True)

    def action_preview(self) -> None:
        """Shows or hides the preview."""
        preview = self.query_one(Preview)
        preview.display = not preview.display
        self._show_preview()

    def _look(self) -> None:
        version = self.service.database.data_version()
        if version != self._seen or self.service.turned_since(self._source.now):
            self._seen = version
            self._source.renew()
            self.tickets.refresh_rows()
            self._show_counts()
            self._show_preview()
        else:
            self._show_header_clock()
            self.tickets.tick()

    def _show_queue(self, queue: Queue, *, keep_cursor: bool = False) -> None:
        row = self.tickets.row if keep_cursor else None
        self._queue = queue
        self._source = QueueSource(self.service, queue.filter, self._order)
        self.tickets.show_columns(self._columns())
        self.tickets.show_source(self._source, key=row.ref if row else None, empty=self._empty())
        self._show_title()
        self._show_preview()

    def _show_counts(self) -> None:
        self._counts = {total.queue.name: total for total in self.service.counts(self._listed())}
        queues = self.query_one(QueueList)
        queues.show_counts(list(self._counts.values()))
        if queues.highlighted is None:
            queues.highlighted = queues.index_of(self._queue.name)
        self._show_title()
        header = self.query_one(HeaderLine)
        header.show_right(burning(self._open("Late"), self._open("Graveyard")))
        self._show_header_clock()

    def _show_title(self) -> None:
        total = self._counts.get(self._queue.name) or QueueCount(self._queue)
        parts = [f"{self._queue.name} {self._queue.title}".strip(), f"{total.open} open"]
        if total.oldest_at:
            parts.append(f"oldest {short(elapsed(total.oldest_at, self._source.now))}")
        self.tickets.border_title = show_line(" · ".join(parts))
        self.tickets.border_subtitle = show_line(f"by {_ORDERS[self._order]}")

    def _show_header_clock(self) -> None:
        organisation, clock = self.service.organisation.current(), self.service.clock
        now = clock_of_day(clock.now(), organisation.zone, standing_still=isinstance(clock, FixedClock))
        who = show_line(f"{self.service.who} · {self._tier()} · ")
        self.query_one(HeaderLine).show_left(show_line(f"Workbench · {organisation.name}"), Text.assemble(who, now))

    def _show_preview(self) -> None:
        preview, row = self.query_one(Preview), self.tickets.row
        if not preview.display:
            return
        if row is None:
            preview.show_nothing()
            return
        ticket, events = self.service.tickets.with_timeline(row.ref)
        preview.show_ticket(ticket, events, self.service.why(row.ref), self.service.clock.now())

    def _open(self, name: str) -> int:
        return self._counts[name].open

    def _listed(self) -> list[Queue]:
        queues, organisation = self.service.queues(), self.service.organisation.current()
        if len(organisation.teams) <= TEAMS_LISTED:
            return queues
        mine = {team.slug for team in organisation.teams_of(self.service.who)} | {self._queue.name}
        return [queue for queue in queues if queue.kind != "team" or queue.name in mine]

    def _tier(self) -> str:
        """The tier of the first team one works in; the first tier for whom works in none."""
        organisation = self.service.organisation.current()
        teams = organisation.teams_of(self.service.who)
        return teams[0].tier if teams else organisation.tiers[0].name

    def _home(self) -> str:
        return self._tier()

    def _columns(self) -> list[Column[Line]]:
        return columns(
            lambda line: self.service.standing(line, self.service.clock.now()),
            self.service.clock.now,
            with_team=self._queue.kind != "team",
        )

    def _empty(self) -> Text:
        if self._queue.kind == "smart":
            return show(f"No ticket is in {self._queue.name} now.\n\nPress [ or ] for another queue.")
        return show(
            f"{self._queue.name} is empty: nobody waits here.\n\n"
            "Press [ or ] for another queue; `workbench ticket new` opens a ticket."
        )


_ORDERS = {
    Order.URGENCY: "urgency",
    Order.AGE: "age, oldest first",
    Order.TOUCHED: "last touch",
    Order.NUMBER: "number",
}
