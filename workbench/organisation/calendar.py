"""Working time: weekly hours of a time zone, closed dates, and how much of a stretch of time they leave open.

A calendar is open at an instant when the wall clock of its zone then shows a time within that day's hours and the date
is not closed. Everything below is worked out in UTC seconds since 1970, so the hour that the clock skips in spring is
never counted and the one that it shows twice in autumn counts twice.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

Span = tuple[int, int]
"""Opening and closing time of one stretch of a local day: minutes since midnight; the end, up to 1440, is outside."""

Week = tuple[tuple[Span, ...], ...]
"""The spans of Monday to Sunday, each day's in order and without overlap."""

NEVER: Week = ((),) * 7
WHOLE_DAY: Span = (0, 1440)
WHOLE_WEEK: Week = ((WHOLE_DAY,),) * 7

FIRST_YEAR = 1970
LAST_YEAR = 2199
"""Calendars with hours count as closed outside these years: a slip in imported data must not cost minutes."""

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weekly hours in an IANA time zone, less the closed dates; instants are aware and in UTC."""

    name: str
    zone: str = "UTC"
    hours: Week = WHOLE_WEEK
    closed: frozenset[date] = frozenset()
    retired: bool = False
    never_closes: bool = field(init=False, repr=False, compare=False)
    """Whether every instant is open."""
    _years: "dict[int, _Year]" = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "never_closes", self.hours == WHOLE_WEEK and not self.closed)

    @property
    def key(self) -> str:
        """What names it in the setup file and in the tables."""
        return self.name

    def worked(self, start: datetime, end: datetime) -> int:
        """Open seconds from `start` (inside) to `end` (outside); 0 where `end` is not after `start`."""
        if end <= start:
            return 0
        if self.never_closes:
            return _seconds(end - start)
        since, until, worked = _seconds(start - _EPOCH), _seconds(end - _EPOCH), 0
        for number in range(max(start.year, FIRST_YEAR), min(end.year, LAST_YEAR) + 1):
            year = self._year(number)
            worked += year.opened(until) - year.opened(since)
        return worked

    def after(self, start: datetime, seconds: int) -> datetime | None:
        """The first instant from `start` on by which so many seconds were open; None if that never comes."""
        if seconds <= 0:
            return start
        if self.never_closes:
            try:
                return start + timedelta(seconds=seconds)
            except OverflowError:
                return None
        if self.hours == NEVER:
            return None
        since, left = _seconds(start - _EPOCH), seconds
        for number in range(max(start.year, FIRST_YEAR), LAST_YEAR + 1):
            year = self._year(number)
            gone = year.opened(since)
            if year.total - gone >= left:
                return datetime.fromtimestamp(year.reached(gone + left), UTC)
            left -= year.total - gone
        return None

    def _year(self, number: int) -> "_Year":
        """The open stretches of one year (UTC), worked out once."""
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = _Year(list(self._stretches(_new_year(number), _new_year(number + 1))))
        return year

    def _stretches(self, since: int, until: int) -> Iterator[Span]:
        """The open stretches between two instants, in seconds and in order."""
        closed = {day.toordinal() - _EPOCH_DAY for day in self.closed}
        for start, end, offset in _offsets(ZoneInfo(self.zone), since, until):
            for day in range((start + offset) // _DAY, (end - 1 + offset) // _DAY + 1):
                if day in closed:
                    continue
                midnight = day * _DAY - offset
                for opening, closing in self.hours[(day + _EPOCH_WEEKDAY) % 7]:
                    opens, closes = max(start, midnight + opening * 60), min(end, midnight + closing * 60)
                    if opens < closes:
                        yield opens, closes


ALWAYS = Calendar("always")
"""The built-in calendar that never closes."""


class _Year:
    """The open stretches of a year with the seconds that were open before each, so that a question is one bisection."""

    __slots__ = ("_before", "_ends", "_starts", "total")

    def __init__(self, stretches: list[Span]) -> None:
        self._starts = [start for start, _ in stretches]
        self._ends = [end for _, end in stretches]
        self._before: list[int] = []
        self.total = 0
        for start, end in stretches:
            self._before.append(self.total)
            self.total += end - start

    def opened(self, at: int) -> int:
        """Seconds of this year that were open before the instant."""
        index = bisect_right(self._starts, at) - 1
        return self._before[index] + min(at, self._ends[index]) - self._starts[index] if index >= 0 else 0

    def reached(self, seconds: int) -> int:
        """The instant by which so many seconds of this year were open; `seconds` is from 1 to `total`."""
        index = bisect_left(self._before, seconds) - 1
        return self._starts[index] + seconds - self._before[index]


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_EPOCH_WEEKDAY = _EPOCH.weekday()


def _seconds(passed: timedelta) -> int:
    """Whole seconds, without a detour by fractions."""
    return passed.days * _DAY + passed.seconds


def _new_year(number: int) -> int:
    return (date(number, 1, 1).toordinal() - _EPOCH_DAY) * _DAY


def _offsets(zone: ZoneInfo, since: int, until: int) -> Iterator[tuple[int, int, int]]:
    """The stretches between two instants in which the zone keeps one offset from UTC: start, end, offset in seconds.

    Takes it that no zone changes its offset twice within 24 hours.
    """
    start, offset = since, _offset(zone, since)
    for day in range(since, until, _DAY):
        later = _offset(zone, day + _DAY)
        if later != offset:
            change = bisect_left(range(day, day + _DAY), True, key=lambda at: _offset(zone, at) == later) + day
            yield start, min(change, until), offset
            start, offset = change, later
    if start < until:
        yield start, until, offset


def _offset(zone: ZoneInfo, at: int) -> int:
    away = datetime.fromtimestamp(at, zone).utcoffset()
    return int(away.total_seconds()) if away else 0
