"""How a box is sent is the same in all of them, and each says it on its own edge."""

import pytest

from tests.support.busy import make_busy
from tests.support.driver import seated
from tests.support.offices import START, Office
from workbench.clock import SystemClock
from workbench.desk import Desk
from workbench.tickets.dialogs.dialog import Dialog


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("c", "─ ^s sends ─╯"),
        ("C", "─ ^s sends ─╯"),
        ("a", "─ ⏎ or ^s sends ─╯"),
        ("p", "─ ⏎ or ^s sends ─╯"),
        ("s", "─ ⏎ in a line or ^s sends ─╯"),
        ("n", "─ ⏎ goes on · ^s sends ─╯"),
    ],
)
async def test_each_box_says_how_it_is_sent(office: Office, key: str, told: str) -> None:
    make_busy(office)
    async with seated(office) as maya:
        await maya.press(key)
        maya.sees(told)


async def test_enter_goes_on_or_sends_as_the_box_says(office: Office) -> None:
    make_busy(office)
    async with seated(office) as maya:
        await maya.press("n", *"mail", "enter")
        assert isinstance(maya.app.screen, Dialog)
        assert maya.app.focused is not None
        assert maya.app.focused.id == "client-letters"
        await maya.press("escape", "p", "2", "enter", *"often", "enter")
        assert not isinstance(maya.app.screen, Dialog)


async def test_a_question_takes_its_line_by_either_key(office: Office) -> None:
    make_busy(office)
    async with seated(office) as maya:
        for key, name in (("enter", "Ping"), ("ctrl+s", "Pong")):
            await maya.press("slash", *"vpn", "ctrl+s")
            maya.sees("as a queue named", "─ ⏎ or ^s takes it ─╯")
            await maya.press(*name, key)
            maya.sees(f"─ {name} · ")
            await maya.press("1")


async def test_a_comment_is_sent_while_the_machines_clock_is_behind(office: Office) -> None:
    office.clock.at = START.replace(year=2150)
    office.open()
    with Desk.open(office.path, SystemClock(), "maya") as desk:
        async with seated(office, desk=desk) as maya:
            await maya.press("C", *"two", "ctrl+s")
            assert not isinstance(maya.app.screen, Dialog)
            assert [event.text for event in desk.tickets.with_timeline(1001)[1][1:]] == ["two"]
            await maya.press("enter")
            assert "running" in maya.part("#side")
            maya.sees_no("no target")
            await maya.press("w")
            maya.sees("is fresh", "respond  running  0m used of 15m")


async def test_a_letter_on_a_choice_begins_the_words_and_changes_nothing_chosen(office: Office) -> None:
    make_busy(office)
    async with seated(office) as maya:
        await maya.press("p")
        before = maya.part(".box")
        await maya.press(*"hello")
        assert maya.part(".box").replace("hello", "     ") == before
        maya.sees("hello")
        await maya.press("escape", "s", *"lost")
        maya.sees("[wait]", "lost")


@pytest.mark.parametrize("key", ["c", "C", "a", "p", "s", "n"])
async def test_f1_helps_in_each_box(office: Office, key: str) -> None:
    make_busy(office)
    async with seated(office) as maya:
        await maya.press(key, "f1")
        maya.sees("Keys here", "Leave; what was typed is kept")
        await maya.press("f1")
        assert isinstance(maya.app.screen, Dialog)


@pytest.mark.parametrize(
    ("keys", "told", "field"),
    [
        (("n", *"mouse", "enter", *"acme", "enter", "tab"), "no client named 'acme'", "client-letters"),
        (("n", "tab", "tab"), "the subject is empty", "subject"),
        (("s", "tab", "tab", *"parts", "tab", *"sometime", "shift+tab"), "'sometime' is no wake-up", "wakeup"),
        (("s", "tab", "tab", *"parts", "tab", *"2020-01-01 09:00", "shift+tab"), "is past", "wakeup"),
        (("s", "tab", "tab", "tab"), "the reason is empty", "reason"),
    ],
)
async def test_the_cursor_goes_to_what_is_to_be_mended(
    office: Office, keys: tuple[str, ...], told: str, field: str
) -> None:
    make_busy(office)
    async with seated(office) as maya:
        await maya.press(*keys)
        assert maya.app.focused is not None
        assert maya.app.focused.id != field
        await maya.press("ctrl+s")
        maya.sees(told)
        assert maya.app.focused.id == field
