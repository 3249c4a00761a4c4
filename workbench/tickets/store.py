"""Tickets in the database: the row is a projection of the events, written in the same transaction as each."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.tickets.clocks import Rules, Stage, graveyard_at, leading, seen, stale_at, standing, threshold
from workbench.tickets.model import ClockState, Event, Kind, State, Stay, Ticket
from workbench.tickets.sql import COUNTED, TURNS, moment_parameters

NEVER: Final = "9999-12-31T23:59:59Z"
"""Stands for an instant that does not come, so that it sorts last."""

# fmt: off
COLUMNS: Final = (
    "id", "external", "subject", "body", "state", "live", "waiting_for", "waiting_reason", "wakes_at", "tier",
    "team", "assignee", "priority", "impact", "urgency", "client", "contact", "component", "tags",
    "opened_at", "arrived_at", "touched_at", "progress_at", "unanswered_since", "resolved_at", "closed_at",
    "hops", "bounces", "reopens", "version", "lead", "due_at", "soon_at", "aging_at", "ticking", "woken_lead",
    "woken_due_at", "woken_soon_at", "woken_aging_at", "woken_ticking", "stale_at", "grave_at", "counted",
    "turns_at",
)
# fmt: on

_INSERT = f"INSERT INTO ticket ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_UPDATE = f"UPDATE ticket SET {', '.join(f'{name} = ?' for name in COLUMNS[1:])} WHERE id = ?"
_INSERT_EVENT = (
    "INSERT INTO event (ticket_id, seq, at, who, kind, public, text, before, after, responds, undoes, act)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_EVENT_COLUMNS = "seq, at, who, kind, public, text, before, after, responds, undoes"
_INSERT_STAY = (
    "INSERT INTO stay (ticket_id, seq, tier, team, entered_at, left_at, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (ticket_id, seq) DO UPDATE SET left_at = excluded.left_at, outcome = excluded.outcome"
)


SOME: Final = 100
"""Tickets that one writer counts anew at most."""

_TURN = f"""
    UPDATE ticket SET counted = {COUNTED}, turns_at = {TURNS} WHERE id IN (
        SELECT id FROM ticket INDEXED BY ticket_turns WHERE live = 1 AND turns_at <= :now LIMIT :some
    )
