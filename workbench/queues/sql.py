"""Filters as SQL conditions over ticket rows; every value travels as a parameter."""

from datetime import datetime, timedelta
from typing import Any, Final

from workbench.clock import iso
from workbench.queues.filters import STAGES, Filter, Operator, Term, Words
from workbench.queues.model import person_named
from workbench.tickets.clocks import Thresholds
from workbench.tickets.sql import STAGE, STATE, WAITS, moment_parameters

_PLAIN: Final = {
    "tier": "tier",
    "team": "team",
    "priority": "priority",
    "impact": "impact",
    "urgency": "urgency",
    "hops": "hops",
    "bounces": "bounces",
    "reopens": "reopens",
    "number": "id",
    "opened": "opened_at",
    "resolved": "resolved_at",
    "external": "external",
}
_MOMENTS: Final = frozenset({"opened", "resolved"})
OWNERS: Final = """
    (SELECT coalesce(group_concat(team, ' | '), '') FROM component AS owned
    LEFT JOIN component_owner AS owning ON owning.component = owned.slug
    WHERE owned.slug = ticket.component AND owned.retired = 0 GROUP BY owned.slug)
"""
"""The teams of a ticket's component; no row where the catalogue does not know it."""
PROBLEM: Final = """
    coalesce((SELECT problem FROM problem_link WHERE problem_link.ticket_id = ticket.id),
        (SELECT max(problem) FROM problem_match WHERE problem_match.ticket_id = ticket.id AND until IS NULL))
"""
"""The known problem that a ticket is of, as far as anybody knows."""
_UNOWNED: Final = """
    SELECT slug FROM component AS owned WHERE retired = 0
    AND NOT EXISTS (SELECT 1 FROM component_owner AS owning WHERE owning.component = owned.slug)
"""
_OWNED: Final = """
    SELECT slug FROM component AS owned JOIN component_owner AS owning ON owning.component = owned.slug
    WHERE retired = 0 AND owning.team =
"""
_OPTIONAL: Final = {"client": "client", "component": "component"}
_SINCE: Final = {
    "age": "opened_at",
    "here": "arrived_at",
    "progress": "progress_at",
    "untouched": "touched_at",
    "unanswered": "unanswered_since",
}
_MIRRORED: Final = {
    Operator.ABOVE: "<",
    Operator.BELOW: ">",
    Operator.AT_LEAST: "<=",
    Operator.AT_MOST: ">=",
    Operator.EQUAL: "<=",
}
"""An age above four hours is an instant before now less four hours; without a sign, at least so long."""

MY_HANDOFFS: Final = """
    SELECT ticket_id FROM handoff WHERE (status = 'sent' OR owed <> '[]') AND (
        sent_by = :me
        OR status = 'sent' AND (to_person = :me OR to_team IN (SELECT team FROM team_person WHERE person = :me))
    )
"""
"""The tickets of hand-offs that one has to accept, that one sent and nobody accepted, or for which one owes words."""

UNACCEPTED: Final = "id IN (SELECT ticket_id FROM handoff WHERE status = 'sent')"
"""Whether it was handed off and nobody has accepted it."""

_TIER_BEFORE: Final = """
    SELECT tier FROM stay AS earlier WHERE earlier.ticket_id = stay.ticket_id AND earlier.seq < stay.seq
    ORDER BY earlier.seq DESC LIMIT 1
"""
ESCALATED: Final = f"""
    EXISTS (SELECT 1 FROM handoff WHERE handoff.ticket_id = ticket.id AND status <> 'withdrawn') OR EXISTS (
        SELECT 1 FROM stay CROSS JOIN event ON event.ticket_id = stay.ticket_id AND event.seq = stay.seq
        WHERE stay.ticket_id = ticket.id AND stay.seq > 1 AND stay.tier <> ({_TIER_BEFORE}) AND act IS NULL
    )
"""
"""Whether it was handed off, or a log that knows no hand-offs has it at another tier: as a replay finds it.

The order of the join is told, since most tickets have one stay and many events.
"""

_CONDITIONS: Final = {
    "unresolved": "live = 1",
    "unassigned": "(assignee IS NULL AND live = 1)",
    "mine": "assignee = :me",
    "stale": "(live = 1 AND stale_at <= :now)",
    "graveyard": "(live = 1 AND grave_at <= :now)",
    "bouncing": "bounces > 0",
    "escalated": ESCALATED,
    "waiting": f"({WAITS})",
    "unaccepted": UNACCEPTED,
    "handoff": f"id IN ({MY_HANDOFFS})",
}


