"""Working the rows of all tickets out anew, a few dozen at a time: what is as it was is only read."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, TypeAlias

from workbench.database import Database
from workbench.tickets.clocks import Rules
from workbench.tickets.model import Event, Ticket
from workbench.tickets.rows import (
    COLUMNS,
    REPLAYED_COLUMNS,
    RESOLUTION_COLUMNS,
    RESPONSE_COLUMNS,
    replayed_event_of,
    resolution_rows,
    response_row,
    row_of,
)
from workbench.tickets.store import TicketStore

_Rows: TypeAlias = list[tuple[Any, ...]]

_TICKET: Final = itemgetter(0)
_BATCH: Final = 40
"""Tickets whose histories are held at a time; 500 outgrow the cache of a processor and take a third longer."""

_AMONG: Final = "BETWEEN ? AND ? ORDER BY"
_EVENTS: Final = f"SELECT {REPLAYED_COLUMNS} FROM event WHERE ticket_id {_AMONG} ticket_id, seq"
_ROWS: Final = f"SELECT {', '.join(COLUMNS)} FROM ticket WHERE id {_AMONG} id"
_RESOLUTIONS: Final = f"SELECT {', '.join(RESOLUTION_COLUMNS)} FROM resolution WHERE ticket_id {_AMONG} ticket_id, seq"
_RESPONSES: Final = f"SELECT {', '.join(RESPONSE_COLUMNS)} FROM first_response WHERE ticket_id {_AMONG} ticket_id"


def histories(database: Database, numbers: Sequence[int]) -> Iterator[list[tuple[int, list[Event]]]]:
    """The events of those tickets, which are in order, a batch at a time."""
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        rows = database.rows(_EVENTS, (some[0], some[-1]))
        wanted = set(some)
        yield [(ref, list(map(replayed_event_of, told))) for ref, told in groupby(rows, key=_TICKET) if ref in wanted]


def rewrite(store: TicketStore, tickets: Sequence[Ticket], now: datetime, rules: Rules) -> None:
    """Writes what is different in the rows of those tickets, which are in order; stays keep what they ended with."""
    database, ends = store.database, (tickets[0].ref, tickets[-1].ref)
    rows, kept = [row_of(ticket, now, rules) for ticket in tickets], database.rows(_ROWS, ends)
    if rows != kept:
        before = {row[0]: row for row in kept}
        for row in rows:
            store.rewrite(row, before[row[0]])
    resolutions = [row for ticket in tickets for row in resolution_rows(ticket)]
    changed = _differing(database.rows(_RESOLUTIONS, ends), resolutions)
    responses = [response_row(ticket) for ticket in tickets]
    changed |= _to_be_told(database.rows(_RESPONSES, ends), responses)
    for ticket in tickets if changed else ():
        if ticket.ref in changed:
            store.rewrite_for_reports(ticket)


def _differing(kept: _Rows, anew: _Rows) -> set[int]:
    """The tickets of which a row is missing, too much or different."""
    return {row[0] for row in {*kept} ^ {*anew}} if kept != anew else set()


def _to_be_told(kept: _Rows, anew: _Rows) -> set[int]:
    """The tickets whose first response went otherwise, unless its stay has ended, with which it stays as it was."""
    left = {(row[0], row[-1]) for row in kept if row[-1] is not None} if kept != anew else set()
    return _differing(kept, anew) - {row[0] for row in anew if (row[0], row[-1]) in left}
