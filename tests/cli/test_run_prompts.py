"""What goes wrong while somebody answers the questions of a run is told, and the questions go on."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.offices import Office
from workbench.cli.run_prompts import Prompts
from workbench.errors import Busy
from workbench.runbooks.runs.model import Did, Run
from workbench.runbooks.runs.service import RunService

ECHO = """---
title: Echo
---
1. Say it

   ```sh
   echo {{what}}
   ```
2. Wait
"""
LEAVE = "q"


@pytest.fixture
def answered(office: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Follows a new run of a runbook of two steps with these answers, a line each."""
    office.desk().runbooks.create("echo", ECHO)

    def follow(*answers: str) -> Run:
        lines = iter([f"{answer}\n" for answer in answers])
        return Prompts(office.desk(), lines).follow(office.desk().runs.begin("echo"))

    return follow


def hinder(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """Has another session write for long, the first few times that a run is to be gone on with in this way."""
    left = [Busy("another session is writing; nothing was saved", "try again in a moment")] * times
    really = getattr(RunService, name)

    def act(*arguments: Any) -> Any:
        if left:
            raise left.pop()
        return really(*arguments)

    monkeypatch.setattr(RunService, name, act)


def test_what_a_command_printed_is_kept_once_it_can_be(
    answered: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hinder(monkeypatch, "keep", 2)
    run = answered("hello", "!", "yes", "", "", LEAVE)
    assert [output.text for output in run.outputs] == ["hello\n"]
    told = capsys.readouterr().err
    assert told.count("another session is writing; nothing was saved; try again in a moment\n") == 2
    assert told.count("enter tries again") == 2


def test_what_cannot_be_kept_may_be_dropped(answered: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    hinder(monkeypatch, "keep", 2)
    run = answered("hello", "!", "yes", "x", "d", "", LEAVE)
    assert (run.outputs, run.current) == ((), 2)


def test_an_act_that_others_hinder_can_be_done_again(
    answered: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hinder(monkeypatch, "step", 1)
    run = answered("", "f", "no", "f", "not at all", LEAVE)
    assert (run.outcomes[1].did, run.outcomes[1].note) == (Did.FAILED, "not at all")
    assert "another session is writing" in capsys.readouterr().err


def test_a_value_that_cannot_be_kept_can_be_said_again(
    answered: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hinder(monkeypatch, "give", 1)
    run = answered("hello", "v", "what", "good day", LEAVE)
    assert run.values == {"what": "good day"}
    assert "another session is writing" in capsys.readouterr().err
