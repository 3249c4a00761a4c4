"""A clock of its own for practice: faster than the world's, and it can be paused."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from workbench.errors import InvalidInput

FASTEST: Final = 60
"""Times as fast as the world's clock; an hour goes by in a minute."""


class SimulatedClock:
    """Tells simulated instants; stands still until `go_on`. `elapsed` tells the seconds since some moment or other.

    It goes by time that the program ran, not by the wall clock: setting that back, or a night with the lid closed, is
    no part of a shift.
    """

    def __init__(self, at: datetime, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._held: datetime | None = None
        self.set(at, 1, paused=True)

    def now(self) -> datetime:
        """The simulated instant: aware, UTC, whole seconds."""
        if self._held is not None:
            return self._held
        if self.paused:
            return self._at
        return self._at + timedelta(seconds=int((self._elapsed() - self._since) * self.speed))

    def set(self, at: datetime, speed: int, *, paused: bool) -> None:
        """Puts it to an instant, from which it goes on so many times as fast as the world's, or stands."""
        if not 1 <= speed <= FASTEST:
            raise InvalidInput(f"{speed} times as fast cannot be", f"choose from 1 to {FASTEST}")
        self._at, self._since = at, self._elapsed()
        self.speed, self.paused = speed, paused

    @contextmanager
    def standing_at(self, at: datetime) -> Iterator[None]:
        """Lets everything inside happen at one instant; the clock itself goes on."""
        self._held = at
        try:
            yield
        finally:
            self._held = None
