"""What somebody typed, read as words, and told in FTS5's language: no character of the text itself reaches it."""

from collections.abc import Sequence
from math import inf
from typing import Final, NamedTuple

from workbench.search.spelling import Alternative, Speller
from workbench.search.words import folded, words

MOST_WORDS: Final = 8
"""Words that are looked for; of a pasted text the rarest."""
LONGEST: Final = 10_000
"""Characters that are read of what was typed or pasted."""

LONGEST_ROW: Final = 16
"""Words up to which they are looked for as they follow one another."""
_ROW: Final = 3
"""Words from which on it tells something that they do."""

Group = tuple[Alternative, ...]
"""The ways to look for one typed word."""


class Typed(NamedTuple):
    """The words of a query, each once; all of them as they follow one another, if few; may the last be unfinished?"""

    words: tuple[str, ...]
    row: tuple[str, ...]
    unfinished: bool


def read(text: str, speller: Speller) -> Typed:
    """The words that are looked for: of many those that tell the most, which are known and in few pages."""
    text = text[:LONGEST]
    row = tuple(words(text))
    found = tuple(dict.fromkeys(row))
    unfinished = bool(row) and folded(text[-1]).isalnum()
    if len(row) <= MOST_WORDS:
        return Typed(found, row, unfinished)
    telling = sorted(found, key=lambda word: speller.pages(word) or inf)[:MOST_WORDS]
    chosen = tuple(word for word in found if word in telling)
    return Typed(chosen, row if len(row) <= LONGEST_ROW else (), unfinished and chosen[-1] == row[-1])


def groups(typed: Typed, speller: Speller, *, doubted: bool = False) -> list[Group]:
    """For each word the ways to look for it."""
    last = len(typed.words) - 1
    together = speller.together(typed.words, unfinished=typed.unfinished)
    found = []
    for place, word in enumerate(typed.words):
        unfinished = typed.unfinished and place == last
        alone = speller.alternatives(word, unfinished=unfinished, doubted=doubted)
        found.append((*alone, *together[place]))
    return found


def all_of(found: Sequence[Group]) -> str:
    """Pages that have each word in one of its ways."""
    return " AND ".join(f"({' OR '.join(each.expression for each in group)})" for group in found)


def any_of(found: Sequence[Group]) -> str:
    """Pages that have at least one of the words."""
    return " OR ".join(each.expression for group in found for each in group)


def in_a_row(typed: Typed, found: Sequence[Group], speller: Speller, most: float) -> str:
    """Pages that have the words as they follow one another, each in its likeliest way; empty for too few of them.

    A last word of which so little is typed that more than `most` pages have one that begins so is not looked for yet.
    """
    likeliest = {
        word: next((each for each in group if speller.pages_of(each)), group[0])
        for word, group in zip(typed.words, found, strict=True)
    }
    row = [likeliest[word].text for word in typed.row if word in likeliest]
    begins = typed.unfinished and bool(row)
    if begins and speller.pages_of(Alternative(row[-1], 1.0, begins=True)) > most:
        begins = False
        row.pop()
    if len(row) < _ROW:
        return ""
    return f'"{" ".join(row)}"{"*" if begins else ""}'