class Condition:
    """A filter as SQL with its parameters, for one moment and one person."""

    def __init__(self, wanted: Filter, now: datetime, me: str, limits: Thresholds) -> None:
        self.now = now
        self.me = me
        self.limits = limits
        self.parameters: dict[str, Any] = moment_parameters(now, limits) | {"me": me}
        self._parts = [(term, self._negatable(self._term(term), term.negated)) for term in wanted.terms]
        words = [self._negatable(self._words(words), words.negated) for words in wanted.words]
        self._others = " AND ".join(words) or "1"
        self.sql = self.without(None)

    def without(self, known: Term | None) -> str:
        """What the filter demands, but for a term that is known to hold."""
        return " AND ".join([*(sql for term, sql in self._parts if term is not known), self._others])

    def _before(self, index: str, column: str, ago: timedelta) -> str:
        return (
            f"SELECT id FROM ticket INDEXED BY {index} WHERE live = 1 AND {column} <= {self.bind(iso(self.now - ago))}"
        )

    def _negatable(self, sql: str, negated: bool) -> str:
        return f"coalesce(NOT ({sql}), 1)" if negated else f"({sql})"

    def _term(self, term: Term) -> str:
        return " OR ".join(self._one(term, value) for value in term.values)

    def _one(self, term: Term, value: str | int) -> str:
        name = term.field
        if name in _MOMENTS and term.operator is Operator.EQUAL:
            start, _, end = str(value).partition("/")
            return f"({_PLAIN[name]} >= {self.bind(start)} AND {_PLAIN[name]} < {self.bind(end)})"
        if name in _PLAIN:
            return f"{_PLAIN[name]} {term.operator} {self.bind(value)}"
        if name in _SINCE:
            since = iso(self.now - timedelta(seconds=int(value)))
            return f"{_SINCE[name]} {_MIRRORED[term.operator]} {self.bind(since)}"
        if name in _OPTIONAL:
            column = _OPTIONAL[name]
            return f"{column} IS NULL" if value == "none" else f"{column} = {self.bind(value)}"
        return self._special(name, str(value))

    def _special(self, name: str, value: str) -> str:
        match name:
            case "is":
                return self._condition(value)
            case "who":
                person = person_named(value, self.me)
                return "assignee IS NULL" if person is None else f"assignee = {self.bind(person)}"
            case "owner":
                return self.owned(value)
            case "contact":
                return f"instr(lower(contact), lower({self.bind(value)}))"
            case "tag":
                return f"EXISTS (SELECT 1 FROM json_each(tags) WHERE json_each.value = {self.bind(value)})"
            case "for":
                return f"({WAITS}) AND waiting_for = {self.bind(value)}"
            case _:
                raise AssertionError(f"no SQL for the field {name}")

    def _condition(self, value: str) -> str:
        if value in _CONDITIONS:
            return _CONDITIONS[value]
        expression = STAGE if value in STAGES else STATE
        return f"({expression}) = {self.bind(value)}"

    def _words(self, words: Words) -> str:
        parts = []
        if words.words:
            found = self.bind(match(words))
            parts.append(f"id IN (SELECT rowid FROM ticket_words WHERE ticket_words MATCH {found})")
        if words.exact:
            exact = self.bind(words.exact)
            columns = " OR ".join(f"instr(lower({name}), lower({exact}))" for name in ("subject", "contact", "body"))
            parts.append(f"coalesce({columns}, 0)")
        return " AND ".join(parts)

    def owned(self, team: str) -> str:
        """That the ticket's component belongs to that team, be it with others; `none`: the catalogue has no owner."""
        return f"component IN ({_UNOWNED if team == 'none' else _OWNED + self.bind(team)})"

    def untouched(self, condition: str) -> str:
        """A query for the numbers of tickets old or untouched enough for `stale` or `graveyard`; some may not be."""
        if condition == "stale":
            return self._before("ticket_touched", "touched_at", self.limits.stale_after)
        opened = self._before("ticket_opened", "opened_at", self.limits.graveyard_after_open)
        touched = self._before("ticket_touched", "touched_at", self.limits.graveyard_after_untouched)
        return f"{opened} UNION ALL {touched}"

    def bind(self, value: object) -> str:
        """A parameter of that value; its name."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"


def match(words: Words) -> str:
    """The full-text expression: every word, as the beginning of one."""
    return " AND ".join(f'"{word}" *' for word in words.words)
