"""Keeps Python's collector out of the way of keys: it goes through everything only in moments of rest."""

import gc
from typing import Final

from textual._styles_cache import StylesCache

COLLECTED_AFTER: Final = (2_000, 10, 30)
"""Objects made, less those let go, until the collector looks at the youngest; such looks until one at the older, which
takes 3 to 6 ms; and of those until one at all, which takes several frames."""
REST: Final = 1.0
"""Seconds between two looks whether this is a moment of rest."""


def calm_collector() -> None:
    """Lets the garbage collector cost no frame: it goes through nothing that was imported, and comes seldom.

    Textual makes thousands of objects for a box that opens and closes: by Python's own measure of 700 they call for a
    collection of everything, which can take longer than the box.
    """
    _keep_nothing_closed()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


class CollectorAtRest:
    """Has everything that was closed let go while nothing else is done.

    Otherwise that is done in the midst of a key: of twenty forms of a hand-off at once, in 0.3 to 0.5 s.
    """

    def __init__(self) -> None:
        self._looks = (0, 0)

    def look(self) -> None:
        """Collects all, if the collector had no cause to look at the youngest since the last time this was asked."""
        _, at_youngest, at_older = gc.get_count()
        if at_older and (at_youngest, at_older) == self._looks:
            gc.collect()
        self._looks = (at_youngest, at_older)


def _keep_nothing_closed() -> None:
    """Has Textual remember what two backgrounds make together for all widgets alike.

    It remembers it for each of the last thousand, and so keeps these with all lines that they ever painted: seven times
    as many objects as the open screens are made of.
    """
    remembered = vars(StylesCache)["get_inner_outer"]
    if not isinstance(remembered, classmethod):
        StylesCache.get_inner_outer = classmethod(remembered)  # type: ignore[method-assign, assignment]
