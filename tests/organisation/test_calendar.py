"""Working time, against a slow oracle that looks at the wall clock of every single minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.organisation.calendar import ALWAYS, NEVER, WHOLE_DAY, Calendar, Span, Week

WORKDAYS: Week = (((540, 1050),),) * 5 + ((), ())
OFFICE = Calendar("office", "Europe/Berlin", WORKDAYS, frozenset({date(2026, 12, 25)}))
NIGHTS = Calendar("nights", "Europe/Berlin", (((90, 150), (150, 240)),) * 7)
ZONES = ("UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")


def at(text: str) -> datetime:
    """An instant from short text in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def is_open(calendar: Calendar, instant: datetime) -> bool:
    """The oracle: does the wall clock show a time within the hours?"""
    local = instant.astimezone(ZoneInfo(calendar.zone))
    minute = local.hour * 60 + local.minute
    spans = calendar.hours[local.weekday()]
    return local.date() not in calendar.closed and any(start <= minute < end for start, end in spans)


def minutes_open(calendar: Calendar, start: datetime, minutes: int) -> int:
    """The oracle, minute by minute."""
    return sum(is_open(calendar, start + timedelta(minutes=passed)) for passed in range(minutes))


@st.composite
def days(draw: st.DrawFn) -> tuple[Span, ...]:
    """The spans of a day: none, some apart, or some that touch."""
    edges = draw(st.lists(st.integers(0, 96), unique=True, max_size=6).map(sorted))
    spans = [(start * 15, end * 15) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    return tuple(draw(st.sampled_from([spans, [WHOLE_DAY], [(0, 600), (600, 1440)]])))


calendars = st.builds(
    Calendar,
    name=st.just("drawn"),
    zone=st.sampled_from(ZONES),
    hours=st.tuples(*[days()] * 7),
    closed=st.frozensets(st.dates(date(2011, 12, 25), date(2012, 1, 5)), max_size=4),
)
# Around both changes of the clock, the end of a year, and the day that Samoa left out.
moments = st.sampled_from(["2026-03-27", "2026-10-23", "2026-12-30", "2011-12-28", "2026-04-03", "2026-07-01"]).flatmap(
    lambda day: st.integers(0, 3 * 1440).map(lambda minutes: at(day) + timedelta(minutes=minutes))
)


@settings(max_examples=60, deadline=None)
@given(calendars, moments, st.integers(0, 4 * 1440))
def test_worked_is_what_every_minute_says(calendar: Calendar, start: datetime, minutes: int) -> None:
    expected = minutes_open(calendar, start, minutes) * 60
    assert calendar.worked(start, start + timedelta(minutes=minutes)) == expected


@settings(max_examples=60, deadline=None)
@given(calendars, moments, st.integers(1, 4 * 86_400))
def test_after_is_the_first_instant_that_suffices(calendar: Calendar, start: datetime, seconds: int) -> None:
    reached = calendar.after(start, seconds)
    if reached is None:
        assert calendar.hours == NEVER
    else:
        assert calendar.worked(start, reached) == seconds
        assert calendar.worked(start, reached - timedelta(seconds=1)) == seconds - 1


@settings(max_examples=40, deadline=None)
@given(calendars, moments, st.integers(0, 500_000), st.integers(0, 500_000))
def test_working_time_adds_up(calendar: Calendar, start: datetime, first: int, second: int) -> None:
    middle = start + timedelta(seconds=first)
    end = middle + timedelta(seconds=second)
    assert calendar.worked(start, end) == calendar.worked(start, middle) + calendar.worked(middle, end)


@pytest.mark.parametrize(
    ("calendar", "start", "end", "hours"),
    [
        (NIGHTS, "2026-03-29T00:00", "2026-03-29T04:00", 1.5),  # spring: 02:00-03:00 is left out
        (NIGHTS, "2026-10-24T22:00", "2026-10-25T04:00", 3.5),  # autumn: 02:00-03:00 comes twice
        (ALWAYS, "2026-03-29T00:00", "2026-03-29T04:00", 4),
        (OFFICE, "2026-12-24T15:30", "2026-12-28T09:00", 2),  # Christmas and a weekend in between
        (OFFICE, "2026-11-21T00:00", "2026-11-22T23:00", 0),
        (OFFICE, "2026-11-23T12:00", "2026-11-23T12:00", 0),
        (OFFICE, "2026-11-23T12:00", "2026-11-20T12:00", 0),
        (Calendar("shut", "UTC", NEVER), "2020-01-01", "2026-01-01", 0),
    ],
)
def test_worked_on_the_days_that_matter(calendar: Calendar, start: str, end: str, hours: float) -> None:
    assert calendar.worked(at(start), at(end)) == hours * 3600


@pytest.mark.parametrize(
    ("calendar", "start", "seconds", "expected"),
    [
        (OFFICE, "2026-11-20T16:00", 3600, "2026-11-23T08:30"),  # Friday evening to Monday morning
        (OFFICE, "2026-11-20T15:30", 3600, "2026-11-20T16:30"),  # to the very end of the day
        (OFFICE, "2026-11-21T12:00", 1, "2026-11-23T08:00:01"),  # opened while closed
        (NIGHTS, "2026-03-29T00:30", 3600, "2026-03-29T01:30"),
        (OFFICE, "2026-11-21T12:00", 0, "2026-11-21T12:00"),
        (ALWAYS, "2026-11-21T12:00", 90, "2026-11-21T12:01:30"),
    ],
)
def test_after_on_the_days_that_matter(calendar: Calendar, start: str, seconds: int, expected: str) -> None:
    assert calendar.after(at(start), seconds) == at(expected)


def test_a_calendar_that_is_never_open_reaches_nothing() -> None:
    only_christmas = Calendar(
        "one day",
        "UTC",
        (((0, 60),), *((),) * 6),
        frozenset(date(2026, 1, 5) + timedelta(weeks=week) for week in range(60 * 52)),
    )
    assert Calendar("shut", "UTC", NEVER).after(at("2026-01-01"), 1) is None
    assert only_christmas.worked(at("2026-01-01"), at("2080-01-01")) == 0
    assert only_christmas.after(at("2190-01-01"), 100 * 52 * 3600) is None


def test_years_far_away_cost_nothing_and_count_as_closed() -> None:
    assert OFFICE.worked(at("0001-01-01"), at("1960-01-01")) == 0
    assert OFFICE.worked(at("3000-01-01"), at("9999-12-31")) == 0
    assert OFFICE.after(at("9999-12-31T23:59:59"), 60) is None
    assert ALWAYS.after(at("9999-12-31T23:59:59"), 60) is None
    assert OFFICE.worked(at("1969-12-31"), at("1970-01-03")) == 2 * 8.5 * 3600
