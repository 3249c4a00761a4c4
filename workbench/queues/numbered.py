"""Tickets whose numbers are at hand, as the virtual list reads them."""

from collections.abc import Callable, Sequence

from workbench.queues.model import Line


class NumberedLines:
    """Lines in the order of these numbers; only what comes into sight is read, by `lines`."""

    def __init__(self, refs: Sequence[int], lines: Callable[[Sequence[int]], Sequence[Line]]) -> None:
        self._refs = refs
        self._ranks = {ref: rank for rank, ref in enumerate(refs)}
        self._lines = lines

    def count(self) -> int:
        """How many there are."""
        return len(self._refs)

    def page(self, offset: int, limit: int) -> Sequence[Line]:
        """The lines from `offset` on."""
        return self._lines(self._refs[offset : offset + limit])

    def after(self, row: Line, limit: int) -> Sequence[Line]:
        """The next lines behind `row`."""
        return self.page(self.rank(row) + 1, limit)

    def before(self, row: Line, limit: int) -> Sequence[Line]:
        """The last lines before `row`."""
        rank = self.rank(row)
        return self.page(max(0, rank - limit), min(limit, rank))

    def last(self, limit: int) -> Sequence[Line]:
        """The lines at the end."""
        return self.page(max(0, self.count() - limit), limit)

    def rank(self, row: Line, about: int | None = None) -> int:
        """How many lines stand before `row`; `about` so many where it is none of them."""
        return self._ranks.get(row.ref, about or 0)

    def distance(self, origin: Line, row: Line) -> int | None:
        """How many lines further down `row` stands than `origin`."""
        return self.rank(row) - self.rank(origin)

    def find(self, key: int) -> Line | None:
        """The line of that ticket as it stands now; None if it is none of them."""
        lines = self._lines([key]) if key in self._ranks else ()
        return lines[0] if lines else None

    def key(self, row: Line) -> int:
        """The ticket's number."""
        return row.ref
