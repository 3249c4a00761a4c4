"""Pages that are found in spite of slips."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from workbench.database import Database
from workbench.search.excerpts import Excerpt, excerpt
from workbench.search.finding import Finder
from workbench.search.queries import LONGEST, Typed, read
from workbench.search.ranking import Hit
from workbench.search.schema import Tables
from workbench.search.spelling import Speller
from workbench.search.words import words

_KEPT: Final = 500
"""Answers that are kept until the index changes."""


class TextIndex:
    """Pages with a title, further short texts and a body, found by what somebody typed."""

    def __init__(self, database: Database, name: str, columns: Mapping[str, float]) -> None:
        """`name` and `columns` as they were given to `schema`."""
        self.database = database
        self.name = name
        self.columns = dict(columns)
        self._tables = Tables(database, name, tuple(columns))
        self._number = -1
        self._finder = Finder(database, name, self.columns, Speller({}), 0)
        self._answers: dict[Typed, list[Hit]] = {}

    def put(self, page: int, texts: Mapping[str, str]) -> None:
        """Takes a page in, or anew; inside the caller's transaction. A column that is not named is empty."""
        self._tables.put(page, texts)

    def remove(self, page: int) -> None:
        """Takes a page out, if it is in; inside the caller's transaction."""
        self._tables.remove(page)

    def search(
        self,
        typed: str,
        *,
        limit: int = 20,
        boost: Callable[[int], float] | None = None,
        first: Mapping[int, str] | None = None,
    ) -> list[Hit]:
        """The pages that fit what was typed, the best first; whatever was typed, nothing is raised for it.

        `boost` adds to a page's score what the caller knows of it (a tenth at most, say). The pages of `first` come
        before all others with the column where the caller found them.
        """
        leading = first or {}
        found = [hit for hit in self._found(typed) if hit.id not in leading]
        if boost is not None:
            found = [replace(hit, score=hit.score + boost(hit.id)) for hit in found]
            found.sort(key=lambda hit: -hit.score)  # before it is cut off, so that two of a full score are told apart
            found = [replace(hit, score=min(1.0, max(0.0, hit.score))) for hit in found[:limit]]
        given = tuple(dict.fromkeys(words(typed[:LONGEST]))) if leading else ()
        return [*(Hit(page, 1.0, where, given) for page, where in leading.items()), *found][:limit]

    def alike(self, text: str) -> list[Hit]:
        """The pages that are about what a longer text is about, the best first, by words that few pages have.

        Nothing is taken for a slip, and a page that has one of the words is found.
        """
        self.refresh()
        return self._finder.alike(words(text[:LONGEST]))

    def excerpt(self, text: str, hit: Hit, *, width: int = 160) -> Excerpt:
        """The part of a text that shows the most of what matched, on one line."""
        return excerpt(text, hit.words, hit.beginnings, width)

    def refresh(self) -> None:
        """Reads the words of the index anew if they have changed; else the first search does, and takes longer."""
        with self.database.snapshot():
            number = self.database.value(f"SELECT number FROM {self.name}_change")
            if number == self._number:
                return
            speller = Speller(dict(self.database.rows(f"SELECT term, doc FROM {self.name}_vocabulary")))
            size = int(self.database.value(f"SELECT count(*) FROM {self.name}_docsize"))
        self._finder = Finder(self.database, self.name, self.columns, speller, size)
        self._answers.clear()
        # Inside a write transaction the number may yet be rolled back, and then be another session's.
        self._number = -1 if self.database.writing else number

    def _found(self, text: str) -> list[Hit]:
        self.refresh()
        typed = read(text, self._finder.speller)
        if typed not in self._answers:
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            self._answers[typed] = self._finder.find(typed)
        return self._answers[typed]
