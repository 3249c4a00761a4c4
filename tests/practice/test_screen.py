"""Practice on the screens: chosen, begun, worked with a clock of its own, marked, and taken up where it stood."""

import sys

import pytest

from tests.practice.studios import Studio
from tests.support.driver import LARGE, SMALL, Seat, seated
from tests.support.golden import assert_golden
from tests.support.offices import HOSTILE, Office
from tests.support.terminal import Terminal
from workbench.practice.session import SessionKind
from workbench.tickets.rules import Resolution

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


async def choose(seat: Seat, words: str) -> None:
    """Walks down the choices to the one whose page holds the words."""
    for _ in range(60):
        if words in seat.part("#told"):
            return
        await seat.press("j")
    raise AssertionError(f"no choice tells {words!r}\n{seat.screen}")


@SIZES
async def test_the_live_screens_offer_what_there_is_to_practise(
    studio: Studio, office: Office, size: tuple[int, int]
) -> None:
    async with seated(office, size=size) as maya:
        await maya.press("5")
        maya.sees("Be shown around", "Shift L1", "Drill triage", "Nothing yet", "1 × as fast")
        maya.sees_no("PRACTICE  ")
        assert_golden(maya.screen, f"practice-{size[0]}x{size[1]}")
        await maya.press("j", "plus", "plus", "plus", "minus")
        maya.sees("8 of 19 tickets", "5 × as fast")


async def test_a_scenario_says_nothing_of_its_answer(studio: Studio, office: Office) -> None:
    async with seated(office) as maya:
        await maya.press("5")
        await choose(maya, "Cannot get in")
        maya.sees("Nadine Weiss", "within 30m")
        maya.sees_no("old password", "identity", "blocked")


async def test_who_begins_leaves_the_live_screens_to_come_back(studio: Studio, office: Office) -> None:
    async with seated(office) as maya:
        await maya.press("5")
        await choose(maya, "Cannot get in")
        await maya.press("plus", "enter")
        assert maya.app.leaves_to_practise
        assert maya.app.return_code == 0
    with studio.desk() as desk:
        status = desk.practice.status()
    assert (status.session.name, status.session.speed) == ("locked-out", 2)


async def test_an_open_session_is_offered_first_and_can_be_ended_there(studio: Studio, office: Office) -> None:
    studio.begin(SessionKind.SHIFT, "L1")
    async with seated(office) as maya:
        await maya.press("5")
        maya.sees("▶ take up  shift L1", "enter takes it up")
        await maya.press("j", "enter")
        maya.sees("end that one first")
        maya.app.clear_notifications()
        await maya.press("x")
        maya.sees("End shift L1?")
        await maya.press("y")
        maya.sees("Work on next", "0 %")
        await maya.press("q")
        maya.sees_no("take up")
        await maya.press("end")
        maya.sees("shift L1, seed 7", "enter shows its sheet")
        assert not maya.app.leaves_to_practise


async def test_broken_files_are_told_by_line_and_the_others_work(studio: Studio, office: Office) -> None:
    folder = studio.path.parent / "scenarios"
    folder.mkdir()
    (folder / "bad.md").write_text(f"---\ntitle: '{HOSTILE[1]}'\nlevel: [L1\n---\n", "utf-8")
    async with seated(office) as maya:
        await maya.press("5")
        maya.sees("This file holds no scenario", "! bad.md:3: ", "Shift L1")
        await maya.press("enter")
        maya.sees("then come back")


async def test_what_is_wrong_with_the_practice_file_stays_in_sight(
    studio: Studio, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.path.parent)  # of a path as long as some are, only the beginning would stand there
    monkeypatch.setenv("WORKBENCH_PRACTICE", office.path.name)
    async with seated(office) as maya:
        await maya.press("5")
        maya.app.clear_notifications()
        await maya.press()
        maya.sees("is a live workbench, and nobody practises on one", "name a practice file instead")
        await maya.press("p")
        maya.sees("How you come on", "live workbench")


async def test_hostile_scenarios_are_shown_letter_by_letter(studio: Studio, office: Office) -> None:
    folder = studio.path.parent / "scenarios"
    folder.mkdir()
    with studio.desk() as desk:
        text = desk.practice.scenario("locked-out").text
    hostile = "[/b] [@click=app.quit]x[/] :bomb:"
    own = text.replace("# Cannot get in", f"# {hostile}").replace("Locked out, with a patient waiting", f"'{hostile}'")
    (folder / "own.md").write_text(own.replace("Who keeps trying?", hostile), "utf-8")
    studio.begin(SessionKind.SCENARIO, "own")
    async with studio.seat() as maya:
        maya.sees(hostile)
        await maya.press("f6", "y")
        assert hostile in maya.part("HintBox Static")
        await maya.press("escape", "f8", "y")
        maya.sees(hostile)


@SIZES
async def test_every_screen_says_practice_with_the_clock_and_its_speed(studio: Studio, size: tuple[int, int]) -> None:
    studio.begin(SessionKind.SCENARIO, "locked-out", speed=10)
    async with studio.seat(size) as maya:
        assert_golden(f"{maya.part('Banner')}\n{maya.part('HeaderLine')}", f"practice-line-{size[0]}x{size[1]}")
        for key in (
            "2",
            "3",
            "1",
            "enter",
            "o",
            "escape",
            "r",
            "escape",
            "e",
            "escape",
            "P",
            "escape",
            "question_mark",
        ):
            await maya.press(key)
            maya.sees("PRACTICE", "10 ×")
        await maya.press("escape", "c")
        maya.sees("PRACTICE")


