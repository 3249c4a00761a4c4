"""The ticket under the cursor, beside the list."""

from collections.abc import Sequence
from datetime import datetime

from rich.text import Text
from textual.widget import Widget

from workbench.duration import elapsed, short
from workbench.queues.why import why
from workbench.tickets.clocks import Thresholds
from workbench.tickets.model import Event, Hint, Ticket
from workbench.tickets.panels import hint_lines
from workbench.tickets.vocabulary import Kind
from workbench.widgets.show import show, show_line

BODY_SHOWN = 600
"""Characters of the body in the preview; the ticket shows all of it."""
_LONG_WORD = 8
"""Cells that a line may leave empty where the next word does not fit; so the reason takes two lines at most."""


class Preview(Widget):
    """The ticket under the cursor: who asks, what they said, and why it stands where it stands."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._ticket: Ticket | None = None
        self._events: Sequence[Event] = ()
        self._facts: Sequence[Text] = ()
        self._why = ""
        self._hints: Sequence[Text] = ()

    def show_ticket(
        self, ticket: Ticket, events: Sequence[Event], now: datetime, limits: Thresholds, zone: str
    ) -> None:
        """Shows a ticket as seen at `now`, with times as in `zone`; what is known of it stays until it is asked for."""
        if self._ticket is None or self._ticket.ref != ticket.ref:
            self._hints = ()
        self._ticket, self._events, self._facts = ticket, events, ()
        self.border_title = show_line(f"#{ticket.ref} {ticket.subject}")
        self.tick(now, limits, zone)

    def on_mouse_down(self) -> None:
        """Leaves the filter's line: a key that is clicked on here is none of its letters."""
        self.screen.query_one("#tickets").focus()

    @property
    def ticket(self) -> Ticket | None:
        """The ticket that is shown."""
        return self._ticket

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Shows what is known that fits the ticket."""
        if (lines := hint_lines(hints)) != self._hints:
            self._hints = lines
            self.refresh()

    def show_nothing(self) -> None:
        """No ticket stands under the cursor."""
        self._ticket = self.border_title = None
        self.refresh()

    def tick(self, now: datetime, limits: Thresholds, zone: str) -> None:
        """Says what has become of the ages and the clock."""
        if self._ticket is not None:
            facts, reason = _facts(self._ticket, self._events, now), why(self._ticket, now, limits, zone)
            if (facts, reason) != (self._facts, self._why):
                self._facts, self._why = facts, reason
                self.refresh()

    def render(self) -> Text:
        """What is known of the ticket, the reason cut to the room there is."""
        if self._ticket is None:
            return Text()
        reason = show_line(self._why, "dim")
        reason.truncate(2 * max(_LONG_WORD, self.content_size.width - _LONG_WORD), overflow="ellipsis")
        body = show(_dense(self._ticket.body) or "(no description)")
        return Text("\n").join([*self._facts, reason, *self._hints, body, *_latest_words(self._events)])


def _facts(ticket: Ticket, events: Sequence[Event], now: datetime) -> list[Text]:
    who = " · ".join(part for part in (ticket.client, ticket.contact, ticket.component, ticket.team) if part)
    opening, last = events[0], events[-1]
    told = f"opened {_ago(opening, ticket, now)}"
    if last is not opening:
        told += f" · {last.kind.words} {_ago(last, ticket, now)}"
    return [show_line(who, "bold"), show_line(told, "dim")]


def _ago(event: Event, ticket: Ticket, now: datetime) -> str:
    """When, and by whom where it was not the requester, whose name stands above."""
    who = f" by {event.who}" if event.who not in ("", ticket.contact) else ""
    return f"{short(elapsed(event.at, now))} ago{who}"


def _dense(text: str) -> str:
    """The beginning of a text without its empty lines."""
    return "\n".join(line for line in text[:BODY_SHOWN].splitlines() if line.strip())


def _latest_words(events: Sequence[Event]) -> list[Text]:
    """The last thing that anybody wrote, where it is not the opening."""
    for event in reversed(events):
        if event.text and event.kind in _WORDS:
            who = show_line(f"{event.who or 'nobody'} ({_WORDS[event.kind]}): ", "bold")
            return [Text(), who.append_text(show(_dense(event.text)))]
    return []


_WORDS = {Kind.COMMENTED: "to the requester", Kind.REPLIED: "from the requester", Kind.NOTED: "internal note"}
