"""In which order found pages stand: by what of the query stands where in them, and how rare it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Final, NamedTuple

from workbench.search.queries import Group
from workbench.search.words import stem

_COVERED: Final = 0.72
"""Of a score what the words of the query make that were found; the rest are the other shares."""
_TITLE: Final = 0.16
"""How much of the title was asked for."""
_ORDER: Final = 0.06
"""How many words of the query stand in the title next to one another as they were typed."""
_RELEVANCE: Final = 0.06
"""FTS5's own measure, which alone counts how often a word stands in the body."""
_STEM: Final = 0.97
"""What a word counts that has another ending than was typed."""
_ROW: Final = 0.8
"""What a word counts in the body where the others stand around it as they were typed."""
_PERHAPS: Final = 0.3
"""What a word counts that is perhaps in the body, where only some of the words were asked for."""


class Candidate(NamedTuple):
    """A page that FTS5 found: its relevance beside the best, its short texts, and other forms of its title."""

    id: int
    relevance: float
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


class Ways(dict[str, dict[int, float]]):
    """Which typed words a word of a page may be, by their places, and what it counts for each; told once of a word."""

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__()
        self.heads: list[tuple[str, int, float]] = []
        self._stems: dict[str, list[tuple[str, int, float]]] = {}
        for place, group in enumerate(groups):
            for alternative in group:
                if alternative.begins:
                    self.heads.append((alternative.text, place, alternative.weight))
                for word in alternative.text.split():
                    self._stems.setdefault(stem(word), []).append((word, place, alternative.weight))
        self._letters = {text[0] for text in (*self._stems, *(head for head, _, _ in self.heads))}

    def __missing__(self, word: str) -> dict[int, float]:
        found: dict[int, float] = {}
        if word[0] not in self._letters:  # as most words of a page
            self[word] = found
            return found
        for looked_for, place, weight in self._stems.get(stem(word), ()):
            counts = weight if word == looked_for else weight * _STEM
            found[place] = max(found.get(place, 0.0), counts)
        for head, place, weight in self.heads:
            if word.startswith(head):
                found[place] = max(found.get(place, 0.0), weight)
        self[word] = found
        return found


class Ranking:
    """Judges candidates by the words of one query."""

    def __init__(
        self, groups: Sequence[Group], known: Sequence[int], columns: Mapping[str, float], pages: int, *, partly: bool
    ) -> None:
        """`known` says in how many of the `pages` each word stands; `partly`, that a page may lack some of them."""
        self.groups = groups
        self.columns = list(columns)
        best = max(columns.values())
        self.factors = [sqrt(weight / best) for weight in columns.values()]
        rarities = [log(1 + max(1, pages) / (1 + count)) for count in known]
        self.shares = [rarity / (sum(rarities) or 1.0) for rarity in rarities]  # an empty index knows no word
        self.in_body = self.factors[-1] * (_PERHAPS if partly else 1.0)
        self.ways = Ways(groups)

    def hit(self, candidate: Candidate, *, in_a_row: bool = False) -> Hit:
        """The page with its score; `in_a_row` where it is known that the words follow one another in it."""
        weights = [0.0] * len(self.groups)
        where = [0.0] * len(self.columns)
        found: set[str] = set()
        for column, text in enumerate(candidate.texts):
            counted = self._counted(text.split(), found)
            if not column and len(counted) < len(self.groups):
                counted = self._counted(candidate.forms.split(), found) | counted
            for place, weight in counted.items():
                counts = weight * self.factors[column]
                where[column] += self.shares[place] * counts
                weights[place] = max(weights[place], counts)
        in_body = _ROW if in_a_row else self.in_body
        for place, weight in enumerate(weights):
            if not weight:  # then it stands in the body, or perhaps
                weights[place] = in_body * self.groups[place][0].weight
                where[-1] += self.shares[place] * weights[place]
        covered = sum(share * weight for share, weight in zip(self.shares, weights, strict=True))
        asked, in_order = self._title(candidate.texts[0].split()) if found else (0.0, 0.0)
        score = _COVERED * covered + _TITLE * asked + _ORDER * in_order + _RELEVANCE * candidate.relevance
        best = where.index(max(where))
        return Hit(candidate.id, min(1.0, score), self.columns[best], *self._matched(found))

    def _counted(self, words: Iterable[str], found: set[str]) -> dict[int, float]:
        """Which typed words stand among these of a page, and what they count; those of the page go to `found`."""
        counts: dict[int, float] = {}
        ways = self.ways
        for word in words:
            if matching := ways[word]:
                found.add(word)
                for place, weight in matching.items():
                    if weight > counts.get(place, 0.0):
                        counts[place] = weight
        return counts

    def _title(self, title: Sequence[str]) -> tuple[float, float]:
        """The share of the title's words that were asked for, and of the query's that follow one another in it."""
        if not title:
            return 0.0, 0.0
        matching = [self.ways[word] for word in title]
        asked = sum(map(bool, matching)) / len(title)
        pairs = {place for one, other in pairwise(matching) if one and other for place in one if place + 1 in other}
        return asked, len(pairs) / max(1, len(self.groups) - 1)

    def _matched(self, found: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words to show as matched, and beginnings: of a typed word that is not among the found, all its ways."""
        places = {place for word in found for place in self.ways[word]}
        if len(places) < len(self.groups):
            missing = (group for place, group in enumerate(self.groups) if place not in places)
            found |= {word for group in missing for each in group if not each.begins for word in each.text.split()}
        return tuple(found), tuple(head for head, _, _ in self.ways.heads)
