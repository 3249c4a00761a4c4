"""Four ways to search, ours and its peers, that answer the same queries over the same pages."""

import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from benchmarks.pages import Page
from workbench.database import Database
from workbench.search import TextIndex, schema
from workbench.search.words import words

FIRST: Final = 5
"""Pages that are looked at of an answer."""
COLUMNS: Final = {"title": 10.0, "headings": 3.0, "body": 1.0}

Finder = Callable[[str], Sequence[int]]
"""Numbers of the pages found for a query, the best first."""


def ours(database: Database, pages: Sequence[Page]) -> Finder:
    """The index of the program."""
    with database.transaction():
        for statement in schema("page_words", COLUMNS):
            database.execute(statement)
        index = TextIndex(database, "page_words", COLUMNS)
        for number, page in enumerate(pages):
            index.put(number, {"title": page.title, "body": page.body})
    return lambda text: [hit.id for hit in index.search(text, limit=FIRST)]


def plain(database: Database, pages: Sequence[Page]) -> Finder:
    """FTS5 with the same stems, weights and prefix index: all words, the last as the beginning of one."""
    _fill(database, "plain", "porter unicode61', prefix='2 3", pages)

    def find(text: str) -> list[int]:
        found = " ".join(f'"{word}"' for word in words(text))
        return _best(database, "plain", f"{found}*") if found else []

    return find


def trigram(database: Database, pages: Sequence[Page]) -> Finder:
    """FTS5 over every three letters in a row: any of those of the query, the pages with the most of them first."""
    _fill(database, "trigram", "trigram", pages)

    def find(text: str) -> list[int]:
        typed = " ".join(words(text))
        parts = dict.fromkeys(typed[place : place + 3] for place in range(len(typed) - 2))
        return _best(database, "trigram", " OR ".join(f'"{part}"' for part in parts)) if parts else []

    return find


def likeness(pages: Sequence[Page]) -> Finder:
    """Every title compared with what was typed, letter by letter (rapidfuzz WRatio)."""
    titles = [" ".join(words(page.title)) for page in pages]
    return lambda text: [number for _, _, number in process.extract(text, titles, scorer=fuzz.WRatio, limit=FIRST)]


def fzf(pages: Sequence[Page]) -> Finder | None:
    """`fzf --filter` over the titles, where it is installed."""
    program = shutil.which("fzf")
    if program is None:
        return None
    lines = "\n".join(f"{number}\t{' '.join(words(page.title))}" for number, page in enumerate(pages))

    def find(text: str) -> list[int]:
        command = [program, "--filter", text, "--delimiter", "\t", "--nth", "2"]
        found = subprocess.run(command, input=lines, capture_output=True, text=True, check=False).stdout
        return [int(line.partition("\t")[0]) for line in found.splitlines()[:FIRST]]

    return find


def _fill(database: Database, name: str, tokenizer: str, pages: Iterable[Page]) -> None:
    with database.transaction():
        database.execute(f"CREATE VIRTUAL TABLE {name} USING fts5 (title, body, tokenize='{tokenizer}')")
        database.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('rank', 'bm25(10, 1)')")
        rows = ((number, " ".join(words(one.title)), " ".join(words(one.body))) for number, one in enumerate(pages))
        database.execute_many(f"INSERT INTO {name} (rowid, title, body) VALUES (?, ?, ?)", rows)


def _best(database: Database, name: str, expression: str) -> list[int]:
    sql = f"SELECT rowid FROM {name} WHERE {name} MATCH ? ORDER BY rank LIMIT {FIRST}"
    return [number for (number,) in database.rows(sql, (expression,))]


def opened(folder: Path, name: str) -> Database:
    """A new file of its own for each, so that none profits of another's pages in memory."""
    return Database.create(folder / f"{name}.db")
