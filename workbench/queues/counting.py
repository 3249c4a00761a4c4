"""Counting queues: most by the tally alone, the others by a look at each of their tickets."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from workbench.clock import stored
from workbench.database import Database
from workbench.database.patience import within
from workbench.errors import Interrupted
from workbench.queues.model import Queue, QueueCount, count, countable
from workbench.queues.store import QueueStore
from workbench.queues.totals import Totals
from workbench.tickets.clocks import Thresholds

_FIRST: Final = 50
"""Tickets; so many of the oldest of all are looked through at once for the oldest of each queue."""


class Counting:
    """How full queues are, as one person sees them."""

    def __init__(self, database: Database, store: QueueStore, me: str) -> None:
        self._database = database
        self._store = store
        self._totals = Totals(me)
        self._me = me

    def counts(self, queues: Iterable[Queue], now: datetime, limits: Thresholds, patience: float) -> list[QueueCount]:
        """How full each queue is, with its aging; within a snapshot, so that they fit each other.

        What would have to be looked at for longer than `patience` seconds is left uncounted.
        """
        self._totals.move_on(self._store.cells(now, limits))
        return [self._count(queue, now, limits, patience) for queue in queues]

    def date(self, counts: Sequence[QueueCount], now: datetime, limits: Thresholds) -> None:
        """Adds to the counts of queues that have tickets when the oldest of each was opened.

        Who walks from the oldest ticket of all meets one of a queue after everything / open tickets.
        """
        everything = self._totals.everything
        few = {each.queue.name for each in counts if each.open * each.open < everything}
        soon = [each.queue for each in counts if each.queue.name not in few and countable(each.queue.filter)]
        met = self._store.oldest_of_all(now, limits, _FIRST, lambda tickets: self._totals.first(soon, tickets))
        for each in counts:
            name, wanted = each.queue.name, each.queue.filter
            opened_at = met.get(name) or self._store.oldest(wanted, now, self._me, limits, few=name in few)
            each.oldest_at, each.dated = stored(opened_at) if opened_at else None, True

    def _count(self, queue: Queue, now: datetime, limits: Thresholds, patience: float) -> QueueCount:
        if countable(queue.filter):
            return self._totals.of(queue)
        try:
            with within(self._database, patience):
                return count(queue, self._store.cells_of(queue.filter, now, self._me, limits), self._me)
        except Interrupted:
            return QueueCount(queue, known=False)
