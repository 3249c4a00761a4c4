"""How everybody comes on: the courses of skills, and the screens on which a lead looks at them."""

import pytest

from tests.practice.player import play
from tests.practice.studios import Studio
from tests.support.driver import LARGE, SMALL, seated
from tests.support.golden import assert_golden
from tests.support.offices import HOSTILE, START, Office
from workbench.clock import FixedClock
from workbench.practice.model import Skill
from workbench.practice.progress import Course, Progress, Trend
from workbench.practice.session import SessionKind
from workbench.practice_desk import PracticeDesk

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


def practised(studio: Studio, who: str, kind: SessionKind, name: str, acts: int) -> None:
    """A session of theirs, in which so many acts of the key were done on each ticket that came at once."""
    with PracticeDesk.practise(studio.path, FixedClock(START), who, lambda: 0.0) as desk:
        desk.practice.begin(kind, name, seed=1)
        for arrival in desk.practice.status().arrived:
            scenario = desk.practice.scenario(arrival.scenario).scenario
            for act in scenario.key[:acts]:
                play(desk, scenario, arrival.ref or 0, act)
        desk.practice.end()


@pytest.fixture
def trained(studio: Studio) -> Studio:
    """Three who practise: one who comes on, one with markup for a name, and one who has just begun."""
    for acts in (0, 3, 9):
        practised(studio, "maya", SessionKind.SCENARIO, "locked-out", acts)
    practised(studio, "maya", SessionKind.DRILL, "triage", 0)
    practised(studio, HOSTILE[0], SessionKind.DRILL, "handoff", 0)
    with PracticeDesk.practise(studio.path, FixedClock(START), "omar", lambda: 0.0) as desk:
        desk.practice.begin(SessionKind.SHIFT, "L1", seed=1)
    return studio


@pytest.mark.parametrize(
    ("points", "trend"),
    [
        ((), None),
        (((5, 10),), None),
        (((5, 10), (6, 10)), Trend.RISING),
        (((9, 10), (5, 10), (1, 2)), Trend.EVEN),
        (((9, 10), (10, 10), (19, 20)), Trend.FALLING),
    ],
)
def test_a_trend_is_told_of_the_two_latest_sessions(points: tuple[tuple[int, int], ...], trend: Trend | None) -> None:
    assert Course(points).trend is trend


def test_a_course_holds_the_sessions_that_asked_for_the_skill(trained: Studio) -> None:
    with trained.desk() as desk:
        progress = Progress.of("maya", desk.practice.progress("maya"))
        latest = desk.practice.progress("maya", 2)
    assert [result.session.number for result in latest] == [3, 4]
    assert progress.courses[Skill.HANDOFF] == Course()
    assert progress.courses[Skill.RUNBOOK].points == ((0, 20), (0, 20), (20, 20))
    assert (progress.courses[Skill.RUNBOOK].got, progress.courses[Skill.RUNBOOK].most) == (20, 60)
    assert progress.courses[Skill.TRIAGE].trend is Trend.FALLING  # by the drill, in which nothing was done
    assert [round(each, 2) for each in progress.whole.shares] == [0.0, 0.36, 1.0, 0.0]


@SIZES
async def test_everybody_stands_there_skill_by_skill(trained: Studio, size: tuple[int, int]) -> None:
    async with trained.seat(size) as maya:
        await maya.press("5", "p")
        await maya.app.workers.wait_for_complete()
        await maya.press()
        maya.sees("PRACTICE", "4 sessions", "1 session", "no data", "20/60", HOSTILE[0][:9])
        assert_golden(maya.screen, f"everybody-{size[0]}x{size[1]}")
        await maya.press("j", "l", "l", "l")
        maya.sees("maya · runbook: 33 %, 20 of 60 points", "3 sessions, ↗ rising: 0 % in the session before, 100 %")
        await maya.press("l")
        maya.sees("maya · handoff: no data", "Drill handoff does")


async def test_a_trainees_sessions_and_their_sheets_are_opened_from_there(trained: Studio, office: Office) -> None:
    async with seated(office, size=SMALL) as omar:
        await omar.press("5", "p", "j", "enter")
        omar.sees("Sessions of maya", "0 %  drill triage", "100 %  Locked out, with a pa")
        await omar.press("j", "enter")
        omar.sees("maya · 70 of 70 points", "What you did", "✓ 10 of 10")
        await omar.press("r")
        omar.sees("account-locked")  # which the live library has not got
        omar.sees_no("Runbooks")
        await omar.press("escape", "escape", "j", "enter")
        omar.sees("no session has ended here yet")
        await omar.press("escape")
        omar.sees("Shift L1")


@SIZES
async def test_where_nobody_has_practised_it_says_what_to_do(
    studio: Studio, office: Office, size: tuple[int, int]
) -> None:
    async with seated(office, size=size) as maya:
        await maya.press("5", "p")
        maya.sees("Nobody has practised in this file yet", "choose a scenario", "WORKBENCH_PRACTICE")
        await maya.press("enter", "j", "l")
        maya.sees("Nobody has practised")
