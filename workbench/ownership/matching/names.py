"""Names and aliases as they are compared, and which words of a text may be one."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from workbench.search.words import LONGEST as _LONGEST_WORD
from workbench.search.words import words
from workbench.text import storable

_LONGEST: Final = 12
"""Words of a name that are compared."""
_LONGEST_NAME: Final = 500
"""Characters up to which a text may be a name as a whole."""
_WORD: Final = re.compile(r"[^\W_]+")
_ACCENTED: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_SHORT: Final = 2
"""Letters up to which a name stands in a text only where it is written in capitals, as AD or HR."""
_ANYWHERE: Final = """
    able about above after again all also always and any app are ask back bad because been before being both but call
    can case code come could data date day did do does done down each error even every fail failed false file find first
    for free from full get give go good got had has have help her here him his home host how http https i id if in info
    into is issue it item its job just key know last left let like line list local log login long look lot made main
    make man many may me more most move much must my name need new next no none not now null of off ok old on once one
    only open or other our out over own page part path people please port put read really request right run same say
    see self sent server service set she should site so some start state still stop such system take team test than
    thank thanks that the their them then there these they thing this time to today too true try two type under until up
    update us use used user users using value very via want was way we web week well were what when where which who why
    will with word work working would write year yes yet you your
"""
_ORDINARY: Final = frozenset(_ANYWHERE.split())
"""Words of any text; as the name of a component they count only where nothing else was asked."""


class Named(NamedTuple):
    """Words of a text that may be a name: how they are compared, and where they stand."""

    text: str
    start: int
    end: int


def folded_name(name: str) -> str:
    """The name as words without case, accents and punctuation; of what has no words the name itself."""
    return " ".join(words(name)[:_LONGEST]) or storable(name).casefold().strip()


def name_key(folded: str) -> str:
    """What an index keeps a name by: its first two words."""
    return " ".join(folded.split()[:2])


class NamesOfText:
    """The words of a text, to be asked whether a name stands there as whole words."""

    def __init__(self, text: str) -> None:
        self.words = _words_of(text)
        self.text = text
        self.alone = folded_name(text) if len(text) <= _LONGEST_NAME else ""
        self._places: dict[str, list[int]] = {}
        for place, found in enumerate(self.words):
            self._places.setdefault(found.text, []).append(place)

    @property
    def keys(self) -> list[str]:
        """The keys under which an index may have a name that stands in the text."""
        pairs = (f"{one.text} {other.text}" for one, other in pairwise(self.words))
        return list(dict.fromkeys([name_key(self.alone), *self._places, *pairs]))

    def places(self, folded: str) -> Iterator[Named]:
        """Where the name stands; an ordinary word is one only alone."""
        if folded == self.alone:
            yield Named(folded, 0, len(self.text))
            return
        parts = folded.split()
        if not parts:
            return
        for place in self._places.get(parts[0], ()):
            found = self.words[place : place + len(parts)]
            if [each.text for each in found] == parts and self._telling(found):
                yield Named(folded, found[0].start, found[-1].end)

    def _telling(self, found: list[Named]) -> bool:
        if len(found) > 1:
            return True
        written = self.text[found[0].start : found[0].end]
        if len(written) <= _SHORT:
            return written.isupper() and written.isalpha() and written.lower() not in _ORDINARY
        return found[0].text not in _ORDINARY


def _words_of(text: str) -> list[Named]:
    """The words of a text where they stand; of one without accents at once, since stack traces are long."""
    if text.isascii():
        return [Named(match[0][:_LONGEST_WORD], *match.span()) for match in _WORD.finditer(text.lower())]
    found = [(words(match[0]), match.span()) for match in _ACCENTED.finditer(text)]
    return [Named(folded[0], *span) for folded, span in found if folded]
