"""Which tickets match which problems, in the database, and what rules look at in a ticket."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from workbench.clock import iso
from workbench.database import Database
from workbench.problems.matching import LOOKED_AT

_ENDED: Final = """
    problem = :problem AND until IS NULL AND ticket_id IN (SELECT value FROM json_each(:refs))
    AND (SELECT live FROM ticket WHERE ticket.id = ticket_id) = 1
"""


class TicketVersion(NamedTuple):
    """A ticket as it stood after so many events."""

    ref: int
    version: int


class TicketText(NamedTuple):
    """What rules look at in a ticket."""

    component: str | None
    subject: str
    body: str


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
        ended = {"problem": problem, "at": iso(at), "refs": json.dumps([ref for ref in matched if not matched[ref]])}
        self.database.execute(f"DELETE FROM problem_match WHERE {_ENDED} AND at >= :at", ended)
        self.database.execute(f"UPDATE problem_match SET until = :at WHERE {_ENDED}", ended)
        for ref, matches in matched.items():
            if matches:
                self.note_matches(ref, [problem], at)

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

    def texts(self, refs: Iterable[int]) -> dict[int, TicketText]:
        """What rules look at in these tickets."""
        rows = self.database.rows(
            f"SELECT id, component, subject, substr(body, 1, {LOOKED_AT}) FROM ticket"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(refs)),),
        )
        return {ref: TicketText(*text) for ref, *text in rows}
