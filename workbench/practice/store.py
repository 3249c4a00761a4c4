"""The tables of practice: sessions, what they bring, what has happened, and hints."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.practice.session import Arrival, Happening, Planned, Session, SessionKind

_SESSION: Final = (
    "SELECT id, trainee, kind, name, seed, began_at, started_at, sim_at, speed, paused, ended_at FROM practice_session"
)
_ARRIVAL: Final = "SELECT session_id, place, scenario, text, due_at, ref FROM practice_arrival"


class PracticeStore:
    """Reads and writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def going(self, trainee: str) -> Session | None:
        """The session that somebody is in."""
        return _one(self._database.rows(f"{_SESSION} WHERE trainee = ? AND ended_at IS NULL", (trainee,)))

    def last(self, trainee: str) -> Session | None:
        """The session that somebody is in, or was in last."""
        return _one(self._database.rows(f"{_SESSION} WHERE trainee = ? ORDER BY id DESC LIMIT 1", (trainee,)))

    def session(self, number: int) -> Session | None:
        """The session of that number."""
        return _one(self._database.rows(f"{_SESSION} WHERE id = ?", (number,)))

    def ended(self, trainee: str | None = None, latest: int | None = None) -> list[Session]:
        """The sessions that have ended, of one trainee or all, in their order; all or so many of the `latest`."""
        sql = f"{_SESSION} WHERE ended_at IS NOT NULL AND trainee = coalesce(?, trainee) ORDER BY id DESC LIMIT ?"
        rows = self._database.rows(sql, (trainee, -1 if latest is None else latest))
        return [_session(row) for row in reversed(rows)]

    def trainees(self) -> list[str]:
        """Everybody who has begun a session, by login."""
        return [row[0] for row in self._database.rows("SELECT DISTINCT trainee FROM practice_session ORDER BY trainee")]

    def begin(self, session: Session, brings: Iterable[tuple[Planned, str]]) -> int:
        """Writes a new session with what it brings, each with its scenario's text; its number."""
        self._database.execute(
            "INSERT INTO practice_session (trainee, kind, name, seed, began_at, started_at, sim_at, speed, paused)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                session.trainee,
                session.kind.value,
                session.name,
                session.seed,
                iso(session.began_at),
                iso(session.started_at),
                iso(session.sim_at),
                session.speed,
                int(session.paused),
            ),
        )
        number = int(self._database.value("SELECT last_insert_rowid()"))
        self._database.execute_many(
            "INSERT INTO practice_arrival (session_id, place, scenario, text, due_at) VALUES (?, ?, ?, ?, ?)",
            [
                (number, place, planned.scenario.name, text, iso(session.started_at + planned.after))
                for place, (planned, text) in enumerate(brings)
            ],
        )
        return number

    def keep(self, number: int, at: datetime, speed: int, *, paused: bool) -> None:
        """Keeps how far the time of a session has come, and how it goes on."""
        self._database.execute(
            "UPDATE practice_session SET sim_at = max(sim_at, ?), speed = ?, paused = ? WHERE id = ?",
            (iso(at), speed, int(paused), number),
        )

    def end(self, number: int, at: datetime) -> None:
        """Ends a session."""
        self._database.execute(
            "UPDATE practice_session SET ended_at = ?, sim_at = ? WHERE id = ?", (iso(at), iso(at), number)
        )

    def arrivals(self, number: int) -> list[Arrival]:
        """What a session brings, in its order."""
        rows = self._database.rows(f"{_ARRIVAL} WHERE session_id = ? ORDER BY place", (number,))
        return [_arrival(row) for row in rows]

    def arrival(self, ref: int) -> Arrival | None:
        """The arrival that a ticket is."""
        rows = self._database.rows(f"{_ARRIVAL} WHERE ref = ?", (ref,))
        return _arrival(rows[0]) if rows else None

    def arrived(self, arrival: Arrival, ref: int) -> None:
        """Notes that its ticket has come."""
        self._database.execute(
            "UPDATE practice_arrival SET ref = ? WHERE session_id = ? AND place = ?",
            (ref, arrival.session, arrival.place),
        )

    def happenings(self, number: int) -> list[Happening]:
        """What has happened in a session so far."""
        rows = self._database.rows(
            "SELECT place, what, at, ref FROM practice_happening WHERE session_id = ? ORDER BY at, place, what",
            (number,),
        )
        return [Happening(place, what, stored(at), ref) for place, what, at, ref in rows]

    def happened(self, number: int, happening: Happening) -> None:
        """Notes that something has happened, which then never happens again."""
        self._database.execute(
            "INSERT INTO practice_happening (session_id, place, what, at, ref) VALUES (?, ?, ?, ?, ?)",
            (number, happening.place, happening.what, iso(happening.at), happening.ref),
        )

    def hints(self, arrival: Arrival) -> int:
        """How many hints were asked for."""
        sql = "SELECT count(*) FROM practice_hint WHERE session_id = ? AND place = ?"
        return int(self._database.value(sql, (arrival.session, arrival.place)))

    def hinted(self, arrival: Arrival, number: int, at: datetime) -> None:
        """Notes that one more was."""
        self._database.execute(
            "INSERT INTO practice_hint (session_id, place, number, at) VALUES (?, ?, ?, ?)",
            (arrival.session, arrival.place, number, iso(at)),
        )

    def latest(self, number: int) -> datetime | None:
        """When the latest event of a session's tickets was."""
        at = self._database.value(
            "SELECT max(event.at) FROM event JOIN practice_arrival ON ref = ticket_id WHERE session_id = ?", (number,)
        )
        return stored(at) if at else None


def _one(rows: list[tuple[Any, ...]]) -> Session | None:
    return _session(rows[0]) if rows else None


def _session(row: tuple[Any, ...]) -> Session:
    number, trainee, kind, name, seed, began_at, started_at, sim_at, speed, paused, ended_at = row
    return Session(
        number,
        trainee,
        SessionKind(kind),
        name,
        seed,
        stored(began_at),
        stored(started_at),
        stored(sim_at),
        speed,
        bool(paused),
        stored(ended_at) if ended_at else None,
    )


def _arrival(row: tuple[Any, ...]) -> Arrival:
    session, place, scenario, text, due_at, ref = row
    return Arrival(session, place, scenario, text, stored(due_at), ref)
