"""What is written of a fix can be read in the history, and undo takes it back with the tickets that it resolved."""

import pytest

from tests.support.driver import seated
from tests.support.offices import START, Office
from workbench.errors import Refused
from workbench.problems.model import NewProblem, ProblemState, Rule
from workbench.tickets.model import Event
from workbench.tickets.vocabulary import State

BADGES = NewProblem("Badges [/b]", Rule(words=("badge",)))


@pytest.fixture
def known(office: Office) -> Office:
    """A problem with two tickets."""
    problems = office.desk().problems
    problems.write(BADGES)
    for subject in ("badge [1]", "badge 2"):
        problems.link(office.open(subject).ref, 1)
    return office


def timeline(office: Office) -> list[Event]:
    """What happened to the first ticket."""
    return office.desk().tickets.with_timeline(1001)[1]


def test_what_is_said_with_a_fix_stands_in_the_history(known: Office) -> None:
    problems = known.desk().problems
    problems.begin_fix(1, START)
    problems.begin_fix(1)
    problems.fix(1, "new firmware", refs=[])
    problems.reopen(1, "jams again")
    problems.fix(1, "another printer", refs=[])
    told = [(event.kind, event.before, event.after) for event in problems.events(1)[1:]]
    assert told == [
        (
            "under_way",
            {"state": "known", "expected_at": None},
            {"state": "under_way", "expected_at": "2026-03-02T10:00:00Z"},
        ),
        ("under_way", {"state": "under_way"}, {"state": "under_way"}),
        ("fixed", {"state": "under_way", "permanent_fix": ""}, {"state": "fixed", "permanent_fix": "new firmware"}),
        ("reopened", {"state": "fixed"}, {"state": "known"}),
        ("fixed", {"state": "known"}, {"state": "fixed"}),
    ]


def test_undo_takes_a_fix_back_with_its_tickets(known: Office) -> None:
    desk = known.desk()
    desk.problems.begin_fix(1)
    before, moments = desk.problems.get(1), {}
    known.pass_time(minutes=1)
    desk.problems.fix(1, "new firmware")
    moments[known.clock.at] = desk.problems.get(1)
    known.pass_time(minutes=1)
    assert desk.tickets.undo().told == "took back 3 changes: resolved #1001, #1002; fixed PRB-1"
    assert desk.problems.get(1) == before
    assert {desk.tickets.get(ref).state for ref in (1001, 1002)} == {State.NEW}
    event = desk.problems.events(1)[-1]
    assert (event.kind, event.text, event.after["state"]) == ("undone", "took back: fixed", "under_way")
    moments[known.clock.at] = before
    known.pass_time(minutes=1)
    desk.problems.fix(1, "another printer")
    assert desk.problems.get(1).permanent_fix == "another printer"
    for moment, then in moments.items():
        with known.at(moment) as looking:
            seen = looking.problems.get(1)
            assert (seen.state, seen.fixed_at) == (then.state, then.fixed_at)


def test_a_second_fix_that_is_taken_back_leaves_the_first(known: Office) -> None:
    desk = known.desk()
    first = known.clock.at
    desk.problems.fix(1, "new firmware", refs=[1001])
    known.pass_time(minutes=1)
    desk.problems.fix(1, "again")
    known.pass_time(minutes=1)
    assert desk.tickets.undo().told == "took back 2 changes: resolved #1002; fixed PRB-1"
    problem = desk.problems.get(1)
    assert (problem.state, problem.fixed_at, problem.permanent_fix) == (ProblemState.FIXED, first, "new firmware")
    with known.at(known.clock.at) as looking:
        assert looking.problems.get(1).fixed_at == first
    desk.tickets.undo()
    assert desk.problems.get(1).state is ProblemState.KNOWN


def test_who_resolves_a_ticket_is_told_the_problem_it_was_linked_to_before(known: Office) -> None:
    desk = known.desk()
    desk.problems.write(BADGES._replace(title="Doors"))
    desk.problems.link(1001, 2)
    desk.problems.unlink(1001)
    desk.problems.link(1001, 1)
    desk.problems.fix(1, "new firmware")
    told = [(event.kind, event.before.get("problem"), event.after.get("problem")) for event in timeline(known)]
    assert told[1:] == [
        ("linked", None, 1),
        ("linked", 1, 2),
        ("unlinked", 2, None),
        ("linked", None, 1),
        ("resolved", 1, 1),
    ]


async def test_the_box_says_whether_anybody_is_told(known: Office) -> None:
    known.desk().problems.rewrite(1, lambda now: now._replace(answer="it [works]"))
    async with seated(known) as maya:
        await maya.press("P", "f")
        maya.sees("2 tickets are told and resolved:")
        await maya.type("new firmware")
        await maya.press("tab", *["backspace"] * len("it [works]"))
        maya.sees("2 tickets are resolved; nobody is told, since there is no answer:")
        await maya.press("ctrl+s")
        maya.sees("✓ fixed")
    assert [event.kind for event in timeline(known)] == ["opened", "linked", "resolved"]


def test_a_fix_that_others_have_built_on_stays_with_its_tickets(known: Office) -> None:
    desk = known.desk()
    desk.problems.fix(1, "new firmware")
    known.desk("ravi").problems.reopen(1, "jams again")
    with pytest.raises(Refused, match=r"your change of PRB-1 \(fixed\) stays: ravi has built on it \(reopened\)"):
        desk.tickets.undo()
    assert {desk.tickets.get(ref).state for ref in (1001, 1002)} == {State.RESOLVED}


def test_a_fix_without_tickets_is_an_act_of_its_own(known: Office) -> None:
    desk = known.desk()
    desk.problems.fix(1, "new firmware", refs=[])
    desk.tickets.note(1001, "told them")
    assert desk.tickets.undo().told == "took back: noted #1001"
    assert desk.tickets.undo().told == "took back: fixed PRB-1"
    assert desk.problems.get(1).state is ProblemState.KNOWN
