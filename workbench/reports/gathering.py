"""Gathers the evidence for the diagnosis, a few queries one after the other; one may leave between any two rows."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from workbench.database import Database
from workbench.reports import sql
from workbench.reports.evidence import ComeBack, Evidence, Pair, Refs
from workbench.reports.model import Question
from workbench.reports.open_tickets import OpenTickets
from workbench.reports.passing import PassingStore

HOT: Final = 2
"""Bounces from which on an open ticket is a hot potato: after two, the next move must name a person."""

_RESOLVE_CLOCKS: Final = """
    JOIN stay ON stay.ticket_id = its.ticket_id
    CROSS JOIN json_each(stay.outcome) AS clock ON clock.value ->> 'name' = 'resolve'
"""
_UNHEARD: Final = """
    JOIN event AS said ON said.ticket_id = its.ticket_id AND said.kind = 'replied' AND said.at < :to
        AND said.after ->> 'state' IS NULL
    CROSS JOIN event AS last ON last.ticket_id = said.ticket_id AND last.seq = (
        SELECT max(seq) FROM event
        WHERE ticket_id = said.ticket_id AND seq < said.seq AND after ->> 'state' IS NOT NULL
    )
    WHERE last.after ->> 'state' = 'waiting'
    AND coalesce(last.after ->> '$.waiting.until', '9999') > said.at
