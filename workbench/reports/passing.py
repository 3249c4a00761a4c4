"""How tickets were passed from team to team, and what came to each: the hop map and the loads, with their tickets."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final

from workbench.database import Database
from workbench.reports import sql
from workbench.reports.evidence import Hop, Load, Loads, Pair
from workbench.reports.model import Question

_NEW: Final = "JOIN stay AS new ON new.ticket_id = its.ticket_id AND new.seq = its.seq"
_CAME_BACK: Final = """
    EXISTS (
        SELECT 1 FROM stay AS back
        WHERE back.ticket_id = new.ticket_id AND back.seq > new.seq AND back.team = old.team AND back.entered_at < :to
    )
"""
"""Of a hop: by the end of the period the ticket was with the team again that had passed it on."""


class PassingStore:
    """Counts and lists them; tickets in the order of their numbers."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def hops(self, asked: Question) -> tuple[Hop, ...]:
        """Every two teams of which one passed tickets to the other, the most hops first."""
        rows = self.database.rows(
            f"""
            SELECT source, target, sum(hops), count(*), sum(came_back), sum(seconds) FROM (
                SELECT old.team AS source, new.team AS target, count(*) AS hops, max({_CAME_BACK}) AS came_back,
                    sum(unixepoch(new.entered_at) - unixepoch(old.entered_at)) AS seconds
                FROM {sql.came(asked.scope, by_hop=True)} AS its CROSS {_NEW} CROSS {sql.OLD}
                WHERE old.team <> new.team GROUP BY its.ticket_id, 1, 2
            )
            GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
            """,
            sql.parameters(asked),
        )
        return tuple(Hop(*row) for row in rows)

    def ping_pong(self, asked: Question) -> dict[Pair, int]:
        """How many tickets each two teams passed back and forth, the most first."""
        rows = self.database.rows(
            f"""
            SELECT one, other, count(*) FROM (
                SELECT DISTINCT its.ticket_id, min(old.team, new.team) AS one, max(old.team, new.team) AS other
                FROM {sql.came(asked.scope, by_hop=True)} AS its CROSS {_NEW} CROSS {sql.OLD}
                WHERE old.team <> new.team AND {_CAME_BACK}
            )
            GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
            """,
            sql.parameters(asked),
        )
        return {(one, other): tickets for one, other, tickets in rows}

    def loads(
        self, asked: Question, owned: Mapping[str, str], weeks: int, progress: Callable[[int, int], None]
    ) -> Loads:
        """What came in each of the last weeks; `owned` are components with their one team."""
        teams: dict[str, list[int]] = defaultdict(lambda: [0] * (weeks + 4))
        components: dict[str, list[int]] = defaultdict(lambda: [0] * (weeks + 4))
        for place, week in enumerate(asked.period.weeks(weeks)):
            for team, component, came, pressing, hopped in self._came(asked._replace(period=week)):
                own = came if owned.get(component or "") == team else 0
                _add(teams[team], place, weeks, came, own, came, pressing, hopped)
                if component is not None:
                    _add(components[component], place, weeks, came, own, own or hopped, pressing, hopped)
            progress(place + 1, weeks)
        return Loads(_loads(teams, weeks), _loads(components, weeks))

    def passed(self, source: str, target: str | None, asked: Question) -> list[int]:
        """Tickets that one team passed to another in a period, or to any."""
        return self._refs(
            f"""
            SELECT DISTINCT its.ticket_id FROM {sql.came(asked.scope, by_hop=True)} AS its CROSS {_NEW} CROSS {sql.OLD}
            WHERE old.team = :source AND new.team <> :source AND (:target IS NULL OR new.team = :target) ORDER BY 1
            """,
            asked,
            source=source,
            target=target,
        )

    def returned(self, pair: Pair, asked: Question) -> list[int]:
        """Tickets that one of two teams passed to the other in a period, and that were with the one again."""
        return self._refs(
            f"""
            SELECT DISTINCT its.ticket_id FROM {sql.came(asked.scope, by_hop=True)} AS its CROSS {_NEW} CROSS {sql.OLD}
            WHERE (old.team, new.team) IN (VALUES (:one, :other), (:other, :one)) AND {_CAME_BACK} ORDER BY 1
            """,
            asked,
            one=pair[0],
            other=pair[1],
        )

    def came(self, team: str, asked: Question) -> list[int]:
        """Tickets that came to a team in a period, be it from outside or from another team."""
        return self._refs(
            f"SELECT DISTINCT its.ticket_id FROM {sql.came(asked.scope)} AS its CROSS {_NEW}"
            " WHERE new.team = :holder ORDER BY 1",
            asked,
            holder=team,
        )

    def came_about(self, component: str, asked: Question) -> list[int]:
        """Tickets about a component that came to any team in a period."""
        return self._refs(
            f"SELECT DISTINCT its.ticket_id FROM {sql.came(asked.scope)} AS its CROSS JOIN ticket"
            " ON ticket.id = its.ticket_id WHERE ticket.component = :about ORDER BY 1",
            asked,
            about=component,
        )

    def _came(self, asked: Question) -> list[tuple[str, str | None, int, int, int]]:
        """By team and component: how often something came, how often pressing, how often from another team."""
        return self.database.rows(
            f"""
            SELECT new.team, component, count(*), sum(priority IN ('P1', 'P2')), sum(new.seq > 1)
            FROM {sql.came(asked.scope)} AS its CROSS {_NEW} CROSS JOIN ticket ON ticket.id = its.ticket_id
            GROUP BY 1, 2
            """,
            sql.parameters(asked),
        )

    def _refs(self, query: str, asked: Question, **named: str | None) -> list[int]:
        return [ref for (ref,) in self.database.rows(query, sql.parameters(asked) | named)]


def _add(line: list[int], place: int, weeks: int, came: int, *others: int) -> None:
    line[place] += came
    for column, count in enumerate(others, weeks):
        line[column] += count


def _loads(counted: Mapping[str, list[int]], weeks: int) -> dict[str, Load]:
    return {name: Load(tuple(line[:weeks]), sum(line[:weeks]), *line[weeks:]) for name, line in counted.items()}
