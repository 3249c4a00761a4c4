"""In which order found pages stand: by what of the query stands where in them, and how rare it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Final, NamedTuple

from workbench.search.queries import Group
from workbench.search.spelling import Speller
from workbench.search.words import stem

_COVERED: Final = 0.72
"""Of a score what the words of the query make that were found; the rest are the other shares."""
_TITLE: Final = 0.16
"""How much of the title was asked for."""
_ORDER: Final = 0.06
"""How many words of the query stand in the title next to one another as they were typed."""
_RELEVANCE: Final = 0.06
"""FTS5's own measure, which alone counts how often a word stands in the body."""
_PERHAPS: Final = 0.3
"""What a word counts that is perhaps in the body, where only some of the words were asked for."""


class Candidate(NamedTuple):
    """A page that FTS5 found: its rank there (the less the better), its short texts, and its title's other forms."""

    id: int
    rank: float
    texts: tuple[str, ...]
    forms: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found: its `score` from 0 to 1, the column `where` most of it was found, and what matched."""

    id: int
    score: float
    where: str
    words: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()


class Ranking:
    """Judges candidates by the words of one query."""

    def __init__(self, groups: Sequence[Group], speller: Speller, columns: Mapping[str, float], pages: int) -> None:
        self.groups = groups
        self.columns = list(columns)
        best = max(columns.values())
        self.factors = [sqrt(weight / best) for weight in columns.values()]
        rarities = [log(1 + pages / (0.5 + _pages(group, speller))) for group in groups]
        self.shares = [rarity / sum(rarities) for rarity in rarities]
        self._whole: dict[str, list[tuple[int, float]]] = {}
        self._heads: list[tuple[str, int, float]] = []
        for place, group in enumerate(groups):
            for alternative in group:
                if alternative.begins:
                    self._heads.append((alternative.text, place, alternative.weight))
                for word in alternative.text.split():
                    self._whole.setdefault(stem(word), []).append((place, alternative.weight))
        self._seen: dict[str, dict[int, float]] = {}

    def hit(self, candidate: Candidate, best_rank: float, *, whole: bool) -> Hit:
        """The page with its score."""
        weights = [0.0] * len(self.groups)
        where = [0.0] * len(self.columns)
        found_words: set[str] = set()
        for column, text in enumerate(candidate.texts):
            pieces = text.split()
            if column == 0 and candidate.forms:
                pieces = [*pieces, *candidate.forms.split()]
            of_column: dict[int, float] = {}
            for word in pieces:
                for place, weight in self._matching(word).items():
                    found_words.add(word)
                    if weight > of_column.get(place, 0.0):
                        of_column[place] = weight
            for place, weight in of_column.items():
                where[column] += self.shares[place] * self.factors[column] * weight
                weights[place] = max(weights[place], self.factors[column] * weight)
        body = self.factors[-1] if whole else self.factors[-1] * _PERHAPS
        for place, weight in enumerate(weights):
            if not weight:
                weights[place] = body * self.groups[place][0].weight
                where[-1] += self.shares[place] * weights[place]
        covered = sum(share * weight for share, weight in zip(self.shares, weights, strict=True))
        title = candidate.texts[0].split()
        asked = sum(bool(self._matching(word)) for word in title) / len(title) if title else 0.0
        score = (
            _COVERED * covered
            + _TITLE * asked
            + _ORDER * self._in_order(title)
            + _RELEVANCE * (candidate.rank / best_rank if best_rank else 0.0)
        )
        column = max(range(len(where)), key=where.__getitem__)
        return Hit(candidate.id, min(1.0, score), self.columns[column], *self._matched(found_words))

    def _matching(self, word: str) -> dict[int, float]:
        """Which typed words this word of a page may be, and what it counts for each."""
        if word not in self._seen:
            found: dict[int, float] = {}
            for place, weight in self._whole.get(stem(word), ()):
                found[place] = max(found.get(place, 0.0), weight)
            for head, place, weight in self._heads:
                if word.startswith(head):
                    found[place] = max(found.get(place, 0.0), weight)
            self._seen[word] = found
        return self._seen[word]

    def _in_order(self, title: Sequence[str]) -> float:
        if len(self.groups) < 2:
            return 0.0
        pairs = set()
        for one, other in pairwise(title):
            after = self._matching(other)
            pairs |= {place for place in self._matching(one) if place + 1 in after}
        return len(pairs) / (len(self.groups) - 1)

    def _matched(self, found: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words to show as matched, and the beginnings: of a typed word that was not found above, all its ways."""
        places = {place for word in found for place in self._matching(word)}
        shown = set(found)
        heads = {head for head, _, _ in self._heads}
        for place, group in enumerate(self.groups):
            if place not in places:
                shown.update(word for each in group if not each.begins for word in each.text.split())
        return tuple(sorted(shown)), tuple(sorted(heads))


def _pages(group: Group, speller: Speller) -> int:
    """In how many pages a typed word stands, as far as that is known: that of its likeliest way."""
    return max((speller.pages(word) for word in group[0].text.split()), default=0)
