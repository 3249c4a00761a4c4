"""Error messages known by their wording: numbers, addresses and ids in them change from one time to the next."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from workbench.ownership.matching.scores import Fit, exact, partly

_CHANGING: Final = re.compile(
    r"(?P<blank>\s+)"
    # A code like ORA-00942 or E1234: it names the error, and is no number that changes.
    r"|(?P<code>(?<![^\W_])[A-Z]{1,8}-?[0-9]{2,8}(?![^\W_]))"
    r"|(?i:(?<![^\W_])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![^\W_]))"
    r"|(?i:(?<![^\W_])0x[0-9a-f]+(?![^\W_]))"
    r"|(?i:(?<![^\W_])(?=[a-f]{0,40}[0-9])[0-9a-f]{8,64}(?![^\W_]))"
    r"|[0-9]+"
)
_BLANK: Final = re.compile(r"(?P<blank>\s+)")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"[0-9]+")
_WORDS_ENOUGH: Final = 3
"""Words from which on a message is known whatever its numbers are."""
_ANY: Final = "*"
"""The key of the few signatures that have no whole word."""
_GAP: Final = 200
"""Characters that a `*` stands for at most, so that a signature is not found in bits all over a long text."""


class Folded(NamedTuple):
    """A text made comparable, and where its parts stand in the text as it was written."""

    text: str
    places: list[int]
    origins: list[int]

    def origin(self, place: int) -> int:
        """Where in the original a place of the folded text is."""
        before = bisect_right(self.places, place) - 1
        return self.origins[before] + place - self.places[before]


def folded(text: str, changing: re.Pattern[str]) -> Folded:
    """Small letters, one blank for any white space, and `#` for what else is found to be `changing`."""
    parts, places, origins = [], [0], [0]
    size = end = 0
    for match in changing.finditer(text):
        if match.lastgroup == "code":
            continue
        parts += [text[end : match.start()], " " if match.lastgroup == "blank" else "#"]
        size += match.start() - end + 1
        end = match.end()
        places.append(size)
        origins.append(end)
    parts.append(text[end:])
    return Folded("".join(parts).replace("İ", "i").lower(), places, origins)  # the only letter that grows


class Wording:
    """A text as signatures are compared with it: with its numbers, and with any number alike."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def plain(self) -> Folded:
        """With its numbers."""
        return folded(self.text, _BLANK)

    @cached_property
    def loose(self) -> Folded:
        """With `#` for whatever changes from one time to the next."""
        return folded(self.text, _CHANGING)

    @cached_property
    def keys(self) -> list[str]:
        """The keys under which an index may have a signature that stands in the text."""
        words = _WORD.findall(self.loose.text)
        numbers = _NUMBER.findall(self.text)
        return list(dict.fromkeys([_ANY, *words, *(f"{one} {other}" for one, other in pairwise(words)), *numbers]))


class Sighting(NamedTuple):
    """A signature that stands in a text: how well it fits, and from where to where."""

    fit: Fit
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signature:
    """A message to be found anywhere in a text, with `*` for any words; in pieces, with and without its numbers."""

    plain: tuple[str, ...]
    loose: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Signature | None":
        """Reads it; None where there is nothing to be found."""
        return _read(text)

    def sighting(self, wording: Wording) -> Sighting | None:
        """Where it first stands in a text, with its own numbers or else with others; None where it does not."""
        literal = sum(map(len, self.plain))
        place = _placed(self.plain, wording.plain.text)
        if place:
            return Sighting(exact(literal), *map(wording.plain.origin, place))
        if sum(len(_WORD.findall(piece)) for piece in self.loose) < _WORDS_ENOUGH:
            return None
        literal = sum(map(len, self.loose))
        place = _placed(self.loose, wording.loose.text)
        return Sighting(partly(literal - 1, literal), *map(wording.loose.origin, place)) if place else None

    @property
    def keys(self) -> list[str]:
        """What an index keeps it by: its longest two neighbouring words, else a word, a number, or nothing."""
        words = [_whole_words(self.loose, place) for place in range(len(self.loose))]
        pairs = [f"{one} {other}" for found in words for one, other in pairwise(found)]
        singles = [word for found in words for word in found]
        numbers = _NUMBER.findall(self.plain[0]) if len(self.plain) == 1 else []
        choice = pairs or singles or numbers
        if not choice:
            return [_ANY] if any(char.isalnum() for char in "".join(self.plain)) else []
        return [max(choice, key=len)]


def _whole_words(pieces: tuple[str, ...], place: int) -> list[str]:
    """The words of a piece without those that touch a star and so may be the part of another one."""
    piece = pieces[place]
    found = _WORD.findall(piece)
    if place and found and piece.startswith(found[0]):
        found = found[1:]
    if place < len(pieces) - 1 and found and piece.endswith(found[-1]):
        found = found[:-1]
    return found


@lru_cache(maxsize=20_000)
def _read(text: str) -> Signature | None:
    signature = Signature(*(tuple(folded(text, how).text.strip().split("*")) for how in (_BLANK, _CHANGING)))
    return signature if signature.keys else None


def _placed(pieces: tuple[str, ...], text: str) -> tuple[int, int] | None:
    """Where the pieces stand one after the other, each close behind the one before; None where they do not."""
    told = [(piece, place == 0, place == len(pieces) - 1) for place, piece in enumerate(pieces) if piece]
    first, *others = told
    for start in _found(*first, text, 0, len(text)):
        end: int | None = start + len(first[0])
        for other in others:
            assert end is not None
            place = next(_found(*other, text, end, end + _GAP + len(other[0])), None)
            end = None if place is None else place + len(other[0])
            if end is None:
                break
        if end is not None:
            return start, end
    return None


def _found(piece: str, leads: bool, closes: bool, text: str, start: int, stop: int) -> Iterator[int]:
    """Where the piece stands between two places; at the ends of the whole signature not within a word or number."""
    place = text.find(piece, start, stop)
    while place >= 0:
        end = place + len(piece)
        cut_before = leads and place > 0 and _joined(text[place - 1], piece[0])
        cut_behind = closes and end < len(text) and _joined(piece[-1], text[end])
        if not cut_before and not cut_behind:
            yield place
        place = text.find(piece, place + 1, stop)


def _joined(one: str, other: str) -> bool:
    """Whether two neighbouring characters are of one word or one number."""
    return (one.isalpha() and other.isalpha()) or (one.isdigit() and other.isdigit())
