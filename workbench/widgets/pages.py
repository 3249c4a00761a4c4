"""A window on a list too long to hold: a few pages of rows, fetched as they come into sight."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

R = TypeVar("R")

SIZE = 64
"""Rows of a page: more than most terminals show, and a fraction of a millisecond by keyset."""
HELD = 8
"""Pages kept: what a terminal of 384 lines shows, and a neighbour at each end."""


class Source(Protocol[R]):
    """A list in a stated order, of which any part can be read."""

    def count(self) -> int:
        """How many rows there are."""
        ...

    def page(self, offset: int, limit: int) -> Sequence[R]:
        """The rows from `offset` on; dear when it is large, so asked only for jumps."""
        ...

    def after(self, row: R, limit: int) -> Sequence[R]:
        """The next rows behind `row`."""
        ...

    def before(self, row: R, limit: int) -> Sequence[R]:
        """The last rows before `row`, in the list's order."""
        ...

    def last(self, limit: int) -> Sequence[R]:
        """The rows at the end, in the list's order."""
        ...

    def rank(self, row: R, about: int | None = None) -> int:
        """How many rows stand before the place of `row`, be it there or not.

        Where they are dear to count and the place is far from both ends, `about` so many will do: nobody can see it.
        """
        ...

    def distance(self, origin: R, row: R) -> int | None:
        """How many rows further down `row` stands than the place of `origin`; None where that is dear to count."""
        ...

    def find(self, key: int) -> R | None:
        """The row with that key as it stands now; None if it left the list."""
        ...

    def key(self, row: R) -> int:
        """What stays the same when the row changes: the ticket's number."""
        ...


class Pages(Generic[R]):
    """The rows in sight of a list; scrolling goes on from the neighbouring page, whatever the distance from the top."""

    def __init__(self, source: Source[R]) -> None:
        self.source = source
        self.count = source.count()
        self._held: OrderedDict[int, Sequence[R]] = OrderedDict()
        self.is_guess = False
        """Whether the index of the row that was read again is only guessed yet."""

    def row(self, index: int) -> R | None:
        """The row at that index; None outside the list, or where it became shorter since it was counted."""
        if not 0 <= index < self.count:
            return None
        number, place = divmod(index, SIZE)
        page = self._held.get(number)
        if page is None:
            page = self._hold(number, self._fetch(number))
        else:
            self._held.move_to_end(number)
        return page[place] if place < len(page) else None

    def recount(self) -> None:
        """Forgets every row and counts the list again."""
        self._held.clear()
        self.count = self.source.count()

    def anchor(self, row: R) -> int:
        """The index of a row of the list; its page is read around it, so that row and index agree."""
        self.is_guess = False
        return self._read_around(row, self.source.rank(row))

    def again(self, row: R, was: int, *, in_place: bool) -> int:
        """The index of the row that stood at `was` when the list was read before, or of the one that came after it.

        The latter where the row left the list; `in_place`, also where it went elsewhere in it. Where it went far, the
        index is a guess, and `is_guess` holds until the row is anchored.
        """
        source = self.source
        place, found = source.rank(row, was), source.find(source.key(row))
        if found is not None:
            moved = source.distance(row, found)
            if not in_place or moved in (0, -1):  # one up: it has only passed the place where it stood itself
                self.is_guess = moved is None
                return self._read_around(found, source.rank(found, place) if moved is None else place + moved)
        following = source.after(row, 1)
        return self._read_around(following[0], place) if following else max(0, self.count - 1)

    def _read_around(self, row: R, rank: int) -> int:
        """The index; the page is read by its rows' neighbours, which costs the same at any distance from the top."""
        index = max(0, min(rank, self.count - 1))
        number, place = divmod(index, SIZE)
        before = self.source.before(row, place) if place else ()
        self._hold(number, [*before, row, *self.source.after(row, SIZE - place - 1)])
        return index

    def _hold(self, number: int, page: Sequence[R]) -> Sequence[R]:
        self._held[number] = page
        if len(self._held) > HELD:
            self._held.popitem(last=False)
        return page

    def _fetch(self, number: int) -> Sequence[R]:
        previous, following = self._held.get(number - 1), self._held.get(number + 1)
        if previous and len(previous) == SIZE:
            return self.source.after(previous[-1], SIZE)
        if following and len(found := self.source.before(following[0], SIZE)) == SIZE:
            return found
        from_end = self.count - number * SIZE
        if number and from_end <= 2 * SIZE:
            return self.source.last(from_end)[:SIZE]
        return self.source.page(number * SIZE, SIZE)
