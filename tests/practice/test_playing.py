"""Every scenario that comes with the program, played: by its key, by doing nothing, and with each act left out."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.practice.player import played
from tests.practice.rehearsals import Rehearsal, practice_file
from workbench.escalation.model import Row
from workbench.practice.checking import doubts
from workbench.practice.model import Scenario, Skill
from workbench.practice.scoring import Sheet
from workbench.practice.session import SessionKind
from workbench.practice.shelf import read_shelf
from workbench.rehearsal import PracticeDesk
from workbench.tickets.model import priority_of

__all__ = ["practice_file"]

README = Path(__file__).parent.parent.parent / "README.md"

SHIPPED = read_shelf(Path("no own ones")).scenarios


@pytest.fixture(params=list(SHIPPED))
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Each in turn."""
    return SHIPPED[request.param].scenario


@pytest.fixture
def desk(practice_file: Path, tmp_path: Path) -> Iterator[PracticeDesk]:
    """The desk of a trainee, on a file of their own."""
    rehearsal = Rehearsal(tmp_path / "practice.db")
    shutil.copyfile(practice_file, rehearsal.path)
    with rehearsal.desk() as desk:
        yield desk


def cost(scenario: Scenario, left_out: str) -> dict[Skill, int]:
    """What it costs to leave one act of the key out: the sheet's table."""
    truth = scenario.truth
    was_right = scenario.truth.priority.value == said_priority(scenario)
    once_done = {Skill.TRIAGE: 10} if was_right else {}
    verb = left_out.split(" ")[0]
    if left_out == "take":
        return {} if is_answered_otherwise(scenario) else {Skill.CLOCK: 5}
    if left_out == "priority":
        return {} if was_right else {Skill.TRIAGE: 10}
    if left_out == "component":
        return {Skill.TRIAGE: 10}
    if left_out == "run":
        return {Skill.RUNBOOK: 20}
    if verb == "say":
        told = sum(any(word in left_out.casefold() for word in telling.words) for telling in truth.told)
        return {Skill.COMMUNICATION: 5 * told}
    if left_out == "tell callers":
        return {Skill.TRIAGE: 10}
    if left_out == "link":
        return {Skill.TRIAGE: 10 + sum(once_done.values()), Skill.OWNERSHIP: 10, Skill.CLOCK: 10}
    if left_out == "call in":
        return {Skill.OWNERSHIP: 10 * len(truth.called)}
    if left_out == "hand off":
        named = 10 * bool(truth.people) + 10 * len(truth.called)
        return {Skill.OWNERSHIP: 30 + named, Skill.HANDOFF: 2 * len(truth.rows), Skill.CLOCK: 10} | once_done
    return {Skill.OWNERSHIP: 10, Skill.CLOCK: 10} | once_done


def said_priority(scenario: Scenario) -> str:
    """The priority that its ticket is opened with."""
    return priority_of(scenario.impact, scenario.urgency).value


def is_answered_otherwise(scenario: Scenario) -> bool:
    """Whether the requester hears of the trainee's team although nobody took the ticket."""
    if "hand off" not in scenario.key:
        return True
    before = scenario.key[: scenario.key.index("hand off")]
    return any(act.startswith("say ") for act in before)


def lost(whole: Sheet, less: Sheet) -> dict[Skill, int]:
    """How many points fewer, skill by skill."""
    now = less.by_skill()
    fewer = {skill: got - now[skill][0] for skill, (got, _) in whole.by_skill().items()}
    return {skill: points for skill, points in fewer.items() if points}


def test_the_key_earns_full_points_and_each_act_is_worth_what_the_sheet_says(
    desk: PracticeDesk, scenario: Scenario
) -> None:
    whole = played(desk, scenario, scenario.key)
    assert whole.got == whole.most, whole.next_to_learn()
    assert set(scenario.skills) <= set(whole.by_skill())
    for left_out in (act for act in scenario.key if not act.startswith("wait ")):
        with_it = (left_out, "call in") if left_out == "hand off" else (left_out,)
        less = played(desk, scenario, [act for act in scenario.key if act not in with_it])
        assert lost(whole, less) == cost(scenario, left_out), left_out


def test_doing_nothing_earns_nothing(desk: PracticeDesk, scenario: Scenario) -> None:
    assert [point for point in played(desk, scenario, ()).points if point.got] == []


def test_a_known_problem_is_recognised_as_soon_as_the_component_is_known(desk: PracticeDesk) -> None:
    for scenario in (each.scenario for each in SHIPPED.values()):
        desk.practice.begin(SessionKind.SCENARIO, scenario.name, seed=1)
        (arrival,) = desk.practice.status().arrived
        assert arrival.ref is not None
        desk.tickets.set_component(arrival.ref, scenario.truth.component or "")
        known = [problem.title for problem in desk.problems.of_ticket(arrival.ref)]
        assert known == ([scenario.truth.problem] if scenario.truth.problem else []), scenario.name
        desk.practice.end()


def test_the_fitting_runbook_can_be_found(desk: PracticeDesk) -> None:
    """The library offers it for the ticket, or a newcomer who puts the trouble in a word finds it."""
    for scenario in (each.scenario for each in SHIPPED.values() if each.scenario.truth.runbook):
        desk.practice.begin(SessionKind.SCENARIO, scenario.name, seed=1)
        (arrival,) = desk.practice.status().arrived
        assert arrival.ref is not None
        ticket = desk.tickets.set_component(arrival.ref, scenario.truth.component or "")
        found = desk.runbooks.fitting(ticket, limit=5)
        for word in scenario.truth.rows.get(Row.SUMMARY, ()):
            found += desk.runbooks.search(word, limit=3)
        assert scenario.truth.runbook in [each.entry.slug for each in found], scenario.name
        desk.practice.end()


def test_the_example_of_the_readme_is_a_scenario(practice_file: Path, tmp_path: Path) -> None:
    examples = re.findall(r"^````markdown\n(.*?)^````$", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    (text,) = (each for each in examples if "## Key" in each)
    rehearsal = Rehearsal(tmp_path / "practice.db")
    shutil.copyfile(practice_file, rehearsal.path)
    rehearsal.add("label", text)
    with rehearsal.desk() as desk:
        scenario = desk.practice.scenario("label").scenario
        assert doubts(scenario, text, "label.md", desk.known()) == ()
        sheet = played(desk, scenario, scenario.key)
        assert sheet.got == sheet.most
        assert played(desk, scenario, ()).got == 0
