"""Every scenario of the program, played by a person's keys: as its key says, doing nothing, and with each slip."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.practice.filling import form_of
from tests.practice.rehearsals import Rehearsal
from tests.practice.slips import other_component, other_priority, slips_of_a_form
from tests.practice.trainee import Trainee, practising, taking_up
from tests.support.offices import Office
from workbench.escalation.model import CATEGORY_WORDS, Category
from workbench.practice.model import Ending, Scenario, Skill
from workbench.practice.scoring import Sheet
from workbench.practice.shelf import read_shelf

LONGEST_RESPONSE = 2 * 3600.0
"""Seconds after which no answer is in time: the second line's for a P4."""
SHIPPED = read_shelf(Path("no own ones")).scenarios

ENDS = ("hand off", "resolve: ", "link")
"""The acts by which a ticket leaves the trainee's hands."""
NEEDLESS = {
    "category": CATEGORY_WORDS[Category.OWNED_ELSEWHERE].split()[0],
    "words": "x",
    "summary": "x",
    "steps": "x",
    "diagnostics": "x",
}
"""What a form needs so as to be sent by somebody who hands off what could be done here."""
Points = dict[Skill, int]


@pytest.fixture(params=list(SHIPPED))
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Each in turn."""
    return SHIPPED[request.param].scenario


@pytest.fixture
def rehearsal(practice_file: Path, tmp_path: Path) -> Rehearsal:
    """A practice file of one's own."""
    shutil.copyfile(practice_file, tmp_path / "practice.db")
    return Rehearsal(tmp_path / "practice.db")


def worth(scenario: Scenario, act: str) -> Points:
    """The points that an act of the key earns, one after the other: the sheet's table."""
    truth = scenario.truth
    was_right = truth.priority is scenario.opened_with
    done = {Skill.TRIAGE: 10} if was_right else {}  # which counts once it is done
    told = sum(any(word in act.casefold() for word in telling.words) for telling in truth.told)
    match act.split(" ")[0]:
        case "take":
            return {Skill.CLOCK: 5}
        case "priority":
            return {} if was_right else {Skill.TRIAGE: 10}
        case "component":
            return {Skill.TRIAGE: 10}
        case "run":
            return {Skill.RUNBOOK: 20}
        case "say":
            return {Skill.COMMUNICATION: 5 * told} if told else {}
        case "tell":
            return {Skill.TRIAGE: 10}
        case "call":
            return {Skill.OWNERSHIP: 10 * len(truth.called)}
        case "link":
            return {Skill.TRIAGE: 10 + sum(done.values()), Skill.OWNERSHIP: 10, Skill.CLOCK: 10}
        case "hand":
            named = 10 if truth.people else 0
            return {Skill.OWNERSHIP: 30 + named, Skill.HANDOFF: 2 * len(truth.rows), Skill.CLOCK: 10} | done
        case "resolve:":
            return {Skill.OWNERSHIP: 10, Skill.CLOCK: 10} | done
    return {}


def fewer(before: Sheet, after: Sheet) -> Points:
    """How many points fewer, skill by skill."""
    now = after.by_skill()
    less = {skill: got - now[skill][0] for skill, (got, _) in before.by_skill().items()}
    return {skill: points for skill, points in less.items() if points}


async def test_the_key_earns_it_all_and_each_slip_at_the_end_costs_what_the_sheet_says(
    rehearsal: Rehearsal, scenario: Scenario, office: Office
) -> None:
    """What is left out costs what it would have earned."""
    async with practising(rehearsal, scenario, office) as zoe:
        assert none_of(zoe.sheet)
        for act in scenario.key:
            before = zoe.sheet
            await zoe.act(act)
            assert fewer(zoe.sheet, before) == worth(scenario, act), act
            if act.startswith(ENDS):
                ended = rehearsal.fork("ended")
        most = zoe.sheet.most
        await zoe.end()
        zoe.seat.sees(f"{most} of {most}, 100 %")
    async with taking_up(ended, scenario, office) as zoe:
        await SLIPS[scenario.truth.ending](zoe)


