"""A ticket matches by what it says now: a match ends with what told it, and so does what a match brought about."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.support.offices import START, Office
from workbench.desk import Desk
from workbench.errors import InvalidInput
from workbench.problems import matching
from workbench.problems.model import NewProblem, ProblemState, Rule
from workbench.tickets.rules import Change
from workbench.tickets.vocabulary import Kind

VPN = NewProblem("VPN [/b]", Rule(words=("vpn",), component="c1"), workaround="dial [in]")

PUT_RIGHT: dict[str, Callable[[Desk], object]] = {
    "named anew": lambda desk: desk.tickets.set_component(1001, "c2"),
    "taken back": lambda desk: desk.tickets.undo(),
}
put_right = pytest.mark.parametrize("mend", PUT_RIGHT.values(), ids=PUT_RIGHT.keys())


@pytest.fixture
def desk(office: Office) -> Desk:
    """Of somebody with a problem of one component, and a ticket that says of none that it is about it."""
    office.desk().problems.write(VPN)
    office.open("vpn bad")
    return office.desk()


def standing(desk: Desk) -> tuple[object, ...]:
    """What a desk tells of the problem and its ticket."""
    problems = desk.problems
    found = [each.number for each in problems.of_ticket(1001)], [each.ref for each in problems.matching(1)]
    return problems.get(1), problems.counts(), *found


@put_right
@pytest.mark.parametrize("done", [False, True], ids=["unresolved", "resolved"])
def test_a_match_ends_when_the_component_is_put_right(
    office: Office, desk: Desk, mend: Callable[[Desk], object], done: bool
) -> None:
    seen: dict[datetime, tuple[object, ...]] = {}

    def then(act: Callable[[], object]) -> None:
        seen[office.clock.at] = standing(desk)
        office.pass_time(minutes=1)
        act()

    if done:
        then(lambda: office.desk("ravi").tickets.resolve(1001))
    then(lambda: desk.tickets.set_component(1001, "c1"))
    assert [each.number for each in desk.problems.of_ticket(1001)] == [1]
    then(lambda: mend(desk))
    assert desk.problems.of_ticket(1001) == []
    then(lambda: desk.tickets.set_component(1001, "c1"))
    assert [each.number for each in desk.problems.of_ticket(1001)] == [1]
    for moment, was in seen.items():
        with office.at(moment) as looking:
            assert standing(looking) == was


@put_right
def test_a_ticket_that_was_never_of_the_problem_is_no_repeat(
    office: Office, desk: Desk, mend: Callable[[Desk], object]
) -> None:
    desk.tickets.set_component(1001, "c1")
    office.pass_time(minutes=1)
    slip = office.clock.at
    office.pass_time(minutes=1)
    mend(desk)
    desk.tickets.move(1001, "engineering", "theirs")
    office.pass_time(minutes=1)
    figures = {each.name: each.value for each in desk.reports.figures(desk.reports.period(START, office.clock.at))}
    assert (desk.problems.repeats(), figures["repeats"]) == ([], 0)
    with office.at(slip) as then:
        assert [each.ref for each in then.problems.matching(1)] == [1001]


def test_what_undo_brings_back_is_compared_with_problems_of_meanwhile(office: Office, desk: Desk) -> None:
    desk.tickets.set_component(1001, "c3")
    desk.tickets.set_component(1001, "c4")
    office.desk("ravi").problems.write(NewProblem("Third", Rule(component="c3")))
    assert desk.problems.of_ticket(1001) == []
    desk.tickets.undo()
    assert [each.number for each in desk.problems.of_ticket(1001)] == [2]


@put_right
def test_a_problem_that_a_slip_brought_back_is_fixed_again(
    office: Office, desk: Desk, mend: Callable[[Desk], object]
) -> None:
    office.pass_time(minutes=1)
    office.desk("ravi").problems.fix(1, "new firmware")
    fixed = desk.problems.get(1)
    office.pass_time(minutes=1)
    desk.tickets.set_component(1001, "c1")
    slip, known = office.clock.at, desk.problems.get(1)
    assert known.state is ProblemState.KNOWN
    office.pass_time(minutes=1)
    mend(desk)
    assert desk.problems.get(1) == fixed
    assert [each.kind for each in desk.problems.events(1)][-2:] == ["reopened", "undone"]
    for moment, was in ((slip - timedelta(seconds=1), fixed), (slip, known), (office.clock.at, fixed)):
        with office.at(moment) as looking:
            assert looking.problems.get(1) == was
    period = desk.reports.period(START, office.pass_time(minutes=1))
    besides = {each.name: each.found for each in desk.reports.diagnosis(period).besides}
    assert besides["recurring"] is False
    assert office.desk("ravi").tickets.undo().told == "took back: fixed PRB-1"


@put_right
def test_a_problem_that_came_back_with_another_ticket_too_stays_open(
    office: Office, desk: Desk, mend: Callable[[Desk], object]
) -> None:
    office.desk("ravi").problems.fix(1, "new firmware")
    office.pass_time(minutes=1)
    desk.tickets.set_component(1001, "c1")
    other = office.open("vpn again", who="ravi", component="c1").ref
    mend(desk)
    assert desk.problems.get(1).state is ProblemState.KNOWN
    office.desk("ravi").tickets.set_component(other, "c2")
    assert desk.problems.get(1).state is ProblemState.FIXED


def test_what_somebody_did_to_a_problem_that_came_back_stays(office: Office, desk: Desk) -> None:
    desk.problems.fix(1, "new firmware")
    office.pass_time(minutes=1)
    desk.tickets.set_component(1001, "c1")
    office.desk("ravi").problems.begin_fix(1)
    desk.tickets.undo()
    assert desk.problems.get(1).state is ProblemState.UNDER_WAY
    assert desk.problems.of_ticket(1001) == []


def test_a_problem_that_somebody_reopened_stays_open(office: Office, desk: Desk) -> None:
    desk.tickets.set_component(1001, "c1")
    desk.problems.fix(1, "new firmware")
    desk.problems.reopen(1, "came back with #1001")
    office.desk("ravi").tickets.set_component(1001, "c2")
    assert desk.problems.get(1).state is ProblemState.KNOWN


def test_what_stood_only_while_one_act_was_taken_back_matches_nothing(office: Office, desk: Desk) -> None:
    with desk.tickets.together():
        desk.tickets.set_component(1001, "c1")
        desk.tickets.set_component(1001, "c2")
    office.desk("ravi").problems.fix(1, "new firmware")
    told = desk.problems.events(1)
    office.pass_time(minutes=1)
    desk.tickets.undo()
    assert desk.problems.events(1) == told
    assert desk.problems.of_ticket(1001) == []


def test_a_pattern_that_takes_too_long_ends_no_match(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.problems.write(NewProblem("Slow", Rule(pattern="v(p|q)n")))
    assert [each.ref for each in desk.problems.matching(2)] == [1001]

    def slow(_pattern: str, _text: str, _patience: float) -> bool:
        raise InvalidInput("the pattern takes too long", "mend it")

    monkeypatch.setattr(matching, "_found", slow)
    desk.tickets.set_component(1001, "c1")
    assert [each.number for each in desk.problems.of_ticket(1001)] == [2, 1]


def test_a_change_that_no_rule_looks_at_leaves_the_matches_of_what_is_done(desk: Desk) -> None:
    desk.tickets.set_component(1001, "c1")
    desk.tickets.resolve(1001)
    desk.problems.rewrite(1, lambda now: now._replace(rule=Rule(words=("tunnel",))))
    desk.tickets.change(1001, lambda _: Change(Kind.CHANGED, {"client": "fabrikam"}))
    assert [each.number for each in desk.problems.of_ticket(1001)] == [1]
