"""The tour: one hint at a time, each until what it asks for was done; left and taken up."""

from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from tests.practice.player import play
from tests.support.driver import LARGE, SMALL, Seat
from tests.support.golden import assert_golden
from tests.support.offices import START, Office
from workbench.clock import FixedClock
from workbench.errors import Refused
from workbench.practice.session import SessionKind
from workbench.practice.tour import LAST, STOPS, TOUR, begin_tour, stop_at, words_at
from workbench.practice_desk import PracticeDesk
from workbench.runbooks.runs.model import Did
from workbench.tour_app import TourApp

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


def desk_at(folder: Path) -> PracticeDesk:
    """Maya's desk on a practice file, whose time stands."""
    return PracticeDesk.practise(folder / "practice.db", FixedClock(START), "maya", lambda: 0.0)


def place(desk: PracticeDesk) -> int:
    """How many stops were made."""
    return stop_at(desk.practice.events(1001), "maya")


async def noticed(seat: Seat) -> None:
    """Lets the screens look."""
    await seat.app.run_action("tick")
    await seat.press()


@SIZES
async def test_it_leads_on_once_what_was_asked_for_is_done(
    office: Office, tmp_path: Path, size: tuple[int, int]
) -> None:
    with desk_at(tmp_path) as desk:
        begin_tour(desk.practice)
        app = TourApp(desk)
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            maya = Seat(office, app, pilot)
            await noticed(maya)
            maya.sees("PRACTICE", "1/9", "This is the queue of the first line")
            assert_golden(f"{maya.part('Banner')}\n{maya.part('Guide')}", f"tour-{size[0]}x{size[1]}")
            await maya.press("t")
            await noticed(maya)
            maya.sees("2/9")
            await maya.press("enter", "c")
            await maya.type("Do colleagues have it?")
            await maya.press("ctrl+s")
            await noticed(maya)
            maya.sees("3/9", "after two minutes")


def test_each_stop_is_made_by_its_act_and_by_no_other(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        begin_tour(desk.practice)
        scenario = desk.practice.scenario(TOUR).scenario
        acts = ("take", "say Others?", "wait 2m", "priority", "component")
        for number, act in enumerate(acts):
            assert place(desk) == number
            play(desk, scenario, 1001, act)
        run = desk.runs.begin("vpn-drops", 1001)
        assert place(desk) == 6
        desk.runs.end(run, Did.NOT_FIXED)
        assert place(desk) == 7
        play(desk, scenario, 1001, "say And by cable?")
        play(desk, scenario, 1001, "hand off")
        assert place(desk) == 8
        play(desk, scenario, 1001, "say It is not your line.")
        assert place(desk) == len(STOPS)
        assert words_at(len(STOPS)) == LAST


def test_an_answer_is_waited_for_until_it_comes(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        begin_tour(desk.practice)
        for act in ("take", "say Thank you.", "wait 5m"):
            play(desk, desk.practice.scenario(TOUR).scenario, 1001, act)
        assert place(desk) == 2
        desk.tickets.comment(1001, "Do colleagues have it?")
        desk.practice.tick(timedelta(minutes=2))
        assert place(desk) == 3


@pytest.mark.parametrize("stop", range(len(STOPS) + 1))
def test_what_is_asked_fits_the_smallest_terminal(stop: int) -> None:
    assert len(Text(words_at(stop)).wrap(Console(), SMALL[0] - 2)) <= 4


def test_what_was_taken_back_is_asked_for_again(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        begin_tour(desk.practice)
        desk.tickets.take(1001)
        assert place(desk) == 1
        desk.tickets.undo()
        assert place(desk) == 0


def test_it_is_taken_up_where_it_was_left(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        number = begin_tour(desk.practice).number
        desk.tickets.take(1001)
    with desk_at(tmp_path) as desk:
        assert begin_tour(desk.practice).number == number
        assert place(desk) == 1


def test_it_does_not_come_between_another_session(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        desk.practice.begin(SessionKind.SHIFT, "L1", seed=1)
        with pytest.raises(Refused, match="shift L1"):
            begin_tour(desk.practice)


async def test_the_screen_of_practice_offers_it_and_takes_it_up(tmp_path: Path, office: Office) -> None:
    with desk_at(tmp_path) as desk:
        app = TourApp(desk)
        async with app.run_test(size=SMALL, notifications=True) as pilot:
            await pilot.pause()
            maya = Seat(office, app, pilot)
            maya.sees("Tour  the first ten minutes", "hint at a time above the real screens")
            maya.sees_no("1/9")
            await maya.press("enter")
            await noticed(maya)
            maya.sees("PRACTICE", "1/9")
            await maya.press("t", "5", "enter")
            await noticed(maya)
            maya.sees("2/9", "L1 First line")


async def test_its_scenario_by_itself_is_no_tour(tmp_path: Path, office: Office) -> None:
    with desk_at(tmp_path) as desk:
        desk.practice.begin(SessionKind.SCENARIO, TOUR, seed=2)
        app = TourApp(desk)
        async with app.run_test(size=SMALL) as pilot:
            await pilot.pause()
            maya = Seat(office, app, pilot)
            await noticed(maya)
            maya.sees("PRACTICE", "#1001")
            maya.sees_no("1/9")
