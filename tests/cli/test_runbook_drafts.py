"""A new runbook that begins with what a ticket has told."""

from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE
from tests.cli.program import Program


@pytest.fixture
def ref(empty: Program) -> str:
    made = empty("ticket", "new", "--subject", HOSTILE, "--client", "contoso", "--component", "checkout").out.strip()
    empty("ticket", "note", made, "Pool of 20 is full.")
    return made


def test_it_begins_with_the_tickets_words(
    empty: Program, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "2. Look again." >> "$1"\n', "utf-8")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    made = empty("runbook", "new", "pool-full", "--from", ref, "--json").json
    assert made["components"] == ["checkout"]
    shown = empty("runbook", "show", "pool-full").out
    assert "Pool of 20 is full." in shown
    assert "Look again." in shown
    assert "\x1b" not in shown


def test_without_a_terminal_and_an_editor_it_says_so(
    empty: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "")
    monkeypatch.delenv("VISUAL", raising=False)
    mark = tmp_path / "started"
    vi = tmp_path / "vi"
    vi.write_text(f"#!/bin/sh\ntouch '{mark}'\n", "utf-8")
    vi.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    (tmp_path / "text.md").write_text("---\ntitle: Disk full\n---\n\n1. Look.\n", "utf-8")
    assert "no terminal" in empty("runbook", "new", "disk-full", status=2).err
    empty("runbook", "new", "disk-full", "--file", str(tmp_path / "text.md"))
    assert "no terminal" in empty("runbook", "edit", "disk-full", status=2).err
    assert not mark.exists()


def test_a_draft_left_as_it_is_makes_none(empty: Program, ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    assert empty("runbook", "new", "pool-full", "--from", ref).out == "nothing changed\n"
    assert "no ticket" in empty("runbook", "new", "pool-full", "--from", "77", status=1).err
    assert empty("runbook", "list", "--json").json == []
