"""Looks whether the tickets' tables say what the events say, so that nobody has to trust in it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from workbench.clock import stored
from workbench.database import Database
from workbench.errors import WorkbenchError
from workbench.organisation.model import Organisation
from workbench.tickets.clocks import Thresholds
from workbench.tickets.model import Event, Ticket
from workbench.tickets.replay import replay
from workbench.tickets.rows import COLUMNS, RESOLUTION_COLUMNS, RESPONSE_COLUMNS, resolution_rows, response_row, row_of
from workbench.tickets.sql import COUNTED, moment_parameters
from workbench.tickets.store import TicketStore

Progress = Callable[[int, int], None]
"""Is told how many tickets were looked at, of how many."""

_BY_MOMENT: Final = frozenset({"counted", "turns_at"})
"""Columns that depend on when the ticket was last counted, so that its events cannot tell them."""
_EVERY: Final = 100
"""Tickets between two words about the progress."""

_RECOUNT: Final = """
    SELECT tier, team, coalesce(assignee, ''), bounces > 0, counted, count(*)
    FROM ticket WHERE live = 1 GROUP BY 1, 2, 3, 4, 5
"""
_RESOLUTIONS: Final = f"SELECT {', '.join(RESOLUTION_COLUMNS)} FROM resolution WHERE ticket_id = ? ORDER BY seq"
_RESPONSE: Final = f"SELECT {', '.join(RESPONSE_COLUMNS)} FROM first_response WHERE ticket_id = ?"
_STAYS: Final = "SELECT seq, tier, team, entered_at, left_at FROM stay WHERE ticket_id = ? ORDER BY seq"


def faults(database: Database, organisation: Organisation, limits: Thresholds, progress: Progress) -> Iterator[str]:
    """What is wrong with the tickets, a sentence each; takes about as long as replaying each of them."""
    with database.snapshot():
        store = TicketStore(database)
        numbers = store.numbers()
        yield from _numbering(database, numbers)
        yield from _counting(database, limits)
        for done, ref in enumerate(numbers, start=1):
            yield from _ticket(store, organisation, limits, ref)
            if done % _EVERY == 0 or done == len(numbers):
                progress(done, len(numbers))


def _numbering(database: Database, numbers: list[int]) -> Iterator[str]:
    if numbers and len(numbers) != numbers[-1] - numbers[0] + 1:
        yield f"of the tickets #{numbers[0]} to #{numbers[-1]} only {len(numbers):,} are there"
    latest = database.value("SELECT seq FROM sqlite_sequence WHERE name = 'ticket'")
    if latest is None or (numbers and latest < numbers[-1]):
        yield f"the next ticket would get the number {(latest or 0) + 1}, which was given before"
    lost = database.rows("SELECT DISTINCT ticket_id FROM event WHERE ticket_id NOT IN (SELECT id FROM ticket)")
    for (ref,) in lost:
        yield f"there are events of a ticket #{ref}, but no ticket"


def _counting(database: Database, limits: Thresholds) -> Iterator[str]:
    tally = {tuple(key): tickets for *key, tickets in database.rows("SELECT * FROM tally WHERE tickets <> 0")}
    recount = {tuple(key): tickets for *key, tickets in database.rows(_RECOUNT)}
    for cell in sorted(tally.keys() | recount.keys()):
        if tally.get(cell, 0) != recount.get(cell, 0):
            tier, team, assignee, _, counted = cell
            place = f"{tier}, {team}, {assignee or 'nobody'}, {counted}"
            yield f"the queues count {tally.get(cell, 0)} tickets ({place}) where there are {recount.get(cell, 0)}"
    moment = database.value("SELECT at FROM moment")
    if moment:
        wrong = f"SELECT id FROM ticket WHERE live = 1 AND turns_at > :now AND counted <> {COUNTED}"
        for (ref,) in database.rows(wrong, moment_parameters(stored(moment), limits)):
            yield f"#{ref} is counted among tickets of another stage"


def _ticket(store: TicketStore, organisation: Organisation, limits: Thresholds, ref: int) -> Iterator[str]:
    try:
        events = store.events(ref)
        ticket = _replayed(ref, events, organisation)
    except (WorkbenchError, ValueError, LookupError, TypeError, AttributeError) as error:
        # Whatever else than an event may stand in an event's row.
        yield f"#{ref} has an event that cannot be read ({type(error).__name__}: {error})"
        return
    if ticket is None:
        yield f"#{ref} has no events"
        return
    if [event.seq for event in events] != list(range(1, len(events) + 1)):
        yield f"the events of #{ref} are not numbered one after the other"
    differing = _differing(store.database, ticket, events[-1].at, limits)
    if differing:
        yield f"the row of #{ref} is not what its events make of it ({', '.join(differing)})"


def _replayed(ref: int, events: list[Event], organisation: Organisation) -> Ticket | None:
    close_after = timedelta(seconds=organisation.settings.close_after)
    return replay(ref, events, organisation.terms, close_after) if events else None


def _differing(database: Database, ticket: Ticket, at: datetime, limits: Thresholds) -> list[str]:
    found = database.row(f"SELECT {', '.join(COLUMNS)} FROM ticket WHERE id = ?", (ticket.ref,)) or ()
    pairs = zip(COLUMNS, found, row_of(ticket, at, limits), strict=True)
    untold = _BY_MOMENT if ticket.unresolved else _BY_MOMENT | {"lead"}  # how its clocks ended is kept
    names = [name for name, kept, replayed in pairs if kept != replayed and name not in untold]
    stays: list[tuple[Any, ...]] = [
        (stay.seq, stay.tier, stay.team, stay.entered_at, stay.left_at) for stay in ticket.stays
    ]
    kept_stays = [
        (*place, stored(entered), stored(left) if left else None)
        for *place, entered, left in database.rows(_STAYS, (ticket.ref,))
    ]
    names += [] if stays == kept_stays else ["stays"]
    return names if database.value("SELECT missing FROM projection") else [*names, *_told_in_reports(database, ticket)]


def _told_in_reports(database: Database, ticket: Ticket) -> Iterator[str]:
    """What the reports' tables tell otherwise; how a response went is kept although a target changes later."""
    if database.rows(_RESOLUTIONS, (ticket.ref,)) != resolution_rows(ticket):
        yield "resolves"
    kept, anew = database.row(_RESPONSE, (ticket.ref,)), response_row(ticket)
    if kept is None or (kept[:3], kept[5]) != (anew[:3], anew[5]):
        yield "first response"
