"""Problems in the database, with their history, the tickets that match and those that are linked."""

import json
from datetime import datetime
from typing import Any, Final, NamedTuple

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.problems.model import NewProblem, Problem, ProblemState, Rule
from workbench.tickets.components import NAMED_COMPONENTS
from workbench.tickets.vocabulary import State

_COLUMNS: Final = """
    id, title, words, signature, component, pattern, state, created_at, created_by, cause, workaround, answer,
    root_cause, permanent_fix, expected_at, fixed_at
"""
_EVENT: Final = "seq, at, who, kind, text, before, after, act"


class LinkedTicket(NamedTuple):
    """A ticket of a problem."""

    ref: int
    subject: str
    state: State


class ProblemEvent(NamedTuple):
    """One change of a problem; `act` is the number of the act of `who` that undo takes back, None for none."""

    seq: int
    at: datetime
    who: str
    kind: str
    text: str
    before: dict[str, Any]
    after: dict[str, Any]
    act: int | None

    @property
    def told(self) -> str:
        """What happened, in words: `fixed`, `under way`, `changed workaround`."""
        return f"{self.kind} {self.text.replace('_', ' ')}" if self.kind == "changed" else self.kind.replace("_", " ")


class Counts(NamedTuple):
    """How many tickets a problem has: all that are linked, those unresolved, those that match and are not linked."""

    linked: int
    unresolved: int
    matching: int


class ProblemStore:
    """Reads and writes problems."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def any(self) -> bool:
        """Whether there is a problem at all."""
        return bool(self.database.value("SELECT EXISTS (SELECT 1 FROM problem)"))

    def all(self) -> list[Problem]:
        """All problems, the newest first."""
        return [_problem(row) for row in self.database.rows(f"SELECT {_COLUMNS} FROM problem ORDER BY id DESC")]

    def get(self, number: int) -> Problem | None:
        """The problem of that number."""
        row = self.database.row(f"SELECT {_COLUMNS} FROM problem WHERE id = ?", (number,))
        return _problem(row) if row else None

    def insert(self, new: NewProblem, who: str, at: datetime) -> int:
        """Writes a new problem; its number."""
        values = values_of(new)
        names = [*values, "state", "created_at", "created_by"]
        marks = ", ".join("?" * len(names))
        self.database.execute(
            f"INSERT INTO problem ({', '.join(names)}) VALUES ({marks})",
            (*values.values(), ProblemState.KNOWN.value, iso(at), who),
        )
        return int(self.database.value("SELECT last_insert_rowid()"))

    def rewrite(self, number: int, new: NewProblem) -> None:
        """Writes what is said of a problem anew."""
        values = values_of(new)
        names = ", ".join(f"{name} = ?" for name in values)
        self.database.execute(f"UPDATE problem SET {names} WHERE id = ?", (*values.values(), number))

    def set_state(self, number: int, state: ProblemState, fixed_at: datetime | None) -> None:
        """Writes how far its fix has come."""
        at = iso(fixed_at) if fixed_at else None
        self.database.execute("UPDATE problem SET state = ?, fixed_at = ? WHERE id = ?", (state.value, at, number))

    def append(
        self,
        number: int,
        at: datetime,
        who: str,
        kind: str,
        text: str,
        changed: tuple[dict[str, Any], dict[str, Any]],
        act: int | None,
    ) -> None:
        """Adds an event to a problem's history; `changed` are the fields before and after, `act` is that of `who`."""
        before, after = map(json.dumps, changed)
        self.database.execute(
            """
            INSERT INTO problem_event (problem, seq, at, who, kind, text, before, after, act)
            SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM problem_event WHERE problem = ?1
            """,
            (number, iso(at), who, kind, text, before, after, act),
        )

    def events(self, number: int) -> list[ProblemEvent]:
        """A problem's history."""
        rows = self.database.rows(f"SELECT {_EVENT} FROM problem_event WHERE problem = ? ORDER BY seq", (number,))
        return [_event(row) for row in rows]

    def latest_act(self, who: str) -> int:
        """The number of that person's latest act on problems not yet taken back; 0 where there is none."""
        found = self.database.value(
            """
            SELECT act FROM problem_event AS mine WHERE who = ? AND act IS NOT NULL AND kind <> 'undone'
            AND NOT EXISTS (
                SELECT 1 FROM problem_event AS later
                WHERE later.problem = mine.problem AND later.seq > mine.seq AND later.after ->> 'undoes' = mine.seq
            ) ORDER BY act DESC LIMIT 1
            """,
            (who,),
        )
        return int(found or 0)

    def changed_in(self, who: str, act: int) -> list[int]:
        """The numbers of the problems that somebody's act has changed."""
        rows = self.database.rows("SELECT DISTINCT problem FROM problem_event WHERE who = ? AND act = ?", (who, act))
        return [number for (number,) in rows]

    def last_place(self, number: int) -> int:
        """The place of a problem's last event; 0 where it has no history yet."""
        return int(self.database.value("SELECT coalesce(max(seq), 0) FROM problem_event WHERE problem = ?", (number,)))

    def last_moment(self, number: int) -> datetime | None:
        """When a problem last changed; None where it has no history yet."""
        found = self.database.value("SELECT max(at) FROM problem_event WHERE problem = ?", (number,))
        return stored(found) if found else None

    def of_ticket(self, ref: int) -> list[Problem]:
        """The problems that a ticket matches or is linked to, the linked one first."""
        rows = self.database.rows(
            f"""
            SELECT {_COLUMNS} FROM problem WHERE id IN (
                SELECT problem FROM problem_match WHERE ticket_id = ?1 AND until IS NULL
                UNION SELECT problem FROM problem_link WHERE ticket_id = ?1
            ) ORDER BY id = (SELECT problem FROM problem_link WHERE ticket_id = ?1) DESC, id DESC
            """,
            (ref,),
        )
        return [_problem(row) for row in rows]

    def linked(self, problem: int, *, unresolved: bool = False) -> list[LinkedTicket]:
        """The tickets linked to a problem, the latest first."""
        rows = self.database.rows(
            """
            SELECT id, subject, state FROM ticket WHERE id IN (SELECT ticket_id FROM problem_link WHERE problem = ?)
            AND (live = 1 OR NOT ?) ORDER BY id DESC
            """,
            (problem, unresolved),
        )
        return [LinkedTicket(ref, subject, State(state)) for ref, subject, state in rows]

    def matching(self, problem: int) -> list[LinkedTicket]:
        """The unresolved tickets that match a problem and are linked to none."""
        rows = self.database.rows(
            """
            SELECT id, subject, state FROM ticket WHERE live = 1
            AND id IN (SELECT ticket_id FROM problem_match WHERE problem = ? AND until IS NULL)
            AND id NOT IN (SELECT ticket_id FROM problem_link) ORDER BY id DESC
            """,
            (problem,),
        )
        return [LinkedTicket(ref, subject, State(state)) for ref, subject, state in rows]

    def counts(self) -> dict[int, Counts]:
        """How many tickets each problem has."""
        rows = self.database.rows(
            """
            SELECT id,
                (SELECT count(*) FROM problem_link WHERE problem = problem.id),
                (SELECT count(*) FROM problem_link JOIN ticket ON ticket.id = ticket_id
                 WHERE problem = problem.id AND live = 1),
                (SELECT count(*) FROM problem_match JOIN ticket ON ticket.id = ticket_id
                 WHERE problem = problem.id AND until IS NULL AND live = 1
                 AND ticket_id NOT IN (SELECT ticket_id FROM problem_link))
            FROM problem
            """
        )
        return {number: Counts(*counts) for number, *counts in rows}

    def spared(self, problem: int, until: datetime) -> int:
        """How many tickets were linked to a problem until then where somebody was about to hand them off."""
        return int(
            self.database.value(
                """
                SELECT count(DISTINCT event.ticket_id) FROM problem_link
                JOIN event ON event.ticket_id = problem_link.ticket_id
                WHERE problem_link.problem = ?1 AND kind = 'noted' AND after ->> '$.instead.problem' = ?1
                AND event.at <= ?2 AND NOT EXISTS (
                    SELECT 1 FROM event AS later
                    WHERE later.ticket_id = event.ticket_id AND later.undoes = event.seq AND later.at <= ?2
                )
                """,
                (problem, iso(until)),
            )
        )

    def components(self) -> set[str]:
        """What tickets are about."""
        return {name for (name,) in self.database.rows(NAMED_COMPONENTS)}


