"""A queue as the virtual list reads it, every answer for one moment."""

from collections.abc import Sequence
from datetime import datetime

from workbench.queues.filters import Filter, Operator, Term
from workbench.queues.model import Line
from workbench.queues.service import QueueService
from workbench.queues.store import Order

MOST_ASIDE = 100
"""Tickets that can be put aside; each is a condition more on every line that is read."""


class QueueSource:
    """The lines of a filter that the counters can count, in one order, without those put aside."""

    def __init__(
        self,
        queues: QueueService,
        wanted: Filter,
        order: Order = Order.URGENCY,
        *,
        down: bool = False,
        aside: frozenset[int] = frozenset(),
        at: datetime | None = None,
    ) -> None:
        self.queues = queues
        self.wanted = wanted
        self._aside = aside
        self._all = queues.select(wanted, order, down=down, at=at)
        self._selection = queues.select(without(wanted, aside), order, down=down, at=at) if aside else self._all

    def count(self) -> int:
        """How many lines there are; those put aside are looked up one by one, the others counted by the tally."""
        return self.queues.size(self.wanted) - sum(self._all.find(ref) is not None for ref in self._aside)

    def page(self, offset: int, limit: int) -> Sequence[Line]:
        """The lines from `offset` on."""
        return self._selection.page(limit, offset=offset)

    def after(self, row: Line, limit: int) -> Sequence[Line]:
        """The next lines behind `row`."""
        return self._selection.beyond(row, limit)

    def before(self, row: Line, limit: int) -> Sequence[Line]:
        """The last lines before `row`."""
        return self._selection.beyond(row, limit, backwards=True)

    def last(self, limit: int) -> Sequence[Line]:
        """The lines at the end."""
        return self._selection.page(limit, backwards=True)

    def rank(self, row: Line) -> int:
        """How many lines stand before `row`."""
        return self._selection.rank(row)

    def find(self, key: int) -> Line | None:
        """The line of that ticket as it stands now; None if it left the queue."""
        return self._selection.find(key)

    def key(self, row: Line) -> int:
        """The ticket's number."""
        return row.ref


def without(wanted: Filter, refs: frozenset[int]) -> Filter:
    """What lets through the same but for those tickets."""
    return Filter((*wanted.terms, Term("number", tuple(sorted(refs)), Operator.EQUAL, negated=True)), wanted.words)
