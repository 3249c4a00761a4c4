"""The ticket screen: the whole timeline with the newest last, the fields and the clocks at its side."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from workbench.clock import FixedClock
from workbench.errors import FileProblem
from workbench.tickets.acting import NO_TICKET, ActingScreen, gray
from workbench.tickets.clocks import seen
from workbench.tickets.dialogs.means import Means
from workbench.tickets.model import Ticket
from workbench.tickets.panels import Reading, fields, hint_lines, others_here, timeline
from workbench.tickets.wishes import Wanted
from workbench.widgets.header import HeaderLine, clock_of_day
from workbench.widgets.key_line import KeyLine
from workbench.widgets.looking import Changes, keep_looking
from workbench.widgets.reader import Reader
from workbench.widgets.show import show_line
from workbench.widgets.too_small import TooSmall, heights, widths


class TicketScreen(ActingScreen):
    """One ticket, whole."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#timeline"
    HORIZONTAL_BREAKPOINTS = widths("slim", narrow=64, wide=100)
    VERTICAL_BREAKPOINTS = heights("low", high=18)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "app.leave", "Back", id="ticket.back", tooltip="Back to the queue"),
        Binding(
            "tab",
            "app.focus_next",
            "Fields",
            id="ticket.fields",
            tooltip="To the fields, and back to the timeline",
            show=False,
        ),
        Binding("f", "fold", "Fold", id="ticket.fold", tooltip="Fold the changes between the words, or unfold them"),
        Binding("O", "open_all", "Open all", id="ticket.open_all", tooltip="Show long texts whole", show=False),
    ]

    def __init__(self, means: Means, ref: int) -> None:
        super().__init__(means)
        self.service = means.tickets
        self.ref = ref
        self._ticket: Ticket | None = None
        self._hints: list[Text] = []
        self._fields = Text()
        self._everything = self._folded = False
        self._changes = Changes()
        self._read_up_to: int | None = None
        """The last event that was seen at an earlier time; None where one never looked."""

    def compose(self) -> ComposeResult:
        """The header, the timeline, the fields, the keys."""
        yield HeaderLine()
        with Horizontal():
            yield Reader(id="timeline")
            yield Reader(id="side")
        yield KeyLine()
        yield TooSmall()

    async def on_mount(self) -> None:
        """Shows the ticket, and looks every second for what changed."""
        self._read_up_to = self.means.personal.last_seen(self.ref) or None
        keep_looking(self)
        await self.run_action("look")

    def on_unmount(self) -> None:
        """Tells the others that one looks no longer."""
        with suppress(FileProblem):
            self.means.personal.look_at(None)

    def targets(self) -> Sequence[int]:
        """This ticket."""
        return [self.ref]

    def senseless(self) -> frozenset[str]:
        """What makes no sense for this ticket."""
        ticket = self._ticket
        if ticket is None:
            return NO_TICKET
        given = ticket.assignee == self.service.who and not ticket.answered
        return gray(ticket.state, taken=ticket.assignee is not None and not given)

    def acted(self, *, settled: bool = False) -> None:
        """Shows at once what was done."""
        self._read_again()
        self._tick()
        self.regray()

    def action_look(self) -> None:
        """Tells and says who looks, ticks the clocks, and reads the timeline again where somebody has written."""
        with suppress(FileProblem):  # where nothing can be written, nobody is told
            self.means.personal.look_at(self.ref)  # also while one types in a box over it
        if not self.is_current:
            return
        if self._changes.turned(self.service.database.generation()):
            self._read_again()
        self._tick()

    def action_handoffs(self) -> None:
        """Wishes the hand-offs of this ticket, with their whole forms."""
        self.post_message(Wanted("handoffs", self.ref))

    def action_open_all(self) -> None:
        """Shows long texts whole."""
        self._everything = True
        self._read_again()

    def action_fold(self) -> None:
        """Folds the changes, or unfolds them."""
        self._folded = not self._folded
        self._read_again()

    def _read_again(self) -> None:
        ticket, events = self.service.with_timeline(self.ref)
        self._ticket = ticket
        self._hints = [*hint_lines(hints), Text()] if (hints := self.means.hints(ticket)) else []
        reader = self.query_one("#timeline", Reader)
        reader.border_title = show_line(f"#{ticket.ref} {ticket.subject}")
        reading = Reading(self.means.zone, self.service.who, self._everything, self._folded, self._read_up_to)
        reader.show_paragraphs(timeline(events, reading))
        with suppress(FileProblem):  # where nothing can be written, it stays new
            self.means.personal.saw(self.ref, events[-1].seq)

    def _tick(self) -> None:
        """Says what has become of the clocks and ages; the ticket itself is not read again for it."""
        if self._ticket is None:
            return
        clock, organisation, limits = self.service.clock, self.service.organisation.current(), self.service.limits
        now = clock.now()
        ticket = seen(self._ticket, now, limits)
        time = clock_of_day(now, organisation.zone, standing_still=isinstance(clock, FixedClock))
        self.query_one(HeaderLine).show_left(
            show_line(f"Workbench · #{ticket.ref}"), Text.assemble(show_line(f"{self.service.who} · "), time)
        )
        self.query_one(HeaderLine).show_right(others_here(self.means.personal.others_at(self.ref)))
        told = Text("\n").join([*self._hints, fields(ticket, now, limits, partial(organisation.on_support, at=now))])
        if told != self._fields:
            self._fields = told
            self.query_one("#side", Reader).show_paragraphs([told])
