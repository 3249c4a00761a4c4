"""Looking at the clock, and for what others have changed, from a screen that stays open."""

from functools import partial
from typing import Any, Final

from textual.screen import Screen

EVERY: Final = 1.0
"""Seconds between two looks."""


def keep_looking(screen: Screen[Any]) -> None:
    """Has the screen's action `look` run over and over."""
    screen.set_interval(EVERY, partial(screen.run_action, "look"))


class Changes:
    """Tells whether there is something new, by a stamp that changes with it: the generation of the file, say."""

    def __init__(self) -> None:
        self._stamp: object = None

    def turned(self, stamp: object) -> bool:
        """Whether it is another stamp than the last time; the first time it always is."""
        before, self._stamp = self._stamp, stamp
        return stamp != before

    def forget(self) -> None:
        """Has the next time count as the first."""
        self._stamp = None
