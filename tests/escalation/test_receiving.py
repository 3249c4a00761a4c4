"""The receiving end on the screen: accepting, returning with each code, hand-offs in a list, the swarm."""

import pytest

from tests.escalation.forms import L2, SWARM, broken, send
from tests.support.driver import LARGE, SMALL, seated
from tests.support.golden import assert_golden
from tests.support.offices import Office
from workbench.escalation.mine import Pile
from workbench.escalation.model import Return, ReturnCode, Row, Status
from workbench.problems.model import NewProblem, Rule
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import State

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


@SIZES
async def test_what_waits_for_me_stands_in_a_list_with_its_whole_form(office: Office, size: tuple[int, int]) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    office.pass_time(minutes=20)
    second = office.open("[/b] mail").ref
    send(office, second, L2)
    office.pass_time(minutes=50)
    async with seated(office, "omar", size) as omar:
        await omar.press("E")
        omar.sees("To accept", "⚠ 10m over", "none [fits]" if size == LARGE else "[/b] VPN drops")
        assert_golden(omar.screen, f"handoffs-{size[0]}x{size[1]}")
        await omar.press("a")
        omar.sees(f"#{ref} accepted by omar")
    assert office.desk().tickets.get(ref).assignee == "omar"
    assert office.desk().escalation.pending(second) is not None


