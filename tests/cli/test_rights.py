"""What may not be read: nothing is wrong with the command, and the request cannot be done."""

import os
from pathlib import Path

import pytest

from tests.cli.program import Program, run_inside
from tests.support.rights import nobody, shelf

__all__ = ["shelf"]


@pytest.fixture
def private(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that everybody may write, with a workbench for everybody, one of somebody's, a runbook and a folder."""
    for name in ("ours.db", "theirs.db"):
        Program(shelf / name)("init", str(shelf / name))
    (shelf / "runbooks").mkdir()
    (shelf / "runbook.md").write_text("# VPN\n\n1. Look.\n")
    for everybodys in (shelf, shelf / "ours.db", shelf / "ours.db-lock"):
        everybodys.chmod(0o777)
    # The system answers this for who really runs the tests, and not for whom they act.
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    return shelf


@pytest.mark.parametrize(
    "command",
    [
        ["restore", "theirs.db"],
        ["setup", "apply", "theirs.db"],
        ["import", "tickets", "theirs.db"],
        ["runbook", "check", "runbooks"],
        ["runbook", "import", "runbooks"],
        ["runbook", "new", "vpn", "--file", "runbook.md"],
        ["--db", "theirs.db", "queues"],
    ],
    ids=" ".join,
)
def test_what_may_not_be_read_cannot_be_done(
    private: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(private)
    in_ours = ("--db", "ours.db", "--as", "maya", *command)
    run_inside(*in_ours)  # loads what nobody may load
    (hidden,) = set(command) & {"theirs.db", "runbooks", "runbook.md"}
    (private / hidden).chmod(0)
    with nobody():
        answer = run_inside(*in_ours)
    assert answer.status == 1
    assert f"{hidden} cannot be " in answer.err
    assert "Permission denied" in answer.err
