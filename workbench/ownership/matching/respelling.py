"""Hosts, URLs and paths with a slip or two put right, word by word, by the words of the catalogue's patterns."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, islice, product
from typing import Final, NamedTuple

from workbench.search.nearest import NearNames, allowed
from workbench.search.spelling import SHORTEST

_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST_SLIPS: Final = 2
"""Slips of a whole place."""
_MOST_UNKNOWN: Final = 12
"""Words that no pattern has up to which a place may be misspelt; one with more of them is another place."""
_MOST_WRONG: Final = 6
"""Words of a place, the first ones, of which any two may be wrong."""
_WAYS: Final = 5
"""Words that an unknown one is put right to, the nearest."""


class Change(NamedTuple):
    """A word put right: from where to where it stands, the word in its place, and by how many slips they differ."""

    start: int
    end: int
    word: str
    slips: int


class PatternWords:
    """The words of all patterns, read when they are first needed."""

    def __init__(self, patterns: Callable[[], str]) -> None:
        """`patterns` gives all patterns as one text."""
        self._patterns = patterns
        self._near = NearNames(lambda length: self._of_length[length])
        self._written: dict[str, list[str]] = defaultdict(list)
        self._of_length: dict[int, list[str]] = defaultdict(list)

    def forget(self) -> None:
        """Reads the words anew the next time, since patterns have changed."""
        self._written.clear()
        self._of_length.clear()
        self._near.forget()

    def respelt(self, place: str) -> Iterator[list[str]]:
        """The place with one slip put right in all likely ways, then with two; words that a pattern has stay.

        A URL comes without its query and fragment, which no pattern asks for.
        """
        self._read()
        text = re.split(r"[?#]", place, maxsplit=1)[0]
        words = [match for match in _WORD.finditer(text) if len(match[0]) >= SHORTEST]
        unknown = [match for match in words if match[0].lower() not in self._written]
        if len(unknown) > _MOST_UNKNOWN:
            return
        several = filter(None, (list(self._changes(*match.span(), match[0].lower())) for match in unknown))
        changes = list(islice(several, _MOST_WRONG))
        chosen: list[tuple[Change, ...]] = [(change,) for changes_of_one in changes for change in changes_of_one]
        chosen += [pair for two in combinations(changes, 2) for pair in product(*two)]
        for slips in range(1, _MOST_SLIPS + 1):
            yield [_changed(text, each) for each in chosen if sum(change.slips for change in each) == slips]

    def _changes(self, start: int, end: int, word: str) -> Iterator[Change]:
        for name, slips in self._near.near(word, _WAYS, most=min(allowed(len(word)), _MOST_SLIPS)):
            for written in self._written[name]:
                yield Change(start, end, written, slips)

    def _read(self) -> None:
        if self._written:
            return
        for word in dict.fromkeys(_WORD.findall(self._patterns())):
            self._written[word.lower()].append(word)
        for lower in self._written:
            if len(lower) >= SHORTEST:
                self._of_length[len(lower)].append(lower)


def _changed(text: str, changes: tuple[Change, ...]) -> str:
    for change in reversed(changes):
        text = text[: change.start] + change.word + text[change.end :]
    return text
