"""A clock of its own for practice: faster than the world's, and it can be paused."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from workbench.errors import InvalidInput

FASTEST: Final = 60
"""Times as fast as the world's clock; an hour goes by in a minute."""


class _Pace(NamedTuple):
    """From which instant on it goes how fast; `since` is the moment of that by `elapsed`."""

    at: datetime
    since: float
    speed: int
    paused: bool


class SimulatedClock:
    """Tells simulated instants, to any thread; stands still until it is set. `elapsed` tells the seconds since some
    moment or other.

    It goes by time that the program ran, not by the wall clock: setting that back, or a night with the lid closed, is
    no part of a shift.
    """

    def __init__(self, at: datetime, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._held: datetime | None = None
        self._pace = _Pace(at, elapsed(), 1, paused=True)

    @property
    def speed(self) -> int:
        """How many times as fast as the world's clock it goes."""
        return self._pace.speed

    @property
    def paused(self) -> bool:
        """Whether it stands."""
        return self._pace.paused

    def now(self) -> datetime:
        """The simulated instant: aware, UTC, whole seconds."""
        held, pace = self._held, self._pace
        if held is not None:
            return held
        if pace.paused:
            return pace.at
        return pace.at + timedelta(seconds=int((self._elapsed() - pace.since) * pace.speed))

    def set(self, at: datetime, speed: int, *, paused: bool) -> None:
        """Puts it to an instant, from which it goes on so many times as fast as the world's, or stands."""
        if not 1 <= speed <= FASTEST:
            raise InvalidInput(f"{speed} times as fast cannot be", f"choose from 1 to {FASTEST}")
        self._pace = _Pace(at, self._elapsed(), speed, paused)

    @contextmanager
    def standing_at(self, at: datetime) -> Iterator[None]:
        """Lets everything inside happen at one instant; the clock itself goes on."""
        self._held = at
        try:
            yield
        finally:
            self._held = None