async def slip_at_the_hand_off(zoe: Trainee) -> None:
    """Takes the hand-off back, and sends it with one slip after the other; the last is to be late."""
    standing, mend = zoe.sheet, dict[str, str]()
    right = form_of(zoe.scenario, zoe.lead)
    for slip in slips_of_a_form(zoe.scenario, right, zoe.desk.organisation.current()):
        await zoe.take_back()
        await zoe.hand_off(mend | dict(slip.wrong), anew=True)
        assert fewer(standing, zoe.sheet) == slip.cost, (slip.name, zoe.seat.screen)
        mend = dict(slip.right)
    await zoe.take_back()
    await zoe.hand_off(mend | {"summary": ""}, anew=True)
    if zoe.held_up:
        zoe.seat.sees("Not sent: ", "missing: Summary")
        await zoe.fill_in("summary", "it is broken")
        await zoe.send()
        assert fewer(standing, zoe.sheet) == {Skill.HANDOFF: 1}, zoe.seat.screen
    else:  # what cannot wait goes, and owes it
        assert fewer(standing, zoe.sheet) == {Skill.HANDOFF: 2}, zoe.seat.screen
    mend = {"summary": right["summary"]}
    await zoe.take_back()
    await zoe.wait(zoe.scenario.truth.within.total_seconds() + 60)
    await zoe.hand_off(mend, anew=True)
    assert fewer(standing, zoe.sheet) == {Skill.CLOCK: 10}, zoe.seat.screen


async def slip_at_what_can_be_done_here(zoe: Trainee) -> None:
    """Takes the end back, hands the ticket off without need, then does it late."""
    standing = zoe.sheet
    await zoe.take_back()
    undone = fewer(standing, zoe.sheet)
    await zoe.hand_off(NEEDLESS)
    assert fewer(standing, zoe.sheet) == undone, zoe.seat.screen
    await zoe.take_back()
    await zoe.wait(zoe.scenario.truth.within.total_seconds() + 60)
    await zoe.resolve("x", "x")
    assert fewer(standing, zoe.sheet) == {Skill.CLOCK: 10}, zoe.seat.screen


async def slip_at_a_known_problem(zoe: Trainee) -> None:
    """Takes the link back, links another one, then the right one late."""
    standing = zoe.sheet
    await zoe.take_back()
    await zoe.link(another=True)
    assert fewer(standing, zoe.sheet) == {Skill.TRIAGE: 10}, zoe.seat.screen
    await zoe.take_back()
    await zoe.wait(zoe.scenario.truth.within.total_seconds() + 60)
    await zoe.link()
    assert fewer(standing, zoe.sheet) == {Skill.CLOCK: 10}, zoe.seat.screen


SLIPS: dict[Ending, Callable[[Trainee], Awaitable[None]]] = {
    Ending.HANDED_OFF: slip_at_the_hand_off,
    Ending.RESOLVED: slip_at_what_can_be_done_here,
    Ending.LINKED: slip_at_a_known_problem,
}


async def test_nothing_earns_nothing_and_what_is_only_wrong_neither(
    rehearsal: Rehearsal, scenario: Scenario, office: Office
) -> None:
    """A slip instead of an act costs what that would have earned."""
    truth = scenario.truth
    async with practising(rehearsal, scenario, office) as zoe:
        await zoe.note(truth.told[0].words[0])  # which the requester does not read
        await zoe.prioritise(other_priority(scenario))
        await zoe.look_up(other_component(scenario))
        if truth.runbook is not None:
            await zoe.begin(other_runbook(zoe))
            await zoe.leave(2)
        await zoe.wait(truth.within.total_seconds() + LONGEST_RESPONSE)
        await zoe.take()
        assert none_of(zoe.sheet), zoe.sheet
        told = "\n".join(point.reason for point in zoe.sheet.points)
        assert f", not {other_priority(scenario)}" in told
        assert f", not {other_component(scenario)}" in told
        assert truth.runbook is None or f"{truth.runbook} is the runbook for this, not " in told
        await zoe.end()
        zoe.seat.sees(f"0 of {zoe.sheet.most}, 0 %")


def none_of(sheet: Sheet) -> bool:
    """Whether not a single point was got."""
    return not any(point.got for point in sheet.points)


def other_runbook(zoe: Trainee) -> str:
    """The first that fits and is not the right one."""
    found = zoe.desk.runbooks.fitting(zoe.desk.tickets.get(zoe.ref), limit=5)
    return next(each.entry.slug for each in found if each.entry.slug != zoe.scenario.truth.runbook)
