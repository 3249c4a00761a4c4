"""What the README says is what the program does."""

import re
import shlex
from pathlib import Path

import click
import pytest
from textual.binding import Binding

from tests.cli.program import run_inside
from tests.readme import PLACES, README, bound_classes, with_tables
from workbench.cli.main import program

TEXT = README.read_text("utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", TEXT, flags=re.DOTALL | re.MULTILINE)
CALLS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("workbench")]


def test_its_tables_are_the_programs() -> None:
    """Keys, filter fields and commands; `python -m tests.readme` writes them anew."""
    assert with_tables(TEXT) == TEXT


def test_its_keys_are_all_there_are() -> None:
    assert {place for _, place in PLACES} == set(bound_classes())
    for place in bound_classes():
        for binding in place.BINDINGS:
            assert isinstance(binding, Binding)
            assert binding.id, binding
            assert binding.tooltip, binding


@pytest.mark.parametrize("call", CALLS)
def test_each_call_in_it_is_understood(call: str) -> None:
    """Commands, options and the number of arguments are right; nothing is run."""
    words = shlex.split(call.split(" > ")[0], comments=True)[1:]
    # With the program's own settings, since a command remembers the help option of the first context that asks.
    context = click.Context(program, **program.context_settings)
    parser = program.make_parser(context)
    _, words, _ = parser.parse_args(words)
    command: click.Command = program
    while isinstance(command, click.Group) and words:
        _, found, words = command.resolve_command(click.Context(command), words)
        assert found is not None
        command = found
    if command is not program:
        assert not isinstance(command, click.Group) or command.invoke_without_command
        command.make_context("call", words, parent=context)


def test_its_daily_tasks_work_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_USER", "maya")
    (tasks,) = (block for block in BLOCKS if "take-next" in block)
    for number, line in enumerate(tasks.splitlines()):
        words = shlex.split(line, comments=True)[1:]
        answer = run_inside("--as-of", f"2026-11-21T09:00:{number:02}Z", *words)
        assert answer.status == 0, (line, answer)


def test_its_setup_file_makes_a_workbench(tmp_path: Path) -> None:
    found = re.search(r"^<!-- setup -->\n```toml\n(.*?)^```$", TEXT, flags=re.DOTALL | re.MULTILINE)
    assert found
    file, database = tmp_path / "team.toml", str(tmp_path / "team.db")
    file.write_text(found[1], "utf-8")
    calls = (("init", database), *[("--db", database, "setup", "apply", str(file))] * 2)
    answers = [run_inside("--as", "maya", *call) for call in calls]
    assert [answer.status for answer in answers] == [0, 0, 0], answers
    assert answers[-1].out == "nothing changed\n"
    opened = run_inside(
        "--db", database, "--as", "ben", "ticket", "new", "--subject", "printer", "--client", "quayside"
    )
    assert opened.status == 0, opened


def test_its_first_keys_are_among_all_keys() -> None:
    first, rest = (
        TEXT.split(f"## {title}", 1)[1].split("\n## ", 1)[0] for title in ("Your first five minutes", "Keys")
    )
    told = {key for row in re.findall(r"^\|(.*?)\|", first, flags=re.MULTILINE) for key in re.findall("`(.+?)`", row)}
    every = {key for row in re.findall(r"^\|(.*?)\|", rest, flags=re.MULTILINE) for key in re.findall("`(.+?)`", row)}
    assert len(told) == 12
    assert told <= every


def test_its_two_commands_set_everything_up() -> None:
    """One line each, with plain pip, and beside them the uv way."""
    shells = [line for block in BLOCKS for line in block.splitlines() if "pip install" in line]
    assert [line.split("&&")[-1].split()[-1] for line in shells] == ["demo", "pytest"]
    assert [line for block in BLOCKS for line in block.splitlines() if line.startswith("uv ")]
