"""A list of late tickets, on top of which those stand that were handed off and that nobody has accepted."""

from typing import Final

from workbench.database import Database
from workbench.queues.filters import Filter, Term, parse
from workbench.queues.model import Line
from workbench.queues.selection import EVERY, Selection
from workbench.queues.sql import Condition
from workbench.queues.walks import Order, demanded

_UNACCEPTED: Final = parse("is:unaccepted").terms
_OTHERS: Final = parse("-is:unaccepted").terms


def unaccepted_first(wanted: Filter, order: Order) -> bool:
    """Whether a list is one of late tickets, and so has those on top that nobody has accepted."""
    return order is Order.URGENCY and demanded(wanted, "is", "late") is not None


class Headed(Selection):
    """Two lists read as one, each in its order: their sender waits for an answer that nobody has begun to give.

    Of a late ticket that nobody has accepted the time to respond has passed, or another one that is longer.
    """

    def __init__(self, database: Database, condition: Condition, wanted: Filter, order: Order, down: bool) -> None:
        super().__init__(database, condition, wanted, order, down)
        parts = [
            Selection(database, Condition(part, condition.now, condition.me, condition.limits), part, order, down)
            for part in (_with(wanted, _UNACCEPTED), _with(wanted, _OTHERS))
        ]
        self._first, self._second = reversed(parts) if down else parts

    def page(self, limit: int, *, offset: int = 0, backwards: bool = False) -> list[Line]:
        """`limit` lines from the beginning or, backwards, the last ones; always in list order."""
        near, far = (self._second, self._first) if backwards else (self._first, self._second)
        lines = near.page(limit, offset=offset, backwards=backwards)
        if len(lines) == limit:
            return lines
        beyond = max(0, offset - near.count()) if offset and not lines else 0
        others = far.page(limit - len(lines), offset=beyond, backwards=backwards)
        return [*others, *lines] if backwards else [*lines, *others]

    def beyond(self, line: Line, limit: int, *, backwards: bool = False) -> list[Line]:
        """The lines that follow one, or precede it; found by its place, so that it may have left meanwhile."""
        part = self._part(line)
        lines = part.beyond(line, limit, backwards=backwards)
        other = self._first if backwards else self._second
        if part is other or len(lines) == limit:
            return lines
        others = other.page(limit - len(lines), backwards=backwards)
        return [*others, *lines] if backwards else [*lines, *others]

    def rank(self, line: Line, most: int = EVERY) -> int:
        """How many lines stand before the place of this one; `most` where there are as many."""
        part = self._part(line)
        before = 0 if part is self._first else self._first.count(most)
        return min(most, before + part.rank(line, most))

    def rest(self, line: Line, most: int = EVERY) -> int:
        """How many lines stand at the place of this one and behind it; `most` where there are as many."""
        part = self._part(line)
        behind = 0 if part is self._second else self._second.count(most)
        return min(most, part.rest(line, most) + behind)

    def between(self, first: Line, last: Line, most: int = EVERY) -> int:
        """How many lines stand from the place of the first to before that of the last; `most` where as many."""
        begins, ends = self._part(first), self._part(last)
        if begins is ends:
            return begins.between(first, last, most)
        return 0 if begins is self._second else min(most, begins.rest(first, most) + ends.rank(last, most))

    def refs(self, limit: int) -> list[int]:
        """The numbers of the first `limit` tickets, in list order."""
        refs = self._first.refs(limit)
        return refs if len(refs) == limit else [*refs, *self._second.refs(limit - len(refs))]

    def _part(self, line: Line) -> Selection:
        return self._first if bool(line.unaccepted) is not self.down else self._second


def _with(wanted: Filter, terms: tuple[Term, ...]) -> Filter:
    return Filter((*wanted.terms, *terms), wanted.words)
