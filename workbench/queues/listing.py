"""What the list of tickets shows: a queue, narrowed by a filter, in an order, without what was put aside."""

from collections.abc import Sequence
from datetime import datetime

from workbench.queues.filters import Filter
from workbench.queues.finding import Found, FoundSource, Search, at_once
from workbench.queues.glance import glance
from workbench.queues.model import Line, Queue, countable
from workbench.queues.service import QueueService
from workbench.queues.source import QueueSource
from workbench.queues.store import Order
from workbench.queues.walks import SORTED, SORTS
from workbench.tickets.clocks import Standing
from workbench.tickets.lookback import looks_back

NO_FILTER = Filter()
LARGE = 100_000
"""Tickets; among so many the first are looked at before all that the filter lets through are gathered."""
_DOWN = frozenset((Order.TOUCHED, Order.NUMBER))
"""Orders that begin with the largest unless turned round: what was touched last, the newest number."""


class Listing:
    """The list as it is read, every answer for one moment until it is renewed.

    What it is to show may be changed at any time; it shows that from the next `renew` on.
    """

    def __init__(self, queues: QueueService, queue: Queue) -> None:
        self.queues = queues
        self.queue = queue
        self.typed = NO_FILTER
        self.order = Order.URGENCY
        self.turned_round = False
        self.aside: frozenset[int] = frozenset()
        """Numbers of tickets that are hidden until the program ends."""
        self.at: datetime = queues.clock.now()
        self._turns_at = queues.next_turn(self.at)
        self._standing = queues.standings()
        self._lines: QueueSource | FoundSource = QueueSource(queues, queue.filter, at=self.at)

    @property
    def wanted(self) -> Filter:
        """What the queue and what was typed let through together."""
        queue, typed = self.queue.filter, self.typed
        return Filter((*queue.terms, *typed.terms), (*queue.words, *typed.words))

    @property
    def more(self) -> bool:
        """Whether there are others behind those that are counted here."""
        return isinstance(self._lines, FoundSource) and self._lines.more

    @property
    def answers(self) -> bool:
        """Whether the lines are those of what is wanted now, be they only the first of them."""
        return countable(self.wanted) or self.shows(self._search())

    def turned(self) -> bool:
        """Whether time alone has changed any ticket's stage since."""
        return self._turns_at is not None and self._turns_at <= self.queues.clock.now()

    def standing(self, line: Line) -> Standing:
        """Where a line stands at the present moment."""
        return self._standing(line, self.queues.clock.now())

    def renew(self) -> Search | None:
        """From here on the answers are for what is wanted now, at the present moment.

        Where that takes longer than a key may wait, what has to be found is returned, and `take` takes it; until then
        they are for the first tickets that were met at a glance, or stay as they are. A list that has become too long
        to be sorted in its order is read in order of urgency.
        """
        self.at = self.queues.clock.now()
        self._turns_at = self.queues.next_turn(self.at)
        self._standing = self.queues.standings()
        if countable(self.wanted):
            if self.order in SORTS and self.queues.size(self.wanted) > SORTED:
                self.order, self.turned_round = Order.URGENCY, False
            self._lines = QueueSource(
                self.queues, self.wanted, self.order, down=self._falling, aside=self.aside, at=self.at
            )
            return None
        search = self._search()
        database, tickets = self.queues.database, self.queues.highest_number() or 0
        if tickets > LARGE and not self.shows(search) and not looks_back(database):
            found = glance(database, search)
        else:
            found = at_once(database, search)
        if found is not None:
            self.take(search, found)
        return None if found is not None and found.whole else search

    def take(self, search: Search, found: Found) -> None:
        """Shows what was found."""
        self._lines = FoundSource(self.queues, search, found, self.aside)

    def clear(self) -> None:
        """Shows nothing until something is taken."""
        self.take(self._search(), Found((), more=True))

    def shows(self, search: Search) -> bool:
        """Whether that is the list that is read here, be it as of an earlier moment."""
        return isinstance(self._lines, FoundSource) and self._lines.search.same_list(search)

    def count(self) -> int:
        """How many lines there are."""
        return self._lines.count()

    def page(self, offset: int, limit: int) -> Sequence[Line]:
        """The lines from `offset` on."""
        return self._lines.page(offset, limit)

    def after(self, row: Line, limit: int) -> Sequence[Line]:
        """The next lines behind `row`."""
        return self._lines.after(row, limit)

    def before(self, row: Line, limit: int) -> Sequence[Line]:
        """The last lines before `row`."""
        return self._lines.before(row, limit)

    def last(self, limit: int) -> Sequence[Line]:
        """The lines at the end."""
        return self._lines.last(limit)

    def rank(self, row: Line, about: int | None = None) -> int:
        """How many lines stand before the place of `row`; `about` so many will do where they are dear to count."""
        return self._lines.rank(row, about)

    def distance(self, origin: Line, row: Line) -> int | None:
        """How many lines further down `row` stands than the place of `origin`; None where that is far."""
        return self._lines.distance(origin, row)

    def find(self, key: int) -> Line | None:
        """The line of that ticket as it stands now; None if it is not in the list."""
        return self._lines.find(key)

    def key(self, row: Line) -> int:
        """The ticket's number."""
        return row.ref

    def _search(self) -> Search:
        queues = self.queues
        return Search(self.wanted, self.order, self._falling, self.at, queues.who, queues.tickets.limits)

    @property
    def _falling(self) -> bool:
        return (self.order in _DOWN) is not self.turned_round
