"""The live screens on the practice workbench: every key works, under a line that says PRACTICE, and far from live."""

from collections.abc import Sequence

import pytest

from tests.practice.studios import Studio
from tests.support.contrast import faint_words
from tests.support.driver import LARGE, SMALL, Seat
from workbench.practice.session import SessionKind
from workbench.practice_app import PracticeApp
from workbench.runbooks.runs.model import Did
from workbench.widgets.themes import THEMES

MODES = {"1": "queues", "2": "owners", "3": "runbooks", "4": "reports", "5": "practice"}
WALK = (
    *(("f6", "AskYes"), ("y", "HintBox"), ("escape", "QueueScreen"), ("5", "PracticeScreen")),
    *(("p", "EverybodyScreen"), ("right", "EverybodyScreen"), ("enter", "SessionsScreen")),
    *(("q", "EverybodyScreen"), ("q", "PracticeScreen"), ("f8", "AskYes"), ("y", "SheetScreen")),
)
"""Keys over the screens of practice, each with what it opens."""
WAYS = ("1", "1 enter", "1 e", "1 E", "1 P", "1 r enter", "2", "3", "4", "4 enter", "5", "5 p")
MANY_KEYS = 100
"""So many different keys there are at least on these ways."""


async def go(seat: Seat, way: Sequence[str]) -> None:
    """To a mode's first screen, and by keys on from there."""
    for _ in range(2):  # what stands over the mode one is in, then over the other one
        while len(seat.app.screen_stack) > 1:
            seat.app.pop_screen()
        seat.app.switch_mode(MODES[way[0]])
    await press(seat, *way[1:])


async def press(seat: Seat, *keys: str) -> None:
    """Presses keys, and waits until nothing is worked out beside the screen any more."""
    await seat.press(*keys)
    await seat.app.workers.wait_for_complete()
    await seat.press()


def says_practice(seat: Seat) -> bool:
    """Whether the topmost line does, in words and in its colours."""
    return "PRACTICE" in seat.screen.split("\n")[0] and bool(seat.style_of("PRACTICE").reverse)


async def test_every_key_works_under_the_line_that_says_practice(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "wave")
    pressed: set[str | None] = {None, "quit"}
    async with studio.seat(SMALL) as maya:
        for way in map(str.split, WAYS):
            await go(maya, way)
            bound = {each.binding.id: key for key, each in maya.app.screen.active_bindings.items()}
            for name in bound.keys() - pressed:
                await go(maya, way)
                await press(maya, bound[name])
                assert says_practice(maya), f"{name} on {way}\n{maya.screen}"
                maya.sees_no("practice file", "live workbench")
                assert maya.app.return_code is None, name
                maya.app.clear_notifications()
            pressed |= bound.keys()
    assert len(pressed) > MANY_KEYS


async def test_the_report_is_taken_of_what_was_practised(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "wave")
    async with studio.seat() as maya:
        await press(maya, "t")
        await studio.pass_time(maya, 60)
        await press(maya, "4")
        maya.sees("PRACTICE", "First response in time", "1 of 1")


async def test_tickets_of_practice_are_found_by_filter_and_palette(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "wave")
    async with studio.seat(SMALL) as maya:
        await maya.press("slash")
        await maya.type("terminal")
        await press(maya)
        maya.sees("PRACTICE", "1 found", "Terminal 14")
        await maya.press("escape", "ctrl+p")
        await maya.type("1001")
        await press(maya)
        maya.sees("PRACTICE", "Terminal 14 has no network")
        await press(maya, "enter", "enter")
        maya.sees("PRACTICE", "● opened", "The terminal at line 14")


