"""Words of a text, as the index knows them: small letters and digits without accents, whatever was typed."""

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple
from unicodedata import combining, normalize, ucd_3_2_0

from workbench.text import storable

_WORD: Final = re.compile(r"[^\W_]+")
_HUMP: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
"""A part of `KubePodOOMKilled`: Kube, Pod, OOM, Killed."""
_ENDINGS: Final = ("ations", "ation", "ings", "ing", "ions", "ion", "ers", "ies", "ed", "er", "es", "ly", "al")
_LEAST_STEM: Final = 4
"""Letters that are left of a word at least when its ending is taken off."""
LONGEST: Final = 64
"""Letters of a word that count; what is longer (a key, a block of Base64) is known by its beginning."""


class Found(NamedTuple):
    """A word of a text: how the index knows it, and where it stands."""

    word: str
    start: int
    end: int


def folded(text: str) -> str:
    """The text in small letters without accents; compatible forms (full width, ligatures) become plain ones."""
    if text.isascii():
        return text.lower()
    plain = normalize("NFKD", storable(text)).casefold()
    return "".join(char if char.isascii() or _known(char) else " " for char in plain if not combining(char))


def _known(char: str) -> bool:
    """Whether SQLite surely takes it for a letter or digit: it knows those of Unicode 6.1, and these are of 3.2."""
    return ucd_3_2_0.category(char)[0] in "LN"


def words(text: str) -> list[str]:
    """The words of a text in their order."""
    return [word[:LONGEST] for word in _WORD.findall(folded(text))]


def placed(text: str, starts: Collection[str] = ("",)) -> list[Found]:
    """The words of a text that begin in one of these ways, with the places where they stand in it as it was written."""
    if not starts:
        return []
    if text.isascii():  # as nearly all are: then no other words are looked at
        begins = "|".join(map(re.escape, starts))
        matches = re.finditer(rf"(?<![^\W_])(?:{begins})[^\W_]*", text.lower())
        return [Found(match[0][:LONGEST], *match.span()) for match in matches if match[0]]
    found = []
    for match in re.finditer(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*", text):
        found += [Found(word, *match.span()) for word in words(match[0])[:1] if word.startswith(tuple(starts))]
    return found


def forms(text: str) -> list[str]:
    """How else the words of a title may be written: neighbours joined (`checkout`), parts apart (`Kube Pod`)."""
    parts = [_HUMP.findall(word) if word.isascii() else [word] for word in re.findall(r"[^\W_]+", storable(text))]
    apart = [part for pieces in parts if len(pieces) > 1 for part in pieces]
    plain = words(text)
    known = set(plain)
    pieces = words(" ".join(" ".join(each) for each in parts))
    joined = [one + other for one, other in pairwise(pieces)]
    joined += [one + other for one, other in pairwise(plain)]
    return [form for form in dict.fromkeys(words(" ".join(apart)) + joined) if form not in known]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its commonest English endings, so that `printers` is told as found by `printing`.

    SQLite's own stems decide what is found; this only follows them closely enough to say what matched.
    """
    if len(word) <= _LEAST_STEM or not word.isascii():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word[: -len(ending)]
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    if len(word) > _LEAST_STEM and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    return word[:-1] if len(word) > _LEAST_STEM and word[-1] in "eyi" else word