async def test_time_goes_faster_stands_still_and_brings_what_is_due(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "locked-out", speed=10)
    async with studio.seat() as maya:
        await studio.pass_time(maya, 6)
        maya.sees("Mon 09:01:00")
        await maya.press("f2")
        maya.sees("❚❚ paused")
        await studio.pass_time(maya, 600)
        maya.sees("Mon 09:01:00")
        await maya.press("f2", "f4")
        maya.sees("20 × as fast")
        await studio.pass_time(maya, 33)
        maya.sees("Mon 09:12:00", "#1001: the requester wrote again")
        await maya.press("f3", "f3")
        maya.sees("5 × as fast")


async def test_an_answer_is_told_once_by_the_queues_or_by_practice(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "locked-out")
    async with studio.seat() as maya:
        await maya.press("t")
        maya.app.desk.tickets.comment(1001, "Hello?")
        maya.app.acted(True)
        await maya.app.screen.run_action("look")
        maya.app.clear_notifications()
        await studio.pass_time(maya, 120)
        await maya.app.screen.run_action("look")
        await maya.press()
        maya.sees("#1001 was answered: Cannot get in")
        maya.sees_no("the requester answered")
        maya.app.desk.tickets.comment(1001, "Where?")
        maya.app.clear_notifications()
        await maya.press("2")
        await studio.pass_time(maya, 120)
        maya.sees("#1001: the requester answered")


async def test_a_shift_brings_its_tickets_into_the_queue_in_sight(studio: Studio) -> None:
    studio.begin(SessionKind.SHIFT, "L1", speed=60)
    async with studio.seat() as maya:
        maya.sees("7 to come", "L1 First line · 1 open")
        await studio.pass_time(maya, 13)
        maya.sees("#1002", "L1 First line · 2 open")
        await maya.press("f7")
        maya.sees("shift L1", "maya · no points yet")
        await maya.press("escape", "f8")
        maya.sees("2 still worked on: they count as they stand.", "6 still")


async def test_the_queue_is_shown_in_which_the_ticket_is(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "memory-leak")
    async with studio.seat() as maya:
        maya.sees("L2 Second line · 1 open")
        await maya.press("5", "x", "y", "escape", "j", "enter")
        await studio.pass_time(maya, 0)
        maya.sees("shift L1", "L1 First line · 1 open")


async def test_hints_cost_points_and_that_is_said_before(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "locked-out")
    async with studio.seat() as maya:
        await maya.press("f6")
        maya.sees("A hint for #1001?", "It costs 5 points.")
        await maya.press("n", "f6", "y")
        maya.sees("Who keeps trying?")
        await maya.press("enter", "f6", "y")
        maya.sees("there is no other hint for #1001")
        await maya.press("f8", "y")
        maya.sees("1 hint")


async def test_the_sheet_tells_which_command_led_astray(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "vpn-drops")
    async with studio.seat((120, 40)) as maya:
        await maya.press("f8", "y")
        maya.sees("What step 3 of vpn-drops printed led astray here.")


@SIZES
async def test_the_sheet_sets_what_was_done_beside_what_was_to_be_done(studio: Studio, size: tuple[int, int]) -> None:
    studio.begin(SessionKind.SCENARIO, "locked-out")
    async with studio.seat(size) as maya:
        await maya.press("f7")
        maya.sees("Still worked on")
        maya.sees_no("old password")
        await maya.press("escape", "t")
        maya.app.desk.tickets.comment(1001, "It is your phone.")
        await maya.press("f8", "y")
        maya.sees("What you did", "what a good technician would have done", "triage: P3 is right", "still had")
        maya.app.clear_notifications()
        await maya.press()
        assert_golden(maya.screen, f"practice-sheet-{size[0]}x{size[1]}")
        await maya.press("r")
        maya.sees("PRACTICE", "Account locked out")
        await maya.press("escape", "escape")
        assert maya.app.return_code == 0


async def test_a_ticket_that_has_left_ones_hands_is_told(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "locked-out")
    async with studio.seat() as maya:
        maya.app.desk.tickets.take(1001)
        maya.app.desk.tickets.resolve(1001, Resolution("the phone", "new password"))
        await maya.press("c")  # also over a box, in which the key is for whatever one types
        await studio.pass_time(maya, 1)
        maya.sees("#1001 has left your hands; f7 shows its points.")
        await maya.press("escape", "f7")
        maya.sees("What you did", "done after 0 min")


async def test_without_a_session_the_choice_comes_first_and_begins_right_there(studio: Studio) -> None:
    async with studio.seat() as maya:
        maya.sees("no session is going", "Shift L1")
        await maya.press("f6")
        maya.sees("you are in no session")
        await maya.press("j", "enter")
        await studio.pass_time(maya, 0)
        maya.sees("shift L1", "L1 First line · 1 open")


async def test_it_goes_on_where_it_stood_however_it_ended(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "locked-out", speed=60)
    async with studio.seat() as maya:
        await maya.press("t")
        await studio.pass_time(maya, 5)
        maya.sees("Mon 09:05:00")
    studio.passed += 3600
    async with studio.seat() as maya:
        maya.sees("Mon 09:05:00", "60 × as fast", "#1001")


def test_killed_screens_are_taken_up_where_they_stood(studio: Studio) -> None:
    studio.begin(SessionKind.SCENARIO, "locked-out", speed=60)
    argv = [sys.executable, "-m", "workbench", "--practice", "--as", "maya"]
    with Terminal(argv, {"XDG_STATE_HOME": str(studio.path.parent)}) as terminal:
        terminal.wait_for(b"60 \xc3\x97")
        terminal.send(b"t")
        terminal.wait_for(b"taken by maya")
        terminal.process.kill()
        terminal.process.wait(20)
    with studio.desk() as desk:
        ticket, status = desk.tickets.get(1001), desk.practice.status()
        assert ticket.assignee == "maya"
        assert status.now >= status.session.started_at
        assert status.session.speed == 60
