"""To which problem a ticket is linked, as its events tell it."""

from collections.abc import Sequence

from workbench.tickets.model import Event
from workbench.tickets.replay import standing_events
from workbench.tickets.vocabulary import Kind


def link_told(events: Sequence[Event]) -> Event | None:
    """The event by which a ticket is linked in the end; None where no link stands."""
    told = None
    for event in standing_events(events):
        if event.kind is Kind.UNLINKED:
            told = None
        elif event.after.get("problem") is not None:
            told = event
    return told
