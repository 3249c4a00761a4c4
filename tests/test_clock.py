"""When something happens, whatever the clocks of the machines do."""

from datetime import UTC, datetime, timedelta

import pytest

from workbench.clock import FixedClock, SystemClock, may_follow, moment_after
from workbench.errors import Refused

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_what_is_new_happens_at_the_moment_it_is_done() -> None:
    assert moment_after(FixedClock(NOON), None, "it last changed at") == NOON
    assert moment_after(FixedClock(NOON), NOON, "it last changed at") == NOON
    assert moment_after(FixedClock(NOON), NOON - timedelta(days=1), "it last changed at") == NOON


def test_while_the_machines_clock_is_behind_time_stands_still() -> None:
    ahead = SystemClock().now() + timedelta(days=1)
    assert may_follow(SystemClock(), ahead)
    assert moment_after(SystemClock(), ahead, "it last changed at") == ahead


def test_an_instant_that_somebody_chose_is_refused_before_the_last_change() -> None:
    assert not may_follow(FixedClock(NOON), NOON + timedelta(seconds=1))
    with pytest.raises(Refused) as refused:
        moment_after(FixedClock(NOON), NOON + timedelta(seconds=1), "PRB-1 last changed at")
    assert refused.value.wrong == "PRB-1 last changed at 2026-03-02T12:00:01Z, after 2026-03-02T12:00:00Z"
    assert refused.value.advice == "write at a later instant"
