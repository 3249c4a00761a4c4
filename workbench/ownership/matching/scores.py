"""How good a match is, as one number for all kinds of matches, so that better kinds always come first.

1 is a pattern that is the whole of what was asked, down to 0.9 one that fits a part of it; then a component's own
name before the aliases that others have, all of what was asked before a part of it; then names of which only the
beginning or some words were given, and below 0.5 what may have been misspelt.
"""

from typing import Final, NamedTuple

_PATTERN: Final = (0.9, 1.0)
_SHORTENED: Final = (0.7, 0.8)
"""A pattern that fits only a host without its domain, or a path found elsewhere than where the pattern begins."""
_NAMES: Final = {("name", True): 0.88, ("alias", True): 0.86, ("name", False): 0.84, ("alias", False): 0.82}
"""Names by what kind they are, and whether they are all of what was asked."""
SURE: Final = 0.7
"""From here on something was found in the text itself; below it, names were only like it."""
_BEGUN: Final = (0.6, 0.69)
_WORDS: Final = (0.5, 0.59)
_MISSPELT: Final = (0.1, 0.49)
LEAST: Final = 0.05
"""A pattern that fits everything, for a word that need not be what the pattern is about."""


class Fit(NamedTuple):
    """How well a pattern fits: its score from 0 to 1, and how many of its characters fitted literally."""

    score: float
    literal: int


def straight(fit: Fit) -> bool:
    """Whether the pattern fits where it begins, and not only shortened."""
    return fit.score >= _PATTERN[0]


def exact(literal: int) -> Fit:
    """The pattern is the whole of it."""
    return Fit(1.0, literal)


def partly(literal: int, whole: int, *, shortened: bool = False) -> Fit:
    """The pattern is literally the same in so many of `whole` characters."""
    return Fit(_between(_SHORTENED if shortened else _PATTERN, min(literal / max(whole, 1), 0.99)), literal)


def called(how: str, *, wholly: bool) -> float:
    """A `name` or an `alias` that was given as it is, alone or among other words."""
    return _NAMES[how, wholly]


def begun(typed: int, whole: int) -> float:
    """A name of `whole` characters of which the first `typed` were given."""
    return _between(_BEGUN, typed / max(whole, 1))


def in_words(likeness: float) -> float:
    """A name that has the words that were given."""
    return _between(_WORDS, likeness)


def misspelt(edits: int, length: int) -> float:
    """A name that is so many slips away from what was given."""
    return _between(_MISSPELT, 1 - edits / max(length, 1))


def _between(bounds: tuple[float, float], share: float) -> float:
    low, high = bounds
    return round(low + (high - low) * min(max(share, 0.0), 1.0), 4)
