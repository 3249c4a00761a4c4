"""Queues read from the database: pages of lines in order, and counts that need not look at every ticket."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.queues.filters import Filter
from workbench.queues.model import Cell, Line
from workbench.queues.sql import OWNERS, Condition
from workbench.queues.walks import BY, SORTS, Order, Walk, Walks
from workbench.tickets.clocks import Rules
from workbench.tickets.sql import CLOSED_AT, COUNTED, DUE, STATE, WAITS, moment_parameters

__all__ = ["Order", "QueueStore", "Selection"]

R = TypeVar("R")

_AS_SEEN: Final = {
    "ref": "id",
    "state": STATE,
    "waiting_for": f"iif({WAITS}, waiting_for, NULL)",
    "waiting_reason": f"iif({WAITS}, waiting_reason, NULL)",
    "wakes_at": f"iif({WAITS}, wakes_at, NULL)",
    "lead": "iif(wakes_at <= :now, woken_lead, lead)",
    "due_at": DUE,
    "closed_at": CLOSED_AT,
    "owners": OWNERS,
}
EVERY: Final = sys.maxsize
"""Lines counted at most where all of them are."""
_TURNED: Final = str.maketrans("<>", "><")
_LINE: Final = ", ".join(f"{_AS_SEEN.get(name, name)} AS {name}" for name in Line._fields)

_OLDEST: Final = f"""
    SELECT opened_at, tier, team, coalesce(assignee, ''), bounces > 0, iif(turns_at > :now, counted, {COUNTED})
    FROM ticket INDEXED BY ticket_opened WHERE live = 1 ORDER BY opened_at LIMIT :most
