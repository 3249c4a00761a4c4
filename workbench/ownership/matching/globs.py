"""Text with `*` and `?` in it, and paths of such segments with `**`; matched in time that no pattern can blow up."""

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import Final, NamedTuple

ANY_DEPTH: Final = "**"
"""The segment that stands for any number of segments."""
STAR: Final = "*"
"""What the key of a pattern begins with that has no literal part to be kept by but perhaps its first letters."""
_HEAD: Final = 4
"""Letters before a wildcard by which a pattern is kept in an index."""


class Glob(NamedTuple):
    """One segment of a pattern: its plain text where it has no wildcard, else what it must look like."""

    text: str
    literal: int
    """Characters that stand for themselves; the more, the more specific."""
    looks: re.Pattern[str] | None = None

    def fits(self, text: str) -> bool:
        """Whether the whole of `text` is what this stands for."""
        return self.text == text if self.looks is None else self.looks.fullmatch(text) is not None

    @property
    def head(self) -> str:
        """The first letters before the first wildcard, behind a `*`, as an index keeps them."""
        return STAR + self.text[:_HEAD]


@lru_cache(maxsize=20_000)
def glob(text: str, *, escapes: bool = False) -> Glob:
    """Reads a segment; with `escapes` a backslash makes the next character stand for itself."""
    pieces, plain, escaped = [""], [""], False
    for char in text:
        if escapes and char == "\\" and not escaped:
            escaped = True
        elif char == "*" and not escaped:
            pieces.append("")
            plain.append("")
        elif char == "?" and not escaped:
            pieces[-1] += "."
            plain[-1] += "\0"
        else:
            pieces[-1] += re.escape(char)
            plain[-1] += char
            escaped = False
    literal = sum(len(piece) - piece.count("\0") for piece in plain)
    if len(pieces) == 1 and "\0" not in plain[0]:
        return Glob(plain[0], literal)
    # Each piece is taken where it first occurs and never again elsewhere (an atomic group), so that many stars cost
    # no more than few; only the last one has to stand at the end.
    first, *middle, last = pieces if len(pieces) > 1 else (*pieces, "")
    stars = len(pieces) > 1
    looks = first + "".join(f"(?>.*?{piece})" for piece in middle) + (f".*{last}" if stars else "")
    return Glob(plain[0].split("\0")[0], literal, re.compile(looks, re.DOTALL))


def heads(text: str, starred: Set[str], ending: str = "") -> list[str]:
    """The keys under which an index may have a pattern with a wildcard that fits this text.

    `starred` are those that the index has: mostly few or none, which saves asking for all that could be. `ending` is
    what stands behind the first letters.
    """
    if not starred:
        return []
    keys = (STAR + text[:length] + ending for length in range(min(len(text), _HEAD) + 1))
    return [key for key in keys if key in starred]


def ends(pattern: Sequence[Glob | None], segments: Sequence[str], starts: set[int]) -> set[int]:
    """How many segments the pattern may have used up, begun at any of `starts`; None in it stands for any depth."""
    places = starts
    for part in pattern:
        if not places:
            break
        if part is None:
            places = set(range(min(places), len(segments) + 1))
        else:
            places = {place + 1 for place in places if place < len(segments) and part.fits(segments[place])}
    return places
