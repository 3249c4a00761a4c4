"""What somebody typed, read as words, and told in FTS5's language: no character of the text itself reaches it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from workbench.search.spelling import Alternative, Speller
from workbench.search.words import folded, words

MOST_WORDS: Final = 8
"""Words that are looked for; of a pasted text the rarest."""
LONGEST: Final = 10_000
"""Characters that are read of what was typed or pasted."""

Group = tuple[Alternative, ...]
"""The ways to look for one typed word."""


class Typed(NamedTuple):
    """The words of a query in their order; `unfinished` where the last may go on."""

    words: tuple[str, ...]
    unfinished: bool


def read(text: str, speller: Speller) -> Typed:
    """The words that are looked for: of many those that tell the most, which are known and in few pages."""
    text = text[:LONGEST]
    found = tuple(dict.fromkeys(words(text)))
    ends = folded(text[-1:])
    unfinished = bool(found) and ends.isalnum()
    if len(found) <= MOST_WORDS:
        return Typed(found, unfinished)
    telling = sorted(found, key=lambda word: speller.pages(word) or len(speller.vocabulary))[:MOST_WORDS]
    return Typed(tuple(word for word in found if word in telling), unfinished and found[-1] in telling)


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
