"""Corrections by the words of a full-text table too large to read them all: it is only asked for some."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from string import ascii_lowercase
from typing import Final

from workbench.database import Database
from workbench.database.patience import within
from workbench.errors import Interrupted
from workbench.search.words import words

_SHORTEST: Final = 4
"""Letters from which on a word is corrected: shorter ones are a slip of nearly anything."""
_LONGEST: Final = 24
"""Letters up to which it is; a longer one is no word but a number or an address."""
_LONG: Final = 8
"""Letters from which on a word may have two slips."""
_START: Final = 3
"""First letters that are then taken as right, so that only words which begin so are read."""
_PATIENCE: Final = 0.04
"""Seconds for which those are read."""


class TableWords:
    """The words of an FTS5 table of the file."""

    def __init__(self, database: Database, table: str) -> None:
        self.database = database
        self.table = table
        self._newest = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT 1"

    def meant(self, typed: str) -> str | None:
        """The word that this may be a slip of; None where a text has one that begins so, or none is near.

        Of several it is the one in the newest row, since what is talked about now is likelier meant.
        """
        word = "".join(words(typed))
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or self._beginning(word, 1):
            return None
        others = ((self.database.value(self._newest, (f'"{other}"',)), other) for other in _one_slip_off(word))
        found = [(other[0] == word[0], row, other) for row, other in others if row is not None]
        if found:
            return max(found)[2]
        return self._two_slips_off(word) if len(word) >= _LONG else None

    def _two_slips_off(self, word: str) -> str | None:
        """The nearest of the words with the same first letters."""
        from rapidfuzz import process  # here, since a well typed word needs no correction
        from rapidfuzz.distance import OSA

        found = process.extractOne(word, self._beginning(word[:_START], -1), scorer=OSA.distance, score_cutoff=2)
        return found[0] if found else None

    def _beginning(self, start: str, most: int) -> list[str]:
        """Words that begin so, as far as they can be read while a key waits for its answer."""
        vocabulary = f"{self.table}_told"
        self.database.connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{vocabulary} USING fts5vocab (main, {self.table}, row)"
        )
        sql = f"SELECT term FROM temp.{vocabulary} WHERE term >= ? AND term < ? LIMIT ?"
        found: list[str] = []
        with suppress(Interrupted), within(self.database, _PATIENCE):
            found += (term for (term,) in self.database.rows(sql, (start, f"{start}\U0010ffff", most)))
        return found


def _one_slip_off(word: str) -> Iterator[str]:
    """What is typed by one slip, each once: letters swapped, one too many, another one, one too few."""
    places = range(len(word))
    letters = "".join(sorted({*ascii_lowercase, *word}))
    yield from dict.fromkeys(
        (
            *(word[:at] + other + one + word[at + 2 :] for at, (one, other) in enumerate(pairwise(word))),
            *(word[:at] + word[at + 1 :] for at in places),
            *(word[:at] + letter + word[at + 1 :] for at in places for letter in letters),
            *(word[:at] + letter + word[at:] for at in (*places, len(word)) for letter in letters),
        )
    )