"""


class Selection:
    """The unresolved tickets that a filter lets through at one moment, in one order: what a list shows."""

    def __init__(self, database: Database, condition: Condition, wanted: Filter, order: Order, down: bool) -> None:
        self.database = database
        self.condition = condition
        self.order = order
        self.down = down
        walks = Walks(database, condition, wanted, order)
        self._walks = walks.in_order()
        self._counting = walks.for_counting()

    def page(self, limit: int, *, offset: int = 0, backwards: bool = False) -> list[Line]:
        """`limit` lines from the beginning or, backwards, the last ones; always in list order."""
        return self._lines("", {}, limit, offset, backwards)

    def beyond(self, line: Line, limit: int, *, backwards: bool = False) -> list[Line]:
        """The lines that follow one, or precede it; found by its place, so that it may have left meanwhile."""
        place, values = self._place(line, "<" if backwards else ">")
        return self._lines(place, values, limit, 0, backwards)

    def rank(self, line: Line, most: int = EVERY) -> int:
        """How many lines stand before the place of this one; `most` where there are as many."""
        return self._count(*self._place(line, "<"), most)

    def rest(self, line: Line, most: int = EVERY) -> int:
        """How many lines stand at the place of this one and behind it; `most` where there are as many."""
        return self._count(*self._place(line, ">="), most)

    def between(self, first: Line, last: Line, most: int = EVERY) -> int:
        """How many lines stand from the place of the first to before that of the last; `most` where as many."""
        begins, values = self._place(first, ">=", "from")
        ends, others = self._place(last, "<", "to")
        return self._count(f"{begins} AND {ends}", values | others, most)

    def count(self) -> int:
        """How many lines there are; a query, where the tally cannot tell."""
        return self._count("", {})

    def find(self, ref: int) -> Line | None:
        """The line of a ticket as it stands now; None where it is not in the list."""
        sql = f"SELECT {_LINE} FROM ticket WHERE id = :ref AND live = 1 AND {self.condition.sql}"
        rows = self.database.rows(sql, self.condition.parameters | {"ref": ref})
        return Line._make(rows[0]) if rows else None

    def refs(self, limit: int) -> list[int]:
        """The numbers of the first `limit` tickets, in list order."""
        sql = self._keys("", falling=self.down)
        parameters = self.condition.parameters | {"limit": limit, "offset": 0}
        return [ref for (ref,) in self.database.rows(sql, parameters)]

    def _count(self, place: str, values: dict[str, Any], most: int = EVERY) -> int:
        parameters = self.condition.parameters | values
        if most == EVERY:
            counts = [self._select("count(*)", walk, place) for walk in self._counting]
        else:
            met = (self._select("1", walk, place) for walk in self._counting)
            counts = [f"SELECT count(*) FROM ({each} LIMIT {most})" for each in met]
        return min(most, sum(int(self.database.value(sql, parameters)) for sql in counts))

    def _lines(self, place: str, values: dict[str, Any], limit: int, offset: int, backwards: bool) -> list[Line]:
        falling = backwards is not self.down
        order = ", ".join(f"{column} {'DESC' if falling else 'ASC'}" for column in self._columns("due_at"))
        found = self.database.rows(
            f"SELECT {_LINE} FROM ticket WHERE id IN ({self._keys(place, falling=falling)}) ORDER BY {order}",
            self.condition.parameters | values | {"limit": limit, "offset": offset},
        )
        lines = [Line._make(row) for row in found]
        return lines[::-1] if backwards else lines

    def _keys(self, place: str, *, falling: bool) -> str:
        """A query for the numbers of tickets in order, from :offset on and at most :limit of them."""
        parts = []
        for walk in self._walks:
            inner = ", ".join(f"{column} {'DESC' if falling else 'ASC'}" for column in self._columns(walk.due))
            parts.append(
                f"SELECT * FROM ({self._select('id AS ref, ' + self._key_columns(walk.due), walk, place)}"
                f" ORDER BY {inner} LIMIT :limit + :offset)"
            )
        together = " UNION ALL ".join(parts)
        return f"SELECT ref FROM ({together}) ORDER BY {self._outer(falling)} LIMIT :limit OFFSET :offset"

    def _select(self, what: str, walk: Walk, place: str) -> str:
        where = " AND ".join(part for part in (walk.where, walk.rest, place.format(due=walk.due)) if part)
        return f"SELECT {what} FROM ticket {walk.through} WHERE {where}"

    def _columns(self, due: str) -> tuple[str, ...]:
        if self.order is Order.URGENCY:
            return (due, "priority", "opened_at", "id")
        if self.order in SORTS:
            column, compared = SORTS[self.order]
            return (compared.format(column), DUE, "id")
        return (BY[self.order][0], "id")

    def _key_columns(self, due: str) -> str:
        columns = self._columns(due)
        return ", ".join(f"{column} AS k{place}" for place, column in enumerate(columns))

    def _outer(self, falling: bool) -> str:
        return ", ".join(f"k{place} {'DESC' if falling else 'ASC'}" for place in range(len(self._columns(""))))

    def _place(self, line: Line, sign: str, name: str = "k") -> tuple[str, dict[str, Any]]:
        """What holds for the tickets before, behind (or at) the place of a line, as the list goes."""
        if self.down:
            sign = sign.translate(_TURNED)
        columns, key = self._columns("{due}"), self._key(line)
        names = [f":{name}{place}" for place in range(len(columns))]
        values = {name[1:]: value for name, value in zip(names, key, strict=True)}
        if self.order in SORTS:
            names[0] = SORTS[self.order][1].format(names[0])
        return f"({', '.join(columns)}) {sign} ({', '.join(names)})", values

    def _key(self, line: Line) -> tuple[Any, ...]:
        """What `_columns` are of a line."""
        if self.order is Order.URGENCY:
            return line.key
        if self.order in SORTS:
            return (getattr(line, SORTS[self.order][0]), line.due_at, line.ref)
        name = BY[self.order][0]
        return (line.ref if name == "id" else getattr(line, name), line.ref)


class QueueStore:
    """Reads queues; nothing here writes but saved queues."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def select(
        self, wanted: Filter, now: datetime, me: str, rules: Rules, order: Order = Order.URGENCY, down: bool = False
    ) -> Selection:
        """The unresolved tickets that the filter lets through at `now`; `down` turns the order round."""
        return Selection(self.database, Condition(wanted, now, me, rules), wanted, order, down)

    def lines(self, refs: Sequence[int], now: datetime, rules: Rules, *, resolved: bool = False) -> list[Line]:
        """Those tickets, in the order of the numbers; those that are resolved only where that is said."""
        rows = self.database.rows(
            f"SELECT {_LINE} FROM ticket WHERE (live = 1 OR :resolved) AND id IN (SELECT value FROM json_each(:refs))",
            moment_parameters(now, rules) | {"refs": json.dumps(list(refs)), "resolved": resolved},
        )
        found = {row[0]: Line._make(row) for row in rows}
        return [found[ref] for ref in refs if ref in found]

    def is_common(self, word: str, often: int) -> bool:
        """Whether words that begin with this one stand in tickets so often; it must be written as the index has it."""
        terms = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.ticket_terms USING fts5vocab (main, ticket_words, instance)"
        self.database.rows(terms)
        sql = "SELECT count(*) FROM (SELECT 1 FROM temp.ticket_terms WHERE term >= ? AND term < ? LIMIT ?)"
        return int(self.database.value(sql, (word, f"{word}\U0010ffff", often))) == often

    def texts(self, refs: Sequence[int]) -> dict[int, str]:
        """What is searched for words in those tickets: subject, requester and body, a line between them."""
        rows = self.database.rows(
            "SELECT id, subject || char(10) || coalesce(contact, '') || char(10) || body FROM ticket"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(refs)),),
        )
        return dict(rows)

    def cells(self, now: datetime, rules: Rules) -> dict[Cell, int]:
        """How many unresolved tickets count alike at `now`: the tally, put right where time has turned a ticket."""
        tally = self.database.rows("SELECT * FROM tally WHERE tickets <> 0")
        counts = {Cell._make(row[:-1]): row[-1] for row in tally}
        turned = f"""
            SELECT tier, team, coalesce(assignee, ''), bounces > 0, counted, {COUNTED}, count(*)
            FROM ticket INDEXED BY ticket_turns WHERE live = 1 AND turns_at <= :now GROUP BY 1, 2, 3, 4, 5, 6
        """
        for tier, team, assignee, bouncing, was, is_now, tickets in self.database.rows(
            turned, moment_parameters(now, rules)
        ):
            before = Cell(tier, team, assignee, bouncing, was)
            counts[before] -= tickets
            if not counts[before]:
                del counts[before]
            cell = before._replace(counted=is_now)
            counts[cell] = counts.get(cell, 0) + tickets
        return counts

    def cells_of(self, wanted: Filter, now: datetime, me: str, rules: Rules) -> list[tuple[Cell, int]]:
        """The same for the tickets that a filter lets through, by looking at each of them."""
        condition = Condition(wanted, now, me, rules)
        rare = Walks(self.database, condition, wanted, Order.AGE).rare
        few = f" AND id IN ({rare})" if rare else ""
        return [
            (Cell(*cell), tickets)
            for *cell, tickets in self.database.rows(
                f"SELECT tier, team, coalesce(assignee, ''), bounces > 0, {COUNTED} AS at_now, count(*)"
                f" FROM ticket WHERE live = 1{few} AND {condition.sql} GROUP BY 1, 2, 3, 4, 5",
                condition.parameters,
            )
        ]

    def oldest_of_all(self, now: datetime, rules: Rules, most: int, see: Callable[[Iterable[tuple[Any, ...]]], R]) -> R:
        """What `see` makes of the oldest unresolved tickets, each told by its opening and then its cell at `now`."""
        return self.database.fold(_OLDEST, moment_parameters(now, rules) | {"most": most}, see)

    def oldest(self, wanted: Filter, now: datetime, me: str, rules: Rules, *, few: bool) -> str | None:
        """The opening of the oldest ticket that the filter lets through; `few`: there are not many of them."""
        condition = Condition(wanted, now, me, rules)
        walks = Walks(self.database, condition, wanted)
        if walks.rare is not None:
            sql = f"SELECT min(opened_at) FROM ticket WHERE live = 1 AND id IN ({walks.rare}) AND {condition.sql}"
        elif few and len(scopes := walks.scopes()) == 1:
            (index, where), *_ = scopes
            sql = f"SELECT min(opened_at) FROM ticket {index} WHERE {where} AND {condition.sql}"
        else:
            sql = (
                "SELECT opened_at FROM ticket INDEXED BY ticket_opened"
                f" WHERE live = 1 AND {condition.sql} ORDER BY opened_at LIMIT 1"
            )
        found = self.database.value(sql, condition.parameters)
        return None if found is None else str(found)

    def next_turn(self, then: datetime) -> datetime | None:
        """The first instant after `then` at which a ticket turns; None where none does."""
        sql = "SELECT min(turns_at) FROM ticket INDEXED BY ticket_turns WHERE live = 1 AND turns_at > ?"
        found = self.database.value(sql, (iso(then),))
        return None if found is None else stored(found)

    def all_lines(self, wanted: Filter, now: datetime, me: str, rules: Rules, limit: int | None) -> list[Line]:
        """Tickets in any state, in urgency order; done ones have no due instant and so stand last."""
        condition = Condition(wanted, now, me, rules)
        rows = self.database.rows(
            f"SELECT {_LINE} FROM ticket WHERE {condition.sql} ORDER BY due_at, priority, opened_at, id LIMIT :limit",
            condition.parameters | {"limit": -1 if limit is None else limit},
        )
        return [Line._make(row) for row in rows]

    def count_all(self, wanted: Filter, now: datetime, me: str, rules: Rules) -> int:
        """How many tickets in any state the filter lets through."""
        condition = Condition(wanted, now, me, rules)
        return int(self.database.value(f"SELECT count(*) FROM ticket WHERE {condition.sql}", condition.parameters))

    def has_catalogue(self) -> bool:
        """Whether any component is in use."""
        return bool(self.database.value("SELECT EXISTS (SELECT 1 FROM component WHERE retired = 0)"))

    def highest_number(self) -> int | None:
        """The highest number of a ticket in any state; None where there is none."""
        found = self.database.value("SELECT max(id) FROM ticket")
        return None if found is None else int(found)
