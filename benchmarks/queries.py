"""Queries for the search, made from real pages by stated rules; they are the same each time."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random
from string import ascii_lowercase
from typing import Final, NamedTuple

from benchmarks.pages import SEED, Page
from workbench.search.words import words

_TITLE: Final = 8
"""Words of a title that are typed."""
_SLIPPED: Final = 4
"""Letters that a word has at least in which a slip is made."""
_PHRASE: Final = 6
"""Words of a body that are typed."""
_TELLING: Final = 3
"""Words of five letters and more that such a phrase has at least."""


class Query(NamedTuple):
    """What is typed, and the number of the page that is meant."""

    text: str
    page: int


def one_slip(random: Random, title: list[str], _body: list[str]) -> list[str] | None:
    """The title with a slip in one of its words: a letter too many, too few, another one, or two swapped."""
    return _slipped(random, title, 1)


def two_slips(random: Random, title: list[str], _body: list[str]) -> list[str] | None:
    """The title with slips in two of its words, or two slips in the only one that is long enough."""
    return _slipped(random, title, 2)


def other_order(random: Random, title: list[str], _body: list[str]) -> list[str] | None:
    """The title's words in any other order."""
    mixed = random.sample(title, len(title))
    return mixed if mixed != title else title[::-1]


def unfinished(random: Random, title: list[str], _body: list[str]) -> list[str] | None:
    """The title up to the middle of its last word."""
    last = title[-1]
    return [*title[:-1], last[: random.randint(2, len(last) - 1)]] if len(last) >= _SLIPPED else None


def joined(random: Random, title: list[str], _body: list[str]) -> list[str] | None:
    """The title with one blank forgotten."""
    place = random.randrange(len(title) - 1)
    return [*title[:place], title[place] + title[place + 1], *title[place + 2 :]]


def phrase(random: Random, _title: list[str], body: list[str]) -> list[str] | None:
    """Words in a row from the body, among them some that tell something."""
    starts = list(range(len(body) - _PHRASE))
    for start in random.sample(starts, min(20, len(starts))):
        found = body[start : start + _PHRASE]
        if len({word for word in found if len(word) > 4 and word.isalpha()}) >= _TELLING:
            return found
    return None


KINDS: Final[dict[str, Callable[[Random, list[str], list[str]], list[str] | None]]] = {
    "one slip": one_slip,
    "two slips": two_slips,
    "words in another order": other_order,
    "unfinished": unfinished,
    "a blank forgotten": joined,
    "a phrase of the body": phrase,
}


def made(kind: str, pages: Sequence[Page], count: int) -> list[Query]:
    """So many queries of a kind, each for a page that chance picks; a phrase stands in that page alone."""
    random = Random(f"{SEED} {kind}")
    bodies = [f" {' '.join(words(page.body))} " for page in pages] if kind == "a phrase of the body" else []
    found: list[Query] = []
    while len(found) < count:
        page = random.randrange(len(pages))
        title = words(pages[page].title)[:_TITLE]
        typed = KINDS[kind](random, title, bodies[page].split() if bodies else [])
        if typed is None:
            continue
        text = " ".join(typed)
        if not bodies or sum(f" {text} " in body for body in bodies) == 1:
            found.append(Query(text, page))
    return found


def _slipped(random: Random, title: list[str], slips: int) -> list[str] | None:
    places = [place for place, word in enumerate(title) if len(word) >= _SLIPPED]
    if not places:
        return None
    chosen = random.sample(places, min(slips, len(places)))
    chosen += chosen[:1] * (slips - len(chosen))
    typed = list(title)
    for place in chosen:
        typed[place] = _slip(random, typed[place])
    return typed if typed != title else None


def _slip(random: Random, word: str) -> str:
    place = random.randrange(len(word))
    swaps = [place for place, (one, other) in enumerate(pairwise(word)) if one != other]
    match random.randrange(4):
        case 0:
            return word[:place] + word[place + 1 :]
        case 1:
            return word[:place] + random.choice(ascii_lowercase) + word[place:]
        case 2 if swaps:
            at = random.choice(swaps)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case _:
            return word[:place] + random.choice(ascii_lowercase.replace(word[place], "")) + word[place + 1 :]
