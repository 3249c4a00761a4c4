"""Queues read from the database: pages of lines in order, and counts that need not look at every ticket."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.errors import NotFound
from workbench.queues.filters import Filter
from workbench.queues.headed import Headed, unaccepted_first
from workbench.queues.model import Cell, Line
from workbench.queues.selection import LINE, Selection
from workbench.queues.sql import UNACCEPTED, Condition
from workbench.queues.walks import Order, Walks
from workbench.tickets.clocks import Thresholds
from workbench.tickets.components import NAMED_COMPONENTS
from workbench.tickets.sql import COUNTED, moment_parameters

__all__ = ["Order", "QueueStore", "Selection"]

R = TypeVar("R")

_OLDEST: Final = f"""
    SELECT opened_at, tier, team, coalesce(assignee, ''), bounces > 0, iif(turns_at > :now, counted, {COUNTED})
    FROM ticket INDEXED BY ticket_opened WHERE live = 1 ORDER BY opened_at LIMIT :most
"""


class QueueStore:
    """Reads queues; nothing here writes but saved queues."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def select(
        self,
        wanted: Filter,
        now: datetime,
        me: str,
        limits: Thresholds,
        order: Order = Order.URGENCY,
        down: bool = False,
    ) -> Selection:
        """The unresolved tickets that the filter lets through at `now`; `down` turns the order round."""
        kind = Headed if unaccepted_first(wanted, order) else Selection
        return kind(self.database, Condition(wanted, now, me, limits), wanted, order, down)

    def lines(self, refs: Sequence[int], now: datetime, limits: Thresholds, *, resolved: bool = False) -> list[Line]:
        """Those tickets, in the order of the numbers; those that are resolved only where that is said."""
        rows = self.database.rows(
            f"SELECT {LINE} FROM ticket WHERE (live = 1 OR :resolved) AND id IN (SELECT value FROM json_each(:refs))",
            moment_parameters(now, limits) | {"refs": json.dumps(list(refs)), "resolved": resolved},
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

    def cells(self, now: datetime, limits: Thresholds) -> dict[Cell, int]:
        """How many unresolved tickets count alike at `now`: the tally, put right where time has turned a ticket."""
        tally = self.database.rows("SELECT * FROM tally WHERE tickets <> 0")
        counts = {Cell._make(row[:-1]): row[-1] for row in tally}
        turned = f"""
            SELECT tier, team, coalesce(assignee, ''), bounces > 0, counted, {COUNTED}, count(*)
            FROM ticket INDEXED BY ticket_turns WHERE live = 1 AND turns_at <= :now GROUP BY 1, 2, 3, 4, 5, 6
        """
        for tier, team, assignee, bouncing, was, is_now, tickets in self.database.rows(
            turned, moment_parameters(now, limits)
        ):
            before = Cell(tier, team, assignee, bouncing, was)
            counts[before] -= tickets
            if not counts[before]:
                del counts[before]
            cell = before._replace(counted=is_now)
            counts[cell] = counts.get(cell, 0) + tickets
        return counts

    def cells_of(self, wanted: Filter, now: datetime, me: str, limits: Thresholds) -> list[tuple[Cell, int]]:
        """The same for the tickets that a filter lets through, by looking at each of them."""
        condition = Condition(wanted, now, me, limits)
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

    def oldest_of_all(
        self, now: datetime, limits: Thresholds, most: int, see: Callable[[Iterable[tuple[Any, ...]]], R]
    ) -> R:
        """What `see` makes of the oldest unresolved tickets, each told by its opening and then its cell at `now`."""
        return self.database.fold(_OLDEST, moment_parameters(now, limits) | {"most": most}, see)

    def oldest(self, wanted: Filter, now: datetime, me: str, limits: Thresholds, *, few: bool) -> str | None:
        """The opening of the oldest ticket that the filter lets through; `few`: there are not many of them."""
        condition = Condition(wanted, now, me, limits)
        walks = Walks(self.database, condition, wanted)
        if walks.rare is not None:
            sql = f"SELECT min(opened_at) FROM ticket WHERE live = 1 AND id IN ({walks.rare}) AND {condition.sql}"
        elif few and len(scopes := walks.scopes()) == 1:
            (scope,) = scopes
            sql = f"SELECT min(opened_at) FROM ticket {scope.through} WHERE {scope.where} AND {condition.sql}"
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

    def all_lines(self, wanted: Filter, now: datetime, me: str, limits: Thresholds, limit: int | None) -> list[Line]:
        """Tickets in any state, in the order of `select`; done ones have no due instant and so stand last."""
        condition = Condition(wanted, now, me, limits)
        order = "due_at, priority, opened_at, id"
        if unaccepted_first(wanted, Order.URGENCY):
            order = f"{UNACCEPTED} DESC, {order}"
        rows = self.database.rows(
            f"SELECT {LINE} FROM ticket WHERE {condition.sql} ORDER BY {order} LIMIT :limit",
            condition.parameters | {"limit": -1 if limit is None else limit},
        )
        return [Line._make(row) for row in rows]

    def count_all(self, wanted: Filter, now: datetime, me: str, limits: Thresholds) -> int:
        """How many tickets in any state the filter lets through."""
        condition = Condition(wanted, now, me, limits)
        return int(self.database.value(f"SELECT count(*) FROM ticket WHERE {condition.sql}", condition.parameters))

    def has_catalogue(self) -> bool:
        """Whether any component is in use."""
        return bool(self.database.value("SELECT EXISTS (SELECT 1 FROM component WHERE retired = 0)"))

    def require_component(self, name: str) -> None:
        """NotFound, with the nearest, where neither the catalogue nor a ticket has it, unless there is none at all."""
        known = "SELECT 1 FROM component WHERE slug = ?1 UNION ALL SELECT 1 FROM ticket WHERE component = ?1 LIMIT 1"
        if self.database.value(known, (name,)) is None:
            names = [each for (each,) in self.database.rows(f"{NAMED_COMPONENTS} UNION SELECT slug FROM component")]
            if names:
                raise NotFound.among("component", name, names)

    def highest_number(self) -> int | None:
        """The highest number of a ticket in any state; None where there is none."""
        found = self.database.value("SELECT max(id) FROM ticket")
        return None if found is None else int(found)
