"""The only place that reads the wall clock, and how instants are written."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from workbench.errors import InvalidInput, Refused

NEVER: Final = "9999-12-31T23:59:59Z"
"""An instant that does not come, as it is stored: it sorts last."""

_YEARS = range(1970, 2200)  # an instant beyond is a slip of the finger, and lengths of time could not be added to it
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(Z|z|[+-]\d{2}:?\d{2})")


class Clock(Protocol):
    """Tells the moment at which something is read or written."""

    def now(self) -> datetime:
        """The present instant: aware, UTC, whole seconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant: aware, UTC, whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)


class FixedClock:
    """A clock that stands at one instant until it is set (`--as-of`, tests)."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at


def reads_until(clock: Clock) -> datetime | None:
    """Up to when one sees what was written: a chosen instant; None for a clock that goes, where all of it was done.

    The machine's may have been put back: who did not see the last acts could do nothing that follows them.
    """
    return clock.now() if isinstance(clock, FixedClock) else None


def may_follow(clock: Clock, last: datetime) -> bool:
    """Whether what is done now can follow what was done at that instant."""
    until = reads_until(clock)
    return until is None or last <= until


def moment_after(clock: Clock, last: datetime | None, last_was: str) -> datetime:
    """When something happens: while the machine's clock is behind the history, time stands still.

    `last` is its latest instant, and `last_was` says so: `PRB-7 last changed at`. Before it an instant that somebody
    chose is Refused, since they can choose a better one.
    """
    now = clock.now()
    if last is None or last <= now:
        return now
    if not may_follow(clock, last):
        raise Refused(f"{last_was} {iso(last)}, after {iso(now)}", "write at a later instant")
    return last


def iso(at: datetime) -> str:
    """The instant as stored and printed: `2026-11-21T09:00:00Z`, so that text order is time order."""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return f"{_day(at.toordinal())}T{_TWO_DIGITS[at.hour]}:{_TWO_DIGITS[at.minute]}:{_TWO_DIGITS[at.second]}Z"


def local(at: datetime, zone: str) -> str:
    """An instant as the wall shows it in a zone: `2026-11-21 10:00 CET`."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"


_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))


@lru_cache(4096)
def _day(ordinal: int) -> str:
    """A few thousand days are all there are in a file, and each is written many times."""
    return date.fromordinal(ordinal).isoformat()


stored = datetime.fromisoformat
"""Reads the instant that `iso` wrote."""


class OutOfReach(InvalidInput):
    """An instant that is written as one, of a year that nothing here is of."""


def instant(text: str) -> datetime:
    """Reads an ISO 8601 instant with an offset or `Z`; raises OutOfReach, and InvalidInput for anything else."""
    cleaned = text.strip()
    if _INSTANT.fullmatch(cleaned):
        with suppress(ValueError):
            told = datetime.fromisoformat(cleaned.replace(",", "."))
            with suppress(OverflowError):
                at = told.astimezone(UTC).replace(microsecond=0)
                if at.year in _YEARS:
                    return at
            raise OutOfReach(f"{text!r} is out of reach", f"name an instant from {_YEARS[0]} to {_YEARS[-1]}")
    raise InvalidInput(
        f"{text!r} is not an instant",
        "write it with its offset, like 2026-11-21T09:00:00Z or 2026-11-21T10:00:00+01:00",
    )
