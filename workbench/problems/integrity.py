"""Looks whether the links of tickets to problems are what their events make of them."""

from collections.abc import Iterator
from typing import Final

from workbench.database import Database
from workbench.tickets.replay import standing_events
from workbench.tickets.store import TicketStore
from workbench.tickets.vocabulary import Kind

_TICKETS: Final = """
    SELECT ticket_id FROM problem_link
    UNION SELECT ticket_id FROM event WHERE after ->> 'problem' IS NOT NULL ORDER BY 1
"""
_LINK: Final = "SELECT problem, seq FROM problem_link WHERE ticket_id = ?"


def faults(database: Database) -> Iterator[str]:
    """What is wrong with the links, a sentence each."""
    store = TicketStore(database)
    for (ref,) in database.rows(_TICKETS):
        told: tuple[int, int] | None = None
        for event in standing_events(store.events(ref)):
            if event.kind is Kind.UNLINKED:
                told = None
            elif event.after.get("problem") is not None:
                told = int(event.after["problem"]), event.seq
        if database.row(_LINK, (ref,)) != told:
            yield f"#{ref} is not linked to the problem that its events tell"