def values_of(new: NewProblem) -> dict[str, Any]:
    """What is said of a problem as its columns keep it."""
    return {
        "title": new.title,
        "words": json.dumps(new.rule.words, ensure_ascii=False),
        "signature": new.rule.signature,
        "component": new.rule.component,
        "pattern": new.rule.pattern,
        "cause": new.cause,
        "workaround": new.workaround,
        "answer": new.answer,
        "root_cause": new.root_cause,
        "permanent_fix": new.permanent_fix,
        "expected_at": iso(new.expected_at) if new.expected_at else None,
    }


def _event(row: tuple[Any, ...]) -> ProblemEvent:
    seq, at, who, kind, text, before, after, act = row
    return ProblemEvent(seq, stored(at), who, kind, text, json.loads(before), json.loads(after), act)


def _problem(row: tuple[Any, ...]) -> Problem:
    number, title, words, signature, component, pattern, state, created_at, created_by = row[:9]
    cause, workaround, answer, root_cause, permanent_fix, expected_at, fixed_at = row[9:]
    return Problem(
        number=number,
        title=title,
        rule=Rule(tuple(json.loads(words)), signature, component, pattern),
        state=ProblemState(state),
        created_at=stored(created_at),
        created_by=created_by,
        cause=cause,
        workaround=workaround,
        answer=answer,
        root_cause=root_cause,
        permanent_fix=permanent_fix,
        expected_at=stored(expected_at) if expected_at else None,
        fixed_at=stored(fixed_at) if fixed_at else None,
    )
