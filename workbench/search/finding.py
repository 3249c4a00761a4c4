"""Finds the pages for a query: FTS5 finds the candidates, and what of them matches decides their order."""

from collections.abc import Mapping, Sequence
from typing import Final

from workbench.database import Database
from workbench.search.queries import Group, Typed, all_of, any_of, groups
from workbench.search.ranking import Candidate, Hit, Ranking
from workbench.search.spelling import Speller

CANDIDATES: Final = 40
"""Pages that FTS5 finds for one query, to be put in order."""
PLENTY: Final = 20
"""Pages; where so many have every word in their short texts, no body is looked at."""
ENOUGH: Final = 5
"""Pages; where fewer are found, words are taken for slips that are known, and pages that have only some of them."""
SURE: Final = 0.7
"""Score from which on the one page found is surely what was meant."""
COMMON: Final = 0.2
"""Share of the pages; a word in more of them finds nothing that rarer words beside it do not."""


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
        self._short = ", ".join(list(columns)[:-1])

    def find(self, typed: Typed) -> list[Hit]:
        """Pages with all the words; where they are few, also with words taken for slips, or with some of them."""
        looked_for = groups(typed, self.speller)
        found = self._all(looked_for)
        if len(found) < ENOUGH and max((hit.score for hit in found.values()), default=0.0) < SURE:
            doubted = [group for group in groups(typed, self.speller, doubted=True) if self._known(group)]
            for hits in (self._all(doubted), self._some(doubted)):
                for page, hit in hits.items():
                    if page not in found or found[page].score < hit.score:
                        found[page] = hit
        return sorted(found.values(), key=lambda hit: (-hit.score, hit.id))

    def _all(self, looked_for: Sequence[Group]) -> dict[int, Hit]:
        """Pages that have every word in their short texts, then those that have them anywhere."""
        if not looked_for:
            return {}
        ranking = self._ranking(looked_for)
        found = self._hits(ranking, "_short", all_of(looked_for))
        if len(found) < PLENTY:
            telling = self._telling(looked_for)
            found = self._hits(ranking, "", all_of(telling)) | found
        return found

    def _some(self, looked_for: Sequence[Group]) -> dict[int, Hit]:
        """Pages that have some of the words in their short texts, else one of the two rarest anywhere."""
        if len(looked_for) < 2:
            return {}
        ranking = self._ranking(looked_for, partly=True)
        found = self._hits(ranking, "_short", any_of(self._telling(looked_for)))
        if len(found) < ENOUGH:
            found = self._hits(ranking, "", any_of(sorted(looked_for, key=self._known)[:2])) | found
        return found

    def _ranking(self, looked_for: Sequence[Group], *, partly: bool = False) -> Ranking:
        return Ranking(looked_for, [self._known(group) for group in looked_for], self.columns, self.pages, partly)

    def _hits(self, ranking: Ranking, table: str, expression: str) -> dict[int, Hit]:
        """The candidates that one of the two tables has, with their scores."""
        full = f"{self.name}{table}"
        rows = self.database.rows(
            f"SELECT {self.name}_short.rowid, best, forms, {self._short}"
            f" FROM (SELECT rowid AS page, rank AS best FROM {full} WHERE {full} MATCH ? ORDER BY rank LIMIT ?)"
            f" JOIN {self.name}_short ON {self.name}_short.rowid = page ORDER BY best, page",
            (expression, CANDIDATES),
        )
        best = rows[0][1] if rows else 0.0
        candidates = (
            Candidate(page, rank / best if best else 0.0, tuple(texts), forms) for page, rank, forms, *texts in rows
        )
        return {each.id: ranking.hit(each) for each in candidates}

    def _telling(self, looked_for: Sequence[Group]) -> Sequence[Group]:
        """The words that are not common; all where all are."""
        return [group for group in looked_for if self._known(group) <= COMMON * self.pages] or looked_for

    def _known(self, group: Group) -> int:
        """How many pages have a word in the commonest of its ways."""
        return max(self.speller.pages_of(each) for each in group)
