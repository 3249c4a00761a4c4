"""The scenarios there are: a broken file is told by its line, the others work, and what they name is there."""

import os
from pathlib import Path

import pytest

from tests.practice.rehearsals import SCENARIO, Rehearsal
from workbench.practice.checking import doubts
from workbench.practice.model import BadScenario
from workbench.practice.session import SessionKind
from workbench.practice.shelf import file_text, read_shelf, scenario_of
from workbench.practice_desk import PracticeDesk


def test_what_comes_with_the_program_is_whole_and_fits_the_practice_file(desk: PracticeDesk) -> None:
    shelf, known = desk.practice.shelf(), desk.known()
    shipped = [each for each in shelf.scenarios.values() if not each.own]
    assert len(shipped) == 24
    assert shelf.faults == ()
    for each in shipped:
        assert doubts(each.scenario, each.text, each.scenario.name, known) == ()
        assert each.scenario.contact in [
            contact.name for contact in desk.organisation.contacts(each.scenario.client, limit=100)
        ]


def test_a_broken_file_is_told_and_the_others_work(rehearsal: Rehearsal, desk: PracticeDesk) -> None:
    rehearsal.add("broken", SCENARIO.replace("urgency: blocked\n", "urgency: [/b] soon\n", 1))
    rehearsal.add("bytes", b"---\nt: \xff\n")
    rehearsal.add("windows", SCENARIO.replace("\n", "\r\n"))
    (rehearsal.path.parent / "scenarios" / "folder.md").mkdir()
    os.mkfifo(rehearsal.path.parent / "scenarios" / "pipe.md")
    shelf = desk.practice.shelf()
    told = {(Path(fault.path).name, fault.line) for fault in shelf.faults}
    assert told == {("broken.md", 8), ("bytes.md", 2), ("folder.md", 1), ("pipe.md", 1)}
    assert {"stuck", "windows", "locked-out"} <= set(shelf.scenarios)
    assert shelf.scenarios["windows"].scenario.body == shelf.scenarios["stuck"].scenario.body
    desk.practice.begin(SessionKind.SCENARIO, "windows")


def test_a_teams_own_takes_the_place_of_one_of_its_name(rehearsal: Rehearsal) -> None:
    rehearsal.add("locked-out", SCENARIO)
    assert read_shelf(rehearsal.path.parent / "scenarios").scenarios["locked-out"].own


def test_a_session_goes_on_with_the_text_that_it_began_with(rehearsal: Rehearsal, desk: PracticeDesk) -> None:
    desk.practice.begin(SessionKind.SCENARIO, "stuck")
    ref = desk.practice.status().arrived[0].ref or 0
    rehearsal.add("stuck", "gone")
    assert desk.practice.hint(ref) == "Look at the queue."
    assert desk.practice.end().marked[0].scenario.title == "A stuck [/b] queue"


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    for path in (tmp_path / "none.md", tmp_path):
        with pytest.raises(BadScenario, match="no file"):
            file_text(path)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("level: L1", "level: L9", 3, "no tier named 'L9'"),
        ("client: kessel-moor", "client: kessel-more", 5, "did you mean kessel-moor"),
        ("component: lan", "component: nowhere", 11, "no component"),
        ("runbook: checkout-5xx", "runbook: nothing", 12, "no runbook named 'nothing'"),
        ("within: 30m", "people: [mai]", 13, "no person named 'mai'; did you mean"),
        ("within: 30m", "called: [aps]", 13, "no team named 'aps'; did you mean apps"),
        ("checkout-5xx 1", "checkout-5xx 99", 24, "checkout-5xx has"),
        ("checkout-5xx 1", "gone 1", 24, "gone is no runbook"),
    ],
)
def test_what_is_named_and_not_there_is_told_with_its_line(
    desk: PracticeDesk, old: str, new: str, line: int, words: str
) -> None:
    text = SCENARIO.replace(old, f"{new}\n{old}" if old == "within: 30m" else new)
    assert text != SCENARIO
    (fault,) = doubts(scenario_of("stuck", text), text, "stuck.md", desk.known())
    assert (fault.path, text.splitlines()[fault.line - 1]) == ("stuck.md", text.splitlines()[line - 1])
    assert words in fault.reason


def test_a_team_that_it_cannot_have_been_at_is_told_with_its_line(desk: PracticeDesk) -> None:
    before = "## Before 9m: to lans\nDark.\n## Before 8m: back wrong_owner\nNot ours.\n## Debrief"
    text = SCENARIO.replace("within: 30m", "since: 1h\nwithin: 30m").replace("## Debrief", before)
    (fault,) = doubts(scenario_of("stuck", text), text, "stuck.md", desk.known())
    assert (text.splitlines()[fault.line - 1], fault.reason) == ("## Before 9m: to lans", "no team named 'lans'")


def test_an_act_that_is_none_is_told_with_its_line(desk: PracticeDesk) -> None:
    text = SCENARIO.replace("## Key\ntake", "## key\n\n- take\n- dance\n\nwait never\n\n## Hint\nOne more.")
    told = doubts(scenario_of("stuck", text), text, "stuck.md", desk.known())
    assert [text.splitlines()[fault.line - 1] for fault in told] == ["- dance", "wait never"]


def test_the_tests_own_scenario_fits(desk: PracticeDesk) -> None:
    assert doubts(scenario_of("stuck", SCENARIO), SCENARIO, "stuck.md", desk.known()) == ()