"""
"""A reply that did not end the wait in which it came, before the wake-up."""


class EvidenceStore:
    """Reads it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.passing = PassingStore(database)
        self.open = OpenTickets(database)

    def evidence(
        self, asked: Question, owned: Mapping[str, str], weeks: int, progress: Callable[[int, int], None]
    ) -> Evidence:
        """The evidence of a period and scope; `owned` are components with their one team."""
        steps, values = weeks + 5, sql.parameters(asked)
        loads = self.passing.loads(asked, owned, weeks, lambda done, _total: progress(done, steps))
        hops, ping_pong = self.passing.hops(asked), self.passing.ping_pong(asked)
        progress(weeks + 1, steps)
        knowers = self._knowers(asked, values)
        progress(weeks + 2, steps)
        paused_s, clock_s = self._pauses(asked, values)
        progress(weeks + 3, steps)
        unheard = self._refs(
            f"SELECT DISTINCT its.ticket_id FROM {sql.done(asked.scope)} AS its CROSS {_UNHEARD}", values
        )
        progress(weeks + 4, steps)
        old, untouched = self._graves(asked)
        potatoes, seams = self._potatoes(asked), self._seams(asked)
        progress(weeks + 5, steps)
        return Evidence(
            hops,
            ping_pong,
            knowers,
            old,
            untouched,
            potatoes,
            seams,
            tuple(self.open.unaccepted(asked)),
            self._counts("code", f"{sql.sent(asked.scope)} AND {sql.RETURNED}", values),
            self._counts("avoidable", sql.sent(asked.scope), values),
            paused_s,
            clock_s,
            unheard,
            self._come_back(asked, values),
            loads,
        )

    def paused(self, asked: Question) -> list[int]:
        """Resolved tickets whose resolve clock stood still at some time."""
        condition = "WHERE clock.value ->> 'paused_s' > 0"
        query = f"SELECT DISTINCT its.ticket_id FROM {sql.done(asked.scope)} AS its CROSS {_RESOLVE_CLOCKS} {condition}"
        return list(self._refs(query, sql.parameters(asked)))

    def resolved_about(self, component: str, asked: Question) -> list[int]:
        """Resolved tickets about a component."""
        query = f"""
            SELECT DISTINCT its.ticket_id FROM {sql.done(asked.scope)} AS its CROSS JOIN ticket
            ON ticket.id = its.ticket_id WHERE ticket.component = :about
        """
        return list(self._refs(query, sql.parameters(asked) | {"about": component}))

    def resolved_by(self, who: str, asked: Question) -> list[int]:
        """Tickets that somebody resolved at the third line."""
        query = f"SELECT ticket_id FROM resolution WHERE {sql.resolved(asked.scope)} AND tier = :third AND who = :who"
        return list(self._refs(query, sql.parameters(asked) | {"who": who}))

    def spared(self, lacked: Sequence[str], asked: Question) -> list[int]:
        """Tickets that were handed off, which the first line could have done, as somebody judged, with one of these."""
        judged = "avoidable IN (SELECT value FROM json_each(:lacked))"
        query = f"SELECT DISTINCT ticket_id FROM handoff WHERE {sql.sent(asked.scope)} AND {judged}"
        return list(self._refs(query, sql.parameters(asked) | {"lacked": json.dumps(list(lacked))}))

    def sent_back(self, code: str, asked: Question) -> list[int]:
        """Tickets of hand-offs that came back with that code."""
        query = (
            f"SELECT DISTINCT ticket_id FROM handoff WHERE {sql.sent(asked.scope)} AND {sql.RETURNED} AND code = :code"
        )
        return list(self._refs(query, sql.parameters(asked) | {"code": code}))

    def _knowers(self, asked: Question, values: dict[str, Any]) -> dict[str, dict[str, int]]:
        rows = self.database.rows(
            f"""
            SELECT component, iif(who IN (SELECT login FROM person), who, ''), count(*)
            FROM {sql.done(asked.scope)} AS its CROSS JOIN ticket ON ticket.id = its.ticket_id
            WHERE component IS NOT NULL GROUP BY 1, 2
            """,
            values,
        )
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for component, who, count in rows:
            found[component][who] = count
        return dict(found)

    def _pauses(self, asked: Question, values: dict[str, Any]) -> tuple[int, int]:
        """Seconds for which the resolve clocks of resolved tickets stood still, and for which they stood or ran."""
        row = self.database.row(
            f"""
            SELECT total(clock.value ->> 'paused_s'), total(clock.value ->> 'used_s')
            FROM {sql.done(asked.scope)} AS its CROSS {_RESOLVE_CLOCKS}
            """,
            values,
        )
        assert row is not None
        paused_s, used_s = map(int, row)
        return paused_s, paused_s + used_s

    def _graves(self, asked: Question) -> tuple[Refs, Refs]:
        """Those in the graveyard that are too old, and those that nobody touched for too long."""
        moment, limits = asked.period.end, asked.limits
        graves = self.open.in_graveyard(moment, asked.scope, limits)
        old = tuple(each.ref for each in graves if each.opened_at + limits.graveyard_after_open <= moment)
        untouched = tuple(each.ref for each in graves if each.touched_at + limits.graveyard_after_untouched <= moment)
        return old, untouched

    def _potatoes(self, asked: Question) -> dict[Pair, Refs]:
        moment = asked.period.end
        refs = [each.ref for each in self.open.handed_back(moment, asked.scope, HOT)]
        return _most(self.open.hops_of(refs, moment))

    def _seams(self, asked: Question) -> dict[Pair, Refs]:
        """Every seam without lead that the scope's team has a part in, with its tickets."""
        moment, scope = asked.period.end, asked.scope
        found: dict[Pair, set[int]] = {}
        for teams in asked.seams:
            if scope.team is None or scope.team in teams:
                one, other = sorted(teams)
                found[one, other] = set()
        refs = [each.ref for each in self.open.at_seams(moment, scope, asked.seams)]
        for (source, target), tickets in self.open.hops_of(refs, moment).items():
            seam = (min(source, target), max(source, target))
            if seam in found:
                found[seam] |= tickets
        return _most(found)

    def _counts(self, column: str, condition: str, values: dict[str, Any]) -> dict[str, int]:
        query = f"SELECT {column}, count(*) FROM handoff WHERE {condition} AND {column} IS NOT NULL GROUP BY 1"
        return dict(self.database.rows(query, values))

    def _come_back(self, asked: Question, values: dict[str, Any]) -> tuple[ComeBack, ...]:
        """Problems that were found not to be fixed in the period, and the tickets that matched them from then on."""
        rows = self.database.rows(
            f"""
            SELECT problem.id, problem.title, json_group_array(DISTINCT ticket_id) FILTER (WHERE ticket_id IS NOT NULL)
            FROM problem_event JOIN problem ON problem.id = problem_event.problem
            LEFT JOIN problem_match ON problem_match.problem = problem.id
                AND problem_match.at >= problem_event.at AND problem_match.at < :to
            WHERE kind = 'reopened' AND problem_event.at >= :from AND problem_event.at < :to AND NOT EXISTS (
                SELECT 1 FROM problem_event AS later WHERE later.problem = problem_event.problem
                AND later.after ->> 'undoes' = problem_event.seq AND later.at < :to
            )
            {sql.about(asked.scope, "problem_match.ticket_id")} GROUP BY 1 ORDER BY 1
            """,
            values,
        )
        return tuple(ComeBack(number, title, tuple(sorted(json.loads(refs)))) for number, title, refs in rows)

    def _refs(self, query: str, values: dict[str, Any]) -> Refs:
        return tuple(ref for (ref,) in self.database.rows(f"{query} ORDER BY 1", values))


def _most(found: Mapping[Pair, Iterable[int]]) -> dict[Pair, Refs]:
    """By pair, those with the most tickets first."""
    told = [(pair, tuple(sorted(tickets))) for pair, tickets in found.items()]
    return dict(sorted(told, key=lambda each: (-len(each[1]), each[0])))
