"""Which tickets match which problems, in the database, and what rules look at in a ticket."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from workbench.clock import NEVER, iso
from workbench.database import Database
from workbench.problems.matching import LOOKED_AT

_BY_RULE: Final = """
    problem = :problem AND ticket_id IN (SELECT value FROM json_each(:refs))
    AND (SELECT live FROM ticket WHERE ticket.id = ticket_id) = 1
"""
_BY_TICKET: Final = "ticket_id = :ref AND problem IN (SELECT value FROM json_each(:problems))"
_REPLIES: Final = f"""
    SELECT ticket_id, substr(text, 1, {LOOKED_AT}) FROM event
    WHERE ticket_id IN (SELECT value FROM json_each(:refs)) AND kind = 'replied' AND at <= :until
    ORDER BY ticket_id, seq
"""
"""A reply is never taken back: the requester has said it."""


class TicketVersion(NamedTuple):
    """A ticket as it stood after so many events."""

    ref: int
    version: int


class TicketText(NamedTuple):
    """What rules look at in a ticket: what it is about, and its subject, its body and the requester's replies."""

    component: str | None
    said: tuple[str, ...]


class MatchStore:
    """Reads and writes matches."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def note_matches(self, ref: int, problems: Iterable[int], at: datetime) -> None:
        """Notes that a ticket matches these problems from an instant on, where that is not known yet."""
        self.database.execute_many(
            "INSERT INTO problem_match (ticket_id, problem, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [(ref, problem, iso(at)) for problem in problems],
        )

    def matching_anew(self, problem: int, matched: Mapping[int, bool], at: datetime) -> None:
        """Writes whether tickets match by a changed rule from an instant on; those that are done match as before.

        That they matched until then stays noted; only a match that has lasted no time is nothing to tell.
        """
        unlike = [ref for ref in matched if not matched[ref]]
        self._end(_BY_RULE, {"problem": problem, "refs": json.dumps(unlike), "at": iso(at)})
        for ref, matches in matched.items():
            if matches:
                self.note_matches(ref, [problem], at)

    def end_matches(self, ref: int, problems: Iterable[int], at: datetime) -> None:
        """Notes that a ticket, done or not, matches these problems no more from an instant on."""
        self._end(_BY_TICKET, {"ref": ref, "problems": json.dumps(list(problems)), "at": iso(at)})

    def any_since(self, problem: int, at: datetime) -> bool:
        """Whether a ticket matches a problem that did not before an instant."""
        found = "SELECT 1 FROM problem_match WHERE problem = ? AND until IS NULL AND at >= ?"
        return bool(self.database.value(f"SELECT EXISTS ({found})", (problem, iso(at))))

    def matched_by(self, ref: int) -> list[int]:
        """The numbers of the problems that a ticket is known to match."""
        return [
            number
            for (number,) in self.database.rows(
                "SELECT problem FROM problem_match WHERE ticket_id = ? AND until IS NULL", (ref,)
            )
        ]

    def latest_tickets(self, limit: int) -> list[TicketVersion]:
        """The latest tickets."""
        rows = self.database.rows("SELECT id, version FROM ticket ORDER BY id DESC LIMIT ?", (limit,))
        return [TicketVersion(*row) for row in rows]

    def unresolved_matched(self, problem: int) -> list[TicketVersion]:
        """The unresolved tickets that are known to match a problem, the latest first."""
        rows = self.database.rows(
            """
            SELECT id, version FROM problem_match CROSS JOIN ticket ON ticket.id = ticket_id
            WHERE problem = ? AND until IS NULL AND live = 1 ORDER BY id DESC
            """,
            (problem,),
        )
        return [TicketVersion(*row) for row in rows]

    def texts(self, refs: Iterable[int], until: datetime | None) -> dict[int, TicketText]:
        """What rules look at in these tickets, with the replies up to an instant; all of them where it is None."""
        asked = {"refs": json.dumps(list(refs)), "until": iso(until) if until else NEVER}
        replies = defaultdict[int, list[str]](list)
        for ref, text in self.database.rows(_REPLIES, asked):
            replies[ref].append(text)
        rows = self.database.rows(
            f"SELECT id, component, subject, substr(body, 1, {LOOKED_AT}) FROM ticket"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (asked["refs"],),
        )
        return {ref: TicketText(component, (*texts, *replies[ref])) for ref, component, *texts in rows}

    def _end(self, which: str, values: Mapping[str, Any]) -> None:
        ended = f"{which} AND until IS NULL"
        self.database.execute(f"DELETE FROM problem_match WHERE {ended} AND at >= :at", values)
        self.database.execute(f"UPDATE problem_match SET until = :at WHERE {ended}", values)
