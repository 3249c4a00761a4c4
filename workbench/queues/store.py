"""Queues read from the database: pages of lines in order, and counts that need not look at every ticket."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from workbench.clock import iso
from workbench.database import Database
from workbench.queues.filters import Filter, Operator
from workbench.queues.model import Cell, Line, person_named
from workbench.queues.sql import Condition, match
from workbench.tickets.clocks import Rules
from workbench.tickets.sql import COUNTED, DUE, STATE, WAITS, moment_parameters

FEW: Final = 2_000
"""Tickets; so few are fetched by what makes them rare and sorted, more are found faster by walking in order."""

_AS_SEEN: Final = {
    "ref": "id",
    "state": STATE,
    "waiting_for": f"iif({WAITS}, waiting_for, NULL)",
    "waiting_reason": f"iif({WAITS}, waiting_reason, NULL)",
    "wakes_at": f"iif({WAITS}, wakes_at, NULL)",
    "lead": "iif(wakes_at <= :now, woken_lead, lead)",
    "due_at": DUE,
}
_LINE: Final = ", ".join(f"{_AS_SEEN.get(each.name, each.name)} AS {each.name}" for each in fields(Line))
_ASLEEP: Final = "(wakes_at IS NULL OR wakes_at > :now)"
_AWAKE: Final = "wakes_at IS NOT NULL AND wakes_at <= :now"


class Order(StrEnum):
    """What a list can be sorted by; each has an index, so that a page costs the same at any length."""

    URGENCY = "urgency"
    AGE = "age"
    TOUCHED = "touched"
    NUMBER = "number"


_BY: Final = {
    Order.AGE: ("opened_at", "INDEXED BY ticket_opened"),
    Order.TOUCHED: ("touched_at", "INDEXED BY ticket_touched"),
    Order.NUMBER: ("id", "NOT INDEXED"),
}


class Selection:
    """The unresolved tickets that a filter lets through at one moment, in one order: what a list shows."""

    def __init__(self, store: "QueueStore", condition: Condition, wanted: Filter, order: Order, down: bool) -> None:
        self.store = store
        self.condition = condition
        self.order = order
        self.down = down
        self.branches = store.branches(condition, wanted, order)

    def page(self, limit: int, *, offset: int = 0, backwards: bool = False) -> list[Line]:
        """`limit` lines from the beginning or, backwards, the last ones; always in list order."""
        return self._lines("", {}, limit, offset, backwards)

    def beyond(self, line: Line, limit: int, *, backwards: bool = False) -> list[Line]:
        """The lines that follow one, or precede it; found by its place, so that it may have left meanwhile."""
        place, values = self._place(line, before=backwards)
        return self._lines(place, values, limit, 0, backwards)

    def rank(self, line: Line) -> int:
        """How many lines stand before this one."""
        place, values = self._place(line, before=True)
        return self._count(place, values)

    def count(self) -> int:
        """How many lines there are; a query, where the tally cannot tell."""
        return self._count("", {})

    def find(self, ref: int) -> Line | None:
        """The line of a ticket as it stands now; None where it is not in the list."""
        sql = f"SELECT {_LINE} FROM ticket WHERE id = :ref AND live = 1 AND {self.condition.sql}"
        rows = self.store.database.rows(sql, self.condition.parameters | {"ref": ref})
        return Line(*rows[0]) if rows else None

    def _count(self, place: str, values: dict[str, Any]) -> int:
        parameters = self.condition.parameters | values
        counts = [self._select("count(*)", branch, place) for branch in self.branches]
        return sum(int(self.store.database.value(sql, parameters)) for sql in counts)

    def _lines(self, place: str, values: dict[str, Any], limit: int, offset: int, backwards: bool) -> list[Line]:
        falling = backwards is not self.down
        order = ", ".join(f"{column} {'DESC' if falling else 'ASC'}" for column in self._columns("due_at"))
        parts = []
        for branch in self.branches:
            inner = ", ".join(f"{column} {'DESC' if falling else 'ASC'}" for column in self._columns(branch.due))
            parts.append(
                f"SELECT * FROM ({self._select('id AS ref, ' + self._key_columns(branch.due), branch, place)}"
                f" ORDER BY {inner} LIMIT :limit + :offset)"
            )
        keys = (
            f"SELECT ref FROM ({' UNION ALL '.join(parts)}) ORDER BY {self._outer(falling)} LIMIT :limit OFFSET :offset"
        )
        found = self.store.database.rows(
            f"SELECT {_LINE} FROM ticket WHERE id IN ({keys}) ORDER BY {order}",
            self.condition.parameters | values | {"limit": limit, "offset": offset},
        )
        lines = [Line(*row) for row in found]
        return lines[::-1] if backwards else lines

    def _select(self, what: str, branch: "Branch", place: str) -> str:
        where = " AND ".join(part for part in (branch.where, self.condition.sql, place.format(due=branch.due)) if part)
        return f"SELECT {what} FROM ticket {branch.index} WHERE {where}"

    def _columns(self, due: str) -> tuple[str, ...]:
        return (due, "priority", "opened_at", "id") if self.order is Order.URGENCY else (_BY[self.order][0], "id")

    def _key_columns(self, due: str) -> str:
        columns = self._columns(due)
        return ", ".join(f"{column} AS k{place}" for place, column in enumerate(columns))

    def _outer(self, falling: bool) -> str:
        return ", ".join(f"k{place} {'DESC' if falling else 'ASC'}" for place in range(len(self._columns(""))))

    def _place(self, line: Line, *, before: bool) -> tuple[str, dict[str, Any]]:
        sign = "<" if before is not self.down else ">"
        names = [f"k{place}" for place in range(len(self._columns("")))]
        key: tuple[Any, ...] = line.key
        if self.order is not Order.URGENCY:
            name = _BY[self.order][0]
            key = (line.ref if name == "id" else getattr(line, name), line.ref)
        columns = ", ".join(self._columns("{due}"))
        return f"({columns}) {sign} ({', '.join(f':{name}' for name in names)})", dict(zip(names, key, strict=True))


class Branch:
    """A part of a selection that one index walks in order."""

    def __init__(self, index: str, where: str, due: str = "due_at") -> None:
        self.index = index
        self.where = where
        self.due = due


class QueueStore:
    """Reads queues; nothing here writes but saved queues."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def select(
        self, wanted: Filter, now: datetime, me: str, rules: Rules, order: Order = Order.URGENCY, down: bool = False
    ) -> Selection:
        """The unresolved tickets that the filter lets through at `now`; `down` turns the order round."""
        return Selection(self, Condition(wanted, now, me, rules), wanted, order, down)

    def branches(self, condition: Condition, wanted: Filter, order: Order) -> list[Branch]:
        """How the selection is walked: by what makes its tickets rare, else by the index of its order."""
        rare = self._rare(condition, wanted)
        if rare is not None:
            if order is not Order.URGENCY:
                return [Branch("NOT INDEXED", f"live = 1 AND id IN ({rare})")]
            return self._asleep_and_awake("NOT INDEXED", f"live = 1 AND id IN ({rare})", "NOT INDEXED")
        if order is not Order.URGENCY:
            return [Branch(_BY[order][1], "live = 1")]
        late = _single(wanted, "is") == "late"
        return [
            Branch(branch.index, f"{branch.where} AND {branch.due} <= :now" if late else branch.where, branch.due)
            for index, where in self._scopes(condition, wanted)
            for branch in self._asleep_and_awake(index, where)
        ]

    def cells(self, now: datetime, rules: Rules) -> list[tuple[Cell, int]]:
        """How many unresolved tickets count alike at `now`: the tally, put right where time has turned a ticket."""
        counts: defaultdict[Cell, int] = defaultdict(int)
        for *key, tickets in self.database.rows("SELECT * FROM tally WHERE tickets <> 0"):
            counts[Cell(*key)] = tickets
        turned = f"""
            SELECT tier, team, coalesce(assignee, ''), bounces > 0, counted, {COUNTED}, count(*)
            FROM ticket INDEXED BY ticket_turns WHERE live = 1 AND turns_at <= :now GROUP BY 1, 2, 3, 4, 5, 6
        """
        for tier, team, assignee, bouncing, was, is_now, tickets in self.database.rows(
            turned, moment_parameters(now, rules)
        ):
            counts[Cell(tier, team, assignee, bouncing, was)] -= tickets
            cell = Cell(tier, team, assignee, bouncing, is_now)
            counts[cell] += tickets
        return [(cell, tickets) for cell, tickets in counts.items() if tickets]

    def cells_of(self, wanted: Filter, now: datetime, me: str, rules: Rules) -> list[tuple[Cell, int]]:
        """The same for the tickets that a filter lets through, by looking at each of them."""
        condition = Condition(wanted, now, me, rules)
        return [
            (Cell(*cell), tickets)
            for *cell, tickets in self.database.rows(
                f"SELECT tier, team, coalesce(assignee, ''), bounces > 0, {COUNTED} AS at_now, count(*)"
                f" FROM ticket WHERE live = 1 AND {condition.sql} GROUP BY 1, 2, 3, 4, 5",
                condition.parameters,
            )
        ]

    def oldest(self, wanted: Filter, now: datetime, me: str, rules: Rules, *, few: bool) -> str | None:
        """The opening of the oldest ticket that the filter lets through; `few`: there are not many of them."""
        condition = Condition(wanted, now, me, rules)
        scopes = self._scopes(condition, wanted)
        if few and len(scopes) == 1:
            (index, where), *_ = scopes
            sql = f"SELECT min(opened_at) FROM ticket {index} WHERE {where} AND {condition.sql}"
        else:
            sql = (
                "SELECT opened_at FROM ticket INDEXED BY ticket_opened"
                f" WHERE live = 1 AND {condition.sql} ORDER BY opened_at LIMIT 1"
            )
        found = self.database.value(sql, condition.parameters)
        return None if found is None else str(found)

    def turned_between(self, then: datetime, now: datetime) -> bool:
        """Whether a ticket turns in the time after `then` up to `now`."""
        sql = (
            "SELECT EXISTS (SELECT 1 FROM ticket INDEXED BY ticket_turns"
            " WHERE live = 1 AND turns_at > ? AND turns_at <= ?)"
        )
        return bool(self.database.value(sql, (iso(then), iso(now))))

    def all_lines(self, wanted: Filter, now: datetime, me: str, rules: Rules, limit: int | None) -> list[Line]:
        """Tickets in any state, in urgency order; done ones have no due instant and so stand last."""
        condition = Condition(wanted, now, me, rules)
        rows = self.database.rows(
            f"SELECT {_LINE} FROM ticket WHERE {condition.sql} ORDER BY due_at, priority, opened_at, id LIMIT :limit",
            condition.parameters | {"limit": -1 if limit is None else limit},
        )
        return [Line(*row) for row in rows]

    def count_all(self, wanted: Filter, now: datetime, me: str, rules: Rules) -> int:
        """How many tickets in any state the filter lets through."""
        condition = Condition(wanted, now, me, rules)
        return int(self.database.value(f"SELECT count(*) FROM ticket WHERE {condition.sql}", condition.parameters))

    def tiers_in_use(self) -> list[str]:
        """The tiers at which unresolved tickets stand."""
        return [tier for (tier,) in self.database.rows("SELECT DISTINCT tier FROM tally WHERE tickets <> 0")]

    def highest_number(self) -> int | None:
        """The highest number of a ticket in any state; None where there is none."""
        found = self.database.value("SELECT max(id) FROM ticket")
        return None if found is None else int(found)

    def saved(self) -> list[tuple[str, str]]:
        """Names and filters of the saved queues, in their order."""
        return [
            (name, text) for name, text in self.database.rows("SELECT name, filter FROM saved_queue ORDER BY position")
        ]

    def save(self, name: str, text: str) -> None:
        """Keeps a filter under a name, in the place it has or as the last."""
        self.database.execute(
            "INSERT INTO saved_queue (name, filter, position)"
            " VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM saved_queue))"
            " ON CONFLICT DO UPDATE SET filter = excluded.filter",
            (name, text),
        )

    def _scopes(self, condition: Condition, wanted: Filter) -> list[tuple[str, str]]:
        """The index to walk and what it is walked by; several where the filter names no one tier, team or person."""
        if who := _single(wanted, "who"):
            person = person_named(who, condition.me)
            where = "assignee IS NULL" if person is None else f"assignee = {condition.bind(person)}"
            return [("INDEXED BY ticket_assignee", f"live = 1 AND {where}")]
        if team := _single(wanted, "team"):
            return [("INDEXED BY ticket_team", f"live = 1 AND team = {condition.bind(team)}")]
        if _single(wanted, "is") == "waiting":
            return [("INDEXED BY ticket_waiting", "live = 1 AND state = 'waiting'")]
        if _single(wanted, "is") == "bouncing":
            return [("INDEXED BY ticket_bouncing", "live = 1 AND bounces > 0")]
        tier = _single(wanted, "tier")
        tiers = [tier] if tier else self.tiers_in_use() or ["L1"]
        return [("INDEXED BY ticket_tier", f"live = 1 AND tier = {condition.bind(each)}") for each in tiers]

    def _asleep_and_awake(self, index: str, where: str, woken: str = "INDEXED BY ticket_woken") -> list[Branch]:
        """Tickets whose wake-up has passed stand by the clock that woke with them."""
        return [
            Branch(index, f"{where} AND {_ASLEEP}", "due_at"),
            Branch(woken, f"{where} AND {_AWAKE}", "woken_due_at"),
        ]

    def _rare(self, condition: Condition, wanted: Filter) -> str | None:
        """A query for the numbers of a few tickets among which all that the filter lets through are; None where
        it would give many."""
        for query in self._drivers(condition, wanted):
            number = self.database.value(f"SELECT count(*) FROM ({query} LIMIT {FEW + 1})", condition.parameters)
            if number <= FEW:
                return query
        return None

    def _drivers(self, condition: Condition, wanted: Filter) -> Iterable[str]:
        for words in wanted.words:
            if words.words and not words.negated:
                yield f"SELECT rowid FROM ticket_words WHERE ticket_words MATCH {condition.bind(match(words))}"
        for term in wanted.terms:
            if term.negated or len(term.values) > 1 or term.operator is not Operator.EQUAL:
                continue
            match term.field, term.values[0]:
                case "number", value:
                    yield f"SELECT id FROM ticket WHERE id = {condition.bind(value)}"
                case "external", value:
                    yield f"SELECT id FROM ticket WHERE external = {condition.bind(value)}"
                case "is", "stale":
                    yield condition.untouched("stale")
                case "is", "graveyard":
                    yield condition.untouched("graveyard")
                case _:
                    pass


def _single(wanted: Filter, name: str) -> str | None:
    """The one value that a filter demands of a field, where it demands just one."""
    for term in wanted.terms:
        if term.field == name and not term.negated and len(term.values) == 1:
            return str(term.values[0])
    return None
