"""Tickets in the database: the row is a projection of the events, written in the same transaction as each."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from workbench.clock import NEVER, iso, stored
from workbench.database import Database
from workbench.errors import NotFound
from workbench.tickets.clocks import Thresholds
from workbench.tickets.kept import as_kept
from workbench.tickets.model import Event, Ticket
from workbench.tickets.rows import (
    COLUMNS,
    EVENT_COLUMNS,
    RESOLUTION_COLUMNS,
    RESPONSE_COLUMNS,
    STAY_COLUMNS,
    event_of,
    event_row,
    resolution_rows,
    response_row,
    row_of,
    stay_row,
)
from workbench.tickets.sql import COUNTED, TURNS, moment_parameters

_INSERT = f"INSERT INTO ticket ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_ROW = f"SELECT {', '.join(COLUMNS)} FROM ticket WHERE id = ?"
_INSERT_EVENT = (
    "INSERT INTO event (ticket_id, seq, at, who, kind, public, text, before, after, responds, undoes, act)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_STAY = (
    f"INSERT INTO stay ({', '.join(STAY_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (ticket_id, seq) DO UPDATE SET left_at = excluded.left_at,"
    " outcome = iif(excluded.left_at IS NULL, outcome, excluded.outcome) WHERE left_at IS NOT excluded.left_at"
)
"""A stay keeps the outcome it ended with, also when a target changes later, and when it goes on after a reopen."""
_KEPT = "SELECT seq, left_at, outcome FROM main.stay WHERE ticket_id = ?"
"""What has ended by an earlier moment is kept in the real table."""

_INSERT_RESOLUTION = (
    f"INSERT INTO resolution ({', '.join(RESOLUTION_COLUMNS)}) VALUES ({', '.join('?' * len(RESOLUTION_COLUMNS))})"
)
_INSERT_RESPONSE = (
    f"INSERT INTO first_response ({', '.join(RESPONSE_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (ticket_id) DO UPDATE"
    " SET missed_at = iif(answered_at = excluded.answered_at, missed_at, excluded.missed_at),"
    " answered_at = excluded.answered_at, left_at = excluded.left_at"
    " WHERE left_at IS NULL OR left_at IS NOT excluded.left_at"
)
"""An answer stays in time, or late, as it was found when it came."""

SOME: Final = 100
"""Tickets that one writer counts anew at most."""

_DUE = """
    SELECT at < :now, EXISTS (SELECT 1 FROM ticket INDEXED BY ticket_turns WHERE live = 1 AND turns_at <= :now)
    FROM moment
