"""Every command says what it does."""

from collections.abc import Iterator

import click
import pytest

from tests.cli.program import run_inside
from workbench.cli.main import program


def _commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _commands(found, (*path, name))


COMMANDS = list(_commands(program))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help(path: tuple[str, ...], flag: str) -> None:
    answer = run_inside(*path, flag)
    assert (answer.status, answer.err) == (0, "")
    assert answer.lines[0].startswith(f"Usage: {' '.join(('workbench', *path))}")
    sentence = " ".join(answer.out.split("\n\n")[1].split())
    assert sentence.endswith(".")
    assert sentence[0].isupper()
    assert max(map(len, answer.lines)) <= 100


def test_every_option_is_explained() -> None:
    for path in COMMANDS:
        command: click.Command = program
        for name in path:
            assert isinstance(command, click.Group)
            command = command.get_command(click.Context(command), name) or command
        for option in command.params:
            assert isinstance(option, click.Argument) or option.help, (path, option.name)


def test_reading_commands_have_json() -> None:
    for path in COMMANDS:
        if path and not path[-1].startswith(("demo", "tour", "setup", "ticket", "import", "export")):
            told = run_inside(*path, "--help").out
            assert "--json" in told or "COMMAND [ARGS]..." in told, path


def test_a_limit_names_what_it_counts() -> None:
    assert "Show N tickets" in run_inside("queue", "--help").out
    assert "Show N hand-offs" in run_inside("handoff", "list", "--help").out


def test_the_version() -> None:
    assert run_inside("--version").out.startswith("workbench ")


@pytest.mark.parametrize("group", ["ticket", "setup", "import", "export"])
def test_a_group_without_a_command_names_those_there_are(group: str) -> None:
    ended = run_inside(group)
    assert (ended.status, ended.out) == (2, "")
    assert "a command is missing; there are " in ended.err
    assert ended.err.endswith(f"see `workbench {group} --help`\n")
    assert ended.err.count("\n") == 1
