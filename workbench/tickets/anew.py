"""Working the rows of all tickets out anew, a few dozen at a time: what is as it was is only read."""

from collections.abc import Iterator, Sequence, Set
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, TypeAlias

from workbench.database import Database
from workbench.tickets.clocks import Thresholds
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
_LIVE, _LEAD = COLUMNS.index("live"), COLUMNS.index("lead")
_ANSWERED, _LEFT = RESPONSE_COLUMNS.index("answered_at"), RESPONSE_COLUMNS.index("left_at")
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


def rewrite(store: TicketStore, tickets: Sequence[Ticket], now: datetime, limits: Thresholds) -> None:
    """Writes what is different in the rows of those tickets, which are in order; stays keep what they ended with."""
    database, ends = store.database, (tickets[0].ref, tickets[-1].ref)
    rows, kept = [row_of(ticket, now, limits) for ticket in tickets], database.rows(_ROWS, ends)
    if rows != kept:
        before = {row[0]: row for row in kept}
        for row in rows:
            store.rewrite(_as_ended(row, before[row[0]]), before[row[0]])
    resolutions = [row for ticket in tickets for row in resolution_rows(ticket)]
    resolved = database.rows(_RESOLUTIONS, ends)
    changed = _differing(resolved, resolutions)
    responses = [response_row(ticket) for ticket in tickets]
    judged = _to_be_judged(database.rows(_RESPONSES, ends), responses, {row[0] for row in resolved})
    for ticket in tickets if changed or judged else ():
        if ticket.ref in changed or ticket.ref in judged:
            store.rewrite_for_reports(ticket, judged=ticket.ref in judged)


def _as_ended(row: tuple[Any, ...], kept: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row; of a ticket that is done with the clock that it ended with."""
    return row if row[_LIVE] else (*row[:_LEAD], kept[_LEAD], *row[_LEAD + 1 :])


def _differing(kept: _Rows, anew: _Rows) -> set[int]:
    """The tickets of which a row is missing, too much or different."""
    return {row[0] for row in {*kept} ^ {*anew}} if kept != anew else set()


def _to_be_judged(kept: _Rows, anew: _Rows, once_done: Set[int]) -> set[int]:
    """The tickets whose first response went otherwise, unless its stay has ended, with which it stays as it was.

    An answer of which it was found once, when the ticket was done, stays as it was too though that is open again.
    """
    if kept == anew:
        return set()
    left = {(row[0], row[_LEFT]) for row in kept if row[_LEFT] is not None}
    answered = {(row[0], row[_ANSWERED]) for row in kept if row[_ANSWERED] is not None and row[0] in once_done}
    settled = {row[0] for row in anew if (row[0], row[_LEFT]) in left or (row[0], row[_ANSWERED]) in answered}
    return _differing(kept, anew) - settled
