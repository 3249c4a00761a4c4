"""Working the rows of all tickets out anew, some hundreds at a time: what is as it was is only read."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from workbench.database import Database
from workbench.tickets.clocks import Rules
from workbench.tickets.model import Event, Ticket
from workbench.tickets.rows import (
    COLUMNS,
    EVENT_COLUMNS,
    RESOLUTION_COLUMNS,
    RESPONSE_COLUMNS,
    event_of,
    resolution_rows,
    response_row,
    row_of,
)
from workbench.tickets.store import TicketStore

_BATCH: Final = 500
"""Tickets whose histories are held at a time."""

_AMONG: Final = "BETWEEN ? AND ? ORDER BY"
_EVENTS: Final = f"SELECT ticket_id, {EVENT_COLUMNS} FROM event WHERE ticket_id {_AMONG} ticket_id, seq"
_ROWS: Final = f"SELECT {', '.join(COLUMNS)} FROM ticket WHERE id {_AMONG} id"
_RESOLUTIONS: Final = f"SELECT {', '.join(RESOLUTION_COLUMNS)} FROM resolution WHERE ticket_id {_AMONG} ticket_id, seq"
_RESPONSES: Final = f"SELECT {', '.join(RESPONSE_COLUMNS)} FROM first_response WHERE ticket_id {_AMONG} ticket_id"


def histories(database: Database, numbers: Sequence[int]) -> Iterator[list[tuple[int, list[Event]]]]:
    """The events of those tickets, which are in order, a batch at a time."""
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        rows = database.rows(_EVENTS, (some[0], some[-1]))
        wanted = set(some)
        yield [
            (ref, [event_of(row[1:]) for row in told])
            for ref, told in groupby(rows, key=lambda row: int(row[0]))
            if ref in wanted
        ]


def rewrite(store: TicketStore, tickets: Sequence[Ticket], now: datetime, rules: Rules) -> None:
    """Writes what is different in the rows of those tickets, which are in order; stays keep what they ended with."""
    ends = (tickets[0].ref, tickets[-1].ref)
    rows = {row[0]: row for row in store.database.rows(_ROWS, ends)}
    responses = {row[0]: row for row in store.database.rows(_RESPONSES, ends)}
    told = store.database.rows(_RESOLUTIONS, ends)
    resolutions = {ref: list(of) for ref, of in groupby(told, key=lambda row: int(row[0]))}
    for ticket in tickets:
        store.rewrite(row_of(ticket, now, rules), rows[ticket.ref])
        alike = resolutions.get(ticket.ref, []) == list(resolution_rows(ticket))
        if not alike or not _stands(responses.get(ticket.ref), response_row(ticket)):
            store.rewrite_for_reports(ticket)


def _stands(kept: tuple[Any, ...] | None, anew: tuple[Any, ...]) -> bool:
    """Whether the row of a first response stays as it is: the same, or of a stay that has ended."""
    return kept is not None and (kept == anew or (kept[-1] is not None and kept[-1] == anew[-1]))
