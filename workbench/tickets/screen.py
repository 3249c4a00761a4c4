"""The ticket screen: the whole timeline with the newest last, the fields and the clocks at its side."""

from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from workbench.tickets.panels import fields, timeline
from workbench.tickets.service import TicketService
from workbench.widgets.header import HeaderLine
from workbench.widgets.reader import Reader
from workbench.widgets.show import show_line

LOOK_EVERY = 1.0
"""Seconds between two looks at the clock and at what others have changed."""


class TicketScreen(Screen[None]):
    """One ticket, whole."""

    CSS_PATH = "screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Back", id="ticket.back", tooltip="Back to the queue"),
        Binding("O", "open_all", "Open all", id="ticket.open_all", tooltip="Show long texts whole"),
    ]

    def __init__(self, tickets: TicketService, ref: int) -> None:
        super().__init__()
        self.service = tickets
        self.ref = ref
        self._everything = False
        self._seen = -1

    def compose(self) -> ComposeResult:
        """The header, the timeline, the fields, the keys."""
        yield HeaderLine()
        with Horizontal():
            yield Reader(id="timeline")
            with VerticalScroll(id="side", can_focus=False):
                yield Static(id="fields")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Shows the ticket, and looks every second for what changed."""
        self._show()
        self.query_one(Reader).focus()
        self.set_interval(LOOK_EVERY, partial(self.run_action, "look"))

    def action_look(self) -> None:
        """Ticks the clocks, and reads the timeline again where somebody has written."""
        version = self.service.database.data_version()
        if version != self._seen:
            self._show()
        else:
            self._show_fields()

    def action_open_all(self) -> None:
        """Shows long texts whole."""
        self._everything = True
        self._show()

    def _show(self) -> None:
        self._seen = self.service.database.data_version()
        ticket, events = self.service.with_timeline(self.ref)
        zone = ZoneInfo(self.service.organisation.current().zone)
        reader = self.query_one(Reader)
        reader.border_title = show_line(f"#{ticket.ref} {ticket.subject}")
        reader.show_paragraphs(timeline(events, zone, everything=self._everything))
        self.query_one(HeaderLine).show_left(
            show_line(f"Workbench · #{ticket.ref}"), show_line(f"{self.service.who} · {ticket.team}")
        )
        self._show_fields()

    def _show_fields(self) -> None:
        now, organisation = self.service.clock.now(), self.service.organisation.current()
        ticket = self.service.get(self.ref)
        on_support = partial(organisation.on_support, at=now)
        self.query_one("#fields", Static).update(fields(ticket, now, self.service.rules, on_support))
