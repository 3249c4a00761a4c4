"""Wake-ups by words, seen from a Saturday afternoon in Berlin."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.clock import iso
from workbench.errors import InvalidInput
from workbench.tickets.wakeup import FARTHEST, wakeup

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 14, 32, tzinfo=UTC)  # Saturday, 15:32 in Berlin

MEANT = {
    "2h": "2026-11-21T16:32:00Z",
    "30m": "2026-11-21T15:02:00Z",
    "3d": "2026-11-24T14:32:00Z",
    "1h30m": "2026-11-21T16:02:00Z",
    "in 2h": "2026-11-21T16:32:00Z",
    " Tomorrow ": "2026-11-22T08:00:00Z",
    "tomorrow 9": "2026-11-22T08:00:00Z",
    "tomorrow 9:30": "2026-11-22T08:30:00Z",
    "tomorrow at 9:30": "2026-11-22T08:30:00Z",
    "tomorrow 0": "2026-11-21T23:00:00Z",
    "today 18": "2026-11-21T17:00:00Z",
    "mon": "2026-11-23T08:00:00Z",
    "Monday 14:00": "2026-11-23T13:00:00Z",
    "sat": "2026-11-28T08:00:00Z",
    "sat 16": "2026-11-28T15:00:00Z",
    "thurs 7": "2026-11-26T06:00:00Z",
    "next week": "2026-11-23T08:00:00Z",
    "next week 10:15": "2026-11-23T09:15:00Z",
    "17:30": "2026-11-21T16:30:00Z",
    "15:32": "2026-11-22T14:32:00Z",
    "9:00": "2026-11-22T08:00:00Z",
    "2026-11-23": "2026-11-23T08:00:00Z",
    "2026-11-23 9:00": "2026-11-23T08:00:00Z",
    "2026-11-23 17": "2026-11-23T16:00:00Z",
    "2026-11-23T09:00:00Z": "2026-11-23T09:00:00Z",
    "2026-11-23t10:00:00+01:00": "2026-11-23T09:00:00Z",
    "2027-07-01": "2027-07-01T07:00:00Z",
}


@pytest.mark.parametrize(("words", "meant"), MEANT.items(), ids=MEANT)
def test_words_mean_an_instant(words: str, meant: str) -> None:
    assert iso(wakeup(words, NOW, BERLIN)) == meant


UNCLEAR = (
    "",
    "soon",
    "mo",
    "9",
    "25:00",
    "12:60",
    "tomorrow 24",
    "tomorrow 9 30",
    "2026-13-01",
    "next month",
    "-2h",
    "mon mon",
    "99999999999d",
    "2026-11-23T09:00:00",
    "\x1b[2J",
    "½h",
)


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_is_unclear_says_what_is_allowed(words: str) -> None:
    with pytest.raises(InvalidInput, match="tomorrow 9:30"):
        wakeup(words, NOW, BERLIN)


@pytest.mark.parametrize("words", ["today", "today 15:32", "2026-11-21", "2020-01-01", "2026-11-21T14:32:00Z", "0m"])
def test_what_is_past_is_refused(words: str) -> None:
    with pytest.raises(InvalidInput, match="is past"):
        wakeup(words, NOW, BERLIN)


def test_a_year_mistyped_is_refused() -> None:
    with pytest.raises(InvalidInput, match="ten years"):
        wakeup("2062-11-23", NOW, BERLIN)


CHANGES = [
    # Forward on 29 March 2026 at 2:00 to 3:00, back on 25 October at 3:00 to 2:00.
    ("2026-03-28T20:00:00Z", "tomorrow 9", "2026-03-29T07:00:00Z"),
    ("2026-03-28T20:00:00Z", "12h", "2026-03-29T08:00:00Z"),
    ("2026-03-28T20:00:00Z", "1d", "2026-03-29T20:00:00Z"),
    ("2026-03-28T20:00:00Z", "tomorrow 2:30", "2026-03-29T01:30:00Z"),
    ("2026-10-24T20:00:00Z", "tomorrow 2:30", "2026-10-25T00:30:00Z"),
    ("2026-10-24T20:00:00Z", "tomorrow 9", "2026-10-25T08:00:00Z"),
    ("2026-10-25T00:40:00Z", "2:30", "2026-10-26T01:30:00Z"),
    ("2026-11-20T23:30:00Z", "today 9", "2026-11-21T08:00:00Z"),
]


@pytest.mark.parametrize(("now", "words", "meant"), CHANGES)
def test_the_clocks_on_the_wall_may_change(now: str, words: str, meant: str) -> None:
    assert iso(wakeup(words, datetime.fromisoformat(now), BERLIN)) == meant


@given(
    st.integers(0, 100 * 365 * 24 * 60).map(
        lambda minutes: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.sampled_from(["tomorrow", "fri 8", "next week", "17:30", "0:00", "90m", "2:30"]),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC"]),
)
def test_a_wake_up_is_always_to_come_and_near(now: datetime, words: str, zone: str) -> None:
    at = wakeup(words, now, ZoneInfo(zone))
    assert now < at <= now + timedelta(days=8)
    assert at.tzinfo is UTC


@given(st.text(max_size=30))
def test_any_text_is_answered_or_refused(words: str) -> None:
    with suppress(InvalidInput):
        assert NOW < wakeup(words, NOW, BERLIN) <= NOW + FARTHEST
