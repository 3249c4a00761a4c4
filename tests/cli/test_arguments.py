"""Numbers on the command line: those that nothing can have, and those that are written as they are printed."""

import pytest

from tests.cli.program import Program
from tests.cli.test_problems import NEW

NUMBERED = (
    ("problem", "show", "N"),
    ("problem", "link", "N", "1001"),
    ("problem", "fixed", "N", "--fix", "x"),
    ("problem", "change", "N", "--title", "x"),
    ("problem", "reopen", "N", "--reason", "x"),
    ("problem", "under-way", "N"),
    ("handoff", "show", "N"),
    ("handoff", "complete", "N", "--form", "-"),
    ("handoff", "return", "1001", "--code", "known_problem", "--words", "x", "--problem", "N"),
    ("ticket", "resolve", "1001", "--problem", "N"),
    ("runbook", "show", "disk-full", "--version", "N"),
    ("runbook", "diff", "disk-full", "1", "N"),
    ("practice", "begin", "scenario", "locked-out", "--seed", "N"),
    ("practice", "sheet", "N"),
)


@pytest.mark.parametrize("command", NUMBERED, ids=" ".join)
@pytest.mark.parametrize("number", [str(2**63), "9" * 5000])
def test_a_number_that_nothing_can_have_is_wrong_usage(
    workbench: Program, command: tuple[str, ...], number: str
) -> None:
    workbench(*(number if word == "N" else word for word in command), status=2)


@pytest.mark.parametrize("command", [command for command in NUMBERED if command[0] == "problem"], ids=" ".join)
def test_the_largest_number_is_looked_for(workbench: Program, command: tuple[str, ...]) -> None:
    told = workbench(*(str(2**63 - 1) if word == "N" else word for word in command), status=1).err
    assert f"no problem {2**63 - 1}" in told


def test_a_problem_is_named_as_it_is_printed(workbench: Program) -> None:
    printed = workbench(*NEW).out.strip()
    assert workbench("problem", "show", printed, "--json").json == workbench("problem", "show", "1", "--json").json
    workbench("problem", "link", printed.lower(), "1003")
    told = ("--cause", "x", "--fix", "y", "--problem", printed)
    workbench("ticket", "resolve", "1002", *told)
    assert workbench("ticket", "show", "1002", "--json").json["timeline"][-1]["after"]["problem"] == 1
    assert "no number from 1" in workbench("problem", "show", "PRB-x", status=2).err
