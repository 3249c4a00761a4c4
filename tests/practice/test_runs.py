"""Commands of runbooks on practice tickets: what the scenario says is shown, and nothing is ever run."""

import subprocess
from typing import Any

import pytest

from workbench.practice.service import NOTHING_TOLD
from workbench.practice.session import SessionKind
from workbench.practice_desk import PracticeDesk
from workbench.runbooks.runs.model import Did, Run

SLUG = "checkout-5xx"


@pytest.fixture(autouse=True)
def _nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("something was started")

    monkeypatch.setattr(subprocess, "Popen", refused)


def filled(desk: PracticeDesk, run: Run, step: int) -> Run:
    """The run with a value for everything that the step's command asks for."""
    command = desk.runs.command(run, step)
    for name in command.missing if command else ():
        run = desk.runs.give(run, name, "web01")
    return run


def test_a_command_prints_what_the_scenario_says(desk: PracticeDesk) -> None:
    desk.practice.begin(SessionKind.SCENARIO, "stuck", seed=1)
    ref = desk.practice.status().arrived[0].ref or 0
    run = filled(desk, desk.runs.begin(SLUG, ref), 1)
    result = desk.runs.execution(run, 1).run()
    assert (result.text, result.ended) == ("\x1b[2J spooler stopped\n", "exited 0")
    run = desk.runs.keep(run, 1, result)
    assert run.outputs[0].text == result.text
    desk.runs.step(run, Did.DONE)
    (made,) = desk.practice.result().marked
    assert any(point.reason.startswith("1 of its") for point in made.sheet.points)


def test_of_what_no_scenario_tells_there_is_nothing_to_see(desk: PracticeDesk) -> None:
    desk.practice.begin(SessionKind.SCENARIO, "stuck", seed=1)
    run = filled(desk, desk.runs.begin(SLUG), 1)
    assert desk.runs.execution(run, 1).run().text == NOTHING_TOLD
    desk.practice.end()
    desk.practice.begin(SessionKind.SCENARIO, "locked-out", seed=1)
    other = desk.practice.status().arrived[0].ref
    run = filled(desk, desk.runs.begin(SLUG, other), 1)
    assert desk.runs.execution(run, 1).run().text == NOTHING_TOLD
