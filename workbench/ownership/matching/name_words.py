"""The words of components' names, to find those of which somebody remembers a word, or half of one."""

from typing import Final, NamedTuple

from workbench.database import Database
from workbench.search.queries import Group, all_of, groups, read
from workbench.search.spelling import Speller

_LOOKED_AT: Final = 200
"""Names that have the words, of which the shortest are the likeliest."""


class Worded(NamedTuple):
    """A name that has all the words: from 0 to 1 how much of it they are, and whether none had to be corrected."""

    component: str
    likeness: float
    as_typed: bool


class NameWords:
    """An index of the words of names and aliases; every write inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._speller = Speller({})

    def put(self, page: int, text: str) -> None:
        """Takes the words of a component in, over those it had."""
        self.remove(page)
        self.database.execute("INSERT INTO component_words (rowid, words) VALUES (?, ?)", (page, text))

    def remove(self, page: int) -> None:
        """Takes the words of a component out."""
        self.database.execute("DELETE FROM component_words WHERE rowid = ?", (page,))

    def forget(self) -> None:
        """Reads anew which words there are, since names have changed."""
        self._speller = Speller({})

    def having(self, typed: str, limit: int) -> list[Worded]:
        """The names that have all the words, the last perhaps only begun, the likeliest first."""
        if not self._speller.vocabulary:
            self._speller = Speller(dict(self.database.rows("SELECT term, doc FROM component_words_vocabulary")))
        query = read(typed, self._speller)
        ways = groups(query, self._speller)
        if not ways or not all(ways):
            return []
        rows = self.database.rows(
            f"""SELECT found.component, component_words.words FROM component_words
            JOIN component_key AS found ON found.id = component_words.rowid
            WHERE component_words MATCH ? LIMIT {_LOOKED_AT}""",
            (all_of(ways),),
        )
        found = [_judged(component, words.split(), ways, query.words) for component, words in rows]
        return sorted(found, key=lambda each: (-each.as_typed, -each.likeness, each.component))[:limit]


def _judged(component: str, words: list[str], ways: list[Group], typed: tuple[str, ...]) -> Worded:
    weights = [max((each.weight for each in group if _stands(each.text, words)), default=0.0) for group in ways]
    as_typed = all(any(word.startswith(each) for word in words) for each in typed)
    share = min(1.0, len(typed) / max(1, len(words)))
    return Worded(component, sum(weights) / len(weights) * (0.5 + 0.5 * share), as_typed)


def _stands(text: str, words: list[str]) -> bool:
    return any(word.startswith(text) for word in words) if " " not in text else f" {text}" in f" {' '.join(words)}"
