"""What the screens offer for the tickets of the scenarios that come with the program, and the example of the README."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.practice.player import played
from tests.practice.rehearsals import Rehearsal
from workbench.desk import Desk
from workbench.errors import Refused
from workbench.escalation.model import Row
from workbench.practice.checking import doubts
from workbench.practice.session import SessionKind
from workbench.practice.shelf import read_shelf
from workbench.practice_desk import PracticeDesk

README = Path(__file__).parent.parent.parent / "README.md"

SHIPPED = read_shelf(Path("no own ones")).scenarios


@pytest.fixture
def desk(practice_file: Path, tmp_path: Path) -> Iterator[PracticeDesk]:
    """The desk of a trainee, on a file of their own."""
    rehearsal = Rehearsal(tmp_path / "practice.db")
    shutil.copyfile(practice_file, rehearsal.path)
    with rehearsal.desk() as desk:
        yield desk


def test_a_new_file_holds_no_act_to_be_taken_back(desk: PracticeDesk) -> None:
    for person in desk.organisation.current().people:
        with pytest.raises(Refused, match="no change of yours left"):
            Desk(desk.database, desk.clock, person.login).tickets.undo()


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
