"""How full queues are: counted once, then moved on by what has changed, a few of hundreds of cells."""

from collections.abc import Mapping
from dataclasses import replace

from workbench.queues.filters import Filter
from workbench.queues.model import Cell, Queue, QueueCount, count, let_through


class Totals:
    """The counts of countable queues as one person sees them, kept from one look to the next."""

    def __init__(self, me: str) -> None:
        self._me = me
        self._cells: Mapping[Cell, int] = {}
        self._counts: dict[Filter, QueueCount] = {}

    def move_on(self, cells: Mapping[Cell, int]) -> None:
        """Takes up the cells as they are now."""
        before, self._cells = self._cells, cells
        changed = [(cell, now - before.get(cell, 0)) for cell, now in cells.items() if before.get(cell) != now]
        changed += [(cell, -was) for cell, was in before.items() if cell not in cells]
        for wanted, total in self._counts.items():
            for cell, more in let_through(wanted, changed, self._me):
                total.add(cell, more)

    def of(self, queue: Queue) -> QueueCount:
        """The count of a queue, as of the cells taken up last."""
        total = self._counts.get(queue.filter)
        if total is None:
            total = self._counts[queue.filter] = count(queue, list(self._cells.items()), self._me)
        return replace(total, queue=queue, stages=total.stages.copy())
