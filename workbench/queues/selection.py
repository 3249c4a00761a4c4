"""The tickets of a list as they are read: pages in an order, places, and counts, all by indexes."""

import sys
from typing import Any, Final

from workbench.database import Database
from workbench.queues.filters import Filter
from workbench.queues.model import Line
from workbench.queues.sql import OWNERS, PROBLEM, UNACCEPTED, Condition
from workbench.queues.walks import BY, SORTS, Order, Walk, Walks
from workbench.tickets.sql import CLOSED_AT, DUE, STATE, WAITS

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
    "unaccepted": UNACCEPTED,
    "problem": PROBLEM,
}
EVERY: Final = sys.maxsize
"""Lines counted at most where all of them are."""
_TURNED: Final = str.maketrans("<>", "><")
LINE: Final = ", ".join(f"{_AS_SEEN.get(name, name)} AS {name}" for name in Line._fields)
"""What a list reads of a ticket."""


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

    def count(self, most: int = EVERY) -> int:
        """How many lines there are, `most` where there are as many; a query, where the tally cannot tell."""
        return self._count("", {}, most)

    def find(self, ref: int) -> Line | None:
        """The line of a ticket as it stands now; None where it is not in the list."""
        sql = f"SELECT {LINE} FROM ticket WHERE id = :ref AND live = 1 AND {self.condition.sql}"
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
        found = 0
        for sql in counts:  # the rarer walks come last, and often nobody needs to know what they meet
            found += int(self.database.value(sql, parameters))
            if found >= most:
                return most
        return found

    def _lines(self, place: str, values: dict[str, Any], limit: int, offset: int, backwards: bool) -> list[Line]:
        falling = backwards is not self.down
        order = ", ".join(f"{column} {'DESC' if falling else 'ASC'}" for column in self._columns("due_at"))
        found = self.database.rows(
            f"SELECT {LINE} FROM ticket WHERE id IN ({self._keys(place, falling=falling)}) ORDER BY {order}",
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
            return (compared.format(_AS_SEEN.get(column, column)), DUE, "id")
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
