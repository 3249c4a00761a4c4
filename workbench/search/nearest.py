"""Whole names that a typed one is a slip of, among a great many."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

_SHORT: Final = 6
"""Letters below which a name may have one slip."""
_MIDDLING: Final = 12
"""Letters below which it may have two; a longer one three."""


class Near(NamedTuple):
    """A name, and by how many slips it differs: letters left out, added, wrong, or two swapped."""

    name: str
    slips: int


def allowed(length: int) -> int:
    """How many slips a name of so many letters may have."""
    return 1 if length < _SHORT else 2 if length < _MIDDLING else 3


class NearNames:
    """Finds the names nearest to one, reading of them only those of like length, and each length once."""

    def __init__(self, of_length: Callable[[int], Sequence[str]]) -> None:
        """`of_length` gives all names of so many characters."""
        self._of_length = of_length
        self._kept: dict[int, Sequence[str]] = {}

    def forget(self) -> None:
        """Reads the names anew the next time, since they have changed."""
        self._kept.clear()

    def near(self, typed: str, limit: int, *, most: int | None = None) -> list[Near]:
        """The nearest names, of equals those with the same first letters first; `most` slips, else by its length."""
        from rapidfuzz import process  # here, since a well typed name needs no correction
        from rapidfuzz.distance import OSA

        slips = allowed(len(typed)) if most is None else most
        found: list[Near] = []
        for length in range(max(1, len(typed) - slips), len(typed) + slips + 1):
            if length not in self._kept:
                self._kept[length] = self._of_length(length)
            names = self._kept[length]
            near = process.extract(typed, names, scorer=OSA.distance, score_cutoff=slips, limit=limit)
            found += [Near(name, int(distance)) for name, distance, _ in near]
        return sorted(found, key=lambda each: (each.slips, -_same_start(typed, each.name), each.name))[:limit]


def _same_start(one: str, other: str) -> int:
    """How many first letters are the same."""
    return next(
        (place for place, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs), len(one)
    )
