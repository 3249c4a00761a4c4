"""Known problems on the screen: written down, tried, linked, fixed."""

import pytest

from tests.escalation.forms import L2, send
from tests.support.driver import LARGE, SMALL, seated
from tests.support.golden import assert_golden
from tests.support.offices import HOSTILE, Office
from workbench.problems.model import NewProblem, ProblemState, Rule
from workbench.problems.panels.fixing import FixDialog
from workbench.runbooks.runs.panels.boxes import FixedDialog
from workbench.tickets.vocabulary import State

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


@pytest.fixture
def known(office: Office) -> Office:
    """Two tickets of a problem, and one of none."""
    problems = office.desk().problems
    problems.write(NewProblem(HOSTILE[0], Rule(words=("badge",)), workaround="turn [it] round", answer="it works"))
    for subject in ("badge [1]", "badge 2", "mail"):
        office.open(subject)
    return office


@SIZES
async def test_the_list_tells_state_counts_and_what_is_known(known: Office, size: tuple[int, int]) -> None:
    known.desk().problems.link(1001, 1)
    async with seated(known, size=size) as maya:
        await maya.press("P")
        maya.sees(
            "PRB-1", "● known", HOSTILE[0], "1 linked   1 open   1 match  ", "turn [it] round", "#1002 new badge 2"
        )
        assert_golden(maya.screen, f"problems-{size[0]}x{size[1]}")


async def test_a_new_one_is_tried_before_it_is_saved(known: Office) -> None:
    async with seated(known) as maya:
        await maya.press("end", "P", "N")
        maya.sees("New problem", "mail")
        await maya.press("enter")
        await maya.type("mail")
        await maya.press("ctrl+t")
        maya.sees("It would have matched 1 of the last 3, of which 0 are linked.")
        await maya.press("ctrl+s")
        maya.sees("PRB-2", "1 match")
    assert known.desk().problems.get(2).rule == Rule(words=("mail",))


async def test_the_list_shows_at_once_of_which_problem_a_ticket_is(known: Office) -> None:
    known.desk().problems.write(NewProblem("mail", Rule(words=("nothing so far",))))
    known.desk().problems.link(1003, 2)
    async with seated(known, size=SMALL) as maya:
        maya.sees("PRB-1 badge [1]", "PRB-1 badge 2", "PRB-2 mail")
    known.desk().problems.unlink(1003)
    async with seated(known, size=SMALL) as maya:
        maya.sees_no("PRB-2")


async def test_what_was_escalated_is_resolved_with_a_new_problem_in_one_go(known: Office) -> None:
    ref = known.open("mail [/b] bounces", body='since noon: "550 5.1.1 user unknown [x]"', component="mail").ref
    send(known, ref, L2)
    known.desk("omar").escalation.accept(ref)
    async with seated(known, who="omar") as omar:
        await omar.press("s", "2", "tab", *"stale", "tab", *"purged", "ctrl+l")
        omar.sees(f"New problem · behind #{ref}", "550 5.1.1 user unknown [x]", "stale", "purged")
        omar.sees("It would have matched 1 of the last 4, of which 0 are linked.")
        await omar.press("escape")
        omar.sees("State", "stale", "purged")
        await omar.press("ctrl+l")
        omar.sees(f"New problem · behind #{ref}", "stale", "purged")
        await omar.press("ctrl+s")
        omar.sees_no("New problem", "State ·")
    problem = known.desk().problems.get(2)
    assert (problem.cause, problem.workaround, problem.rule.component) == ("stale", "purged", "mail")
    assert known.desk().problems.linked_to(ref) == 2
    assert known.desk().tickets.get(ref).state is State.RESOLVED


async def test_a_problem_written_before_the_cause_is_said_stays_in_the_box(known: Office) -> None:
    send(known, 1001, L2)
    known.desk("omar").escalation.accept(1001)
    async with seated(known, who="omar") as omar:
        await omar.press("s", "ctrl+l", "ctrl+s")
        omar.sees("was escalated, and cause and fix are missing", "PRB-2")
    assert known.desk().tickets.get(1001).state is State.OPEN


