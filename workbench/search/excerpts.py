"""The part of a text that shows best why it was found."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from workbench.search.words import Found, placed, stem

READ: Final = 64_000
"""Characters of a text in which matched words are looked for."""
_BEFORE: Final = 0.25
"""Share of the excerpt that stands before the first matched word, so that it is read in its context."""


class Span(NamedTuple):
    """Where a matched word stands in an excerpt."""

    start: int
    end: int


class Excerpt(NamedTuple):
    """A part of a text on one line, with the places of the matched words in it."""

    text: str
    spans: tuple[Span, ...]


def excerpt(text: str, words: Sequence[str], beginnings: Sequence[str], width: int) -> Excerpt:
    """The part of about `width` characters in which the most different matched words stand; else the text's start."""
    text = " ".join(text[:READ].split())
    stems = {stem(word) for word in words}
    heads = tuple(beginnings)
    placed_words = placed(text, stems.union(heads))
    found = [each for each in placed_words if stem(each.word) in stems or (heads and each.word.startswith(heads))]
    start, end = _around(text, _richest(found, width), width)
    inside = [Span(each.start - start, each.end - start) for each in found if start <= each.start and each.end <= end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    spans = tuple(Span(span.start + len(before), span.end + len(before)) for span in inside)
    return Excerpt(f"{before}{text[start:end]}{after}", spans)


def _richest(found: Sequence[Found], width: int) -> int:
    """Where the stretch begins that has the most different matched words."""
    best, begins, left = 0, 0, 0
    for right, last in enumerate(found):
        while left < right and last.end - found[left].start > width * (1 - _BEFORE):
            left += 1
        different = len({stem(each.word) for each in found[left : right + 1]})
        if different > best:
            best, begins = different, found[left].start
    return begins


def _around(text: str, begins: int, width: int) -> tuple[int, int]:
    """A stretch of the text around a place, cut between words where there are any."""
    start = max(0, min(begins - int(width * _BEFORE), len(text) - width))
    if start:
        blank = text.find(" ", start, begins + 1)
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + width)
    if end < len(text):
        blank = text.rfind(" ", begins + 1, end + 1)
        end = blank if blank > begins else end
    return start, end
