"""Pages found in spite of slips: FTS5 finds the candidates, and what of them matches decides their order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from workbench.database import Database
from workbench.search.excerpts import Excerpt, excerpt
from workbench.search.queries import LONGEST, Group, Typed, all_of, any_of, groups, read
from workbench.search.ranking import Candidate, Hit, Ranking
from workbench.search.spelling import Speller
from workbench.search.words import forms, words

CANDIDATES: Final = 40
"""Pages that FTS5 finds for one query, to be put in order."""
ENOUGH: Final = 5
"""Pages; where fewer are found, pages that have only some of the words are looked for."""
_KEPT: Final = 500
"""Answers that are kept until the index changes."""


def schema(name: str, columns: Mapping[str, float]) -> tuple[str, ...]:
    """The statements that make the tables of an index, for a migration.

    `columns` are the names of its texts and what a word counts there; the first is the title, the last the body.
    """
    weights = ", ".join(f"{weight:g}" for weight in (*columns.values(), next(iter(columns.values())) / 2))
    return (
        # The texts as words without accents; `forms` are other ways to write the title.
        f"""
        CREATE VIRTUAL TABLE {name} USING fts5 (
            {", ".join(columns)}, forms, tokenize='porter unicode61', prefix='2 3'
        )
        """,
        f"INSERT INTO {name} ({name}, rank) VALUES ('rank', 'bm25({weights})')",
        # The same words without their stems taken, since only whole words can be told from misspelt ones.
        f"""
        CREATE VIRTUAL TABLE {name}_surface USING fts5 (
            text, content='', detail='none', columnsize=0, tokenize='unicode61'
        )
        """,
        f"CREATE VIRTUAL TABLE {name}_vocabulary USING fts5vocab ({name}_surface, row)",
        # Another number after each change, so that every session knows when what it keeps is out of date.
        f"CREATE TABLE {name}_change (number INTEGER NOT NULL) STRICT",
        f"INSERT INTO {name}_change (number) VALUES (0)",
    )


class TextIndex:
    """Pages with a title, further short texts and a body, found by what somebody typed."""

    def __init__(self, database: Database, name: str, columns: Mapping[str, float]) -> None:
        """`name` and `columns` as they were given to `schema`."""
        self.database = database
        self.name = name
        self.columns = dict(columns)
        self._number = -1
        self._size = 0
        self._speller = Speller({})
        self._answers: dict[Typed, list[Hit]] = {}

    def put(self, page: int, texts: Mapping[str, str]) -> None:
        """Takes a page in, or anew; inside the caller's transaction. A column that is not named is empty."""
        self.remove(page)
        title, *others = (" ".join(words(texts.get(column, ""))) for column in self.columns)
        row = (title, *others, " ".join(forms(texts.get(next(iter(self.columns)), ""))))
        marks = ", ".join("?" * (len(row) + 1))
        self.database.execute(f"INSERT INTO {self.name} (rowid, {self._names}) VALUES ({marks})", (page, *row))
        self.database.execute(f"INSERT INTO {self.name}_surface (rowid, text) VALUES (?, ?)", (page, " ".join(row)))

    def remove(self, page: int) -> None:
        """Takes a page out, if it is in; inside the caller's transaction."""
        self.database.execute(f"UPDATE {self.name}_change SET number = number + 1")
        row = self.database.row(f"SELECT {self._names} FROM {self.name} WHERE rowid = ?", (page,))
        if row is None:
            return
        self.database.execute(f"DELETE FROM {self.name} WHERE rowid = ?", (page,))
        self.database.execute(
            f"INSERT INTO {self.name}_surface ({self.name}_surface, rowid, text) VALUES ('delete', ?, ?)",
            (page, " ".join(row)),
        )

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
            found = [replace(hit, score=min(1.0, max(0.0, hit.score + boost(hit.id)))) for hit in found]
            found.sort(key=lambda hit: -hit.score)
        given = tuple(dict.fromkeys(words(typed[:LONGEST])))
        return [*(Hit(page, 1.0, where, given) for page, where in leading.items()), *found][:limit]

    def excerpt(self, text: str, hit: Hit, *, width: int = 160) -> Excerpt:
        """The part of a text that shows the most of what matched, on one line."""
        return excerpt(text, hit.words, hit.beginnings, width)

    def refresh(self) -> None:
        """Reads the words of the index anew if they have changed; else the first search does, and takes longer."""
        number = self.database.value(f"SELECT number FROM {self.name}_change")
        if number == self._number:
            return
        self._speller = Speller(dict(self.database.rows(f"SELECT term, doc FROM {self.name}_vocabulary")))
        self._size = int(self.database.value(f"SELECT count(*) FROM {self.name}_docsize"))
        self._answers.clear()
        # Inside a write transaction the number may yet be rolled back, and then be another session's.
        self._number = -1 if self.database.writing else number

    @property
    def _names(self) -> str:
        return ", ".join((*self.columns, "forms"))

    def _pages(self, group: Group) -> int:
        """How many pages have a word in one of its ways, at most."""
        return sum(self._speller.pages(word) for each in group for word in each.text.split())

    def _found(self, text: str) -> list[Hit]:
        self.refresh()
        typed = read(text, self._speller)
        if typed not in self._answers:
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            self._answers[typed] = self._answer(typed)
        return self._answers[typed]

    def _answer(self, typed: Typed) -> list[Hit]:
        """Pages with all the words; where they are few, also with the words corrected that are known, or with some."""
        looked_for = groups(typed, self._speller)
        found = self._ranked(looked_for, all_of(looked_for))
        if len(found) < ENOUGH:
            looked_for = groups(typed, self._speller, doubted=True)
            found |= self._ranked(looked_for, all_of(looked_for))
        if len(found) < ENOUGH and len(looked_for) > 1:
            rarest = sorted(looked_for, key=self._pages)[:2]
            for page, hit in self._ranked(looked_for, any_of(rarest), whole=False).items():
                found.setdefault(page, hit)
        return sorted(found.values(), key=lambda hit: (-hit.score, hit.id))

    def _ranked(self, looked_for: Sequence[Group], expression: str, *, whole: bool = True) -> dict[int, Hit]:
        if not expression:
            return {}
        short = ", ".join(list(self.columns)[:-1])
        rows = self.database.rows(
            f"SELECT rowid, rank, forms, {short} FROM {self.name} WHERE {self.name} MATCH ?"
            f" ORDER BY rank LIMIT {CANDIDATES}",
            (expression,),
        )
        ranking = Ranking(looked_for, self._speller, self.columns, self._size)
        best = rows[0][1] if rows else 0.0
        candidates = [Candidate(page, rank, tuple(texts), forms) for page, rank, forms, *texts in rows]
        return {each.id: ranking.hit(each, best, whole=whole) for each in candidates}
