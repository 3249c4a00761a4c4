"""The demo's copy: whenever it is made, its tickets are as fresh as in the sample."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import platformdirs
import pytest

from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.organisation.model import ALWAYS
from workbench.sample.copy import KEPT, private_copy
from workbench.sample.generator import ACTING, MOMENT
from workbench.tickets.clocks import leading, standing
from workbench.tickets.integrity import faults

NOWS = {
    "when it was made": MOMENT,
    "on a Sunday night in another season": datetime(2027, 7, 4, 1, 17, 23, tzinfo=UTC),
    "years later": datetime(2031, 2, 28, 9, 0, tzinfo=UTC),
    "by a clock that is behind": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
}


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the copies are put, away from the user's own."""
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / name)
    return tmp_path / "workbench" / "demo"


def stages(desk: Desk) -> dict[int, tuple[object, ...]]:
    """Stage, share used and age of each ticket whose calendar never closes."""
    found: dict[int, tuple[object, ...]] = {}
    now, limits = desk.now(), desk.tickets.limits
    for ref in desk.tickets.store.numbers():
        ticket = desk.tickets.get(ref)
        if all(clock.calendar.name == ALWAYS.name for clock in ticket.clocks):
            where = standing(ticket.state, leading(ticket.clocks, now), now, limits)
            found[ref] = (where.stage, where.used, ticket.state, now - ticket.opened_at, now - ticket.touched_at)
    return found


def opened(now: datetime) -> Desk:
    return Desk.open(private_copy(now), FixedClock(now), ACTING)


@pytest.mark.parametrize("now", NOWS.values(), ids=NOWS.keys())
def test_the_tickets_stand_as_they_did_in_the_sample(now: datetime) -> None:
    with opened(MOMENT) as sample, opened(now) as copy:
        assert len(stages(copy)) > 200
        assert stages(copy) == stages(sample)


@pytest.mark.parametrize("now", NOWS.values(), ids=NOWS.keys())
def test_the_copy_is_sound(now: datetime) -> None:
    with opened(now) as copy:
        assert copy.database.check() == []
        found = faults(copy.database, copy.organisation.current(), copy.tickets.limits, lambda done, of: None)
        assert list(found) == []


@pytest.mark.parametrize("now", NOWS.values(), ids=NOWS.keys())
def test_support_changes_hands_on_mondays_at_the_same_hour(now: datetime) -> None:
    with opened(now) as copy:
        organisation = copy.organisation.current()
        starts = [team.rotation.start for team in organisation.teams if team.rotation]
        assert {start.weekday() for start in starts} == {0}
        assert {start.hour for start in starts} == {7, 9}
        assert all(organisation.on_support(team.slug, now) for team in organisation.teams if team.rotation)


def test_one_can_work_in_it() -> None:
    with opened(MOMENT + timedelta(days=3)) as copy:
        taken = copy.queues.take_next()
        assert copy.tickets.get(taken.ref).assignee == ACTING


def test_each_start_has_a_copy_of_its_own(shelf: Path) -> None:
    first, second = private_copy(MOMENT), private_copy(MOMENT)
    assert first != second
    assert first.exists()
    assert {first.parent.parent, second.parent.parent} == {shelf}


def test_old_copies_are_cleared_away_and_recent_ones_are_not(shelf: Path) -> None:
    old, recent = private_copy(MOMENT), private_copy(MOMENT)
    for path in (old, old.parent, *old.parent.iterdir()):
        past = path.stat().st_mtime - KEPT.total_seconds() - 60
        os.utime(path, (past, past))
    private_copy(MOMENT)
    assert not old.parent.exists()
    assert recent.exists()
