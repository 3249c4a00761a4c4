"""How full queues are: counted once, then moved on by what has changed, a few of hundreds of cells."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from workbench.queues.filters import Filter
from workbench.queues.model import Cell, Queue, QueueCount, count, let_through


class Totals:
    """The counts of countable queues as one person sees them, kept from one look to the next."""

    def __init__(self, me: str) -> None:
        self._me = me
        self._cells: Mapping[Cell, int] = {}
        self._counts: dict[Filter, QueueCount] = {}
        self._within: dict[Filter, set[Cell]] = {}  # the cells that each lets through, also some that are empty by now

    def move_on(self, cells: Mapping[Cell, int]) -> None:
        """Takes up the cells as they are now."""
        before, self._cells = self._cells, cells
        changed = [(cell, now - before.get(cell, 0)) for cell, now in cells.items() if before.get(cell) != now]
        changed += [(cell, -was) for cell, was in before.items() if cell not in cells]
        for wanted, total in self._counts.items():
            for cell, more in let_through(wanted, changed, self._me):
                total.add(cell, more)
                self._within[wanted].add(cell)

    @property
    def everything(self) -> int:
        """How many tickets there are in all, as of the cells taken up last."""
        return sum(self._cells.values())

    def of(self, queue: Queue) -> QueueCount:
        """The count of a queue, as of the cells taken up last."""
        total = self._counts.get(queue.filter)
        if total is None:
            cells = list(self._cells.items())
            total = self._counts[queue.filter] = count(queue, cells, self._me)
            self._within[queue.filter] = {cell for cell, _ in let_through(queue.filter, cells, self._me)}
        return replace(total, queue=queue, stages=total.stages.copy())

    def first(self, queues: Iterable[Queue], tickets: Iterable[tuple[Any, ...]]) -> dict[str, str]:
        """What is told of the first ticket of each queue that meets one, by the queues' names; they must be counted.

        A ticket is what is told of it and then its cell. No more of them are asked for than it takes.
        """
        missing = [(queue.name, self._within[queue.filter]) for queue in queues]
        found: dict[str, str] = {}
        seen = set[tuple[Any, ...]]()
        for ticket in tickets:
            if (cell := ticket[1:]) in seen:
                continue
            seen.add(cell)
            found |= {name: ticket[0] for name, cells in missing if cell in cells}
            missing = [(name, cells) for name, cells in missing if name not in found]
            if not missing:
                break
        return found