"""


class Act(NamedTuple):
    """One event of an act that can be taken back."""

    ref: int
    seq: int


class TicketStore:
    """Reads and writes tickets, their events and their stays."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def number_of(self, reference: str) -> int | None:
        """The ticket with that number (`1042`, `#1042`) or external id; the number wins."""
        bare = reference.removeprefix("#")
        if bare.isascii() and bare.isdigit() and len(bare) < 19:
            found = self.database.value("SELECT id FROM ticket WHERE id = ?", (int(bare),))
            if found is not None:
                return int(found)
        found = self.database.value("SELECT id FROM ticket WHERE external = ?", (reference,))
        return None if found is None else int(found)

    def events(self, ref: int, until: datetime | None = None) -> list[Event]:
        """The ticket's events in order; those up to `until` where that is given."""
        return [
            event_of(row)
            for row in self.database.rows(
                f"SELECT {_EVENT_COLUMNS} FROM event WHERE ticket_id = ? AND at <= ? ORDER BY seq",
                (ref, iso(until) if until else NEVER),
            )
        ]

    def next_number(self) -> int:
        """The number the next ticket gets; numbers are never used again."""
        return int(self.database.value("SELECT seq FROM sqlite_sequence WHERE name = 'ticket'")) + 1

    def next_act(self, who: str) -> int:
        """The number of that person's next act."""
        latest = self.database.value("SELECT max(act) FROM event WHERE who = ? AND act IS NOT NULL", (who,))
        return (latest or 0) + 1

    def latest_act(self, who: str) -> list[Act]:
        """The events of that person's latest act not yet taken back."""
        latest = self.database.value(
            """
            SELECT act FROM event AS mine WHERE who = ? AND act IS NOT NULL AND kind <> 'undone' AND NOT EXISTS (
                SELECT 1 FROM event AS later WHERE later.ticket_id = mine.ticket_id AND later.undoes = mine.seq
            ) ORDER BY act DESC LIMIT 1
            """,
            (who,),
        )
        rows = self.database.rows("SELECT ticket_id, seq FROM event WHERE who = ? AND act = ?", (who, latest))
        return [Act(*row) for row in rows]

    def latest_moment(self) -> datetime | None:
        """The latest moment at which anything was written or counted; None in an empty file."""
        at = self.database.value("SELECT at FROM moment")
        return stored(at) if at else None

    def turn(self, now: datetime, rules: Rules) -> None:
        """Notes the moment, and counts anew some of the tickets that time alone has turned since they were counted.

        Readers put right what is still to do; a writer does a little each time, so that they never have much.
        """
        self.database.execute("UPDATE moment SET at = ? WHERE at < ?", (iso(now), iso(now)))
        self.database.execute(_TURN, moment_parameters(now, rules) | {"some": SOME})

    def insert(self, ticket: Ticket, now: datetime, rules: Rules) -> None:
        """Writes a new ticket's row and stays."""
        self.database.execute(_INSERT, row_of(ticket, now, rules))
        self._write_stays(ticket)

    def update(self, ticket: Ticket, now: datetime, rules: Rules, *, stays: bool) -> None:
        """Rewrites a ticket's row, and its stays where they may have changed."""
        row = row_of(ticket, now, rules)
        self.database.execute(_UPDATE, (*row[1:], row[0]))
        if stays:
            self._write_stays(ticket)

    def append(self, ref: int, event: Event, act: int | None) -> None:
        """Adds one event."""
        self.database.execute(_INSERT_EVENT, event_row(ref, event, act))

    def insert_many(self, tickets: Iterable[tuple[Ticket, list[Event]]], now: datetime, rules: Rules) -> None:
        """Writes many new tickets with their whole history."""
        batch = list(tickets)
        self.database.execute_many(_INSERT, [row_of(ticket, now, rules) for ticket, _ in batch])
        self.database.execute_many(
            _INSERT_EVENT, [event_row(ticket.ref, event, None) for ticket, events in batch for event in events]
        )
        self.database.execute_many(
            _INSERT_STAY, [stay_row(ticket.ref, stay) for ticket, _ in batch for stay in ticket.stays]
        )

    def live_numbers(self) -> list[int]:
        """The numbers of all unresolved tickets."""
        return [number for (number,) in self.database.rows("SELECT id FROM ticket WHERE live = 1 ORDER BY id")]

    def _write_stays(self, ticket: Ticket) -> None:
        last = ticket.stays[-1].seq
        self.database.execute("DELETE FROM stay WHERE ticket_id = ? AND seq > ?", (ticket.ref, last))
        self.database.execute_many(_INSERT_STAY, [stay_row(ticket.ref, stay) for stay in ticket.stays])


def event_of(row: tuple[Any, ...]) -> Event:
    """An event from its row."""
    seq, at, who, kind, public, text, before, after, responds, undoes = row
    return Event(
        seq,
        stored(at),
        who,
        Kind(kind),
        bool(public),
        text,
        json.loads(before) if before != "{}" else {},
        json.loads(after) if after != "{}" else {},
        bool(responds),
        undoes,
    )


def event_row(ref: int, event: Event, act: int | None) -> tuple[Any, ...]:
    """An event's row."""
    return (
        ref,
        event.seq,
        iso(event.at),
        event.who,
        event.kind.value,
        int(event.public),
        event.text,
        _json(event.before),
        _json(event.after),
        int(event.responds),
        event.undoes,
        act,
    )


def stay_row(ref: int, stay: Stay) -> tuple[Any, ...]:
    """A stay's row."""
    left = iso(stay.left_at) if stay.left_at else None
    return (ref, stay.seq, stay.tier, stay.team, iso(stay.entered_at), left, _json(stay.outcome))


