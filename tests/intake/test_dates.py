"""The notations of instants that help desks export."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.clock import iso
from workbench.errors import InvalidInput
from workbench.intake.dates import BadCell, DayOrder, day_order, read_instant

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-21T09:00:00Z", "2026-11-21T09:00:00Z"),
        ("2026-11-21T09:00:00.250+01:00", "2026-11-21T08:00:00Z"),
        ("2026-11-21T09:00:00.000+0100", "2026-11-21T08:00:00Z"),
        ("2026-11-21 09:00:00 +0100", "2026-11-21T08:00:00Z"),
        ("2026-11-21 09:00:00 UTC", "2026-11-21T09:00:00Z"),
        ("2026-11-21 09:00", "2026-11-21T08:00:00Z"),
        ("2026/11/21 09:00:30", "2026-11-21T08:00:30Z"),
        ("2026-11-21", "2026-11-20T23:00:00Z"),
        ("21.11.2026 09:00", "2026-11-21T08:00:00Z"),
        ("1.7.26, 9:05:07", "2026-07-01T07:05:07Z"),
        ("21/Nov/26 9:00 AM", "2026-11-21T08:00:00Z"),
        ("21 November 2026 21:00", "2026-11-21T20:00:00Z"),
        ("Nov 21, 2026 12:30 AM", "2026-11-20T23:30:00Z"),
        ("11/11/2026 12:30 pm", "2026-11-11T11:30:00Z"),
        ("1763715600", "2025-11-21T09:00:00Z"),
        ("1763715600123", "2025-11-21T09:00:00Z"),
        ("2026-03-29 02:30", "2026-03-29T01:30:00Z"),
        ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),
    ],
)
def test_each_notation(text: str, instant: str) -> None:
    found = read_instant(text, BERLIN)
    assert found is not None
    assert iso(found) == instant
    assert found.tzinfo is UTC


@pytest.mark.parametrize("text", ["", " ", "-", "NULL", "0000-00-00 00:00:00"])
def test_no_date_is_none(text: str) -> None:
    assert read_instant(text, UTC) is None


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2026-02-30",
        "32.01.2026",
        "01/01/2026 13:00 PM",
        "1 Foo 2026",
        "0001-01-01 00:00",
        "2026-W47",
        "9" * 40,
    ],
)
def test_nonsense_is_told(text: str) -> None:
    with pytest.raises(BadCell, match="date"):
        read_instant(text, BERLIN)


def test_slashes_are_read_only_with_an_order() -> None:
    with pytest.raises(BadCell, match="two ways"):
        read_instant("03/04/2026", UTC)
    assert read_instant("03/04/2026", UTC, DayOrder.DAY_FIRST) == datetime(2026, 4, 3, tzinfo=UTC)
    assert read_instant("03/04/2026", UTC, DayOrder.MONTH_FIRST) == datetime(2026, 3, 4, tzinfo=UTC)


def test_the_order_is_decided_over_the_file() -> None:
    assert day_order(["2026-11-21", "", "x"]) is None
    assert day_order(["03/04/2026", "13/04/2026 09:00"]) is DayOrder.DAY_FIRST
    assert day_order(["03/04/2026", "04/13/2026 9:00 AM"]) is DayOrder.MONTH_FIRST
    with pytest.raises(InvalidInput, match="no date of the file has a day above 12"):
        day_order(["03/04/2026", "05/05/2026"])
    with pytest.raises(InvalidInput, match="both kinds"):
        day_order(["13/04/2026", "04/13/2026"])


@given(st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_what_the_workbench_writes_it_reads(at: datetime) -> None:
    assert read_instant(iso(at), BERLIN) == at


@given(st.text())
def test_any_text_is_an_instant_or_told(text: str) -> None:
    try:
        found = read_instant(text, BERLIN, DayOrder.DAY_FIRST)
    except BadCell:
        return
    assert found is None or found.tzinfo is UTC
