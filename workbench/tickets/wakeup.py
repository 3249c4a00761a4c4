"""When a waiting ticket is to wake up, from the few words that somebody types."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from workbench.clock import instant
from workbench.duration import parse_duration
from workbench.errors import InvalidInput

MORNING: Final = time(9)
"""When a day begins that is named without a time."""

FARTHEST: Final = timedelta(days=10 * 366)
"""A wake-up beyond is a slip of the finger."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME: Final = re.compile(r"(\d{1,2})(?::(\d{2}))?")
_CLOCK_TIME: Final = re.compile(r"\d{1,2}:\d{2}")
_ALLOWED: Final = 'say "2h", "tomorrow 9:30", "mon", "friday 14:00", "next week", "17:30" or "2026-11-23 9:00"'


def wakeup(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant that the words mean, seen from `now` by the clocks on the walls of `zone`; always to come.

    A length of time ("2h") is elapsed time, also over a change of the clocks. A weekday is the next one after today,
    a day without a time begins at nine, a time without a day is the next such time. A time that the clocks skip is
    read as if they had not been put forward, and of one that comes twice the first is meant. Raises InvalidInput that
    says what is allowed.
    """
    text = " ".join(words.lower().split())
    at = _elapsed(text, now) or _absolute(text) or _on_the_wall(text, now.astimezone(zone))
    if at is None:
        raise InvalidInput(f"{words!r} is no wake-up", _ALLOWED)
    if at <= now:
        raise InvalidInput(f"{words!r} is past", "name a moment still to come")
    if at - now > FARTHEST:
        raise InvalidInput(f"{words!r} is more than ten years away", _ALLOWED)
    return at


def _elapsed(text: str, now: datetime) -> datetime | None:
    try:
        return now + timedelta(seconds=parse_duration(text.removeprefix("in ")))
    except (InvalidInput, OverflowError):
        return None


def _absolute(text: str) -> datetime | None:
    try:
        return instant(text.upper())
    except InvalidInput:
        return None


def _on_the_wall(text: str, here: datetime) -> datetime | None:
    """A day, a time of day, or both."""
    if _CLOCK_TIME.fullmatch(text):
        return _next_time(text, here)
    named, _, rest = text.replace("next week", "next-week", 1).partition(" ")
    day = _day(named, here.date())
    wanted = _time(rest.removeprefix("at ")) if rest else MORNING
    return None if day is None or wanted is None else _instant(day, wanted, here)


def _next_time(text: str, here: datetime) -> datetime | None:
    wanted = _time(text)
    if wanted is None:
        return None
    at = _instant(here.date(), wanted, here)
    return at if at > here else _instant(here.date() + timedelta(days=1), wanted, here)


def _day(named: str, today: date) -> date | None:
    days: dict[str, Callable[[], date]] = {
        "today": lambda: today,
        "tomorrow": lambda: today + timedelta(days=1),
        "next-week": lambda: _next_weekday(0, today),
    }
    if named in days:
        return days[named]()
    for number, weekday in enumerate(_WEEKDAYS):
        if len(named) >= 3 and weekday.startswith(named):
            return _next_weekday(number, today)
    try:
        return date.fromisoformat(named) if "-" in named else None
    except ValueError:
        return None


def _next_weekday(number: int, today: date) -> date:
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


def _instant(day: date, wanted: time, here: datetime) -> datetime:
    return datetime.combine(day, wanted, tzinfo=here.tzinfo).astimezone(UTC)
