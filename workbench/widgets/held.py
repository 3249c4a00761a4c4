"""Rows that are all at hand, as the virtual list reads them."""

from collections.abc import Sequence
from typing import Generic, TypeVar

R = TypeVar("R")


class HeldRows(Generic[R]):
    """A list that is short enough to be held; a row's key is its place."""

    def __init__(self, rows: Sequence[R]) -> None:
        self.rows = rows
        self._places = {row: place for place, row in enumerate(rows)}

    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def page(self, offset: int, limit: int) -> Sequence[R]:
        """The rows from `offset` on."""
        return self.rows[offset : offset + limit]

    def after(self, row: R, limit: int) -> Sequence[R]:
        """The next rows behind `row`."""
        place = self.rank(row) + 1
        return self.rows[place : place + limit]

    def before(self, row: R, limit: int) -> Sequence[R]:
        """The last rows before `row`."""
        place = self.rank(row)
        return self.rows[max(0, place - limit) : place]

    def last(self, limit: int) -> Sequence[R]:
        """The rows at the end."""
        return self.rows[max(0, len(self.rows) - limit) :]

    def rank(self, row: R, about: int | None = None) -> int:
        """How many rows stand before `row`; `about` so many where it is none of them."""
        return self._places.get(row, about or 0)

    def distance(self, origin: R, row: R) -> int | None:
        """How many rows further down `row` stands than `origin`."""
        return self.rank(row) - self.rank(origin)

    def find(self, key: int) -> R | None:
        """The row at that place; None behind the last one."""
        return self.rows[key] if 0 <= key < len(self.rows) else None

    def key(self, row: R) -> int:
        """Its place."""
        return self.rank(row)
