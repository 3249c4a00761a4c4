"""The queue screen: the queues on the left, the tickets of the chosen one, and the one under the cursor."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from workbench.clock import FixedClock
from workbench.queues.model import Line
from workbench.queues.panels.filter_box import FilterBox
from workbench.queues.panels.preview import Preview
from workbench.queues.panels.queue_list import QueueList
from workbench.queues.panels.queues_beside import QueuesBesideScreen
from workbench.queues.panels.title import subtitle, title_of_found, title_of_queue, title_while_looking
from workbench.queues.panels.words import burning
from workbench.queues.service import QueueService
from workbench.queues.watch import Lookout
from workbench.text import one_line
from workbench.tickets.dialogs.means import Means
from workbench.tickets.wishes import Wanted
from workbench.widgets.header import HeaderLine, clock_of_day
from workbench.widgets.key_line import KeyLine
from workbench.widgets.looking import keep_looking
from workbench.widgets.marked_list import MarkedList
from workbench.widgets.show import show_line
from workbench.widgets.too_small import TooSmall, heights, widths
from workbench.widgets.virtual_list import VirtualList

LATE = "Late"
"""The queue that says on its top what was handed off and nobody accepted."""


class QueueScreen(QueuesBesideScreen):
    """Tickets in urgency order, their clocks ticking."""

    AUTO_FOCUS = "#tickets"
    HORIZONTAL_BREAKPOINTS = widths("slim", narrow=72, wide=100)
    VERTICAL_BREAKPOINTS = heights("low", high=18)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "take_next", "Take next", id="act.take_next", tooltip="Take the next of this queue", show=False),
        Binding(
            "space",
            "toggle_preview",
            "Preview",
            id="queue.preview",
            tooltip="Show or hide the ticket under the cursor",
            show=False,
        ),
    ]

    def __init__(self, queues: QueueService, means: Means) -> None:
        super().__init__(queues, means)
        self._lookout = Lookout(queues)
        self._lookout.read()  # the list is read when it is composed, after this
        self._highest = queues.highest_number()
        self._previewed: Line | None = None
        self._entitled = Text(), Text()

    def compose(self) -> ComposeResult:
        """The header, the queues, the tickets with the preview, the keys."""
        yield HeaderLine()
        yield QueueList()
        yield FilterBox()
        yield self.new_list()
        yield Preview(id="preview")
        yield KeyLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Looks every second at the clock and for others' changes."""
        self.queues.border_title = "Queues"
        keep_looking(self)

    async def on_screen_resume(self) -> None:
        """Reads what was changed meanwhile: all of it on the first show, and nothing that an act has shown already."""
        await self.run_action("show_changes")

    def on_resize(self) -> None:
        """Takes up the room there is."""
        self.call_after_refresh(self.run_action, "fit")

    def acted(self, *, settled: bool = False) -> None:
        """Shows at once what was done; the cursor stays in its place, on the next ticket when this one is done with."""
        self.tickets.clear_marks()
        self._read_again(in_place=settled)
        self.regray()

    @on(VirtualList.Highlighted, "#tickets")
    def _ticket_highlighted(self) -> None:
        # The cursor is painted first: a held key moves it at full speed, however long the tickets' histories are.
        self.call_after_refresh(self.run_action, "show_preview")
        self.regray()

    @on(MarkedList.Marked, "#tickets")
    def _ticket_marked(self) -> None:
        self.show_title()
        self.regray()

    @on(VirtualList.Chosen, "#tickets")
    def _ticket_chosen(self, event: VirtualList.Chosen) -> None:
        self.post_message(Wanted("ticket", event.row.ref))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grays the preview's key where there is no room for it."""
        if action == "toggle_preview" and self.has_class("-low"):
            return None
        return super().check_action(action, parameters)

    def action_take_next(self) -> None:
        """Takes the most urgent ticket of this queue that nobody has, and goes to it."""
        self.means.require_now()
        ticket = self.service.take_next(self.listing.queue.name)
        self.tell(f"#{ticket.ref} taken by {ticket.assignee}")
        self.acted()
        self.tickets.show_source(self.listing, key=ticket.ref)

    def action_look(self) -> None:
        """Ticks, tells news, and reads again where others or the time have changed something."""
        self._lookout.look()
        if self._lookout.has_news or self.listing.turned():  # also while a ticket stands over it
            for news in self._lookout.news():
                self.notify(one_line(news), severity="warning", markup=False)
        if self.is_current:
            before = self.tickets.row
            self._show_what_is()
            self.note_slip(before)

    def action_show_changes(self) -> None:
        """Ticks, and reads again where anybody or the time has changed something."""
        self._lookout.look_closer()
        self._show_what_is()

    def action_fit(self) -> None:
        """Shows what there is room for now, and brings the focus back from a window too small."""
        self.refresh_bindings()
        self.action_show_preview()
        if self.focused is None:
            self.tickets.focus()

    def action_show_preview(self) -> None:
        """Shows the ticket under the cursor."""
        preview, row = self.query_one(Preview), self.tickets.row
        if not preview.display or row == self._previewed:
            return
        self._previewed = row
        if row is None:
            preview.show_nothing()
        else:
            ticket, events = self.service.tickets.with_timeline(row.ref)
            now, zone = self.service.clock.now(), self.service.organisation.current().zone
            preview.show_ticket(ticket, events, now, self.service.tickets.limits, zone)

    def rested(self) -> None:
        """Shows which keys make sense, and what is known that fits the ticket under the cursor."""
        super().rested()
        preview = self.query_one(Preview)
        if preview.display and preview.ticket is not None:
            preview.show_hints(self.means.hints(preview.ticket))

    def action_toggle_preview(self) -> None:
        """Shows or hides the preview."""
        preview = self.query_one(Preview)
        preview.display = not preview.display
        self.action_show_preview()

    def _show_what_is(self) -> None:
        if self._lookout.unread or self.listing.turned():
            self._read_again()
        elif self.counts:
            self._tick()
        else:  # the first show; the list has only just been read
            self._show_around()

    def _read_again(self, *, in_place: bool = False) -> None:
        self._lookout.read()
        highest = self.service.highest_number()
        if highest != self._highest:
            self._highest = highest
            self.tickets.show_columns(self.columns())
        self.refresh_listing(in_place=in_place)
        self._show_around()

    def _show_around(self) -> None:
        """Shows what belongs to the list as it was read: counts, the ticket under the cursor, the titles."""
        self.show_counts()
        self._previewed = None
        if self.tickets.row is None:
            self.query_one(Preview).show_nothing()
        self.action_show_preview()
        self.regray()  # what is known may be more by now
        self._tick()

    def _tick(self) -> None:
        organisation, clock = self.service.organisation.current(), self.service.clock
        time = clock_of_day(clock.now(), organisation.zone, standing_still=isinstance(clock, FixedClock))
        who = Text.assemble(show_line(f"{self.service.who} · {self.service.home()} · "), time)
        self.query_one(HeaderLine).show_left(show_line(f"Workbench · {organisation.name}"), who)
        late, graveyard = self.counts["Late"].open, self.counts["Graveyard"].open
        self.query_one(HeaderLine).show_right(burning(late, graveyard, self._lookout.unanswered))
        self.tickets.tick((clock.now(), organisation))
        self.query_one(Preview).tick(clock.now(), self.service.tickets.limits, organisation.zone)
        self.show_title()

    def show_title(self) -> None:
        """Says what the list shows, how much of it there is, and what is not shown."""
        tickets, listing = self.tickets, self.listing
        notes = subtitle(listing, tickets.mark_count, self.told_way_back())
        entitled = show_line(" · ".join(self._title_parts())), show_line(" · ".join(notes))
        if entitled != self._entitled:  # a title that is set has the whole list painted anew, be it the same
            self._entitled = entitled
            tickets.border_title, tickets.border_subtitle = entitled

    def _title_parts(self) -> list[str]:
        name, count = self.listing.queue.name, self.tickets.count
        if self.finder.busy and not (self.listing.answers and count):
            return title_while_looking(self.listing)
        total = self.counts.get(name)
        if self.listing.typed.text or total is None or not total.known:
            return title_of_found(self.listing, count)
        self.service.date([total])
        parts = title_of_queue(total, self.service.clock.now())
        if name == LATE and (waiting := self.service.size(self.service.parse("is:late is:unaccepted"))):
            parts.append(f"⚠ {waiting:,} handed off, not accepted")
        return parts
