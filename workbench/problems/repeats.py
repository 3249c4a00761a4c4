"""Third-line work on what was known already: where the knowledge loop did not close."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from workbench.clock import iso, stored
from workbench.database import Database

THIRD_LINE: Final = 2
"""The place of the first tier whose work counts, the first line being 0."""


class Repeat(NamedTuple):
    """A ticket that arrived at the third line although its problem was known; the oldest of several problems."""

    ref: int
    subject: str
    at: datetime
    team: str
    problem: int
    title: str


_REPEATS: Final = """
    SELECT ticket.id, ticket.subject, stay.entered_at, stay.team, min(problem.id), problem.title
    FROM problem_match JOIN problem ON problem.id = problem_match.problem
    JOIN ticket ON ticket.id = problem_match.ticket_id
    JOIN stay ON stay.ticket_id = ticket.id
    WHERE stay.tier IN (SELECT value FROM json_each(:tiers)) AND problem.created_at <= stay.entered_at
    AND stay.entered_at >= :start AND stay.entered_at < :end AND problem_match.at < :end
    AND (problem_match.until IS NULL OR problem_match.until >= :end){only}
    AND stay.tier IS NOT (
        SELECT tier FROM stay AS earlier
        WHERE earlier.ticket_id = ticket.id AND earlier.seq < stay.seq ORDER BY earlier.seq DESC LIMIT 1
    )
    GROUP BY ticket.id, stay.seq ORDER BY stay.entered_at DESC, ticket.id DESC
"""


def repeats(
    database: Database, tiers: Sequence[str], start: datetime | None, end: datetime, ref: int | None = None
) -> list[Repeat]:
    """Arrivals at these tiers, from another one, of tickets that match a known problem then; the latest first.

    Those of one ticket alone where `ref` names it.
    """
    told = {"tiers": json.dumps(list(tiers)), "start": iso(start) if start else "", "end": iso(end), "ref": ref}
    rows = database.rows(_REPEATS.format(only="" if ref is None else " AND problem_match.ticket_id = :ref"), told)
    return [Repeat(ref, subject, stored(at), team, number, title) for ref, subject, at, team, number, title in rows]