"""
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
        return self.with_external(reference)

    def with_external(self, external: str) -> int | None:
        """The number of the ticket with that external id."""
        found = self.database.value("SELECT id FROM ticket WHERE external = ?", (external,))
        return None if found is None else int(found)

    def events(self, ref: int, until: datetime | None = None) -> list[Event]:
        """The ticket's events in order; those up to `until` where that is given."""
        return [
            event_of(row)
            for row in self.database.rows(
                f"SELECT {EVENT_COLUMNS} FROM event WHERE ticket_id = ? AND at <= ? ORDER BY seq",
                (ref, iso(until) if until else NEVER),
            )
        ]

    def next_number(self) -> int:
        """The number the next ticket gets; numbers are never used again."""
        return int(self.database.value("SELECT seq FROM sqlite_sequence WHERE name = 'ticket'")) + 1

    def next_act(self, who: str) -> int:
        """The number of that person's next act, on tickets, on problems or in the catalogue."""
        latest = self.database.value(
            """
            SELECT max(coalesce((SELECT max(act) FROM event WHERE who = ?1 AND act IS NOT NULL), 0),
                       coalesce((SELECT max(act) FROM problem_event WHERE who = ?1 AND act IS NOT NULL), 0),
                       coalesce((SELECT max(act) FROM catalogue_event WHERE who = ?1), 0))
            """,
            (who,),
        )
        return int(latest) + 1

    def latest_act(self, who: str) -> int:
        """The number of that person's latest act on tickets not yet taken back; 0 where there is none."""
        latest = self.database.value(
            """
            SELECT act FROM event AS mine WHERE who = ? AND act IS NOT NULL AND kind <> 'undone' AND NOT EXISTS (
                SELECT 1 FROM event AS later WHERE later.ticket_id = mine.ticket_id AND later.undoes = mine.seq
            ) ORDER BY act DESC LIMIT 1
            """,
            (who,),
        )
        return int(latest or 0)

    def of_act(self, who: str, act: int) -> list[Act]:
        """The events of that person's act, the last of each ticket first."""
        rows = self.database.rows(
            "SELECT ticket_id, seq FROM event WHERE who = ? AND act = ? ORDER BY ticket_id, seq DESC", (who, act)
        )
        return [Act(*row) for row in rows]

    def latest_moment(self) -> datetime | None:
        """The latest moment at which anything was written or counted; None in an empty file."""
        at = self.database.value("SELECT at FROM moment")
        return stored(at) if at else None

    def turn(self, now: datetime, limits: Thresholds) -> None:
        """Notes the moment, and counts anew some of the tickets that time alone has turned since they were counted.

        Readers put right what is still to do; a writer does a little each time, so that they never have much.
        """
        ((later, turned),) = self.database.rows(_DUE, {"now": iso(now)})
        if later:
            self.note_moment(now)
        if turned:
            self.database.execute(_TURN, moment_parameters(now, limits) | {"some": SOME})

    def note_moment(self, at: datetime) -> None:
        """Notes that something was written for that moment."""
        self.database.execute("UPDATE moment SET at = ? WHERE at < ?", (iso(at), iso(at)))

    def insert(self, ticket: Ticket, now: datetime, limits: Thresholds) -> None:
        """Writes a new ticket's row and stays."""
        self.database.execute(_INSERT, row_of(ticket, now, limits))
        self._write_stays(ticket)
        self.fill([ticket])

    def update(self, ticket: Ticket, now: datetime, limits: Thresholds, before: Ticket | None = None) -> None:
        """Rewrites what is different in a ticket's row, and what has changed of its way since `before`.

        SQLite writes an index anew for each of its columns that an update names, different or not.
        """
        if before is None or before.resolutions:
            ticket = self.with_kept_outcomes(ticket)
        kept = self.database.row(_ROW, (ticket.ref,))
        assert kept is not None
        self.rewrite(row_of(ticket, now, limits), kept)
        if before is None:  # something was taken back, perhaps a move
            last = ticket.stays[-1].seq
            self.database.execute("DELETE FROM stay WHERE ticket_id = ? AND seq > ?", (ticket.ref, last))
        if before is None or before.stays != ticket.stays:
            self._write_stays(ticket)
        if before is None or _told_in_reports(before) != _told_in_reports(ticket):
            if before is None or before.resolutions:
                self.rewrite_for_reports(ticket)
            elif _only_left(before, ticket) and self._leave(ticket):
                self._insert_resolutions([ticket])
            else:
                self.fill([ticket])

    def rewrite(self, row: tuple[Any, ...], kept: tuple[Any, ...]) -> None:
        """Writes what is different in a ticket's row from the one that is kept."""
        changed = [place for place, value in enumerate(row) if value != kept[place]]
        if changed:
            names = ", ".join(f"{COLUMNS[place]} = ?" for place in changed)
            values = (*(row[place] for place in changed), row[0])
            self.database.execute(f"UPDATE ticket SET {names} WHERE id = ?", values)

    def append(self, ref: int, event: Event) -> None:
        """Adds one event."""
        self.database.execute(_INSERT_EVENT, event_row(ref, event))

    def insert_many(
        self, tickets: Sequence[Ticket], histories: Sequence[Sequence[Event]], now: datetime, limits: Thresholds
    ) -> None:
        """Writes many new tickets, each with its whole history."""
        told = zip(tickets, histories, strict=True)
        events = [event_row(ticket.ref, event) for ticket, history in told for event in history]
        self.database.execute_many(_INSERT, [row_of(ticket, now, limits) for ticket in tickets])
        self.database.execute_many(_INSERT_EVENT, events)
        self.database.execute_many(
            _INSERT_STAY, [stay_row(ticket.ref, stay) for ticket in tickets for stay in ticket.stays]
        )
        self.fill(tickets)

    def fill(self, tickets: Iterable[Ticket]) -> None:
        """Writes the resolves of tickets that have no row of these yet, and their first responses."""
        batch = list(tickets)
        self._insert_resolutions(batch)
        self.database.execute_many(_INSERT_RESPONSE, [response_row(ticket) for ticket in batch])

    def unfilled(self, after: int, some: int) -> list[int]:
        """The numbers, from `after` on, of the next tickets that lack these rows, as those of an older file do."""
        rows = self.database.rows(
            "SELECT id FROM ticket WHERE id > ? AND NOT EXISTS (SELECT 1 FROM first_response WHERE ticket_id = id)"
            " ORDER BY id LIMIT ?",
            (after, some),
        )
        return [number for (number,) in rows]

    def lacks_rows(self) -> bool:
        """Whether some tickets may lack the rows of their resolves and first responses."""
        return bool(self.database.value("SELECT missing FROM projection"))

    def lacks_no_rows(self) -> None:
        """Notes that every ticket has them."""
        self.database.execute("UPDATE projection SET missing = 0 WHERE missing = 1")

    def require_runbook(self, slug: str) -> None:
        """NotFound, with the nearest, where no runbook has that slug."""
        if self.database.value("SELECT 1 FROM runbook WHERE slug = ? AND retired = 0", (slug,)) is None:
            known = [name for (name,) in self.database.rows("SELECT slug FROM runbook WHERE retired = 0")]
            if not known:
                raise NotFound(f"no runbook named {slug!r}", "`workbench runbook import DIR` brings some in")
            raise NotFound.among("runbook", slug, known)

    def problem_of(self, ref: int) -> int | None:
        """The number of the problem that a ticket is linked to."""
        found = self.database.value("SELECT problem FROM problem_link WHERE ticket_id = ?", (ref,))
        return None if found is None else int(found)

    def count(self) -> int:
        """How many tickets there are."""
        return int(self.database.value("SELECT count(*) FROM ticket"))

    def numbers(self) -> list[int]:
        """The numbers of all tickets."""
        return [number for (number,) in self.database.rows("SELECT id FROM ticket ORDER BY id")]

    def with_kept_outcomes(self, ticket: Ticket) -> Ticket:
        """The ticket with the outcomes of its stays as they were kept when each ended, and while done its clocks."""
        return as_kept(ticket, self.database.rows(_KEPT, (ticket.ref,)))

    def _leave(self, ticket: Ticket) -> bool:
        """Notes when the first stay ended without a new index entry for the rest; False where there is no row yet."""
        sql, left_at = "UPDATE first_response SET left_at = ? WHERE ticket_id = ?", ticket.stays[0].left_at
        return self.database.execute(sql, (iso(left_at) if left_at else None, ticket.ref)) > 0

    def _insert_resolutions(self, tickets: Iterable[Ticket]) -> None:
        if rows := [row for ticket in tickets for row in resolution_rows(ticket)]:
            self.database.execute_many(_INSERT_RESOLUTION, rows)

    def _write_stays(self, ticket: Ticket) -> None:
        self.database.execute_many(_INSERT_STAY, [stay_row(ticket.ref, stay) for stay in ticket.stays])

    def rewrite_for_reports(self, ticket: Ticket, *, judged: bool = False) -> None:
        """Writes a ticket's resolves and first response; `judged` anew, whether that was in time.

        Both, since a ticket that has the one row is not looked at again by who fills an older file.
        """
        self.database.execute("DELETE FROM resolution WHERE ticket_id = ?", (ticket.ref,))
        if judged:
            self.database.execute("DELETE FROM first_response WHERE ticket_id = ?", (ticket.ref,))
        self.fill([ticket])


def _only_left(before: Ticket, ticket: Ticket) -> bool:
    """Whether of the row of the first response no more is new than that its stay has ended."""
    return before.first_response == ticket.first_response and before.stays[0].left_at is None


def _told_in_reports(ticket: Ticket) -> tuple[object, ...]:
    return ticket.resolutions, ticket.first_response, ticket.stays[0]
