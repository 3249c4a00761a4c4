"""Acting on tickets by keyboard: each key, what is said then, and where one stands."""

import gc
from datetime import timedelta
from weakref import ref

import pytest

from tests.escalation.forms import L2, send
from tests.support.busy import BOUNCED, FORGOTTEN, FRESH, LATE, WAITING
from tests.support.driver import LARGE, SMALL, Seat, seated
from tests.support.golden import assert_golden
from tests.support.offices import Office
from workbench.queues.model import Queue, QueueCount
from workbench.queues.service import QueueService
from workbench.tickets.vocabulary import Kind, Priority, State
from workbench.widgets.form import Words

MINE = 1009


async def go_to(seat: Seat, ref: int) -> None:
    """Goes down the queue to that ticket."""
    while seat.ticket != ref:
        await seat.press("down")


def last(office: Office, ref: int) -> tuple[Kind, str | None, str]:
    """What the ticket's last event tells: what was done, by whom, in which words."""
    event = office.desk().tickets.with_timeline(ref)[1][-1]
    return event.kind, event.who, event.text


def events(office: Office) -> int:
    """How many events there are."""
    return int(office.desk().database.value("SELECT count(*) FROM event"))


async def test_t_takes_and_says_so(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("t")
        maya.sees(f"#{FORGOTTEN} taken by maya", "maya has it")
        assert maya.ticket == FORGOTTEN
        assert busy.desk().tickets.get(FORGOTTEN).assignee == "maya"


async def test_taking_what_another_has_says_who_has_it(busy: Office) -> None:
    async with seated(busy) as maya:
        await go_to(maya, LATE)
        assert not maya.app.screen.active_bindings["t"].enabled
        await maya.press("t")
        maya.sees(f"ravi has #{LATE} already")
        assert last(busy, LATE)[0] is Kind.REPLIED


async def test_taking_ones_own_says_so(busy: Office) -> None:
    async with seated(busy) as maya:
        await go_to(maya, WAITING)
        await maya.press("t")
        maya.sees(f"you have #{WAITING} already")


async def test_what_one_was_given_is_taken_all_the_same(busy: Office) -> None:
    busy.desk("ravi").tickets.assign(FORGOTTEN, "maya")
    async with seated(busy) as maya:
        for told in (f"#{FORGOTTEN} taken by maya", f"you have #{FORGOTTEN} already"):
            await maya.press("t")
            maya.sees(told)


async def test_capital_t_takes_the_next_of_this_queue_and_goes_to_it(busy: Office) -> None:
    busy.desk().tickets.take(FORGOTTEN)
    async with seated(busy) as maya:
        await maya.press("G", "T")
        maya.sees(f"#{BOUNCED} taken by maya")
        assert maya.ticket == BOUNCED


async def test_a_queue_without_a_free_ticket_says_where_to_look(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("6", "T")
        maya.sees("there is nothing to take in Mine")


async def test_keys_are_gray_without_a_ticket_and_say_why(busy: Office) -> None:
    async with seated(busy, "lena") as lena:
        await lena.press("6")
        for key in "tcCsapmwy":
            assert not lena.app.screen.active_bindings[key].enabled
        await lena.press("c")
        lena.sees("there is no ticket here; go to one")


async def test_c_writes_to_the_requester(busy: Office) -> None:
    async with seated(busy) as maya:
        await go_to(maya, LATE)
        await maya.press("c")
        maya.sees("▶ To the requester, Dana Reyes: they will read this", f"Comment · #{LATE} [/b] VPN drops")
        await maya.type("Try [5.0.2], please")
        await maya.press("ctrl+s")
        maya.sees_no("they will read this")
        assert last(busy, LATE) == (Kind.COMMENTED, "maya", "Try [5.0.2], please")
        assert maya.ticket == LATE


async def test_capital_c_writes_what_the_requester_does_not_see(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("C")
        maya.sees("✎ Internal note: the requester does not see this")
        await maya.type("[/b] nobody home")
        await maya.press("enter")
        await maya.type("really")
        await maya.press("ctrl+s")
        assert last(busy, FORGOTTEN) == (Kind.NOTED, "maya", "[/b] nobody home\nreally")


async def test_comment_and_note_are_told_apart_by_colour_too(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("c")
        comment = maya.style_of("▶ To the requester").bgcolor
        await maya.press("escape", "C")
        assert maya.style_of("✎ Internal note").bgcolor != comment


async def test_an_empty_comment_is_refused_and_the_box_stays(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("c", "ctrl+s")
        maya.sees("the comment is empty", "they will read this")


async def test_s_lets_it_wait_until_the_words_say(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("s", "enter", "right", "enter")
        await maya.type("parts ordered")
        await maya.press("tab")
        await maya.type("tomorrow 9")
        maya.sees("[vendor]", "wakes Tuesday 2026-06-09 09:00")
        await maya.press("enter")
        ticket = busy.desk().tickets.get(FORGOTTEN)
        assert ticket.waiting is not None
        assert (ticket.waiting.on, ticket.waiting.reason) == ("vendor", "parts ordered")
        assert ticket.waiting.until is not None
        assert ticket.waiting.until - busy.clock.at < timedelta(days=1)
        maya.app.open_ticket(FORGOTTEN)
        await maya.press("G")
        maya.sees("until Tue 2026-06-09 09:00")


async def test_a_wakeup_that_is_none_says_what_is_allowed_and_keeps_all(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("s", "tab", "tab")
        await maya.type("parts")
        await maya.press("tab")
        await maya.type("sometime")
        maya.sees("'sometime' is no wake-up")
        await maya.press("enter")
        maya.sees("parts", "sometime")
        assert busy.desk().tickets.get(FORGOTTEN).state is State.NEW


async def test_after_an_act_that_is_done_with_it_the_cursor_is_on_the_next_ticket(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("down")
        await maya.press("s", "tab", "tab")
        await maya.type("asked them")
        await maya.press("enter")
        assert busy.desk().tickets.get(BOUNCED).state is State.WAITING
        assert maya.ticket == LATE
        await maya.press("s", "right", "ctrl+s")
        assert busy.desk().tickets.get(LATE).state is State.RESOLVED
        assert maya.ticket not in (None, LATE, BOUNCED)


async def test_s_resolves_with_cause_and_fix(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("s", "right", "enter")
        await maya.type("token expired")
        await maya.press("tab")
        await maya.type("renewed it")
        await maya.press("ctrl+s")
        assert last(busy, FORGOTTEN) == (Kind.RESOLVED, "maya", "renewed it")
        maya.sees_no("Badge printer")


async def test_s_offers_only_what_makes_sense_in_this_state(busy: Office) -> None:
    async with seated(busy) as maya:
        await go_to(maya, WAITING)
        await maya.press("enter", "s")
        maya.sees("[resume]  wait   resolve")
        await maya.press("enter")
        maya.sees("State      open")
        await maya.press("s")
        maya.sees("[wait]  resolve ")
        await maya.press("2", "ctrl+s", "s")
        maya.sees("[reopen]  close")
        await maya.press("right", "enter")
        maya.sees("· closed")
        await maya.press("s")
        maya.sees("Do           [reopen]", "State      closed")
        await maya.press("enter")
        await maya.type("still silent")
        await maya.press("enter")
        maya.sees("State      open", "Reopened   1 ×")


async def test_a_finds_people_by_a_few_letters_with_their_load(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("a")
        maya.sees("maya         Maya Chen                1 open", "1 open, 1 late", "nobody")
        await maya.type("rav")
        maya.sees_no("Maya Chen                1")
        await maya.press("enter")
        assert busy.desk().tickets.get(FORGOTTEN).assignee == "ravi"
        await maya.press("a")
        await maya.type("nob")
        await maya.press("enter")
        assert busy.desk().tickets.get(FORGOTTEN).assignee is None


async def test_a_goes_down_the_people_by_arrow(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("a", "down", "enter")
        assert busy.desk().tickets.get(FORGOTTEN).assignee == "ravi"


async def test_a_name_that_nobody_has_keeps_the_box(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("a")
        await maya.type("zzz")
        await maya.press("enter")
        maya.sees("nobody is called 'zzz'", "Assign ·")


async def test_p_overrides_the_priority_with_the_reason(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("p", "1", "enter", "enter")
        maya.sees("the reason is empty")
        await maya.type("the boss [waits]")
        await maya.press("enter")
        assert busy.desk().tickets.get(FORGOTTEN).priority is Priority.P1
        assert last(busy, FORGOTTEN) == (Kind.PRIORITISED, "maya", "the boss [waits]")


async def test_m_moves_to_a_team_by_a_few_letters(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("m")
        await maya.type("secon")
        await maya.press("enter")
        await maya.type("printers are theirs")
        await maya.press("enter")
        assert busy.desk().tickets.get(FORGOTTEN).team == "second-line"
        maya.sees_no("Badge printer")
        assert maya.ticket == BOUNCED


async def test_what_was_worked_on_is_handed_off_rather_than_moved(busy: Office) -> None:
    async with seated(busy) as maya:
        await go_to(maya, LATE)
        await maya.press("m")
        maya.sees("has been worked on", f"Hand off #{LATE}")


async def test_of_many_those_that_were_worked_on_are_not_moved_and_the_words_stay(busy: Office) -> None:
    async with seated(busy) as maya:
        await go_to(maya, LATE)
        await maya.press("x", "x", "m")
        await maya.type("secon")
        await maya.press("enter")
        await maya.type("theirs")
        await maya.press("enter")
        maya.sees("has been worked on", "theirs", "Move ·")


async def test_n_opens_a_ticket_from_anywhere(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("enter", "n")
        await maya.type("Badge printer again")
        maya.sees(f"like it: #{FORGOTTEN} Badge printer of the old building", "Priority     P3")
        await maya.press("enter")
        await maya.type("cont")
        maya.sees("Contoso [red]")
        await maya.press("enter")
        await maya.type("Dana")
        maya.sees("Dana Reyes")
        await maya.press("down", "enter", "tab", "4", "tab", "3")
        maya.sees("Priority     P1")
        await maya.press("ctrl+s")
        maya.sees("opened: Badge printer again")
        ticket = busy.desk().tickets.get(MINE + 1)
        assert (ticket.client, ticket.contact, ticket.priority) == ("contoso", "Dana Reyes", Priority.P1)


async def test_a_new_ticket_appears_in_the_queue(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("n")
        await maya.type("Nobody can log in")
        await maya.press("ctrl+s")
        maya.sees("─ L1 · 9 open", "Nobody can log i")


async def test_a_client_that_is_unknown_is_told_and_nothing_is_lost(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("n")
        await maya.type("Mouse is gone")
        await maya.press("enter")
        await maya.type("acme")
        await maya.press("ctrl+s")
        maya.sees("no client named 'acme'", "Mouse is gone")


async def test_u_takes_back_and_says_what(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("t", "u")
        maya.sees(f"took back: taken #{FORGOTTEN}")
        assert busy.desk().tickets.get(FORGOTTEN).assignee is None


async def test_w_says_why_it_stands_there(busy: Office) -> None:
    async with seated(busy) as maya:
        await go_to(maya, LATE)
        await maya.press("enter", "w")
        maya.sees(f"#{LATE} is late: resolve clock", "esc closes", "Clocks of P3 at L1, around the clock", "ran out")
        maya.sees("1h2m used of 1h", "Where it was", "L1 frontline", "clock runs out first")
        await maya.press("w")
        maya.sees_no("esc closes")


async def test_y_copies_number_subject_or_all_of_it(busy: Office) -> None:
    async with seated(busy) as maya:
        await go_to(maya, LATE)
        await maya.press("y", "n")
        assert maya.app.clipboard == f"#{LATE}"
        await maya.press("y", "s")
        assert maya.app.clipboard == "[/b] VPN drops"
        await maya.press("y", "t")
        maya.sees(f"Copied: #{LATE} [/b] VPN drops")
        copied = maya.app.clipboard
        assert "Contact: Dana Reyes" in copied
        assert "ravi commented\n  Which client [version] is it?" in copied
        assert "Tried [twice].␛[2J" in copied


async def test_y_shows_it_plain_where_the_clipboard_takes_nothing(busy: Office) -> None:
    async with seated(busy, size=SMALL) as maya:
        await go_to(maya, LATE)
        await maya.press("y", "p")
        assert maya.screen.startswith(f"#{LATE} [/b] VPN drops\nState: open\n")
        await maya.press("escape")
        assert maya.ticket == LATE


async def test_boxes_are_worked_by_mouse(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.click("s State")
        await maya.click("resolve ")
        maya.sees("[resolve]", "One-off")
        await maya.press("escape")
        await maya.click("a Assign")
        await maya.click("ravi         Ravi")
        assert busy.desk().tickets.get(FORGOTTEN).assignee == "ravi"


async def test_x_marks_and_the_act_asks_once_and_names_the_number(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("x", "x")
        maya.sees("✓1001", "✓1005", "2 marked")
        assert maya.ticket == LATE
        await maya.press("t")
        maya.sees("Take 2 tickets?")
        assert busy.desk().tickets.get(FORGOTTEN).assignee is None
        await maya.press("enter")
        assert [busy.desk().tickets.get(ref).assignee for ref in (FORGOTTEN, BOUNCED)] == ["maya", "maya"]
        maya.sees_no("✓", "marked")
        await maya.press("u")
        maya.sees("took back 2 changes")
        assert [busy.desk().tickets.get(ref).assignee for ref in (FORGOTTEN, BOUNCED)] == [None, None]


async def test_capital_x_marks_to_here_and_escape_takes_marks_away(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("x", "G", "X")
        maya.sees("8 marked")
        await maya.press("g", "x")
        maya.sees("7 marked")
        await maya.press("escape")
        maya.sees_no("marked", "✓")


async def test_marks_reach_over_pages_that_are_not_in_sight(office: Office) -> None:
    for number in range(200):
        office.open(f"printer {number}")
    async with seated(office, size=SMALL) as maya:
        await maya.press("x", "G", "X")
        maya.sees("200 marked")
        await maya.press("C")
        maya.sees("Note · 200 tickets: #1001")
        await maya.type("all of them")
        await maya.press("ctrl+s")
        assert last(office, 1100) == (Kind.NOTED, "maya", "all of them")
        await maya.press("u")
        maya.sees("took back 200 changes")


async def test_a_marked_ticket_that_leaves_is_not_acted_on(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("x")
        await go_to(maya, FRESH)
        await maya.press("x")
        busy.desk("ravi").tickets.resolve(FRESH)
        await maya.wait_a_look(seconds=1)
        await maya.press("t")
        maya.sees(f"#{FORGOTTEN} taken by maya")
        assert busy.desk().tickets.get(FRESH).assignee == "ravi"


@pytest.mark.parametrize("seconds", [60.0, 0.0], ids=["at once", "later"])
async def test_a_key_meant_for_a_ticket_that_has_just_left_is_not_spent_on_the_next(
    busy: Office, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr("workbench.queues.panels.acting_list.SLIPPED", seconds)
    async with seated(busy) as maya:
        await go_to(maya, LATE)
        busy.desk("ravi").tickets.resolve(LATE)
        await maya.wait_a_look(seconds=1)
        here = maya.ticket
        assert here not in (None, LATE)
        if seconds:
            await maya.press("t")
            maya.sees(f"#{LATE} has just left this list; press the key again")
            assert busy.desk().tickets.get(here or 0).assignee is None
        await maya.press("t")
        maya.sees(f"#{here} taken by maya")


async def test_who_has_moved_on_since_means_the_ticket_that_one_went_to(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.queues.panels.acting_list.SLIPPED", 60.0)
    async with seated(busy) as maya:
        await go_to(maya, LATE)
        busy.desk("ravi").tickets.resolve(LATE)
        await maya.wait_a_look(seconds=1)
        await maya.press("down")
        here = maya.ticket
        await maya.press("t")
        maya.sees(f"#{here} taken by maya")


async def test_a_resolved_ticket_has_gray_keys_that_say_why(busy: Office) -> None:
    busy.desk().tickets.take(FORGOTTEN)
    async with seated(busy) as maya:
        await maya.press("enter", "s", "2", "ctrl+s")
        maya.sees("State      resolved")
        for key in "tapm":
            assert not maya.app.screen.active_bindings[key].enabled
            await maya.press(key)
            maya.sees(f"#{FORGOTTEN} is resolved and cannot be")


async def test_many_are_acted_on_all_or_none(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("x", "x", "x", "t", "enter")
        maya.sees(f"ravi has #{LATE} already", "Take 3 tickets?")
        assert busy.desk().tickets.get(FORGOTTEN).assignee is None


async def test_what_others_did_meanwhile_is_shown_and_mine_is_kept(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("c")
        await maya.type("On my way")
        busy.desk("ravi").tickets.note(FORGOTTEN, "I am there [now]")
        await maya.press("ctrl+s")
        maya.sees(f"#{FORGOTTEN} ravi noted: I am there [now]", "Yours is kept", "On my way")
        assert last(busy, FORGOTTEN)[0] is Kind.NOTED
        await maya.press("ctrl+s")
        assert last(busy, FORGOTTEN) == (Kind.COMMENTED, "maya", "On my way")


async def test_a_ticket_is_acted_on_from_its_own_screen(busy: Office) -> None:
    async with seated(busy) as maya:
        await go_to(maya, FRESH)
        await maya.press("enter", "t")
        maya.sees("Who        maya", "· taken")
        await maya.press("c")
        await maya.type("Looking [into] it")
        await maya.press("ctrl+s")
        maya.sees("▶ to the requester", "Looking [into] it")


async def test_who_looks_back_is_told_so_by_every_key_that_writes(busy: Office) -> None:
    with busy.at(busy.clock.at - timedelta(minutes=10)) as then:
        async with seated(busy, desk=then) as maya:
            for key in "tTcCsapmnu":
                assert not maya.app.screen.active_bindings[key].enabled or key == "n"
                await maya.press(key)
                maya.sees("you look back, and what was cannot be changed", "─ L1 · 5 open")
            await maya.press("w")
            maya.sees(f"#{FORGOTTEN} is late")


BOXES = {
    "comment": ["c"],
    "note": ["C"],
    "wait": ["s"],
    "resolve": ["s", "right"],
    "assign": ["a"],
    "priority": ["p"],
    "move": ["m"],
    "new": ["n"],
    "copy": ["y"],
    "confirm": ["x", "x", "t"],
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("box", BOXES)
async def test_each_box(busy: Office, box: str, size: tuple[int, int]) -> None:
    async with seated(busy, size=size) as maya:
        await maya.press(*BOXES[box])
        assert_golden(maya.part(".box"), f"box-{box}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("box", BOXES)
async def test_leaving_a_box_does_nothing(busy: Office, box: str) -> None:
    async with seated(busy) as maya:
        before = events(busy)
        await maya.press(*BOXES[box], "escape")
        maya.sees("─ L1 · 8 open")
        assert events(busy) == before


async def test_an_act_in_a_box_is_read_once(busy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    reads, count = list[int](), QueueService.counts

    def noted(service: QueueService, queues: list[Queue], patience: float) -> list[QueueCount]:
        reads.append(1)
        return count(service, queues, patience)

    monkeypatch.setattr(QueueService, "counts", noted)
    async with seated(busy) as maya:
        await go_to(maya, LATE)
        before = len(reads)
        await maya.press("c")
        await maya.type("done")
        await maya.press("ctrl+s")
        assert len(reads) == before + 1


async def test_nothing_is_kept_of_a_box_that_closed(busy: Office) -> None:
    async with seated(busy) as maya:
        await go_to(maya, LATE)
        await maya.press("c")
        words = ref(maya.app.screen.query_one(Words))

        def forgotten() -> bool:
            gc.collect()
            return words() is None

        await maya.press("escape", "j")
        await maya.until(forgotten)


async def test_what_was_escalated_asks_what_was_learned_and_whether_it_could_have_been_spared(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    async with seated(office, "omar") as omar:
        await omar.press("s", "2", "tab")
        await omar.type("cable")
        await omar.press("tab")
        await omar.type("new one")
        await omar.press("ctrl+s")
        omar.sees("runbook or problem or one-off")
        await omar.press("tab", "tab")
        await omar.type("once only")
        await omar.press("tab", "4", "ctrl+s")
        omar.sees("Nobody waits in L2.")
    resolved = office.desk().tickets.with_timeline(ref)[1][-1].after
    assert (resolved["one_off"], resolved["avoidable"]) == ("once only", "context")


async def test_a_runbook_is_begun_from_what_the_ticket_has_taught(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr("workbench.runbooks.panels.writing.WritingScreen._edit", lambda *args: seen.append(args[2]))
    ref = office.open("Mail is late").ref
    office.desk().tickets.note(ref, "emptied the queue")
    async with seated(office) as maya:
        await maya.press("s", "2", "ctrl+r")
        maya.sees("Name of the new runbook")
        await maya.type("mail-late")
        await maya.press("enter")
    assert "1. emptied the queue" in seen[0]