async def test_without_colours_it_says_practice_as_well(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    studio.begin(SessionKind.SCENARIO, "wave")
    async with studio.seat(SMALL) as maya:
        for way in ("1", "1 c", "1 question_mark", "4", "5"):
            await go(maya, way.split())
            assert says_practice(maya), maya.screen
        await go(maya, ["1"])
        await maya.press("ctrl+p")
        assert says_practice(maya), maya.screen


async def test_time_can_be_stopped_while_one_writes(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "wave", speed=10)
    async with studio.seat(SMALL) as maya:
        await maya.press("c", "f2")
        await maya.type("Now")
        maya.sees("❚❚ paused", "f2 go on  f4 faster", "Now")
        maya.sees_no("f7 points")  # whose key does nothing here
        await maya.press("f4", "f2")
        maya.sees("20 × as fast", "Now")


async def test_a_screen_that_comes_back_shows_the_time_of_now(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "wave")
    async with studio.seat() as maya:
        maya.sees("Mon 09:00:00")
        await maya.press("enter")
        await studio.pass_time(maya, 28)
        maya.sees("Mon 09:00:28")
        await maya.press("escape")
        maya.sees("─ L1 First line", "Mon 09:00:28")
        await maya.press("4")
        await studio.pass_time(maya, 2)
        await maya.press("1")
        maya.sees("─ L1 First line", "Mon 09:00:30")


async def test_who_is_in_a_session_is_not_told_that_its_clock_stands(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "wave")
    async with studio.seat() as maya:
        await studio.pass_time(maya, 28)
        await maya.press("5")
        maya.sees("▶ go on", "You are in it: its clock is in the line above.", "enter goes on with its tickets")
        maya.sees_no("its clock stands", "take up")


@pytest.mark.parametrize("kind", [SessionKind.SCENARIO, SessionKind.SHIFT])
async def test_the_line_is_told_shorter_so_that_keys_have_room(studio: Studio, kind: SessionKind) -> None:
    studio.begin(kind, "wave" if kind is SessionKind.SCENARIO else "L1")
    async with studio.seat(SMALL) as maya:
        assert maya.part("Banner").startswith(" PRACTICE  09:00:00  1 ×  ")
        maya.sees("f2 pause  f4 faster  f6 hint  f7 points")
        await maya.resize(*LARGE)
        assert maya.part("Banner").startswith(" PRACTICE  Mon 09:00:00  1 × as fast  ")
        maya.sees("f2 pause  f4 faster  f6 hint  f7 points  f8 end")


async def test_a_command_only_seems_to_run_says_so_and_what_it_prints_comes_into_sight(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "vpn-drops")
    async with studio.seat(SMALL) as maya:
        run = maya.app.desk.runs.begin("vpn-drops", 1001)
        run = maya.app.desk.runs.step(run, Did.DONE)
        for name, value in (("vpn_gateway", "vpn1"), ("user", "kowalska")):
            run = maya.app.desk.runs.give(run, name, value)
        await press(maya, "r", "enter")
        await press(maya, "exclamation_mark")
        maya.sees("Seem to run this? In practice nothing is run.", "ssh vpn1")
        maya.sees_no("/bin/sh")
        await press(maya, "y")
        maya.sees("▸ exited 0", "tunnel down after 600 s")


async def test_the_line_names_the_keys_of_the_key_file(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "wave")
    with studio.desk() as desk:
        app = PracticeApp(desk, {"practice.pause": "f9,f10", "act.take": "f6"})
        async with app.run_test(size=LARGE) as pilot:
            await pilot.pause()
            maya = Seat(studio.office, app, pilot)
            maya.sees("f9 pause", "f4 faster", "f7 points")
            maya.sees_no("hint")  # whose key the file gave to another
            await maya.press("f10")
            maya.sees("❚❚ paused")


@pytest.mark.parametrize("colours", THEMES)
async def test_all_is_read_in_any_colours(studio: Studio, colours: str) -> None:
    with studio.desk() as desk:
        desk.practice.begin(SessionKind.SCENARIO, "wave", seed=7)
        desk.practice.end()
    studio.begin(SessionKind.SCENARIO, "wave")
    faint = set[tuple[str, str, str]]()
    async with studio.seat() as maya:
        maya.app.choose_theme(THEMES[colours])
        for key, name in WALK:
            await maya.press(key)
            assert type(maya.app.screen).__name__ == name, maya.screen
            faint |= {(name, *told) for told in faint_words(maya.app)}
    assert not faint
