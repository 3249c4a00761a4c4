"""Looks whether the links of tickets to problems are what their events make of them."""

from collections.abc import Iterator
from typing import Final

from workbench.database import Database
from workbench.problems.linking import link_told
from workbench.tickets.store import TicketStore

_TICKETS: Final = """
    SELECT ticket_id FROM problem_link
    UNION SELECT ticket_id FROM event WHERE after ->> 'problem' IS NOT NULL ORDER BY 1
"""
_LINK: Final = "SELECT problem, seq FROM problem_link WHERE ticket_id = ?"


def faults(database: Database) -> Iterator[str]:
    """What is wrong with the links, a sentence each."""
    store = TicketStore(database)
    for (ref,) in database.rows(_TICKETS):
        event = link_told(store.events(ref))
        if database.row(_LINK, (ref,)) != (event and (int(event.after["problem"]), event.seq)):
            yield f"#{ref} is not linked to the problem that its events tell"
