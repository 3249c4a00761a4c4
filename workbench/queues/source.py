"""A queue as the virtual list reads it: every answer for one moment, until it is renewed."""

from collections.abc import Sequence
from datetime import datetime

from workbench.queues.filters import Filter
from workbench.queues.model import Line
from workbench.queues.service import QueueService
from workbench.queues.store import Order


class QueueSource:
    """The lines of a queue in one order."""

    def __init__(self, queues: QueueService, wanted: Filter, order: Order = Order.URGENCY) -> None:
        self.queues = queues
        self.wanted = wanted
        self.order = order
        self.renew()

    def renew(self) -> None:
        """From here on the answers are for the present moment."""
        self.now: datetime = self.queues.clock.now()
        self._turns_at = self.queues.next_turn(self.now)
        # The lines touched last are looked for first; by number, the newest come first.
        down = self.order in (Order.TOUCHED, Order.NUMBER)
        self._selection = self.queues.select(self.wanted, self.order, down=down, at=self.now)

    def turned(self) -> bool:
        """Whether time alone has changed any ticket's stage since."""
        return self._turns_at is not None and self._turns_at <= self.queues.clock.now()

    def count(self) -> int:
        """How many lines there are."""
        return self.queues.size(self.wanted)

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
