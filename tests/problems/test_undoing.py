"""Undo takes back the latest change of all, and so a problem's where it was the latest."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.support.offices import START, Office
from workbench.desk import Desk
from workbench.errors import Refused
from workbench.problems.matching import Subject, matches
from workbench.problems.model import NewProblem, Problem, Rule
from workbench.tickets.vocabulary import Priority

BADGES = NewProblem("Badges [/b]", Rule(words=("badge",)), workaround="turn [it] round")


@pytest.fixture
def desk(office: Office) -> Desk:
    """Of somebody who has a ticket, and a problem that a colleague has written down."""
    office.open("badge [1]")
    office.open("door")
    office.desk("ravi").problems.write(BADGES)
    return office.desk()


def test_undo_goes_back_through_changes_of_problems_and_tickets_one_by_one(office: Office, desk: Desk) -> None:
    problems, tickets, was, told = desk.problems, desk.tickets, list[Problem](), list[str]()
    acts: dict[str, Callable[[], object]] = {
        "prioritised #1001": lambda: tickets.prioritise(1001, Priority.P1, "boss"),
        "changed PRB-1": lambda: problems.rewrite(1, lambda now: now._replace(title="T2", rule=Rule(words=("door",)))),
        "under way PRB-1": lambda: problems.begin_fix(1, START + timedelta(days=1)),
        "noted #1001": lambda: tickets.note(1001, "asked"),
        "fixed PRB-1": lambda: problems.fix(1, "new firmware"),
        "reopened PRB-1": lambda: problems.reopen(1, "jams again"),
    }
    matching = []
    for act in acts.values():
        was.append(problems.get(1))
        matching.append(problems.matching(1))
        office.pass_time(minutes=1)
        act()
    for before, matched in zip(reversed(was), reversed(matching), strict=True):
        office.pass_time(seconds=30)
        told.append(tickets.undo().told)
        assert (problems.get(1), problems.matching(1)) == (before, matched)
    assert told == [f"took back: {kind}" for kind in reversed(acts)]
    assert {len(matched) for matched in matching} == {1}
    assert matching[0] != matching[-1]
    with pytest.raises(Refused, match="#1002 was opened"):
        tickets.undo()


def test_what_undo_has_put_back_can_be_looked_back_at(office: Office, desk: Desk) -> None:
    office.pass_time(minutes=1)
    desk.problems.fix(1, "new firmware")
    office.pass_time(minutes=1)
    desk.problems.rewrite(1, lambda now: now._replace(title="T2", rule=Rule(words=("door",))))
    changed, at = desk.problems.get(1), office.clock.at
    office.pass_time(minutes=1)
    desk.tickets.undo()
    fixed, after = desk.problems.get(1), office.clock.at
    office.pass_time(minutes=1)
    desk.tickets.undo()
    for moment, then in ((at, changed), (after, fixed)):
        with office.at(moment) as looking:
            assert looking.problems.get(1) == then
    assert fixed.fixed_at == START + timedelta(minutes=1)


def test_that_a_problem_was_written_down_stays(office: Office, desk: Desk) -> None:
    desk.tickets.note(1001, "asked")
    desk.problems.write(NewProblem("Doors", Rule(words=("door",))))
    with pytest.raises(Refused, match="PRB-2 was written down and keeps its number"):
        desk.tickets.undo()
    assert desk.problems.get(2).title == "Doors"


def test_a_change_that_others_have_built_on_stays(office: Office, desk: Desk) -> None:
    desk.problems.rewrite(1, lambda now: now._replace(title="T2"))
    office.desk("ravi").problems.rewrite(1, lambda now: now._replace(workaround="knock"))
    with pytest.raises(
        Refused, match=r"your change of PRB-1 \(changed\) stays: ravi has built on it \(changed workaround\)"
    ):
        desk.tickets.undo()
    office.desk("ravi").tickets.undo()
    assert desk.tickets.undo().told == "took back: changed PRB-1"
    assert desk.problems.get(1).title == BADGES.title


def test_that_a_problem_came_back_is_nobodys_act(office: Office, desk: Desk) -> None:
    desk.problems.fix(1, "new firmware")
    office.pass_time(minutes=1)
    ref = office.open("badge again").ref
    assert desk.problems.events(1)[-1].text == f"came back with #{ref}"
    with pytest.raises(Refused, match=f"#{ref} was opened"):
        desk.tickets.undo()
    desk.tickets.note(ref, "asked")
    assert desk.tickets.undo().told == f"took back: noted #{ref}"


def test_a_rule_that_undo_brings_back_is_tried_before_others_wait(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.problems.rewrite(1, lambda now: now._replace(rule=Rule(words=("door",))))
    looks = []

    def looked(rule: Rule, subject: Subject) -> bool:
        looks.append((rule, desk.database.writing))
        return matches(rule, subject)

    monkeypatch.setattr("workbench.problems.trying.matches", looked)
    desk.tickets.undo()
    assert looks == [(BADGES.rule, False)] * 2