def row_of(ticket: Ticket, now: datetime, rules: Rules) -> tuple[Any, ...]:
    """A ticket's row, in the order of COLUMNS."""
    waiting = ticket.waiting
    wakes = waiting.until if waiting else None
    live = ticket.unresolved
    first = _Lead.of(ticket, ticket.touched_at, rules) if live else _Lead.standing_still(ticket)
    woken = _Lead.of(ticket, wakes, rules) if wakes else _Lead()
    stale, grave = iso(stale_at(ticket, rules)), iso(graveyard_at(ticket, rules))
    instants = (*first.instants(), *woken.instants(), iso(wakes) if wakes else NEVER, stale, grave)
    at = iso(now)
    return (
        ticket.ref,
        ticket.external,
        ticket.subject,
        ticket.body,
        ticket.state.value,
        int(live),
        waiting.on.value if waiting else None,
        waiting.reason if waiting else None,
        iso(wakes) if wakes else None,
        ticket.tier,
        ticket.team,
        ticket.assignee,
        ticket.priority.value,
        ticket.impact.value,
        ticket.urgency.value,
        ticket.client,
        ticket.contact,
        ticket.component,
        _json(ticket.tags) if ticket.tags else "[]",
        iso(ticket.opened_at),
        iso(ticket.arrived_at),
        iso(ticket.touched_at),
        iso(ticket.progress_at),
        _iso(ticket.unanswered_since),
        _iso(ticket.resolved_at),
        _iso(ticket.closed_at),
        ticket.hops,
        ticket.bounces,
        ticket.reopens,
        ticket.version,
        first.told,
        first.due_at,
        first.soon_at,
        first.aging_at,
        first.ticking,
        woken.told,
        woken.due_at,
        woken.soon_at,
        woken.aging_at,
        woken.ticking,
        stale,
        grave,
        counted(ticket, now, rules) if live else "",
        min((instant for instant in instants if instant > at), default=NEVER) if live else NEVER,
    )


def counted(ticket: Ticket, now: datetime, rules: Rules) -> str:
    """How the tally counts a ticket at `now`: its stage and whether it waits, is stale, lies in the graveyard.

    The same as `COUNTED` in sql.py makes of the row.
    """
    at_now = seen(ticket, now, rules)
    stage = standing(at_now.state, leading(ticket.clocks, now), now, rules).stage
    waits = "w" if at_now.state is State.WAITING else ""
    stale = "s" if stale_at(ticket, rules) <= now else ""
    return f"{stage}/{waits}{stale}{'g' if graveyard_at(ticket, rules) <= now else ''}"


def clock_told(clock: ClockState) -> str:
    """A clock as the row keeps it, for the lists: what `clock_of` in queues/model.py reads."""
    since, due = clock.since, clock.ran_out_at
    return _json((clock.name, clock.target_s, clock.calendar.name, clock.used_s, _iso(since), _iso(due)))


class _Lead(NamedTuple):
    """The leading clock in one phase of a ticket's future, with the instants at which its stages begin."""

    told: str | None = None
    due_at: str = NEVER
    soon_at: str = NEVER
    aging_at: str = NEVER
    ticking: int = 0

    @classmethod
    def of(cls, ticket: Ticket, at: datetime, rules: Rules) -> "_Lead":
        clock = leading(ticket.clocks, at)
        if clock is None or clock.target_s is None:
            return cls()
        if not clock.running(at):
            return cls(clock_told(clock))
        begins = {
            stage: clock.reaches(threshold(clock.target_s, share))
            for stage, share in ((Stage.DUE, rules.due_share), (Stage.AGING, rules.aging_share))
        }
        due = _never(clock.due_at())
        return cls(clock_told(clock), due, _never(begins[Stage.DUE]), _never(begins[Stage.AGING]), 1)

    @classmethod
    def standing_still(cls, ticket: Ticket) -> "_Lead":
        clock = leading(ticket.clocks, ticket.touched_at)
        return cls(clock_told(clock)) if clock else cls()

    def instants(self) -> tuple[str, str, str]:
        return self.due_at, self.soon_at, self.aging_at


def _iso(at: datetime | None) -> str | None:
    return iso(at) if at else None


def _never(at: datetime | None) -> str:
    return iso(at) if at else NEVER


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
