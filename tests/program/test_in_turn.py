"""Keys that come in one burst do what the same keys do one at a time."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.events import Key, Paste

from tests.support.driver import Seat, as_key, seated
from tests.support.offices import Office, make_file
from workbench.app import WorkbenchApp

SUBJECTS = ("Printer jams", "Mail is slow", "Printer is empty", "No network")
LETTERS = ("W", "h", "y", "space", "n", "5", "q")
STORIES = (
    ("c", *LETTERS),
    ("C", *LETTERS, "ctrl+s", "j"),
    ("c", *LETTERS, "escape", "j"),
    ("c", *LETTERS, "escape", "c", *LETTERS),
    ("j", "t", "k", "enter", "C", *LETTERS),
    ("enter", "c", *LETTERS, "ctrl+s", "q", "j"),
    ("slash", *"printer", "enter", "j"),
    ("slash", *"nothing", "escape", "j", "j"),
    ("p", "right", "tab", *LETTERS),
    ("s", "tab", *LETTERS),
    ("n", *LETTERS, "tab", *LETTERS),
    ("ctrl+p", *"mine"),
    ("question_mark", "escape", "t"),
    ("2", *"mail", "1", "j"),
    ("x", "j", "x", "C", *LETTERS, "ctrl+s", "u"),
    ("4", "1", "5", "q", "3", "q", "t"),
    ("n", "W", "tab", *"cont", "enter", *"Dana", "down", "enter", "tab", "4", "tab", "3"),
    ("slash", *"printer", "ctrl+s", *"Jam", "enter", "left", "f2", "J", "enter", "t"),
    ("question_mark", "question_mark", "left", "question_mark", "j"),
    ("ctrl+p", *"make it mine", "enter", "j"),
)


async def play(folder: Path, keys: Sequence[str], hasty: bool) -> tuple[str, Sequence[object]]:
    """What stands on the screen after these keys, and all that they have left in the file: events and drafts."""
    folder.mkdir()
    office = Office(make_file(folder))
    for subject in SUBJECTS:
        office.open(subject)
    async with seated(office) as maya:
        if hasty:
            await maya.press(*keys)
        else:
            for key in keys:
                await maya.press(key)
        await maya.wait_a_look_behind()
        screen = maya.screen
    desk = office.desk("maya")
    happened = [desk.tickets.with_timeline(1001 + number)[1] for number in range(len(SUBJECTS))]
    drafts = [(draft.kind, draft.ticket, draft.fields) for draft in desk.personal.drafts()]
    office.close()
    return screen, [happened, drafts]


@pytest.mark.parametrize("keys", STORIES, ids=" ".join)
async def test_a_burst_of_keys_is_worked_off_one_by_one(tmp_path: Path, keys: Sequence[str]) -> None:
    assert await play(tmp_path / "hasty", keys, True) == await play(tmp_path / "patient", keys, False)


async def test_what_is_pasted_waits_for_its_box(office: Office) -> None:
    office.open("Printer jams")
    async with seated(office) as maya:
        await maya.press("c", "a", Paste("error\n0x80"), "z")
        maya.sees("aerror", "0x80z")


async def test_a_double_click_opens_one_screen(office: Office) -> None:
    office.open("Printer jams")
    office.open("Mail is slow")
    async with seated(office) as maya:
        await maya.press(*maya.a_click("Mail"))
        await maya.press(*maya.a_click("Mail"), *maya.a_click("Mail"))
        maya.sees("● opened", "#1002")
        await maya.press("escape")
        maya.sees("Queues", "Printer jams")


async def test_a_double_click_on_a_key_does_not_press_one_of_the_screen_that_it_opens(office: Office) -> None:
    office.open("Printer jams")
    async with seated(office) as maya:
        for each in (*maya.a_click("Open"), *maya.a_click("Open")):
            await maya.press(each)
        maya.sees("● opened", "t Take")
        maya.sees_no("taken")


async def test_a_click_on_a_key_comes_before_what_is_typed_behind_it(office: Office) -> None:
    office.open("Printer jams")
    async with seated(office) as maya:
        await maya.press(*maya.a_click("Comment"), *LETTERS)
        maya.sees("Comment · #1001", "Why n5q")


async def test_a_click_between_keys_waits_for_its_turn(office: Office) -> None:
    for subject in SUBJECTS:
        office.open(subject)
    async with seated(office) as maya:
        await maya.press("j", "C", "w", "h", "y", "ctrl+s", *maya.a_click("Printer is"), "t")
    desk = office.desk("maya")
    assert desk.tickets.with_timeline(1002)[1][-1].text == "why"
    assert [desk.tickets.get(1001 + number).assignee for number in range(4)] == [None, None, "maya", None]


class EarlyApp(WorkbenchApp):
    """Somebody has typed before the program was there."""

    def on_load(self) -> None:
        """Before anything is composed."""
        for key in ("c", *LETTERS):
            self.post_message(as_key(key))


async def test_keys_wait_for_the_first_screen(office: Office) -> None:
    office.open("Printer jams")
    app = EarlyApp(office.desk())
    async with app.run_test() as pilot:
        maya = Seat(office, app, pilot)
        await maya.press()
        maya.sees("Comment · #1001", "Why n5q")


async def test_a_screen_that_is_closed_before_its_frame_holds_no_key_up(office: Office) -> None:
    office.open("one")
    async with seated(office) as maya:
        await maya.press("question_mark")
        helping = maya.app.screen
        helping.refresh(layout=True)
        maya.app._at_work = True
        await maya.app._come_back(0, 1)
        while not helping._callbacks:
            await asyncio.sleep(0)
        helping._update_timer.stop()
        await maya.app.pop_screen()
        await maya.press("c", *LETTERS)
        maya.sees("Why n5q")


async def test_a_letter_right_behind_escape_is_no_letter_of_the_box(office: Office) -> None:
    office.open("one")
    async with seated(office) as maya:
        await maya.press("c", *LETTERS, Key("alt+t", "t"))
        maya.sees("taken by maya")
        assert [draft.fields["text"] for draft in office.desk("maya").personal.drafts()] == ["Why n5q"]