async def test_a_rule_is_tried_once_one_stops_typing(known: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.problems.panels.writing.KEEP_AFTER", 0.001)  # a timer of none divides by it
    async with seated(known) as maya:
        await maya.press("P", "N", "tab", "tab", "tab", "tab")
        for typed, told in (("(", "is no regular expression"), ("bad.e", "matched 2 of the last 3, of which 0")):
            await maya.press("ctrl+u")
            await maya.type(typed)
            await maya.comes(told)


async def test_a_rule_that_says_nothing_is_refused_and_the_words_stay(known: Office) -> None:
    async with seated(known) as maya:
        await maya.press("end", "P", "N", "ctrl+s")
        maya.sees("would match everything", "New problem")
        await maya.press("tab", "z", "escape", "N")
        maya.sees("here again")


async def test_the_ticket_one_came_from_is_linked_and_unlinked(known: Office) -> None:
    async with seated(known) as maya:
        await maya.press("P", "l")
        maya.sees("#1001 linked to PRB-1", "Linked (1)")
        assert known.desk().problems.linked_to(1001) == 1
        await maya.press("x")
        maya.sees("no problem any more")
        assert known.desk().problems.linked_to(1001) is None


async def test_a_wrong_link_is_taken_back_where_it_was_made(known: Office) -> None:
    async with seated(known) as maya:
        await maya.press("P", "l")
        maya.sees("Linked (1)")
        await maya.press("u")
        maya.sees("took back: ", "0 linked")
        assert known.desk().problems.linked_to(1001) is None


async def test_what_is_fixed_tells_and_resolves_each_that_was_shown(known: Office) -> None:
    for ref in (1001, 1002):
        known.desk().problems.link(ref, 1)
    async with seated(known) as maya:
        await maya.press("P", "f")
        maya.sees("2 tickets are told and resolved", "✓ #1002 new badge 2", "✓ #1001 new badge [1]", "it works")
        await maya.type("new firmware")
        await maya.press("tab", "tab", "ctrl+x")
        maya.sees("– #1002")
        await maya.press("ctrl+s")
        maya.sees("✓ fixed")
    tickets = known.desk().tickets
    assert (tickets.get(1001).state, tickets.get(1002).state) == (State.RESOLVED, State.NEW)
    assert known.desk().problems.get(1).state is ProblemState.FIXED


async def test_the_answer_that_the_box_begins_with_is_no_draft(known: Office) -> None:
    async with seated(known) as maya:
        await maya.press("P", "f", "escape", "f")
        maya.sees("it works")
        maya.sees_no("here again")
        await maya.type("new firmware")
        await maya.press("tab", *"!!", "escape", "f")
        maya.sees("new firmware", "it works!!", "here again")
        await maya.press("ctrl+n", "escape", "f")
        maya.sees("it works")
        maya.sees_no("it works!!", "here again")
    assert known.desk().personal.drafts() == []


async def test_what_is_typed_about_a_problem_is_told_as_its_and_is_no_draft_of_the_ticket_of_its_number(
    known: Office,
) -> None:
    async with seated(known) as maya:
        await maya.press("P", "f", *"new", "escape", "c", *"x", "escape", "N", *"y", "escape")
    mine = known.desk().personal
    assert [draft.told for draft in mine.drafts()] == ["new problem", "problem PRB-1", "fix of PRB-1"]
    assert mine.draft(FixDialog.kind, 1)
    assert not mine.draft(FixedDialog.kind, 1)


async def test_it_is_under_way_and_comes_back(known: Office) -> None:
    async with seated(known) as maya:
        await maya.press("P", "w")
        maya.sees("◐ fix under way")
        known.desk().problems.fix(1, "new firmware")
        await maya.press("r")
        await maya.type("no")
        await maya.press("enter")
        maya.sees("● known")


async def test_no_problem_says_what_to_do(office: Office) -> None:
    async with seated(office) as maya:
        await maya.press("P")
        maya.sees("Nobody has written a problem down yet.")
        for key in ("c", "f", "w", "l"):
            await maya.press(key)
        maya.sees("there is no problem here")


async def test_what_is_done_here_is_seen_as_soon_as_what_others_do(known: Office) -> None:
    async with seated(known, size=SMALL) as maya:
        await maya.press("P")
        maya.sees("2 match")
        await maya.press("n", *"badge 3", "ctrl+s")
        await maya.wait_a_look()
        maya.sees("3 match")
