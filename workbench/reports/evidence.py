"""What the diagnosis goes by, in a few queries: who resolves what, where tickets lie, how they are passed on."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from workbench.database import Database
from workbench.reports import sql
from workbench.reports.model import Question

_OF_PERIOD: Final = "new.tier IN (SELECT name FROM tier) AND new.entered_at >= :from AND new.entered_at < :to"
"""Named by tier, so that the index of arrivals finds them."""
_BEFORE: Final = "old.seq = (SELECT max(seq) FROM stay WHERE ticket_id = new.ticket_id AND seq < new.seq)"
_SECONDS: Final = "(unixepoch(new.entered_at) - unixepoch(old.entered_at))"


class Hop(NamedTuple):
    """How often one team passed tickets to another: hops, tickets, those that came back, seconds they had lain."""

    source: str
    target: str
    hops: int
    tickets: int
    came_back: int
    seconds: int


class Load(NamedTuple):
    """What came to a team: tickets by week (the earliest first), of own components, pressing ones, and from others."""

    weeks: tuple[int, ...]
    tickets: int
    own: int
    pressing: int
    hopped: int


class Evidence(NamedTuple):
    """Everything that the diagnosis looks at besides the figures.

    `knowers` are who resolved tickets of a component, by component; `waiting` are hand-offs that nobody had accepted
    (ticket, sender, receiver); `returned` and `avoidable` are hand-offs by code and by what the first line lacked;
    `paused_s` of `clock_s` is how long the resolve clocks of resolved tickets stood still.
    """

    hops: tuple[Hop, ...]
    knowers: Mapping[str, Mapping[str, int]]
    waiting: tuple[tuple[int, str, str], ...]
    returned: Mapping[str, int]
    avoidable: Mapping[str, int]
    paused_s: int
    clock_s: int
    loads: Mapping[str, Load]


class EvidenceStore:
    """Reads it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def evidence(self, asked: Question, owned: Mapping[str, str], weeks: int) -> Evidence:
        """The evidence of a period, for everybody's tickets; `owned` are components with their one team."""
        values = sql.parameters(asked)
        paused_s, clock_s = self._pauses(asked, values)
        return Evidence(
            self._hops(values),
            self._knowers(asked, values),
            self._waiting(values),
            self._counts("code", values),
            self._counts("avoidable", values),
            paused_s,
            clock_s,
            self._loads(asked, owned, weeks),
        )

    def _hops(self, values: dict[str, Any]) -> tuple[Hop, ...]:
        back = """
            EXISTS (
                SELECT 1 FROM stay AS back
                WHERE back.ticket_id = new.ticket_id AND back.seq > new.seq AND back.team = old.team
                AND back.entered_at < :to
            )
        """
        rows = self.database.rows(
            f"""
            SELECT old.team, new.team, count(*), count(DISTINCT new.ticket_id),
                count(DISTINCT CASE WHEN {back} THEN new.ticket_id END), sum({_SECONDS})
            FROM stay AS new JOIN stay AS old ON old.ticket_id = new.ticket_id AND {_BEFORE}
            WHERE {_OF_PERIOD} AND old.team <> new.team GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
            """,
            values,
        )
        return tuple(Hop(*row) for row in rows)

    def _knowers(self, asked: Question, values: dict[str, Any]) -> dict[str, dict[str, int]]:
        rows = self.database.rows(
            f"""
            SELECT (SELECT component FROM ticket WHERE id = ticket_id), who, count(*) FROM resolution
            WHERE {sql.resolved(asked.scope)} AND who IN (SELECT login FROM person) GROUP BY 1, 2
            """,
            values,
        )
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for component, who, count in rows:
            if component:
                found[component][who] = count
        return dict(found)

    def _waiting(self, values: dict[str, Any]) -> tuple[tuple[int, str, str], ...]:
        """Hand-offs that nobody had accepted at the moment: ticket, sender and receiver, the oldest first."""
        rows = self.database.rows(
            """
            SELECT ticket_id, from_team, to_team FROM handoff
            WHERE sent_at < :to AND status <> 'withdrawn' AND (ended_at IS NULL OR ended_at >= :to)
            AND (SELECT live FROM ticket WHERE ticket.id = ticket_id) = 1 ORDER BY sent_at, id
            """,
            values,
        )
        return tuple((ref, source, target) for ref, source, target in rows)

    def _counts(self, column: str, values: dict[str, Any]) -> dict[str, int]:
        rows = self.database.rows(
            f"SELECT {column}, count(*) FROM handoff WHERE {sql.SENT} AND {column} IS NOT NULL GROUP BY 1", values
        )
        return dict(rows)

    def _pauses(self, asked: Question, values: dict[str, Any]) -> tuple[int, int]:
        """Seconds for which the resolve clocks of resolved tickets stood still, and for which they stood or ran."""
        row = self.database.row(
            f"""
            SELECT total(told.value ->> 'paused_s'), total(told.value ->> 'paused_s') + total(told.value ->> 'used_s')
            FROM resolution JOIN stay USING (ticket_id), json_each(stay.outcome) AS told
            WHERE {sql.resolved(asked.scope).replace("at >=", "resolution.at >=").replace(" at <", " resolution.at <")}
            AND told.value ->> 'name' = 'resolve'
            """,
            values,
        )
        assert row is not None
        return int(row[0]), int(row[1])

    def _loads(self, asked: Question, owned: Mapping[str, str], weeks: int) -> dict[str, Load]:
        """What came to each team in each of the last weeks."""
        spans = asked.period.weeks(weeks)
        values = sql.parameters(asked._replace(period=asked.period._replace(start=spans[0].start)))
        rows = self.database.rows(
            f"""
            SELECT new.team, (unixepoch(:to) - 1 - unixepoch(new.entered_at)) / 604800 AS back, component,
                priority IN ('P1', 'P2'), new.seq > 1, count(*)
            FROM stay AS new JOIN ticket ON ticket.id = new.ticket_id WHERE {_OF_PERIOD} GROUP BY 1, 2, 3, 4, 5
            """,
            values,
        )
        counted: dict[str, list[int]] = defaultdict(lambda: [0] * (weeks + 4))
        for team, back, component, pressing, hopped, count in rows:
            line = counted[team]
            line[weeks - 1 - back] += count
            line[weeks] += count
            line[weeks + 1] += count * (owned.get(component or "") == team)
            line[weeks + 2] += count * pressing
            line[weeks + 3] += count * hopped
        return {team: Load(tuple(line[:weeks]), *line[weeks:]) for team, line in counted.items()}