async def test_what_was_handed_off_in_vain_is_told_to_both_and_on_top_of_late(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    office.pass_time(hours=2)
    for who in ("maya", "omar"):
        hints = office.desk(who).hints(office.desk(who).tickets.get(ref))
        assert "not accepted for 2h, 1h over their time to answer" in hints[0].text
        assert [each.over_s for each in office.desk(who).escalation.mine()] == [3600]
    async with seated(office, "omar") as omar:
        await omar.press("9")
        omar.sees("Late · 1 open", "⚠ 1 handed off, not accepted")


@pytest.mark.parametrize("code", ReturnCode)
async def test_a_return_says_why_and_teaches(office: Office, code: ReturnCode) -> None:
    ref = office.open("badge broken").ref
    office.desk().problems.write(NewProblem("Badges", Rule(words=("badge",))))
    send(office, ref, L2)
    said = {"wrong_owner": "engineering", "information_missing": "steps error", "known_problem": "1", "l1_can_do": ""}
    async with seated(office, "omar") as omar:
        await omar.press("E", "b", str(tuple(ReturnCode).index(code) + 1), "tab")
        omar.sees(f"[{code.words}]", "L1 can do")
        omar.sees_no("_can_do", "known_problem")
        await omar.type(said[code])
        await omar.press("tab")
        await omar.type("look [again]")
        await omar.press("ctrl+s")
        omar.sees("No hand-off waits for you")
    back = office.desk().escalation.handoffs(ref)[0]
    assert (back.status, back.code, back.words) == (Status.RETURNED, code, "look [again]")
    assert back.owed == ((Row.STEPS, Row.ERROR) if code is ReturnCode.INFORMATION_MISSING else ())
    assert office.desk().problems.linked_to(ref) == (1 if code is ReturnCode.KNOWN_PROBLEM else None)
    assert [each.pile for each in office.desk().escalation.mine()] == [Pile.RETURNED]


async def test_what_was_picked_is_kept_as_picked_without_another_letter(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    async with seated(office, "omar") as omar:
        await omar.press("E", "b", "tab", *"engin", "tab")
        await omar.app.screen.run_action("keep")
        draft = office.desk("omar").personal.draft("return", ref)
        assert draft is not None
        assert draft.fields["owner"] == "engineering"
        await omar.type("yours")
        await omar.press("ctrl+s")
        omar.sees("No hand-off waits")
    assert office.desk("omar").personal.draft("return", ref) is None


@SIZES
async def test_the_box_of_a_return_says_all_it_asks_and_what_is_empty(office: Office, size: tuple[int, int]) -> None:
    send(office, office.open().ref, L2)
    async with seated(office, "omar", size) as omar:
        await omar.press("E", "b")
        assert " ".join(omar.part("#asked").split()).endswith("the catalogue gets a proposal.")
        await omar.press("2")
        told = " ".join(omar.part("#asked").split())
        assert "summary, impact, steps, diagnostics, reason, error, reproduction" in told
        await omar.press("tab", *"steps", "ctrl+s")
        omar.sees("the reason in words is empty")
        assert omar.app.focused is omar.app.screen.query_one("#words")


async def test_an_accept_is_taken_back_where_it_was_made(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    async with seated(office, "omar") as omar:
        await omar.press("E", "a")
        omar.sees("accepted by omar", "No hand-off waits for you")
        await omar.press("u")
        omar.sees("took back: ", "To accept")
    assert office.desk().escalation.pending(ref) is not None


async def test_what_is_not_mine_to_answer_is_gray_and_says_so_at_once(office: Office) -> None:
    theirs = office.open().ref
    send(office, theirs, L2)
    async with seated(office) as maya:
        await maya.press("E")
        maya.sees("Yours, not accepted yet")
        for key in ("a", "b"):
            await maya.press(key)
            maya.sees("was handed to second-line", "can say so")
        maya.sees_no("In words")
        assert not any(maya.app.screen.active_bindings[key].enabled for key in "abc")
    async with seated(office, "omar") as omar:
        await omar.press("E")
        assert [omar.app.screen.active_bindings[key].enabled for key in "abc"] == [True, True, False]
        await omar.press("b")
        omar.sees("In words")


async def test_after_two_returns_it_cannot_be_returned_again(office: Office) -> None:
    ref = office.open().ref
    for _ in range(2):
        send(office, ref, L2)
        office.desk("omar").escalation.give_back(ref, Return(ReturnCode.L1_CAN_DO, "do it"))
    send(office, ref, L2 | {"to": "omar"})
    async with seated(office, "omar") as omar:
        await omar.press("E", "b")
        omar.sees("was returned 2 times already", "accept it")
        omar.sees_no("In words")


async def test_after_two_returns_the_ticket_says_what_comes_next(office: Office) -> None:
    ref = office.open().ref
    for _ in range(2):
        send(office, ref, L2)
        office.desk("omar").escalation.give_back(ref, Return(ReturnCode.L1_CAN_DO, "do it"))
    async with seated(office) as maya:
        await maya.press("enter")
        maya.sees("returned twice: name a", "person or start a swarm")


async def test_the_sender_gets_the_answer_until_they_have_read_it(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    omar = office.desk("omar")
    omar.escalation.accept(ref)
    assert office.desk().escalation.mine() == []
    omar.tickets.resolve(ref, Resolution("cause", "fix [it]", one_off="once"))
    assert [each.pile for each in office.desk().escalation.mine()] == [Pile.ANSWERED]
    async with seated(office) as maya:
        await maya.press("E")
        maya.sees("Answered: what became of what you handed off", f"#{ref} resolved ", "✓ accepted by omar")
        maya.sees("✓ resolved by omar", "Cause: cause", "Fix: fix [it]", "One-off: once")
        await maya.press("enter")
        maya.sees("fix [it]")
        await maya.press("escape")
        maya.sees("No hand-off waits for you")


async def test_the_smart_queue_holds_what_concerns_me(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    expected = {"maya": 1, "ravi": 0, "omar": 1, "ines": 0}
    for who, tickets in expected.items():
        desk = office.desk(who)
        assert desk.queues.size(desk.queues.find("Hand-offs").filter) == tickets, who
        assert len(desk.queues.select(desk.queues.parse("is:handoff")).page(9)) == tickets, who
    office.desk("omar").escalation.accept(ref)
    assert office.desk().queues.size(office.desk().queues.parse("is:handoff")) == 0


@SIZES
async def test_a_swarm_is_joined_written_to_and_closed_with_its_learning(office: Office, size: tuple[int, int]) -> None:
    ref = office.open("[/b] mail and web").ref
    send(office, ref, SWARM)
    office.pass_time(minutes=30)
    async with seated(office, "ines", size) as ines:
        ines.app.open_ticket(ref)
        await ines.press("W")
        ines.sees("nobody [owns] both", "web01 ⇄ mail", "drives   omar (second-line)  30m")
        await ines.press("i")
        ines.sees("helps    ines (engineering)")
        await ines.press("l")
        await ines.type("it is [dns]")
        await ines.press("enter")
        ines.sees("it is [dns]")
        assert_golden(ines.screen, f"swarm-{size[0]}x{size[1]}")
        await ines.press("o")
        ines.sees("helped   ines")
        await ines.press("x")
        await ines.type("ask dns first")
        await ines.press("ctrl+s")
        ines.sees("Learned  ask dns first", "Swarm · closed")
    assert office.desk().tickets.get(ref).state is State.OPEN


@SIZES
async def test_a_driver_hands_the_driving_on_and_calls_people_in_by_a_few_letters(
    office: Office, size: tuple[int, int]
) -> None:
    ref = office.open("[/b] mail and web").ref
    send(office, ref, SWARM)
    office.desk("ines").escalation.swarms.join(ref)
    async with seated(office, "omar", size) as omar:
        omar.app.open_ticket(ref)
        await omar.press("W", "o")
        omar.sees("you drive the swarm", "D, or")
        await omar.press("plus")
        omar.sees("Call in", "frontline")
        omar.sees_no("ines         Ines", "omar         Omar")
        await omar.press(*"rav", "enter")
        omar.sees("helps    ravi (frontline)")
        await omar.press("D")
        omar.sees("New driver", "maya         Maya Chen")
        assert omar.part("#who").index("ravi") < omar.part("#who").index("maya")
        await omar.press(*"zzz", "enter")
        omar.sees("nobody is called 'zzz'")
        await omar.press("ctrl+u", *"ine", "enter")
        omar.sees("drives   ines (engineering)", "helps    omar")
        await omar.press("o")
        omar.sees("helped   omar")
    assert office.desk().escalation.swarms.get(ref).driver == "ines"


async def test_what_was_worked_on_is_not_moved_but_handed_off(office: Office) -> None:
    ref = office.open().ref
    office.desk().tickets.take(ref)
    async with seated(office) as maya:
        await maya.press("m")
        maya.sees("has been worked on", "Proposed: up to second-line")


async def test_a_line_of_the_log_is_taken_back_where_it_was_written(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, SWARM)
    async with seated(office, "omar") as omar:
        omar.app.open_ticket(ref)
        await omar.press("W", "l")
        await omar.type("the wrong one")
        await omar.press("enter")
        omar.sees("the wrong one")
        await omar.press("u")
        omar.sees("took back: ")


async def test_a_line_for_the_log_that_was_left_or_cannot_be_written_is_not_lost(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, SWARM)
    async with seated(office, "omar") as omar:
        omar.app.open_ticket(ref)
        await omar.press("W", "l", *"the cache", "escape", "l")
        omar.sees("the cache")
        office.desk("omar").escalation.swarms.close(ref, "found by others")
        await omar.press("enter")
        omar.sees("the cache", "there is no swarm on")


async def test_a_form_that_cannot_be_read_is_told_and_ends_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        send(office, office.open().ref, L2)
    async with seated(office, "omar") as omar:
        await omar.press("E")
        monkeypatch.setattr(office.desk("omar").escalation, "answer", broken)
        await omar.press("j")
        omar.sees("the file is [b] broken; take a copy", "hand-offs")
