"""Finds the pages for a query: FTS5 finds the candidates, and what of them matches decides their order."""

from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Final

from workbench.database import Database
from workbench.search.queries import Group, Typed, all_of, any_of, groups, in_a_row
from workbench.search.ranking import Candidate, Hit, Ranking
from workbench.search.spelling import Alternative, Speller

CANDIDATES: Final = 30
"""Pages that FTS5 finds for one query, to be put in order."""
PLENTY: Final = 12
"""Pages; where so many have every word in their short texts, no body is looked at."""
ENOUGH: Final = 5
"""Pages; where fewer are found, words are taken for slips that are known, and pages that have only some of them."""
SURE: Final = 0.7
"""Score from which on a page is so surely what was meant that nobody needs others which have only some of the words."""
NAMED: Final = 0.8
"""Score from which on a page was asked for by its title, so that no words in a row are looked for in bodies."""
TELLING: Final = 16
"""Words of a longer text by which pages are found that are about the same: those that the fewest pages have."""
_HALF: Final = 3.0
"""So many words that hardly any other page has make a page half alike; fitted to tickets and their runbooks."""
COMMON: Final = 500
COMMON_SHARE: Final = 0.2
"""Pages, and share of them; a word in more finds nothing that rarer ones beside it do not, and takes long."""


class Finder:
    """Finds pages of one index as long as it does not change."""

    def __init__(
        self, database: Database, name: str, columns: Mapping[str, float], speller: Speller, pages: int
    ) -> None:
        self.database = database
        self.name = name
        self.columns = columns
        self.speller = speller
        self.pages = pages
        self._common = max(COMMON, COMMON_SHARE * pages)
        self._short = ", ".join(list(columns)[:-1])

    def find(self, typed: Typed) -> list[Hit]:
        """Pages with all the words; where they are few, also with words taken for slips, or with some of them."""
        if not typed.words:
            return []
        looked_for = groups(typed, self.speller)
        found = self._all(looked_for)
        followed: dict[int, Hit] = {}
        if not _has(found, NAMED):
            row = in_a_row(typed, looked_for, self.speller, most=self._common)
            followed = self._hits(self._ranking(looked_for), "", row, in_a_row=True)
            _better(found, followed)
        if len(found) < ENOUGH and not followed and not _has(found, SURE):
            doubted = [group for group in groups(typed, self.speller, doubted=True) if self._known(group)]
            _better(found, self._hits(self._ranking(doubted), "_short", all_of(doubted)))
            _better(found, self._some(doubted))
        return sorted(found.values(), key=lambda hit: (-hit.score, hit.id))

    def alike(self, told: Iterable[str]) -> list[Hit]:
        """Pages that have some of the words of a longer text, the best first: words that few pages have count most."""
        known = {word: pages for word in told if 0 < (pages := self.speller.pages(word)) <= self._common}
        telling = sorted(known, key=lambda word: (known[word], word))[:TELLING]
        if not telling:
            return []
        rows = self.database.rows(
            f"SELECT rowid, rank FROM {self.name} WHERE {self.name} MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(Alternative(word, 1.0).expression for word in telling), CANDIDATES),
        )
        half = _HALF * log(1 + self.pages)
        body = list(self.columns)[-1]
        return [Hit(page, rank / (rank - half), body, tuple(telling)) for page, rank in rows]

    def _all(self, looked_for: Sequence[Group]) -> dict[int, Hit]:
        """Pages that have every word in their short texts, then those that have them anywhere."""
        ranking = self._ranking(looked_for)
        found = self._hits(ranking, "_short", all_of(looked_for))
        telling = self._telling(looked_for)
        if len(found) < PLENTY and telling:
            _better(found, self._hits(ranking, "", all_of(telling)))
        elif not found:
            found = self._hits(ranking, "", all_of(looked_for), by="page")
        return found

    def _some(self, looked_for: Sequence[Group]) -> dict[int, Hit]:
        """Pages that have some of the words in their short texts, else one of the two rarest anywhere."""
        telling = self._telling(looked_for)
        if len(looked_for) < 2 or not telling:
            return {}
        ranking = self._ranking(looked_for, partly=True)
        found = self._hits(ranking, "_short", any_of(telling))
        if len(found) < ENOUGH:
            _better(found, self._hits(ranking, "", any_of(sorted(telling, key=self._known)[:2])))
        return found

    def _ranking(self, looked_for: Sequence[Group], *, partly: bool = False) -> Ranking:
        return Ranking(
            looked_for, [self._known(group) for group in looked_for], self.columns, self.pages, partly=partly
        )

    def _hits(
        self, ranking: Ranking, table: str, expression: str, *, by: str = "rank", in_a_row: bool = False
    ) -> dict[int, Hit]:
        """The candidates that one of the two tables has, with their scores; an empty expression finds none."""
        if not expression:
            return {}
        full, short = f"{self.name}{table}", f"{self.name}_short"
        rows = self.database.rows(
            f"SELECT {short}.rowid, best, forms, {self._short}"
            f" FROM (SELECT rowid AS page, rank AS best FROM {full} WHERE {full} MATCH ? ORDER BY {by} LIMIT ?)"
            f" JOIN {short} ON {short}.rowid = page ORDER BY best, page",
            (expression, CANDIDATES),
        )
        best = rows[0][1] if rows else 0.0
        found = {}
        for page, rank, forms, *texts in rows:
            candidate = Candidate(page, rank / best if best else 0.0, tuple(texts), forms)
            found[page] = ranking.hit(candidate, in_a_row=in_a_row)
        return found

    def _telling(self, looked_for: Sequence[Group]) -> Sequence[Group]:
        """The words that are not common."""
        return [group for group in looked_for if self._known(group) <= self._common]

    def _known(self, group: Group) -> int:
        """How many pages have a word in the commonest of its ways."""
        return max(self.speller.pages_of(each) for each in group)


def _better(found: dict[int, Hit], others: Mapping[int, Hit]) -> None:
    """Takes over what is new or scores higher."""
    for page, hit in others.items():
        if page not in found or found[page].score < hit.score:
            found[page] = hit


def _has(found: Mapping[int, Hit], score: float) -> bool:
    """Whether one of the pages has that score."""
    return any(hit.score >= score for hit in found.values())
