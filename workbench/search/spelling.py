"""What a typed word may have been meant to be, among the words that an index knows."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

MOST_ALTERNATIVES: Final = 6
"""Ways in which one word is looked for."""
SHORTEST: Final = 3
"""Letters from which on a word is corrected: shorter ones are a slip of nearly anything."""
_LONG: Final = 8
"""Letters from which on a word may have two slips."""
_DIGITS: Final = 1
"""Digits that a word may have; what has more (`0x80070005`) is copied and not typed."""
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
_WHOLE: Final = 3
"""Words that an unfinished one may become which are looked for as whole ones too."""
_COMPLETED: Final = 500
"""Words that begin alike up to which it is asked which of them are common."""
_TOGETHER: Final = 0.85
"""What two words count that were typed as one, or one that was typed as two."""


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
        self._sorted = sorted(vocabulary)
        self._up_to = [0, *accumulate(vocabulary[word] for word in self._sorted)]
        # What a slip may have been meant to be: words, and not numbers or keys.
        self._of_length: dict[int, list[str]] = defaultdict(list)
        for word in self._sorted:
            if word.isalpha() or sum(map(str.isalpha, word)) >= len(word) - _DIGITS:
                self._of_length[len(word)].append(word)
        self._known: dict[tuple[str, bool, bool], tuple[Alternative, ...]] = {}
        self._lists: dict[tuple[str, int, str], Sequence[str]] = {}

    def pages(self, word: str) -> int:
        """In how many pages the word stands."""
        return self.vocabulary.get(word, 0)

    def pages_of(self, alternative: Alternative) -> int:
        """In how many pages at most one way to look for a word is found."""
        if alternative.begins:
            first, last = self._range(alternative.text)
            return self._up_to[last] - self._up_to[first]
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
            found += [Alternative(word, _UNFINISHED, begins=True), *self._whole(word)]
        if len(word) < SHORTEST or (not doubted and (pages > _RARE or (begins and not pages))):
            return found
        found += self._apart(word)
        found += [Alternative(other, weight) for other, weight in self._near(word, self._likely(word))]
        if unfinished and not begins and len(word) > SHORTEST:
            heads = self._near(word, self._heads(word))
            found += [Alternative(head, weight * _UNFINISHED, begins=True) for head, weight in heads]
        return found

    def _whole(self, head: str) -> list[Alternative]:
        """The commonest words that begin so: with an ending begun, the index knows them by a stem that is shorter."""
        first, last = self._range(head)
        if len(head) <= SHORTEST or last - first > _COMPLETED:
            return []
        commonest = nlargest(_WHOLE, self._sorted[first:last], key=self.pages)
        return [Alternative(word, _UNFINISHED) for word in commonest if word != head]

    def _apart(self, word: str) -> list[Alternative]:
        """The likeliest place where a blank is missing: that whose rarer part is the commonest."""
        places = range(_SPLIT_PARTS, len(word) - _SPLIT_PARTS + 1)
        pairs = [(word[:place], word[place:]) for place in places]
        common = max(((min(map(self.pages, pair)), pair) for pair in pairs), default=(0, ("", "")))
        return [Alternative(" ".join(common[1]), _TOGETHER)] if common[0] else []

    def _near(self, word: str, several: Iterable[Sequence[str]]) -> list[tuple[str, float]]:
        """Words few slips away, with what they count: swapped letters are one slip; of equals the commonest first."""
        from rapidfuzz import process  # here, since a well typed word needs no correction
        from rapidfuzz.distance import OSA

        near: set[tuple[float, int, str]] = set()
        for choices in several:
            for other, slips, _ in process.extract(
                word, choices, scorer=OSA.distance, score_cutoff=_slips(word), limit=None
            ):
                if slips:
                    counts = _SLIP[int(slips)] + (_SAME_START if other[0] == word[0] else 0.0)
                    near.add((counts, self.pages_of(Alternative(other, counts, begins=not self.pages(other))), other))
        return [(other, counts) for counts, _, other in nlargest(MOST_ALTERNATIVES, near)]

    def _likely(self, word: str) -> Iterator[Sequence[str]]:
        """Words of about that length with the same first or last letter: one slip cannot spoil both, two seldom do."""
        for length in _lengths(word):
            yield self._list("first", length, word[0])
            yield self._list("last", length, word[-1])

    def _heads(self, word: str) -> Iterator[Sequence[str]]:
        """Beginnings of about that length that longer words with the same first letter have."""
        for length in _lengths(word):
            yield self._list("head", length, word[0])

    def _list(self, kind: str, length: int, letter: str) -> Sequence[str]:
        """Words or beginnings by one letter; told apart when they are first asked for, since few ever are."""
        key = (kind, length, letter)
        if key not in self._lists:
            match kind:
                case "first":
                    self._lists[key] = [word for word in self._of_length.get(length, ()) if word[0] == letter]
                case "last":
                    self._lists[key] = [word for word in self._of_length.get(length, ()) if word[-1] == letter]
                case _:
                    words = self._sorted[slice(*self._range(letter))]
                    self._lists[key] = list(dict.fromkeys(word[:length] for word in words if len(word) > length))
        return self._lists[key]

    def _begins(self, head: str) -> bool:
        """Whether any word begins so."""
        first, last = self._range(head)
        return first < last

    def _range(self, head: str) -> tuple[int, int]:
        """Where in the sorted words those stand that begin so."""
        return bisect_left(self._sorted, head), bisect_left(self._sorted, f"{head}\U0010ffff")


def _slips(word: str) -> int:
    """How many slips a word may have."""
    return 1 if len(word) < _LONG else 2


def _lengths(word: str) -> range:
    """The lengths of words that it may be a slip of."""
    return range(len(word) - _slips(word), len(word) + _slips(word) + 1)
