"""What the boxes stand on: services, what other rooms know, and the tickets that an act is meant for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from workbench.errors import Refused
from workbench.organisation.model import Organisation
from workbench.personal.service import PersonalService
from workbench.text import one_line
from workbench.tickets.model import Hint, Ticket
from workbench.tickets.service import TicketService

SIMILAR_SHOWN: Final = 3
"""Tickets like a new one; the nearest ones, so that the form still fits in 24 lines."""
_TOLD = 60
"""Characters of what others wrote that are quoted."""


class Means(NamedTuple):
    """The services, and what is known above: the load of people as (open, late), similar tickets, why one stands there,
    and what fits a ticket.
    """

    tickets: TicketService
    personal: PersonalService
    loads: Callable[[], Mapping[str, tuple[int, int]]]
    similar: Callable[[str, str | None], Sequence[tuple[int, str]]]
    why: Callable[[int], str]
    hints: Callable[[Ticket], Sequence[Hint]]
    looks_back: bool
    """Whether the tickets are seen as they were at an earlier moment."""

    def require_now(self) -> None:
        """Refuses to write into the past."""
        if self.looks_back:
            raise Refused("you look back, and what was cannot be changed", "start without --as-of to act")

    def undo(self) -> str:
        """Takes back my latest change; what it was, in words. Refused where that cannot be, and in the past."""
        self.require_now()
        return self.tickets.undo().told

    @property
    def organisation(self) -> Organisation:
        """The setup as it stands."""
        return self.tickets.organisation.current()

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which times are read and written here."""
        return ZoneInfo(self.organisation.zone)


class Targets:
    """The tickets that an act is meant for, as they were when one began to say what is to be done."""

    def __init__(self, tickets: TicketService, refs: Sequence[int]) -> None:
        self.service = tickets
        self.tickets = [tickets.get(ref) for ref in refs]

    @property
    def refs(self) -> list[int]:
        """Their numbers."""
        return [ticket.ref for ticket in self.tickets]

    @property
    def first(self) -> Ticket:
        """The only one, or the first of many."""
        return self.tickets[0]

    @property
    def draft_ticket(self) -> int | None:
        """The ticket under which a draft is kept; None for words that are meant for many."""
        return self.first.ref if len(self.tickets) == 1 else None

    def told(self) -> str:
        """The ticket by number and subject; many by how many, and their numbers."""
        if len(self.tickets) == 1:
            return f"#{self.first.ref} {self.first.subject}"
        return f"{len(self.tickets)} tickets: {', '.join(f'#{ref}' for ref in self.refs)}"

    def each(self, act: Callable[[int, int], object]) -> None:
        """Acts on all of them or on none: by number and the version that was seen."""
        with self.service.together():
            for ticket in self.tickets:
                act(ticket.ref, ticket.version)

    def renew(self) -> list[str]:
        """Looks at them as they stand now; a line for each thing that others have done since."""
        told = []
        for index, ticket in enumerate(self.tickets):
            now, events = self.service.with_timeline(ticket.ref)
            self.tickets[index] = now
            for event in events:
                if event.seq > ticket.version:
                    words = one_line(event.text)
                    quoted = f": {words[:_TOLD]}{'…' if len(words) > _TOLD else ''}" if words else ""
                    told.append(f"#{ticket.ref} {event.who or 'somebody'} {event.kind.words}{quoted}")
        return told
