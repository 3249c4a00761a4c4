"""Handing off on the screen: the form, what it lacks, its drafts, and what is beside it."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Paste

from tests.escalation.forms import L2, SWARM, broken, send
from tests.support.busy import FORGOTTEN, LATE
from tests.support.driver import LARGE, SMALL, Seat, seated
from tests.support.golden import assert_golden
from tests.support.offices import HOSTILE, Office
from tests.support.terminal import Terminal
from workbench.clock import SystemClock
from workbench.desk import Desk
from workbench.escalation import gathering
from workbench.escalation.model import Direction, Status
from workbench.escalation.screen import FormScreen
from workbench.ownership.guessing import GUESSES, guess
from workbench.ownership.service import Looked, OwnershipService
from workbench.problems.model import NewProblem, Rule
from workbench.tickets.model import Ticket
from workbench.tickets.vocabulary import Impact, Kind, Urgency
from workbench.tickets.wishes import Wanted
from workbench.widgets.form import Choice
from workbench.widgets.line import Line

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


async def fill_in(seat: Seat) -> None:
    """Types all that the second line requires, from the reason on."""
    await seat.type("fits")
    await seat.press("enter")
    await seat.type("none [fits]")
    await seat.press("tab")
    await seat.type("It [b] broke")
    await seat.press("tab", "tab", "tab", "a")
    await seat.type("restarted it")
    await seat.press("enter")
    await seat.type("no change")
    await seat.press("enter", "f", "tab", "a")
    await seat.type("load")
    await seat.press("enter")
    await seat.type("0.9")


@SIZES
async def test_the_form_says_what_it_lacks_and_what_is_known_beside_it(busy: Office, size: tuple[int, int]) -> None:
    async with seated(busy, size=size) as maya:
        await maya.press("e")
        assert_golden(maya.screen, f"escalate-{size[0]}x{size[1]}")


async def test_the_target_is_a_box_to_type_in_only_once_it_is_entered(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e")
        assert not maya.app.screen.query("#to")
        await maya.press("shift+tab")
        line = maya.app.focused
        assert isinstance(line, Line)
        assert (line.id, line.value) == ("to-letters", "second-line")
        await maya.press("ctrl+u")
        await maya.type("eng")
        maya.sees("engineering")
        await maya.press("enter")
        maya.sees("Proposed: up to second-line", "To             engineering")


async def test_a_file_that_breaks_beneath_the_form_is_told_and_ends_nothing(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(busy) as maya:
        await maya.press("e")
        with monkeypatch.context() as patched:
            patched.setattr(busy.desk().escalation.forms, "outlook", broken)
            for key in ("n", "enter", "tab", "x", *["shift+tab"] * 4, "right"):
                await maya.press(key)
            maya.sees("the file is [b] broken; take a copy", "Hand off #")
        await maya.press("escape", "e")
        maya.sees("What you typed", "[sideways]", "✓ Reason         no runbook fits", "✓ Summary         x")


async def test_the_owner_is_looked_up_once_for_a_form(busy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()

    def noted(ownership: OwnershipService, ticket: Ticket, limit: int = GUESSES) -> Looked:
        asked.append(ticket.ref)
        return guess(ownership, ticket, limit)

    monkeypatch.setattr(gathering, "guess", noted)
    async with seated(busy) as maya:
        await maya.press("e")
        maya.sees("Owner", "nobody is known to own it")
        assert len(asked) == 1


@SIZES
async def test_a_form_filled_in_by_keys_alone_is_sent(busy: Office, size: tuple[int, int]) -> None:
    async with seated(busy, size=size) as maya:
        await maya.press("e")
        maya.sees("Proposed: up to second-line", "1 of 5 · missing: Reason, Why in words, Summary,")
        await fill_in(maya)
        maya.sees("5 of 5 · complete: ctrl+s sends", "✗ did not help: no change")
        assert_golden(maya.screen, f"escalate-filled-{size[0]}x{size[1]}")
        await maya.press("ctrl+s")
        maya.sees(f"#{FORGOTTEN} up to second-line")
    handoff = busy.desk().escalation.pending(FORGOTTEN)
    assert handoff is not None
    assert handoff.form.steps[0]._asdict() == {"what": "restarted it", "outcome": "failed", "note": "no change"}
    assert (handoff.form.diagnostics[0].value, handoff.form.summary) == ("0.9", "It [b] broke")
    assert busy.desk().personal.draft("escalation", FORGOTTEN) is None


async def test_what_is_missing_is_named_and_the_cursor_stands_there(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e", "ctrl+s")
        maya.sees("Not sent: the cursor", "missing: Reason, Why in words, Summary, Steps, Diagnostics")
        assert maya.part("#foot").count("Diagnostics") == 1
        await fill_in(maya)
        await maya.press("ctrl+s")
        maya.sees(f"#{FORGOTTEN} up to second-line")


async def test_what_is_required_follows_the_target(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e", "shift+tab")
        maya.sees("○ Version")
        await maya.press(*["backspace"] * len("second-line"))
        await maya.type("engin")
        await maya.press("tab")
        maya.sees("To             engineering", "● Version", "of 10 · missing")


async def test_p1_goes_out_owed_and_is_completed_later(office: Office) -> None:
    ref = office.open(impact=Impact.EVERYONE, urgency=Urgency.BLOCKED).ref
    async with seated(office) as maya:
        await maya.press("e")
        maya.sees("P1: may go now, owed: Reason, Why in words, Summary, Steps, Diagnostics")
        await maya.press("ctrl+s")
        maya.sees(f"#{ref} up to second-line, owed: summary, steps")
        await maya.press("E")
        maya.sees("You owe what is missing", "● owed by maya: summary, steps, diagnostics, reason")
        await maya.press("c")
        await fill_in(maya)
        await maya.press("ctrl+s")
        maya.sees(f"#{ref} owes nothing any more")
    handoff = office.desk().escalation.handoffs(ref)[0]
    assert (handoff.owed, handoff.status, len(handoff.missing)) == ((), Status.SENT, 4)


async def test_the_text_they_will_read_is_shown_copied_and_written_to_a_file(busy: Office, tmp_path: Path) -> None:
    async with seated(busy) as maya:
        await maya.press("e", "ctrl+t")
        maya.sees("What second-line will read", f"# #{FORGOTTEN} Badge printer")
        await maya.press("y")
        maya.sees("Copied:")
        assert f"# #{FORGOTTEN}" in maya.app.clipboard
        path = tmp_path / "told.md"
        for told in ("Written to", "exists already"):
            await maya.press("e", *["backspace"] * 30)
            await maya.type(str(path))
            await maya.press("enter")
            maya.sees(told)
    assert path.read_text(encoding="utf-8").startswith(f"# #{FORGOTTEN}")


async def test_a_known_problem_is_linked_instead_and_counted(busy: Office) -> None:
    problem = busy.desk().problems.write(NewProblem("Badges [/]", Rule(words=("badge",)), workaround="turn it round"))
    async with seated(busy) as maya:
        await maya.press("e")
        maya.sees("PRB-1 Badges [/]", "turn it round")
        await maya.press("ctrl+l")
        maya.sees(f"#{FORGOTTEN} linked to problem 1 instead")
        await maya.press("P")
        maya.sees("Spared      1 hand-off")
    assert busy.desk().problems.linked_to(FORGOTTEN) == problem.number
    last = busy.desk().tickets.with_timeline(FORGOTTEN)[1][-1]
    assert last.after == {"instead": {"problem": 1}}
    assert busy.desk().escalation.handoffs() == []


async def test_an_untried_runbook_is_begun_instead_by_one_key_and_counted(busy: Office) -> None:
    for slug in ("badge-a", "badge-b"):
        busy.desk().runbooks.create(slug, f"---\ntitle: Badge printer [/b] {slug}\n---\n\n1. Look at the [led].\n")
    busy.desk().runs.begin("badge-a", FORGOTTEN)
    async with seated(busy) as maya:
        await maya.press("e", "ctrl+r")
        maya.sees("Badge printer [/b] badge-b", "Look at the [led].")
    assert [run.runbook for run in busy.desk().runs.runs(FORGOTTEN)] == ["badge-b", "badge-a"]
    told = [event.after for event in busy.desk().tickets.with_timeline(FORGOTTEN)[1]]
    assert {"instead": {"runbook": "badge-b"}} in told
    assert [busy.desk().runbooks.spared(slug) for slug in ("badge-a", "badge-b")] == [0, 1]
    async with seated(busy) as maya:
        await maya.press("3", *"badge-b")
        await maya.comes("not run yet · spared 1 hand-off")


async def test_a_hand_off_out_of_a_run_leads_back_to_where_the_run_was_begun(busy: Office) -> None:
    busy.desk().runbooks.create("badge-a", "# Badge printer\n\n1. Look.\n")
    forms = busy.desk().escalation.forms
    forms.keep(FORGOTTEN, forms.read(FORGOTTEN, L2))
    async with seated(busy) as maya:
        maya.app.open_ticket(FORGOTTEN)
        await maya.press("r", "enter", "e", "n", "shift")
        maya.sees(f"Hand off #{FORGOTTEN}", "5 of 5 · complete")
        await maya.press("ctrl+s")
        maya.sees(f"#{FORGOTTEN} up to second-line", "⇢ handed off")
        maya.sees_no("Runbooks for")


async def test_letters_of_a_reason_that_pick_none_are_kept(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e")
        await maya.type("susp")
        maya.sees("suspected defect")
        await maya.press("escape", "e")
        assert maya.part("#asked-category").splitlines()[0].endswith("susp")
        await maya.press("backspace", "backspace", "escape")
    async with seated(busy) as maya:
        await maya.press("e")
        assert maya.part("#asked-category").splitlines()[0].endswith("su")
        await maya.press("down", "tab", "escape", "e")
        maya.sees("suspected defect")
    assert busy.desk().escalation.forms.open(FORGOTTEN).letters == ""


async def test_where_nothing_is_known_the_key_says_so(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e", "ctrl+l")
        maya.sees("no known problem matches this ticket")
        await maya.press("ctrl+r")
        maya.sees("no runbook fits that was not tried")


async def test_no_form_opens_for_a_ticket_that_is_done(busy: Office) -> None:
    busy.desk().tickets.resolve(FORGOTTEN)
    async with seated(busy) as maya:
        maya.app.post_message(Wanted("escalation", FORGOTTEN))  # as the list of hand-offs does for an answered one
        await maya.press("shift")
        maya.sees(f"#{FORGOTTEN} is resolved and cannot be handed off")
        maya.sees_no("Proposed:")


async def test_beside_is_one_key_away_where_there_is_no_room_for_it(busy: Office) -> None:
    like = busy.open("Badge printer jams").ref
    async with seated(busy, size=SMALL) as maya:
        await maya.press("e")
        maya.sees_no("Owner")
        await maya.press("ctrl+o")
        maya.sees("nobody is known to own it", "like it in three days")
        await maya.press("enter")
        maya.sees(f"Workbench · #{like}")
        await maya.press("escape", "ctrl+o")
        maya.sees("Proposed:")


async def test_a_lead_whom_nobody_knows_is_named_and_the_cursor_stands_there(busy: Office) -> None:
    forms = busy.desk().escalation.forms
    forms.keep(FORGOTTEN, forms.read(FORGOTTEN, SWARM | {"to": "second-line", "lead": "inez"}))
    async with seated(busy) as maya:
        await maya.press("e", "ctrl+s")
        maya.sees("no person named 'inez'; did you mean ines?")
        await maya.press("backspace")
        await maya.type("s")
        await maya.press("ctrl+s")
        maya.sees(f"#{FORGOTTEN} swarm to ines")
    assert busy.desk().escalation.swarms.get(FORGOTTEN).driver == "ines"


async def test_two_senders_the_second_is_told_and_keeps_what_was_typed(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e")
        await fill_in(maya)
        send(busy, FORGOTTEN, L2 | {"to": "engineering", "reason": {"category": "security", "words": "x"}}, "ravi")
        await maya.press("ctrl+s")
        maya.sees("Meanwhile:", "ravi handed off", "Yours is kept as it stands here", "It [b] broke")
        await maya.press("ctrl+s")
        maya.sees("is not accepted yet")
    assert busy.desk().tickets.get(FORGOTTEN).team == "engineering"
    assert busy.desk().escalation.forms.form(FORGOTTEN).summary == "It [b] broke"


async def test_another_change_meanwhile_stops_nobody(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e")
        await fill_in(maya)
        busy.desk("ravi").tickets.note(FORGOTTEN, "I look too")
        await maya.press("ctrl+s")
        maya.sees(f"#{FORGOTTEN} up to second-line")


async def test_what_was_left_is_here_again(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e")
        await fill_in(maya)
        await maya.press("escape", "e")
        maya.sees("What you typed on Mon 08 Jun at 13:02 is here.", "It [b] broke", "1. restarted it  ✗", "load  0.9")
        await maya.press("escape")
        maya.sees_no("Proposed:")
    assert busy.desk().escalation.handoffs() == []


async def test_rows_are_changed_removed_and_walked_through(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e")
        await fill_in(maya)
        await maya.press("shift+tab", "shift+tab")
        for words in ("second", "third"):
            await maya.press("a")
            await maya.type(words)
            await maya.press("enter", "enter", "enter")
        maya.sees("1. load", "2. second", "3. third")
        await maya.press("k", "x")
        maya.sees("1. load", "2. third")
        await maya.press("enter", "end")
        await maya.type("!")
        maya.sees("2. third!")


async def test_tab_leads_past_the_words_of_a_row_and_enter_into_them(busy: Office) -> None:
    forms = busy.desk().escalation.forms
    forms.keep(FORGOTTEN, forms.read(FORGOTTEN, L2))
    async with seated(busy) as maya:
        await maya.press("e", "tab", "tab", "tab")
        maya.sees("What         restarted")
        await maya.press("tab")
        maya.sees("When         14:05")
        maya.sees_no("What         restarted")
        await maya.press("shift+tab", "tab", "tab", "shift+tab", "a", *"disk", "tab", *"full", "tab", "tab")
        maya.sees("1. load  9  14:05", "2. disk  full")
        await maya.press("x", "shift+tab", "up", *["enter"] * 2, "end", *"!", "enter", "tab")
        maya.sees("✓ Error           x", "1. load  9!  14:05")
        await maya.click("restarted")
        await maya.click("What         restarted")
        await maya.press("end", *"?")
        maya.sees("1. restarted?")


async def test_no_form_is_offered_that_cannot_be_sent(busy: Office) -> None:
    send(busy, FORGOTTEN, L2)
    async with seated(busy, "ravi") as ravi:
        ravi.app.open_ticket(FORGOTTEN)
        await ravi.press("e")
        ravi.sees("by maya to", "is not accepted yet", "ask maya")
        assert not isinstance(ravi.app.screen, FormScreen)


async def test_a_letter_on_a_choice_of_the_form_changes_nothing_that_is_said(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e", "shift+tab", "shift+tab")
        assert isinstance(maya.app.focused, Choice)
        before = maya.part("#form")
        await maya.press(*"lh")
        assert maya.part("#form") == before


async def test_what_is_typed_at_once_is_for_the_part_that_is_entered(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e", "tab")
        for letter in "xy":
            maya.app.screen.focus_next()  # to a part that has no box yet
            maya.app.simulate_key(letter)
            await maya.press("shift")
            maya.app.screen.focus_previous()
        await maya.press("escape")
    assert busy.desk().escalation.forms.form(FORGOTTEN).summary == "xy"


async def test_every_hostile_text_stands_there_as_text(office: Office) -> None:
    for text in HOSTILE:
        office.open(text, body=f"error 502 [{text}]", contact=text[:12])
    async with seated(office, size=LARGE) as maya:
        for _ in HOSTILE:
            await maya.press("e")
            maya.sees("error 502 [")
            await maya.press("ctrl+t")
            maya.sees("error 502 [")
            await maya.press("escape", "escape", "down")


async def test_a_megabyte_in_the_summary_is_cut_and_told(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("e", "tab", "tab")
        assert maya.app.focused is not None
        maya.app.focused.post_message(Paste("x" * 1_000_000))
        await maya.press("shift")
        maya.sees("The last 936,000 characters")
        await maya.press("escape")
    assert len(busy.desk().escalation.forms.form(FORGOTTEN).summary) == 64_000


@pytest.fixture
def terminal(busy: Office) -> Iterator[Terminal]:
    """The program as a process in front of the first ticket."""
    argv = [sys.executable, "-m", "workbench", "--db", str(busy.path), "--as", "maya"]
    with Terminal(argv, {"XDG_STATE_HOME": str(busy.path.parent)}) as terminal:
        terminal.wait_for(b"Badge printer")
        terminal.send(b"e")
        terminal.wait_for(b"infrastructure or design")  # the last of the reasons, which open with the form
        terminal.send(b"defect\t")
        terminal.wait_for(b"missing: Why")  # where the cursor stands then
        yield terminal


def words_of(path: Path) -> str:
    """The words of maya's form that were kept."""
    with Desk.open(path, SystemClock(), "maya") as desk:
        draft = desk.personal.draft("escalation", FORGOTTEN)
        return draft.fields["form"] if draft else ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_keeps_the_form(terminal: Terminal, busy: Office, number: signal.Signals) -> None:
    terminal.send(b"\x1b[200~xyzzy\x1b[201~")
    terminal.wait_for(b"xyzzy")
    os.kill(terminal.process.pid, number)
    assert terminal.wait_end() == 128 + number
    assert "xyzzy" in words_of(busy.path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_a_kill_keeps_what_was_typed_before(terminal: Terminal, busy: Office) -> None:
    terminal.send(b"xyzzy")
    terminal.wait_until(lambda: "xyzzy" in words_of(busy.path))
    os.kill(terminal.process.pid, signal.SIGKILL)
    terminal.wait_end()
    assert "xyzzy" in words_of(busy.path)


async def test_the_timeline_shows_hand_offs_in_a_lane_of_their_own(busy: Office) -> None:
    send(busy, LATE, L2, "ravi")
    async with seated(busy) as maya:
        await maya.press("1")
        maya.app.open_ticket(LATE)
        await maya.press("G")
        maya.sees(
            "⇢ handed off", "team frontline → second-line", "ravi → second-line, not", "accepted for 0s · press E"
        )
        await maya.press("E")
        maya.sees("hand-offs of #1002", "[/b] VPN drops", "none [fits]")
    assert busy.desk().tickets.with_timeline(LATE)[1][-1].kind is Kind.HANDED_OFF
    assert busy.desk().escalation.pending(LATE).direction is Direction.UP  # type: ignore[union-attr]
