"""A queue as the virtual list reads it, every answer for one moment."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from workbench.queues.filters import Filter, Operator, Term
from workbench.queues.model import Line
from workbench.queues.service import QueueService
from workbench.queues.store import Order

NEAR = 5_000
"""Lines that are counted at once: from either end, or from a place that is known."""
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
        return self._count

    @cached_property
    def _count(self) -> int:
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

    def rank(self, row: Line, about: int | None = None) -> int:
        """How many lines stand before the place of `row`, or `about` so many where that is far from both ends.

        To count half a million lines takes as long as two frames.
        """
        before = self._selection.rank(row, NEAR)
        if before < NEAR:
            return before
        rest = self._selection.rest(row, NEAR)
        if rest < NEAR:
            return max(0, self.count() - rest)
        return self._selection.rank(row) if about is None else about

    def distance(self, origin: Line, row: Line) -> int | None:
        """How many lines further down `row` stands than the place of `origin`; None where that is far."""
        down, up = self._selection.between(origin, row, NEAR), self._selection.between(row, origin, NEAR)
        return down - up if max(down, up) < NEAR else None

    def find(self, key: int) -> Line | None:
        """The line of that ticket as it stands now; None if it left the queue."""
        return self._selection.find(key)

    def key(self, row: Line) -> int:
        """The ticket's number."""
        return row.ref


def without(wanted: Filter, refs: frozenset[int]) -> Filter:
    """What lets through the same but for those tickets."""
    return Filter((*wanted.terms, Term("number", tuple(sorted(refs)), Operator.EQUAL, negated=True)), wanted.words)
