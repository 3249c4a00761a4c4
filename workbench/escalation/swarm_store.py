"""Swarms and their helpers in the database."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.escalation.projection import ToldSwarm
from workbench.escalation.swarm import Helper, Swarm
from workbench.tickets.model import Event, Ticket

_COLUMNS: Final = """
    id, ticket_id, seq, driver, why, components, started_by, started_at, closed_seq, closed_by, closed_at, learning
"""


class SwarmStore:
    """Reads and writes swarms; what happens to one happens by the last event of the `ticket` that is given."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of_ticket(self, ref: int) -> Swarm | None:
        """The open swarm of a ticket, else its latest."""
        found = self._select(
            "WHERE ticket_id = ? AND withdrawn = 0 ORDER BY closed_seq IS NULL DESC, seq DESC LIMIT 1", (ref,)
        )
        return found[0] if found else None

    def open_swarms(self) -> list[Swarm]:
        """All that are open, the oldest first."""
        return self._select("WHERE closed_seq IS NULL AND withdrawn = 0 ORDER BY started_at, id")

    def all(self) -> list[Swarm]:
        """All, the latest first."""
        return self._select("WHERE withdrawn = 0 ORDER BY started_at DESC, id DESC")

    def insert(self, ticket: Ticket, driver: str, why: str, components: Sequence[str], by: str) -> None:
        """Writes a new swarm."""
        self.database.execute(
            "INSERT INTO swarm (ticket_id, seq, driver, why, components, started_by, started_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (ticket.ref, ticket.version, driver, why, json.dumps(list(components)), by, iso(ticket.touched_at)),
        )

    def insert_told(self, ref: int, told: ToldSwarm, teams: Mapping[str, str]) -> None:
        """Writes a swarm that a recorded history tells of, its helpers as people of `teams`."""
        self.database.execute(
            """
            INSERT INTO swarm (ticket_id, seq, driver, why, components, started_by, started_at, closed_seq, closed_by,
                closed_at, learning)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                ref,
                told.started.seq,
                told.driver,
                told.started.text,
                json.dumps(told.components),
                told.started.who,
                iso(told.started.at),
                *end_of(told),
            ),
        )
        number = self.database.value("SELECT last_insert_rowid()")
        self.database.execute_many(
            "INSERT INTO swarm_helper (swarm, person, team, joined_seq, joined_at, left_seq, left_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            stay_rows(number, told, teams),
        )

    def add(self, swarm: Swarm, person: str, team: str, ticket: Ticket) -> None:
        """Writes down that somebody takes part."""
        self.database.execute(
            "INSERT INTO swarm_helper (swarm, person, team, joined_seq, joined_at) VALUES (?, ?, ?, ?, ?)",
            (swarm.number, person, team, ticket.version, iso(ticket.touched_at)),
        )

    def end_stays(self, swarm: Swarm, ticket: Ticket, person: str | None = None) -> None:
        """Writes down that somebody takes part no longer, or nobody does."""
        self.database.execute(
            "UPDATE swarm_helper SET left_seq = ?, left_at = ?"
            " WHERE swarm = ? AND left_at IS NULL AND person = coalesce(?, person)",
            (ticket.version, iso(ticket.touched_at), swarm.number, person),
        )

    def set_driver(self, swarm: Swarm, person: str) -> None:
        """Writes down who drives it."""
        self.database.execute("UPDATE swarm SET driver = ? WHERE id = ?", (person, swarm.number))

    def close(self, swarm: Swarm, ticket: Ticket, learning: str, by: str) -> None:
        """Writes down what was learned."""
        self.database.execute(
            "UPDATE swarm SET closed_seq = ?, closed_by = ?, closed_at = ?, learning = ? WHERE id = ?",
            (ticket.version, by, iso(ticket.touched_at), learning, swarm.number),
        )

    def _select(self, rest: str, parameters: tuple[Any, ...] = ()) -> list[Swarm]:
        rows = self.database.rows(f"SELECT {_COLUMNS} FROM swarm {rest}", parameters)
        return [_swarm(row, self._helpers(row[0])) for row in rows]

    def _helpers(self, number: int) -> tuple[Helper, ...]:
        rows = self.database.rows(
            "SELECT person, team, joined_at, left_at FROM swarm_helper WHERE swarm = ? ORDER BY joined_seq, person",
            (number,),
        )
        return tuple(
            Helper(person, team, stored(joined), stored(left) if left else None) for person, team, joined, left in rows
        )


def end_of(told: ToldSwarm) -> tuple[Any, ...]:
    """The columns in which the end of a swarm stands."""
    closed = told.closed
    return (closed.seq, closed.who, iso(closed.at), closed.text) if closed else (None,) * 4


def stay_rows(number: int, told: ToldSwarm, teams: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """The rows of those who helped in the swarm of that number, as people of `teams`."""
    return [(number, stay.person, teams[stay.person], *_told(stay.joined), *_told(stay.left)) for stay in told.stays]


def _told(event: Event | None) -> tuple[int | None, str | None]:
    return (event.seq, iso(event.at)) if event else (None, None)


def _swarm(row: tuple[Any, ...], helpers: tuple[Helper, ...]) -> Swarm:
    number, ref, seq, driver, why, components, started_by, started_at, *end, learning = row
    closed_seq, closed_by, closed_at = end
    return Swarm(
        number,
        ref,
        seq,
        driver,
        why,
        tuple(json.loads(components)),
        started_by,
        stored(started_at),
        closed_seq,
        closed_by,
        stored(closed_at) if closed_at else None,
        learning,
        helpers,
    )
