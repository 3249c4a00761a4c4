"""Nothing typed is lost: drafts live through leaving, signals, a kill, a busy file and another session's change."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Paste

from tests.support.busy import FORGOTTEN
from tests.support.driver import Seat, seated
from tests.support.offices import Office
from tests.support.terminal import Terminal
from workbench.clock import SystemClock
from workbench.desk import Desk
from workbench.errors import Refused
from workbench.widgets.form import LONGEST_WORDS, Words
from workbench.widgets.line import LONGEST_LINE


async def paste(seat: Seat, text: str) -> None:
    """Pastes a text where the focus is."""
    assert seat.app.focused is not None
    seat.app.focused.post_message(Paste(text))
    await seat.press("shift")


async def test_a_comment_left_is_offered_again_for_its_ticket_and_for_no_other(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("c")
        await maya.type("I will call [you]")
        await maya.press("escape", "down", "c")
        maya.sees_no("I will call")
        await maya.press("escape", "up", "C")
        maya.sees_no("I will call")
        await maya.press("escape", "c")
        maya.sees("I will call [you]", "What you typed on Mon 08 Jun at 13:02 is here again; ^n begins anew.")
        await maya.press("ctrl+s", "c")
        assert "I will call" not in maya.part(".box")


async def test_a_draft_outlives_the_program(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("n")
        await maya.type("Scanner eats paper")
        await maya.press("tab")
        await maya.type("fabr")
    async with seated(busy) as maya:
        maya.sees("Typed and not sent yet: new ticket.")
        await maya.press("n")
        maya.sees("Scanner eats paper", "fabr")


async def test_the_reason_of_a_wait_is_kept_with_its_choices(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("s", "tab", "right", "tab")
        await maya.type("carrier ticket 77")
        await maya.press("escape", "s")
        maya.sees("[vendor]", "carrier ticket 77")


@pytest.mark.parametrize("key", ["p", "m"])
async def test_other_reasons_are_kept_too(busy: Office, key: str) -> None:
    async with seated(busy) as maya:
        await maya.press(key, "tab")
        await maya.type("the boss waits")
        await maya.press("escape", key)
        maya.sees("the boss waits", "here again")


async def test_what_was_wiped_out_is_no_draft(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("c", "a", "escape", "c", "backspace", "escape", "c")
        maya.sees_no("here again")


async def test_an_undo_that_empties_all_keeps_the_draft(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("enter", "c", "h", "i", "ctrl+z")
        assert maya.app.screen.query_one(Words).text == ""
        await maya.press("ctrl+y")
        assert maya.app.screen.query_one(Words).text == "hi"
        await maya.press("f1")
        maya.sees("ctrl+z             Take back what was typed last", "ctrl+y             Type again what was taken")
        await maya.press("escape", "ctrl+z", "escape", "c")
        maya.sees("What you typed on", "hi")
        await maya.press("ctrl+n", "escape", "c")
        maya.sees_no("What you typed on")
        await maya.press("h", "i", "ctrl+z", "a", "backspace", "escape")
    assert list(busy.desk().personal.drafts()) == []


async def test_words_meant_for_many_are_a_draft_of_their_own(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("x", "x", "C")
        await maya.type("both of you")
        await maya.press("escape", "escape", "g", "C")
        maya.sees_no("both of you")
        await maya.press("escape", "x", "x", "C")
        maya.sees("both of you")


async def test_a_file_that_is_busy_keeps_the_words(busy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async with seated(busy) as maya:
        await maya.press("c")
        await maya.type("one moment")
        with monkeypatch.context() as patched:
            patched.setattr("workbench.database.file.BUSY_SECONDS", 0.01)
            with Desk.open(busy.path, SystemClock(), "ravi") as other, other.database.transaction():
                await maya.press("ctrl+s")
                maya.sees("another session is writing", "one moment")
        await maya.press("ctrl+s")
        assert busy.desk().tickets.with_timeline(FORGOTTEN)[1][-1].text == "one moment"


async def test_where_a_draft_cannot_be_kept_one_is_told_and_can_still_leave(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_draft(*_: object) -> None:
        raise Refused("the disk [is] full", "make room")

    monkeypatch.setattr("workbench.personal.service.PersonalService.save_draft", save_draft)
    async with seated(busy) as maya:
        await maya.press("c", "a", "b", "escape")
        maya.sees("the disk [is] full", "they will read this")
        await maya.press("escape")
        maya.sees_no("they will read this")


async def test_a_pasted_text_keeps_all_of_its_lines_in_a_line(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("n")
        await paste(maya, "first\nsecond\x1b[2J\tthird")
        maya.sees("first second␛[2J third")


async def test_a_pasted_text_is_harmless_and_keeps_its_lines_in_a_box(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("c")
        await paste(maya, "first\r\nsecond \x1b]52;c;eA==\x07\n[/b]")
        maya.sees("second ␛]52;c;eA==␇", "[/b]")


async def test_a_paste_too_long_says_what_had_no_room(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("c")
        await paste(maya, "x" * (LONGEST_WORDS + 7))
        maya.sees("The last 7 characters of what was pasted had no room")
        await maya.press("escape", "n")
        await paste(maya, "y" * (LONGEST_LINE + 9))
        maya.sees("The last 9 characters")


@pytest.fixture
def terminal(busy: Office) -> Iterator[Terminal]:
    """The program as a process in front of the first ticket."""
    argv = [sys.executable, "-m", "workbench", "--db", str(busy.path), "--as", "maya"]
    with Terminal(argv, {"XDG_STATE_HOME": str(busy.path.parent)}) as terminal:
        terminal.wait_for(b"Badge printer")
        yield terminal


def draft_of(path: Path) -> str | None:
    """The words of maya's comment on the first ticket that were kept."""
    with Desk.open(path, SystemClock(), "maya") as desk:
        draft = desk.personal.draft("comment", FORGOTTEN)
        return draft.fields["text"] if draft else None


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_keeps_the_draft(terminal: Terminal, busy: Office, number: signal.Signals) -> None:
    terminal.send(b"c")
    terminal.wait_for(b"they will read this")
    terminal.send(b"\x1b[200~xyzzy\x1b[201~")
    terminal.wait_for(b"xyzzy")
    os.kill(terminal.process.pid, number)
    assert terminal.wait_end() == 128 + number
    assert draft_of(busy.path) == "xyzzy"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_a_kill_keeps_what_was_typed_before(terminal: Terminal, busy: Office) -> None:
    terminal.send(b"c")
    terminal.wait_for(b"they will read this")
    terminal.send(b"xyzzy")
    terminal.wait_until(lambda: draft_of(busy.path) == "xyzzy")
    os.kill(terminal.process.pid, signal.SIGKILL)
    terminal.wait_end()
    assert draft_of(busy.path) == "xyzzy"


async def test_who_wants_none_of_what_was_left_begins_anew(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("n", *"Mail", "tab", *"cont", "enter", "tab", "tab", "3", "escape", "n")
        maya.sees("is here again; ^n begins anew", "Mail", "contoso", "[client]")
        await maya.press("ctrl+n")
        maya.sees_no("is here again", "Mail ", "[client]")
        await maya.press("escape", "n")
        maya.sees_no("is here again", "Mail ")
    assert [draft.kind for draft in busy.desk().personal.drafts()] == []
