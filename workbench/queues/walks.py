"""How the tickets of a list are walked: in the order of an index, or from what makes them few."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from workbench.database import Database
from workbench.queues.filters import Filter, Operator, Term
from workbench.queues.model import person_named
from workbench.queues.sql import MY_HANDOFFS, Condition, match

FEW: Final = 2_000
"""Tickets; so few are fetched by what makes them rare and sorted, more are found faster by walking in order."""
SORTED: Final = 20_000
"""Tickets; so many are sorted in the time of a frame or two, while a walk in another order than urgency, which tells
nothing of a tier or a stage, may meet few of them."""

_ASLEEP: Final = "(wakes_at IS NULL OR wakes_at > :now)"
_AWAKE: Final = "wakes_at IS NOT NULL AND wakes_at <= :now"


class Order(StrEnum):
    """What a list can be sorted by: four orders that an index walks at any length, and the columns of a short list."""

    URGENCY = "urgency"
    AGE = "age"
    TOUCHED = "touched"
    NUMBER = "number"
    SUBJECT = "subject"
    CLIENT = "client"
    TEAM = "team"
    WHO = "who"
    PRIORITY = "priority"
    HOPS = "hops"
    HERE = "here"
    PROGRESS = "progress"
    UNANSWERED = "unanswered"
    CONTACT = "contact"
    COMPONENT = "component"
    OWNER = "owner"


BY: Final = {
    Order.AGE: ("opened_at", "INDEXED BY ticket_opened"),
    Order.TOUCHED: ("touched_at", "INDEXED BY ticket_touched"),
    Order.NUMBER: ("id", "NOT INDEXED"),
}
"""The column of an order and the index that has it."""

SORTS: Final = {
    Order.SUBJECT: ("subject", "lower({})"),
    Order.CLIENT: ("client", "coalesce({}, '')"),
    Order.TEAM: ("team", "{}"),
    Order.WHO: ("assignee", "coalesce({}, '')"),
    Order.PRIORITY: ("priority", "{}"),
    Order.HOPS: ("hops", "-{}"),
    Order.HERE: ("arrived_at", "{}"),
    Order.PROGRESS: ("progress_at", "{}"),
    Order.UNANSWERED: ("unanswered_since", "coalesce({}, '9')"),
    Order.CONTACT: ("contact", "lower(coalesce({}, ''))"),
    Order.COMPONENT: ("component", "coalesce({}, '')"),
    Order.OWNER: ("owners", "coalesce({}, '')"),
}
"""The field of a line in an order that no index has, and what of it is compared: names from A with nothing first, and
else what a person looks for there, which is most hops and what is oldest. Among equals the most urgent comes first.
Each page sorts the whole list, which is why it has to be short."""


class Walk(NamedTuple):
    """A part of a list that one index walks in order; `rest` is what has yet to be asked of each ticket met."""

    through: str
    where: str
    rest: str
    due: str = "due_at"


class Scope(NamedTuple):
    """The index of a tier, team or person (or of those that wait or bounce), and what it is walked by.

    `woken` is the index that has its tickets by the clock that woke with them.
    """

    through: str
    where: str
    woken: str = "INDEXED BY ticket_woken"


_EVERY: Final = Scope("NOT INDEXED", "live = 1")


class Walks:
    """Finds the walks for a filter and an order."""

    def __init__(self, database: Database, condition: Condition, wanted: Filter, order: Order = Order.URGENCY) -> None:
        self.database = database
        self.condition = condition
        self.wanted = wanted
        self.order = order
        self.rare = self._few()

    def in_order(self) -> list[Walk]:
        """The walks that together meet all tickets of the list, each in the list's order."""
        if self.rare is not None:
            few = Scope("NOT INDEXED", f"live = 1 AND id IN ({self.rare})")
            return self._by_urgency([few], few) if self.order is Order.URGENCY else [self._any_order(few)]
        scopes = self.scopes()
        if self.order is Order.URGENCY:
            _, where, woken = scopes[0] if len(scopes) == 1 else _EVERY
            return self._by_urgency(scopes, Scope(woken, where))
        if self.order in SORTS:
            return [self._any_order(scope) for scope in scopes]
        if len(scopes) == 1 and self._holds_at_most(SORTED, f"SELECT 1 FROM ticket {_asked(scopes[0])}"):
            return [self._any_order(scopes[0])]
        return [Walk(BY[self.order][1], "live = 1", self.condition.sql)]

    def for_counting(self) -> list[Walk]:
        """Walks that meet the same tickets in any order, by indexes that hold what is asked where there are such."""
        if self.rare is None and self.order in (Order.AGE, Order.NUMBER):
            return [self._any_order(scope) for scope in self.scopes()]
        return self.in_order()

    def _any_order(self, scope: Scope) -> Walk:
        return Walk(scope.through, scope.where, self.condition.sql)

    def _by_urgency(self, scopes: Iterable[Scope], woken: Scope) -> list[Walk]:
        """Tickets whose wake-up has passed stand by the clock that woke with them, and are walked by themselves."""
        late = demanded(self.wanted, "is", "late")
        rest = self.condition.without(late)
        # Being past is all of being late: a clock that stands still has no due instant.
        by_then = (" AND due_at <= :now", " AND woken_due_at <= :now") if late else ("", "")
        walks = [Walk(scope.through, f"{scope.where} AND {_ASLEEP}{by_then[0]}", rest) for scope in scopes]
        if demanded(self.wanted, "is", "waiting"):
            return walks
        return [*walks, Walk(woken.through, f"{woken.where} AND {_AWAKE}{by_then[1]}", rest, "woken_due_at")]

    def scopes(self) -> list[Scope]:
        """What the filter names; every tier where it names no one tier, team or person."""
        bind = self.condition.bind
        if who := _single(self.wanted, "who"):
            person = person_named(who, self.condition.me)
            where = "assignee IS NULL" if person is None else f"assignee = {bind(person)}"
            return [Scope("INDEXED BY ticket_assignee", f"live = 1 AND {where}", "INDEXED BY ticket_woken_assignee")]
        if team := _single(self.wanted, "team"):
            return [Scope("INDEXED BY ticket_team", f"live = 1 AND team = {bind(team)}")]
        if demanded(self.wanted, "is", "waiting"):
            return [Scope("INDEXED BY ticket_waiting", "state = 'waiting'")]
        if demanded(self.wanted, "is", "bouncing"):
            return [Scope("INDEXED BY ticket_bouncing", "live = 1 AND bounces > 0")]
        tier = _single(self.wanted, "tier")
        tiers = [tier] if tier else self._tiers_in_use() or ["L1"]
        return [Scope("INDEXED BY ticket_tier", f"live = 1 AND tier = {bind(each)}") for each in tiers]

    def _tiers_in_use(self) -> list[str]:
        return [tier for (tier,) in self.database.rows("SELECT DISTINCT tier FROM tally WHERE tickets <> 0")]

    def _few(self) -> str | None:
        """A query for the numbers of a few tickets among which all of the list are; None where it would give many.

        No `cached_property`: until Python 3.12 that keeps every other thread's waiting while one of them asks.
        """
        most = FEW if self.order is Order.URGENCY else SORTED
        return next((query for query in self._drivers() if self._holds_at_most(most, query)), None)

    def _holds_at_most(self, most: int, query: str) -> bool:
        sql = f"SELECT count(*) FROM ({query} LIMIT {most + 1})"
        return int(self.database.value(sql, self.condition.parameters)) <= most

    def _drivers(self) -> Iterable[str]:
        bind = self.condition.bind
        for words in self.wanted.words:
            if words.words and not words.negated:
                yield f"SELECT rowid FROM ticket_words WHERE ticket_words MATCH {bind(match(words))}"
        for term in self.wanted.terms:
            if term.negated or len(term.values) > 1 or term.operator is not Operator.EQUAL:
                continue
            match term.field, term.values[0]:
                case "number", value:
                    yield f"SELECT id FROM ticket WHERE id = {bind(value)}"
                case "external", value:
                    yield f"SELECT id FROM ticket WHERE external = {bind(value)}"
                case "owner", value:
                    owned = self.condition.owned(str(value))
                    yield f"SELECT id FROM ticket INDEXED BY ticket_component WHERE live = 1 AND {owned}"
                case "is", "stale":
                    yield self.condition.untouched("stale")
                case "is", "graveyard":
                    yield self.condition.untouched("graveyard")
                case "is", "unaccepted":
                    yield "SELECT ticket_id FROM handoff WHERE status = 'sent'"
                case "is", "handoff":
                    yield MY_HANDOFFS
                case _:
                    pass


def _asked(scope: Scope) -> str:
    return f"{scope.through} WHERE {scope.where}"


def _single(wanted: Filter, name: str) -> str | None:
    """The one value that a filter demands of a field, where it demands just one."""
    return next((str(term.values[0]) for term in wanted.terms if _demands_one(term, name)), None)


def demanded(wanted: Filter, name: str, value: str) -> Term | None:
    """The term by which a filter demands that value of a field, if it does."""
    return next((term for term in wanted.terms if _demands_one(term, name) and term.values[0] == value), None)


def _demands_one(term: Term, name: str) -> bool:
    return term.field == name and not term.negated and len(term.values) == 1
