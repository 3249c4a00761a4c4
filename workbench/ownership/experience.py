"""What the work says about components: open tickets, who resolved the last, which went to and fro, and runbooks."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from workbench.clock import iso
from workbench.database import Database

LAST: Final = 20
"""Tickets; so many of a component's last resolved ones tell who really resolves it."""

_RESOLVER: Final = """
    (SELECT who FROM event AS mine WHERE ticket_id = ticket.id AND kind = 'resolved' AND at <= :now AND NOT EXISTS (
        SELECT 1 FROM event AS later WHERE later.ticket_id = ticket.id AND later.undoes = mine.seq AND later.at <= :now
    ) ORDER BY seq DESC LIMIT 1)
"""


class Resolve(NamedTuple):
    """One resolved ticket: by whom, and which team held it."""

    ref: int
    who: str
    held_by: str
    at: str


class Experience:
    """Reads the tickets and runbooks of components."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def open_tickets(self, slugs: Iterable[str]) -> dict[str, int]:
        """How many open tickets each of the components has; those without are left out."""
        return dict(
            self.database.rows(
                "SELECT component, count(*) FROM ticket"
                " WHERE live = 1 AND component IN (SELECT value FROM json_each(?)) GROUP BY component",
                (json.dumps(list(slugs)),),
            )
        )

    def held_by(self, team: str) -> int:
        """How many open tickets a team holds, whatever they are about."""
        return int(self.database.value("SELECT coalesce(sum(tickets), 0) FROM tally WHERE team = ?", (team,)))

    def last_resolves(self, slugs: Iterable[str], now: datetime) -> dict[str, list[Resolve]]:
        """The last resolved tickets of each of the components, the latest first, where somebody is known to have."""
        return self._resolves("json_each(:slugs)", "value", now, json.dumps(list(slugs)))

    def all_last_resolves(self, now: datetime) -> dict[str, list[Resolve]]:
        """The same for all components in use that have any."""
        return self._resolves("(SELECT slug FROM component WHERE retired = 0)", "slug", now)

    def resolves_ever(self, slugs: Iterable[str], now: datetime) -> dict[str, dict[str, int]]:
        """How many tickets of each of the components each person resolved, the busiest first."""
        rows = self.database.rows(
            f"""
            SELECT component, {_RESOLVER} AS who, count(*) FROM ticket
            WHERE live = 0 AND component IN (SELECT value FROM json_each(:slugs))
            GROUP BY component, who HAVING who IS NOT NULL ORDER BY component, 3 DESC, who
            """,
            {"slugs": json.dumps(list(slugs)), "now": iso(now)},
        )
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for component, who, count in rows:
            found[component][who] = count
        return found

    def runbooks(self, slugs: Iterable[str]) -> dict[str, list[str]]:
        """The runbooks in use that are written for each of the components."""
        rows = self.database.rows(
            "SELECT component, slug FROM runbook_component JOIN runbook ON slug = runbook"
            " WHERE retired = 0 AND component IN (SELECT value FROM json_each(?)) ORDER BY component, slug",
            (json.dumps(list(slugs)),),
        )
        found: dict[str, list[str]] = defaultdict(list)
        for component, slug in rows:
            found[component].append(slug)
        return found

    def hopped(self) -> dict[frozenset[str], int]:
        """How many open tickets hopped between two teams, by the pair of them."""
        rows = self.database.rows(
            """
            SELECT min(team, came_from), max(team, came_from), count(DISTINCT ticket_id) FROM (
                SELECT ticket_id, stay.team, lag(stay.team) OVER (PARTITION BY ticket_id ORDER BY stay.seq) AS came_from
                FROM stay JOIN ticket ON ticket.id = ticket_id WHERE live = 1 AND hops > 0
            ) WHERE team <> came_from GROUP BY 1, 2
            """
        )
        return {frozenset((team, other)): count for team, other, count in rows}

    def _resolves(self, source: str, name: str, now: datetime, slugs: str = "") -> dict[str, list[Resolve]]:
        rows = self.database.rows(
            f"""
            SELECT component, ticket.id, {_RESOLVER} AS who, team, coalesce(resolved_at, '')
            FROM {source} AS wanted CROSS JOIN ticket ON ticket.id IN (
                SELECT its.id FROM ticket AS its WHERE its.component = wanted.{name} AND its.live = 0
                ORDER BY its.resolved_at DESC, its.id DESC LIMIT :last
            ) WHERE who IS NOT NULL ORDER BY component, resolved_at DESC, ticket.id DESC
            """,
            {"slugs": slugs, "last": LAST, "now": iso(now)},
        )
        found: dict[str, list[Resolve]] = defaultdict(list)
        for component, ref, who, team, at in rows:
            found[component].append(Resolve(ref, who, team, at))
        return found
