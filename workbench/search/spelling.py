"""What a typed word may have been meant to be, among the words that an index knows."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import pairwise
from typing import Final, NamedTuple

MOST_ALTERNATIVES: Final = 6
"""Ways in which one word is looked for."""
SHORTEST: Final = 3
"""Letters from which on a word is corrected: shorter ones are a slip of nearly anything."""
_LONG: Final = 8
"""Letters from which on a word may have two slips."""
_RARE: Final = 2
"""Pages; a word in so few may itself be a slip, or a rarer one than what was meant."""
_SPLIT_PARTS: Final = 2
"""Letters that each part of a word typed as one has at least."""
_SLIP: Final = (1.0, 0.8, 0.6)
"""What a word counts that is none, one, two slips away."""
_SAME_START: Final = 0.05
"""What it counts more where its first letter is the typed one, which few people get wrong."""
_UNFINISHED: Final = 0.95
"""What a word counts of which only the beginning was typed."""
_TOGETHER: Final = 0.85
"""What two words count that were typed as one, or one that was typed as two."""


Ends = Mapping[str, Mapping[str, int]]
"""Words with their pages, by their first and by their last letter."""


class Alternative(NamedTuple):
    """One way to look for a typed word: a word, its beginning, or several words in a row; `weight` is up to 1."""

    text: str
    weight: float
    begins: bool = False

    @property
    def expression(self) -> str:
        """It in FTS5's language; the text has only letters, digits and spaces."""
        return f'"{self.text}"*' if self.begins else f'"{self.text}"'


class Speller:
    """Corrects words by a vocabulary, which says in how many pages each word stands."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary
        self._known: dict[tuple[str, bool, bool], tuple[Alternative, ...]] = {}
        self._ends: dict[int, Ends] = {}
        self._head_ends: dict[int, Ends] = {}
        self._counted: dict[int, Mapping[str, int]] = {}

    def pages(self, word: str) -> int:
        """In how many pages the word stands."""
        return self.vocabulary.get(word, 0)

    def pages_of(self, alternative: Alternative) -> int:
        """In how many pages at most one way to look for a word is found."""
        if alternative.begins:
            return self.pages(alternative.text) + self._heads(len(alternative.text)).get(alternative.text, 0)
        return min(map(self.pages, alternative.text.split()))

    def alternatives(self, word: str, *, unfinished: bool, doubted: bool = False) -> tuple[Alternative, ...]:
        """The ways to look for a word, the likeliest first.

        A `doubted` word is corrected although it is well known: somebody meant `form` and typed `from`.
        """
        key = (word, unfinished, doubted)
        if key not in self._known:
            found = self._found(word, unfinished=unfinished, doubted=doubted)
            self._known[key] = tuple(sorted(found, key=lambda each: -each.weight)[:MOST_ALTERNATIVES])
        return self._known[key]

    def together(self, typed: Sequence[str], *, unfinished: bool) -> list[list[Alternative]]:
        """For each word as typed what it makes together with a neighbour: `check out` may be `checkout`."""
        found: list[list[Alternative]] = [[] for _ in typed]
        for place, (one, other) in enumerate(pairwise(typed)):
            joined, last = one + other, unfinished and place == len(typed) - 2
            if self.pages(joined) or (last and self._begins(joined)):
                for each in (place, place + 1):
                    found[each].append(Alternative(joined, _TOGETHER, last))
        return found

    def _found(self, word: str, *, unfinished: bool, doubted: bool) -> list[Alternative]:
        pages = self.pages(word)
        found = [Alternative(word, 1.0)]
        begins = unfinished and self._begins(word)
        if begins:
            found.append(Alternative(word, _UNFINISHED, begins=True))
        if len(word) < SHORTEST or (not doubted and (pages > _RARE or (begins and not pages))):
            return found
        found += self._apart(word)
        found += [Alternative(other, weight) for other, weight in self._near(word, self._of_length)]
        if unfinished and not begins and len(word) > SHORTEST:
            heads = self._near(word, self._heads_of)
            found += [Alternative(head, weight * _UNFINISHED, begins=True) for head, weight in heads]
        return found

    def _apart(self, word: str) -> list[Alternative]:
        """The likeliest place where a blank is missing: that whose rarer part is the commonest."""
        places = range(_SPLIT_PARTS, len(word) - _SPLIT_PARTS + 1)
        pairs = [(word[:place], word[place:]) for place in places]
        common = max(((min(map(self.pages, pair)), pair) for pair in pairs), default=(0, ("", "")))
        return [Alternative(" ".join(common[1]), _TOGETHER)] if common[0] else []

    def _near(self, word: str, of_length: Callable[[int], Ends]) -> list[tuple[str, float]]:
        """Words few slips away, with what they count: swapped letters are one slip; of equals the commonest first."""
        slips = 1 if len(word) < _LONG else 2
        lengths = [of_length(length) for length in range(len(word) - slips, len(word) + slips + 1)]
        # One slip cannot spoil both ends, and two seldom do: who looks at all words then is rarely worth his time.
        either = [words for ends in lengths for words in (ends.get(word[0]), ends.get(f"-{word[-1]}")) if words]
        found = _within(word, slips, either) or _within(
            word, slips, (every for ends in lengths for every in ends.values())
        )
        near = [
            (_SLIP[distance] + (_SAME_START if other[0] == word[0] else 0.0), pages, other)
            for other, (distance, pages) in found.items()
        ]
        return [(other, counts) for counts, _, other in nlargest(MOST_ALTERNATIVES, near)]

    def _begins(self, head: str) -> bool:
        """Whether any word begins so."""
        place = bisect_left(self._sorted, head)
        return place < len(self._sorted) and self._sorted[place].startswith(head)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.vocabulary)

    @cached_property
    def _by_length(self) -> dict[int, dict[str, int]]:
        """What a slip may have been meant to be: words of letters only, with their pages."""
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for word, pages in self.vocabulary.items():
            if word.isalpha():
                found[len(word)][word] = pages
        return found

    def _of_length(self, length: int) -> Ends:
        """The words of so many letters."""
        if length not in self._ends:
            self._ends[length] = _by_ends(self._by_length.get(length, {}))
        return self._ends[length]

    def _heads_of(self, length: int) -> Ends:
        """The beginnings of so many letters that longer words have, with the pages of all those words."""
        if length not in self._head_ends:
            self._head_ends[length] = _by_ends(self._heads(length))
        return self._head_ends[length]

    def _heads(self, length: int) -> Mapping[str, int]:
        if length not in self._counted:
            heads: dict[str, int] = defaultdict(int)
            for longer, of_length in self._by_length.items():
                if longer > length:
                    for word, pages in of_length.items():
                        heads[word[:length]] += pages
            self._counted[length] = heads
        return self._counted[length]


def _by_ends(words: Mapping[str, int]) -> Ends:
    """The words by their first letter, and by their last with a `-` before it."""
    ends: dict[str, dict[str, int]] = defaultdict(dict)
    for word, pages in words.items():
        ends[word[0]][word] = pages
        ends[f"-{word[-1]}"][word] = pages
    return ends


def _within(word: str, slips: int, several: Iterable[Mapping[str, int]]) -> dict[str, tuple[int, int]]:
    """Of the words those that are so many slips away at most, but not the same: how many, and their pages."""
    from rapidfuzz import process  # here, since a well typed word needs no correction
    from rapidfuzz.distance import OSA

    found: dict[str, tuple[int, int]] = {}
    for words in several:
        near = process.extract(word, list(words), scorer=OSA.distance, score_cutoff=slips, limit=None)
        found.update((other, (int(distance), words[other])) for other, distance, _ in near if distance)
    return found
