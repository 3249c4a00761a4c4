"""Counts what figures are made of, in a few queries over the rows that tickets' events leave behind."""

import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

from workbench.database import Database
from workbench.reports import sql
from workbench.reports.behind import condition_on, paths_behind, people_behind
from workbench.reports.model import Question, Scope, places
from workbench.reports.open_tickets import Open, OpenTickets
from workbench.reports.reckoning import (
    MEDIAN,
    NINE_TENTHS,
    Arrivals,
    Facts,
    Grave,
    Sent,
    Way,
    escalated,
    resolved,
)
from workbench.reports.responses import FirstResponses, Replay
from workbench.tickets.components import NAMED, NAMED_COMPONENTS
from workbench.tickets.rows import as_json

_STANDING: Final = frozenset({"graveyard_count", "graveyard_oldest", "open_seam_tickets"})
"""Figures of open tickets."""

_SELF_SUFFICIENT: Final = (
    NAMED
    + """
    SELECT count(*) FROM named WHERE component IS NOT NULL AND (EXISTS (
        SELECT 1 FROM ticket CROSS JOIN resolution ON ticket_id = ticket.id
        WHERE ticket.component = named.component AND live = 0 AND resolved_at >= :from AND {resolved}
    ) OR EXISTS (
        SELECT 1 FROM ticket CROSS JOIN resolution ON ticket_id = ticket.id
        WHERE ticket.component = named.component AND live IN (0, 1) AND resolved_at IS NULL AND {resolved}
    ))
"""
)
"""Looks at tickets of each component until one fits: those last resolved since, and those that are so no more."""


class ReportStore:
    """Reads what is asked for; several reads tell one state of the file where the caller holds a snapshot."""

    def __init__(self, database: Database, replay: Replay) -> None:
        self.database = database
        self.open = OpenTickets(database)
        self.responses = FirstResponses(database, replay)

    def facts(self, asked: Question) -> Facts:
        """Everything that the figures are made of."""
        scope, values = asked.scope, sql.parameters(asked)
        ways = self._ways(scope, values)
        return Facts(
            ways,
            self._lengths(sql.resolved(scope), resolved(ways), (MEDIAN, NINE_TENTHS), values),
            self._lengths(f"{sql.resolved(scope)} AND {sql.ESCALATED}", escalated(ways), (MEDIAN,), values),
            self._resolvers(scope, values),
            self.responses.counts(asked),
            self._sent(scope, values),
            self._arrivals(scope, values),
            self._grave(asked),
            len(self._standing("open_seam_tickets", asked)),
            self._self_sufficient(scope, values),
        )

    def tickets(self, name: str, asked: Question, limit: int = -1, *, whole: bool = False) -> list[int]:
        """The tickets that a figure's numerator counts, or the whole it is measured on, by number."""
        if name in _STANDING:
            standing = [each.ref for each in self._standing(name, asked)]
            return standing if limit < 0 else standing[:limit]
        if name == "first_response_in_target":
            return self.responses.tickets(asked, limit, whole=whole)
        values = sql.parameters(asked) | {"limit": limit}
        ways = self._ways(asked.scope, values)
        values["paths"] = as_json([as_json(path) for path in paths_behind(name, ways, asked.ladder, whole=whole)])
        values["people"] = as_json(people_behind(name, self._resolvers(asked.scope, values), whole=whole))
        table, condition = condition_on(name, asked.scope, whole=whole)
        rows = self.database.rows(
            f"SELECT DISTINCT ticket_id FROM {table} WHERE {condition} ORDER BY ticket_id LIMIT :limit",
            values,
        )
        return [ref for (ref,) in rows]

    def components(self) -> list[str]:
        """The components that tickets name."""
        return [name for (name,) in self.database.rows(NAMED_COMPONENTS)]

    def _ways(self, scope: Scope, values: dict[str, Any]) -> tuple[Way, ...]:
        rows = self.database.rows(
            f"""
            SELECT path, count(*), sum(elapsed_s), sum(bounces > 0), sum(hops), sum(reopens > 0)
            FROM resolution WHERE {sql.resolved(scope)} GROUP BY path
            """,
            values,
        )
        return tuple(Way(tuple(json.loads(path)), *sums) for path, *sums in rows)

    def _lengths(
        self, condition: str, count: int, quantiles: Iterable[Fraction], values: dict[str, Any]
    ) -> dict[int, int]:
        """Seconds to resolve, in order, at the places where these quantiles lie.

        SQLite sorts them without holding up other threads, as Python would: there may be a million.
        """
        wanted = sorted({place for q in quantiles for place in places(count, q)}) if count else []
        query = f"""
            SELECT place, elapsed_s FROM (
                SELECT elapsed_s, row_number() OVER (ORDER BY elapsed_s) - 1 AS place FROM resolution WHERE {condition}
            ) WHERE place IN (SELECT value FROM json_each(:places))
        """
        return dict(self.database.rows(query, values | {"places": json.dumps(wanted)})) if wanted else {}

    def _resolvers(self, scope: Scope, values: dict[str, Any]) -> dict[str, int]:
        """How many resolved tickets each known person resolved at L3."""
        query = f"""
            SELECT who, count(*) FROM resolution
            WHERE {sql.resolved(scope)} AND resolution.tier = :third AND who IN (SELECT login FROM person) GROUP BY who
        """
        return dict(self.database.rows(query, values))

    def _sent(self, scope: Scope, values: dict[str, Any]) -> Sent:
        query = f"SELECT count(*), total({sql.COMPLETE}), total({sql.RETURNED}) FROM handoff WHERE {sql.sent(scope)}"
        return Sent(*map(int, self.database.rows(query, values)[0]))

    def _arrivals(self, scope: Scope, values: dict[str, Any]) -> tuple[Arrivals, ...]:
        been = "EXISTS (SELECT 1 FROM stay WHERE ticket_id = new.ticket_id AND seq < new.seq AND tier = {})"
        rows = self.database.rows(
            f"""
            SELECT {been.format(":first")}, {been.format(":second")}, count(*), total({sql.REPEATED})
            FROM stay AS new WHERE {sql.arrived(scope)} GROUP BY 1, 2
            """,
            values,
        )
        return tuple(Arrivals(bool(first), bool(second), count, int(again)) for first, second, count, again in rows)

    def _standing(self, name: str, asked: Question) -> list[Open]:
        moment = asked.period.end
        if name == "open_seam_tickets":
            return self.open.at_seams(moment, asked.scope, asked.seams)
        return self.open.in_graveyard(moment, asked.scope, asked.limits)

    def _grave(self, asked: Question) -> Grave:
        found = self._standing("graveyard_count", asked)
        oldest = min((each.opened_at for each in found), default=None)
        age = None if oldest is None else int((asked.period.end - oldest).total_seconds())
        return Grave(len(found), age)

    def _self_sufficient(self, scope: Scope, values: dict[str, Any]) -> int:
        alone = f"{sql.resolved(scope)} AND {sql.ALONE}"
        return int(self.database.value(_SELF_SUFFICIENT.format(resolved=alone), values))
