"""The tables of an index, and how they are written."""

from collections.abc import Mapping, Sequence
from typing import Final

from workbench.database import Database
from workbench.search.words import forms, words

_FORMS: Final = 0.5
"""What a word counts in another way to write the title, beside the title itself."""


def schema(name: str, columns: Mapping[str, float]) -> tuple[str, ...]:
    """The statements that make the tables of an index, for a migration.

    `columns` are the names of its texts and what a word counts there; the first is the title, the last the body.
    """
    *short, body = columns
    *counts, of_body = (f"{weight:g}" for weight in columns.values())
    of_forms = f"{columns[short[0]] * _FORMS:g}"
    return (
        # The texts as words without accents; `forms` are other ways to write the title.
        f"""
        CREATE VIRTUAL TABLE {name} USING fts5 (
            {", ".join((*short, body, "forms"))}, tokenize='porter unicode61', prefix='2 3'
        )
        """,
        f"INSERT INTO {name} ({name}, rank) VALUES ('rank', 'bm25({', '.join((*counts, of_body, of_forms))})')",
        # The same without the body: most of what is looked for is found here, in a fraction of the time.
        f"""
        CREATE VIRTUAL TABLE {name}_short USING fts5 (
            {", ".join((*short, "forms"))}, tokenize='porter unicode61', prefix='1 2 3'
        )
        """,
        f"INSERT INTO {name}_short ({name}_short, rank) VALUES ('rank', 'bm25({', '.join((*counts, of_forms))})')",
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


class Tables:
    """Writes pages into the tables of one index, inside the caller's transaction."""

    def __init__(self, database: Database, name: str, columns: Sequence[str]) -> None:
        self.database = database
        self.name = name
        *self.short, self.body = columns

    def put(self, page: int, texts: Mapping[str, str]) -> None:
        """Takes a page in, or anew; a column that is not named is empty."""
        self.remove(page)
        short = [" ".join(words(texts.get(column, ""))) for column in self.short]
        body = " ".join(words(texts.get(self.body, "")))
        other = " ".join(forms(texts.get(self.short[0], "")))
        self._insert(self.name, page, (*self.short, self.body, "forms"), (*short, body, other))
        self._insert(f"{self.name}_short", page, (*self.short, "forms"), (*short, other))
        self._insert(f"{self.name}_surface", page, ("text",), (_surface((*short, body)),))

    def remove(self, page: int) -> None:
        """Takes a page out, if it is in."""
        self.database.execute(f"UPDATE {self.name}_change SET number = number + 1")
        names = ", ".join((*self.short, self.body))
        told = self.database.row(f"SELECT {names} FROM {self.name} WHERE rowid = ?", (page,))
        if told is None:
            return
        self.database.execute(f"DELETE FROM {self.name} WHERE rowid = ?", (page,))
        self.database.execute(f"DELETE FROM {self.name}_short WHERE rowid = ?", (page,))
        surface = f"{self.name}_surface"
        sql = f"INSERT INTO {surface} ({surface}, rowid, text) VALUES ('delete', ?, ?)"
        self.database.execute(sql, (page, _surface(told)))

    def _insert(self, table: str, page: int, names: Sequence[str], told: Sequence[str]) -> None:
        marks = ", ".join("?" * (len(names) + 1))
        self.database.execute(f"INSERT INTO {table} (rowid, {', '.join(names)}) VALUES ({marks})", (page, *told))


def _surface(told: Sequence[str]) -> str:
    return " ".join(told)
