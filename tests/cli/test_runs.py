"""Runs of runbooks from the command line: from JSON, and by questions on a terminal."""

import json
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import NINE, Program
from tests.support.terminal import Terminal

LATER = "2026-11-21T09:10:00Z"
DISK = """---
title: Disk [/b] full
---
1. Look \x1b[2J

   ```sh
   echo {{client}} {{mount}}
   ```

2. Clean up
3. Look again
"""


@pytest.fixture
def library(workbench: Program, tmp_path: Path) -> Program:
    """The workbench with a runbook of three steps."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "disk-full.md").write_text(DISK, encoding="utf-8")
    workbench("runbook", "import", str(tree))
    return workbench


def script(*steps: tuple[int, str, str], **more: Any) -> bytes:
    told = [{"step": step, "outcome": outcome, "note": note} for step, outcome, note in steps]
    return json.dumps({"steps": told} | more).encode()


def test_a_run_from_json(library: Program, tmp_path: Path) -> None:
    file = tmp_path / "steps.json"
    file.write_bytes(b"\xef\xbb\xbf" + script((1, "done", "97 %"), (2, "failed", "")))
    run = ("runbook", "run", "disk-full", "--ticket", "1001", "--steps")
    assert library(*run, str(file)).out == "run 1 of disk-full on #1001: at step 3 of 3\n"
    told = library(*run, "-", "--json", at=LATER, stdin=script((3, "skipped", "enough"), ended="fixed")).json
    assert (told["run"], told["ref"], told["by"], told["current"]) == (1, 1001, "maya", None)
    assert (told["ended"], told["ended_at"], told["ended_by"]) == ("fixed", LATER, "maya")
    steps = [(step["step"], step["outcome"], step["note"]) for step in told["steps"]]
    assert steps == [(1, "done", "97 %"), (2, "failed", ""), (3, "skipped", "enough")]
    assert (told["steps"][0]["command"], told["steps"][0]["missing"]) == ("echo contoso {{mount}}", ["mount"])
    assert told["steps"][0]["doubts"] == []
    ticket = library("ticket", "show", "1001", "--json", at=LATER).json
    assert ticket["state"] == "resolved"
    kinds = [event["kind"] for event in ticket["timeline"]]
    assert kinds == ["opened", "run", "stepped", "stepped", "stepped", "run", "resolved"]
    assert ticket["timeline"][-1]["after"]["runbook"] == "disk-full"
    (entry,) = library("runbook", "list", "--json", at=LATER).json
    assert (entry["runs"], entry["worked"], entry["median_s"], entry["worst_step"]) == (1, 1, 600, 2)


def test_undo_takes_the_latest_step_back(library: Program) -> None:
    run = ("runbook", "run", "disk-full", "--ticket", "1001", "--steps", "-")
    library(*run, stdin=script((1, "done", ""), (2, "done", ""), ended="fixed"))
    assert library("undo").out == "took back 2 changes: resolved #1001; run #1001\n"
    assert library("ticket", "show", "1001", "--json").json["state"] == "new"
    library("undo")
    (told,) = library("runbook", "runs", "--ticket", "1001", "--json").json
    assert (told["ended"], told["current"], told["steps"][1]["outcome"]) == (None, 2, None)


def test_the_page_of_a_ticket_tells_its_runs(library: Program) -> None:
    library("runbook", "run", "disk-full", "--ticket", "1001", "--steps", "-", stdin=script((1, "failed", "a\nb")))
    page = library("ticket", "show", "1001").out
    assert "maya  stepped\n    Disk [/b] full, step 1, Look ␛[2J: did not help\n    a\n    b\n" in page
    assert "maya  run\n    began Disk [/b] full\n" in page


def test_the_list_of_runs(library: Program) -> None:
    run = ("runbook", "run", "disk-full", "--steps", "-")
    library(*run, stdin=script((1, "done", ""), ended="not_fixed"))
    library(*run, "--ticket", "1002", stdin=script(ended="left"))
    library(*run, "--ticket", "1001", stdin=script((1, "done", "")))
    lines = library("runbook", "runs", at=LATER).lines
    assert lines[0].split() == ["RUN", "TICKET", "BEGAN", "BY", "STATE", "RUNBOOK"]
    states = ("  at step 2 of 3 ", "  left at step 1 of 3 ", "  did not fix it ")
    assert all(state in line for state, line in zip(states, lines[1:], strict=True))
    assert [told["run"] for told in library("runbook", "runs", "--ticket", "1002", "--json").json] == [2]
    assert library("runbook", "runs", "--limit", "1", "--json").json[0]["run"] == 3


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (("disk-ful",), script(), "did you mean disk-full?"),
        (("disk-full", "--ticket", "9999"), script(), "no ticket '9999'"),
        (("disk-full", "--ticket", "1001"), script((1, "done", ""), (4, "done", "")), "has no step 4"),
        (("disk-full", "--ticket", "1001"), script((1, "done", ""), (1, "done", "")), "has an outcome already"),
        (("disk-full", "--ticket", "1001"), script((1, "done", "x" * 3_000_000)), "3,000,000 characters"),
        (("disk-full", "--ticket", "1001"), b"[" * 100_000, "nested too deeply"),
        (("disk-full", "--ticket", "1001"), b"a" * 17_000_000, "over 4,000,000 characters"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_changed(
    library: Program, arguments: tuple[str, ...], stdin: bytes, words: str
) -> None:
    before = library("ticket", "show", "1001", "--json").json
    assert words in library("runbook", "run", *arguments, "--steps", "-", status=1, stdin=stdin).err
    assert library("ticket", "show", "1001", "--json").json == before
    assert library("runbook", "runs", "--json").json == []


def test_a_run_is_taken_up_by_its_number(library: Program) -> None:
    run = ("runbook", "run", "disk-full", "--steps", "-")
    library(*run, stdin=script((1, "done", "")))
    assert library(*run, "--run", "1", stdin=script((2, "done", ""))).out == "run 1 of disk-full: at step 3 of 3\n"
    assert "no run 2" in library(*run, "--run", "2", status=1, stdin=script()).err
    wrong = library(*run, "--run", "1", "--ticket", "1001", status=1, stdin=script()).err
    assert "run 1 is another one: run 1 of disk-full: at step 3 of 3" in wrong
    library(*run, "--run", "1", stdin=script(ended="fixed"))
    over = library(*run, "--run", "1", status=1, stdin=script((3, "done", ""))).err
    assert "run 1 of disk-full is over (maya: fixed it)" in over


def test_a_finished_run_takes_no_more_and_a_closed_ticket_no_new_one(library: Program) -> None:
    run = ("runbook", "run", "disk-full", "--ticket", "1001", "--steps", "-")
    library(*run, stdin=script((1, "done", ""), ended="fixed"))
    assert "#1001 is resolved" in library(*run, status=1, stdin=script((2, "done", ""))).err
    library("ticket", "close", "1001")
    assert "#1001 is closed" in library(*run, status=1, stdin=script((2, "done", ""))).err


def test_it_needs_somebody_to_ask_or_steps(library: Program) -> None:
    assert "nobody to ask" in library("runbook", "run", "disk-full", status=2).err
    assert library("runbook", "runs", "--json").json == []


def test_it_asks_whatever_answers(library: Program) -> None:
    run = ("runbook", "run", "disk-full", "--ticket", "1001", "--json")
    told = library(*run, stdin=b"contoso\nd\nlooked\ns\n\nnot here\n").json
    assert ([step["outcome"] for step in told["steps"]], told["ended"]) == (["done", None, None], None)
    assert library("runbook", "run", "disk-full", "--ticket", "1001", stdin=b"s\nnot here\nd\n\ny\n").err
    assert library("ticket", "show", "1001", "--json").json["state"] == "resolved"


def test_a_file_may_leave_out_why_a_step_was_skipped(library: Program) -> None:
    steps = ("runbook", "run", "disk-full", "--ticket", "1001", "--steps", "-", "--json")
    told = library(*steps, stdin=script((1, "skipped", ""))).json
    assert told["steps"][0]["outcome"] == "skipped"


def test_resolving_with_a_runbook(library: Program) -> None:
    resolve = ("ticket", "resolve", "1001", "--cause", "c", "--fix", "f", "--runbook")
    assert "did you mean disk-full?" in library(*resolve, "disk-fill", status=1).err
    told = library(*resolve, "disk-full", "--json").json
    assert told["timeline"][-1]["after"]["runbook"] == "disk-full"


def asked(library: Program, *arguments: str) -> Terminal:
    """The program on a terminal of its own."""
    options = ("--db", str(library.file), "--as", "maya", "--as-of", NINE)
    return Terminal([sys.executable, "-m", "workbench", *options, "runbook", "run", *arguments], {})


def test_questions_and_answers_left_and_taken_up_again(library: Program) -> None:
    with asked(library, "disk-full", "--ticket", "1001") as terminal:
        terminal.wait_for("Step 1 of 3: Look ␛[2J".encode())
        terminal.wait_for(b"Value of mount")
        terminal.send(b"/var log\n")
        terminal.wait_for(b"$ echo contoso '/var log'")
        terminal.send(b"v\nmount\n-n\n")
        terminal.wait_for("⚠ mount begins with a dash".encode())
        terminal.send(b"v\nmount\n/var log\n!\n")
        terminal.wait_for(b"Type yes")
        terminal.send(b"yes\n")
        terminal.wait_for(b"contoso /var log\r\n")
        terminal.wait_for(b"exited 0")
        terminal.send(b"d\nwell\n")
        terminal.wait_for(b"Step 2 of 3")
        terminal.process.send_signal(signal.SIGKILL)
    with asked(library, "disk-full", "--ticket", "1001") as terminal:
        terminal.wait_for(b"Step 2 of 3")
        terminal.send(b"s\n\n")
        terminal.wait_for(b"without a word why")
        terminal.send(b"\x03")
        assert terminal.wait_end() == 130
        assert b"can be taken up again" in terminal.output
    with asked(library, "disk-full", "--ticket", "1001", "--json") as terminal:
        terminal.wait_for(b"Step 2 of 3")
        terminal.send(b"b\n")
        terminal.wait_for(b"Step 1 of 3")
        terminal.send(b"f\nno\nn\nlamp is red\nd\nyes\n")
        terminal.wait_for(b"Step 3 of 3")
        terminal.send(b"s\nlater\ny\n")
        assert terminal.wait_end() == 0
    (told,) = library("runbook", "runs", "--json").json
    assert (told["ended"], told["values"]) == ("fixed", {"mount": "/var log"})
    assert [(step["outcome"], step["note"]) for step in told["steps"]] == [
        ("failed", "no"),
        ("done", "yes"),
        ("skipped", "later"),
    ]
    assert told["steps"][1]["notes"] == ["lamp is red"]
    (output,) = told["steps"][0]["outputs"]
    assert (output["command"], output["text"]) == ("echo contoso '/var log'", "contoso /var log\n")


def test_the_end_of_input_and_not_saying_yes(library: Program) -> None:
    with asked(library, "disk-full") as terminal:
        terminal.wait_for(b"Value of client")
        terminal.send(b"us\n/\n!\ny\n")
        terminal.wait_for(b"not run")
        terminal.send(b"\x04")
        assert terminal.wait_end() == 0
    (told,) = library("runbook", "runs", "--json").json
    assert (told["ref"], told["current"], told["steps"][0]["outputs"]) == (None, 1, [])
