"""Reads the instants that help desks export, in the notations they use; none is guessed where two readings fit."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from workbench.clock import iso
from workbench.errors import InvalidInput

_ISO = re.compile(
    r"(\d{4})[-/](\d\d)[-/](\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?", re.I
)
_TIME = r"(?:[, ]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<half>[AP]\.?M\.?)?)?"
_DOTTED = re.compile(rf"(?P<first>\d{{1,2}})\.(?P<second_part>\d{{1,2}})\.(?P<year>\d{{4}}|\d\d){_TIME}", re.I)
_SLASHED = re.compile(rf"(?P<first>\d{{1,2}})([/-])(?P<second_part>\d{{1,2}})\2(?P<year>\d{{4}}|\d\d){_TIME}", re.I)
_NAMED = re.compile(rf"(?P<first>\d{{1,2}})[ /.-]+(?P<month>[a-z]{{3,9}})\.?[ /,-]+(?P<year>\d{{4}}|\d\d){_TIME}", re.I)
_NAMED_FIRST = re.compile(rf"(?P<month>[a-z]{{3,9}})\.? (?P<first>\d{{1,2}}),? (?P<year>\d{{4}}){_TIME}", re.I)
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NO_DATE = frozenset({"", "-", "null", "none", "n/a", "0000-00-00", "0000-00-00 00:00:00"})
"""What stands in a date's place where there is none; the zeros are MySQL's."""

_ALLOWED = "write 2026-11-21T09:00:00Z, 2026-11-21 09:00, 21.11.2026 09:00, 11/21/2026 9:00 AM or seconds since 1970"


class DayOrder(StrEnum):
    """Which of the two numbers in 03/04/2026 is the day."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class BadCell(ValueError):
    """A value that cannot be read as what it should be; says what it is and what is allowed."""


def is_slashed(value: str) -> bool:
    """Whether it is a date like 03/04/2026 or 03-04-2026, whose day and month the notation does not tell."""
    return bool(_SLASHED.fullmatch(value.strip()))


def day_order(values: Iterable[str]) -> DayOrder | None:
    """Decides 03/04/2026 by the other dates of the file: a number above 12 is a day.

    None where no date is written so. Raises InvalidInput where all fit both ways, or where some say one and some
    the other.
    """
    seen: set[DayOrder] = set()
    example = None
    for value in values:
        found = _SLASHED.fullmatch(value.strip())
        if found and found["first"] != found["second_part"]:
            example = value
            if int(found["first"]) > 12:
                seen.add(DayOrder.DAY_FIRST)
            elif int(found["second_part"]) > 12:
                seen.add(DayOrder.MONTH_FIRST)
            if len(seen) == 2:
                break
    if example is None:
        return None
    if len(seen) != 1:
        both = "the file has dates of both kinds" if seen else "no date of the file has a day above 12"
        raise InvalidInput(f"{example!r} can be read in two ways: {both}", "say --day-first or --month-first")
    return seen.pop()


def read_instant(
    text: str, zone: tzinfo, order: DayOrder | None = None, doubts: list[str] | None = None
) -> datetime | None:
    """The instant in UTC and whole seconds, None where the text stands for no date; raises BadCell in words.

    A time without an offset is local time of `zone`: of the two 02:30 of an autumn night the first, and the 02:30 that
    a spring night leaves out is an hour later; each such reading is added to `doubts`.
    """
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text) if text[4:5] == "-" and text[7:8] == "-" else _otherwise(text, order)
    except ValueError:
        at = _otherwise(text, order)
    if at is None:
        return None
    if at.tzinfo is not UTC:
        local = at if at.tzinfo else at.replace(tzinfo=zone)
        try:
            if doubts is not None and at.tzinfo is None and (doubt := _doubt(local)):
                doubts.append(f"{text!r} {doubt}")
            at = local.astimezone(UTC)
        except OverflowError as error:
            raise BadCell(f"{text!r} is no date anybody lived through; {_ALLOWED}") from error
    return at.replace(microsecond=0) if at.microsecond else at


def _doubt(local: datetime) -> str | None:
    """What speaks against a local time, which `fold` tells: it stands on the clock twice, or never."""
    first, second = local.utcoffset(), local.replace(fold=1).utcoffset()
    if first is None or second is None or first == second:
        return None
    stands = "twice" if first > second else "never"
    return f"stands {stands} on the clock of {local.tzinfo}; it is read as {iso(local)}"


def _otherwise(text: str, order: DayOrder | None) -> datetime | None:
    text = text.strip()
    if text.lower() in _NO_DATE:
        return None
    try:
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text) // (1 if len(text) <= 10 else 1000), UTC)
        if found := _ISO.fullmatch(text):
            return _of_iso(found)
        if found := _DOTTED.fullmatch(text):
            return _of_parts(found, day=int(found["first"]), month=int(found["second_part"]))
        if found := _NAMED.fullmatch(text) or _NAMED_FIRST.fullmatch(text):
            month = _MONTHS.index(found["month"][:3].lower()) + 1
            return _of_parts(found, day=int(found["first"]), month=month)
        if found := _SLASHED.fullmatch(text):
            return _of_slashes(found, order)
    except BadCell:
        raise
    except (ValueError, OverflowError):
        pass
    raise BadCell(f"{text!r} is not a date; {_ALLOWED}")


def _of_iso(found: re.Match[str]) -> datetime:
    year, month, day, time, offset = found.groups()
    offset = "+00:00" if (offset or "").upper() in {"Z", "UTC", "GMT"} else offset or ""
    return datetime.fromisoformat(f"{year}-{month}-{day}T{time or '00:00'}{offset}")


def _of_slashes(found: re.Match[str], order: DayOrder | None) -> datetime:
    first, second = int(found["first"]), int(found["second_part"])
    if order is None and first != second:
        raise BadCell(f"{found.group()!r} can be read in two ways; say --day-first or --month-first")
    day, month = (second, first) if order is DayOrder.MONTH_FIRST else (first, second)
    return _of_parts(found, day=day, month=month)


def _of_parts(found: re.Match[str], *, day: int, month: int) -> datetime:
    year = int(found["year"])
    hour = int(found["hour"] or 0)
    if half := found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour on a clock face")
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return datetime(  # noqa: DTZ001 (whoever asked knows the zone)
        year if year > 99 else 2000 + year, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0)
    )
