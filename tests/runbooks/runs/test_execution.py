"""Running a command: its output as it comes, its end whatever it does, and nothing left behind."""

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.offices import Office
from workbench.errors import Refused
from workbench.runbooks.runs.execution import MOST_OUTPUT, PASSED_ON, Execution, Result
from workbench.runbooks.runs.model import Did
from workbench.runbooks.runs.service import RunService

PATIENCE = 30
"""Seconds that a command of these tests is given, on a busy machine."""


def run(command: str, limit: int = PATIENCE) -> Result:
    return Execution(command, limit).run()


def ends(pid: int) -> bool:
    """Whether the process has ended, or does so within the time that it is given."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], PATIENCE)[0])
    finally:
        os.close(process)


@pytest.mark.parametrize(
    ("command", "text", "ended"),
    [
        ("echo hello", "hello\n", "exited 0"),
        ("echo bad >&2; exit 3", "bad\n", "exited 3"),
        ("cat; echo end", "end\n", "exited 0"),
        ("kill -9 $$", "", "ended by SIGKILL"),
        ("printf 'a\\000b\\033[2J\\377'", "a\x00b\x1b[2J\ufffd", "exited 0"),
        ("exec >&- 2>&-; exit 4", "", "exited 4"),
        ("no-such-command-at-all 2>/dev/null", "", "exited 127"),
    ],
)
def test_how_it_went(command: str, text: str, ended: str) -> None:
    assert run(command) == (command, text, 0, ended)


def test_it_reads_nothing_of_ours() -> None:
    code = "from workbench.runbooks.runs.execution import Execution; print(Execution('cat', 20).run())"
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"ours", capture_output=True, check=True, timeout=PATIENCE
    )
    assert b"text=''" in done.stdout


def test_output_comes_as_it_is_printed(tmp_path: Path) -> None:
    """The command waits for a file that is only made once its first words have arrived."""
    go = tmp_path / "go"
    told: list[str] = []

    def hear(text: str) -> None:
        told.append(text)
        go.touch()

    command = f"echo first; while [ ! -e {go} ]; do sleep 0.02; done; printf 'h\\303'; printf '\\251'"
    assert Execution(command, PATIENCE).run(hear).text == "first\nh\u00e9"
    assert told[0] == "first\n"
    assert "".join(told) == "first\nh\u00e9"


def test_long_output_is_cut_and_counted() -> None:
    done = run(f"head -c {MOST_OUTPUT + 1000} /dev/zero | tr '\\000' x")
    assert (len(done.text), done.cut, done.ended) == (MOST_OUTPUT, 1000, "exited 0")


@pytest.mark.parametrize(
    "command", ["sleep 300", "yes", "trap '' TERM; while :; do sleep 0.1; done", "exec >&-; sleep 300"]
)
def test_the_time_limit(command: str) -> None:
    assert run(command, 1).ended == "stopped after 1 s"


@pytest.fixture
def pids(tmp_path: Path) -> Iterator[Path]:
    """Where a command writes the numbers of what it starts."""
    path = tmp_path / "pids"
    yield path
    for pid in path.read_text().split() if path.exists() else ():
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)


@pytest.mark.parametrize("then", ["wait", "sleep 300", "trap '' TERM; echo ready; sleep 300"])
def test_stop_ends_everything_that_it_started(pids: Path, then: str) -> None:
    execution = Execution(f"sleep 300 & echo $! $$ > {pids}; echo started; {then}", PATIENCE)
    done = execution.run(lambda _: execution.stop())
    assert done.ended == "stopped"
    assert all(ends(int(pid)) for pid in pids.read_text().split())


@pytest.mark.parametrize("then", ["", "; echo after"])
def test_what_is_stopped_may_clean_up_and_its_last_words_are_kept(then: str) -> None:
    """Behind `; echo after` the shell itself ends at once, and only its child takes its time."""
    cleaning = "(trap 'sleep 0.3; echo cleaned; exit' TERM; echo up; while :; do sleep 0.05; done)"
    execution = Execution(f"{cleaning}{then}", PATIENCE)
    done = execution.run(lambda _: execution.stop())
    assert done.ended == "stopped"
    assert done.text.endswith("cleaned\n")


def test_what_it_leaves_running_does_not_hold_it_up(pids: Path) -> None:
    done = run(f"sleep 300 & echo $! > {pids}; echo done")
    assert (done.text, done.ended) == ("done\n", "exited 0")
    assert ends(int(pids.read_text()))


def test_stopping_before_the_start_and_twice() -> None:
    execution = Execution("sleep 300", PATIENCE)
    execution.stop()
    execution.stop()
    assert execution.run().ended == "stopped"


def test_it_sees_little_of_the_surroundings() -> None:
    surroundings = {name: "/bin:/usr/bin" for name in PASSED_ON} | {"API_TOKEN": "secret", "BASH_ENV": "/tmp/x"}
    seen = Execution("env", PATIENCE, surroundings).run().text
    names = {line.partition("=")[0] for line in seen.splitlines()}
    assert names <= {*PASSED_ON, "TERM", "PWD", "SHLVL", "OLDPWD", "_"}
    assert "secret" not in seen


def test_it_runs_in_a_thread(tmp_path: Path) -> None:
    found: list[Result] = []
    thread = threading.Thread(target=lambda: found.append(run("echo from a thread")))
    thread.start()
    thread.join(PATIENCE)
    assert found[0].text == "from a thread\n"


def test_what_was_printed_is_kept_with_its_step(office: Office, runs: RunService, others: RunService) -> None:
    office.desk().runbooks.create("say", "# Say\n\n1. Say\n\n   ```sh\n   echo {{client}} {{word}}\n   ```\n2. Done\n")
    begun = runs.give(runs.begin("say", office.open("x").ref), "word", "two  words")
    execution = runs.execution(begun, 1)
    assert execution.command == "echo contoso 'two  words'"
    done = runs.keep(begun, 1, execution.run())
    (output,) = done.outputs
    assert (output.step, output.who, output.text, output.ended) == (1, "maya", "contoso two  words\n", "exited 0")
    assert others.get(done.number) == done
    assert runs.steps_of(done.ticket or 0) == []
    runs.step(done, Did.DONE)
    assert runs.steps_of(done.ticket or 0)[0].outputs == (output,)


def test_nothing_runs_where_it_must_not(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.begin("vpn", ticket)
    for step, words in ((1, "still asks for serial"), (2, "has no command")):
        with pytest.raises(Refused, match=words):
            runs.execution(run, step)
    run = runs.give(runs.give(run, "serial", "1"), "host", "-oProxyCommand=id")
    with pytest.raises(Refused, match="begins with a dash"):
        runs.execution(run, 1)
    run = runs.give(run, "host", "web01")
    assert runs.execution(run, 1).time_limit == 60
    desk = office.desk()
    desk.organisation.apply('[settings]\nrun_commands = false\ncommand_time_limit = "5s"', "setup.toml")
    with pytest.raises(Refused, match="run_commands"):
        runs.execution(run, 1)
    desk.organisation.apply("[settings]\nrun_commands = true", "setup.toml")
    assert runs.execution(run, 1).time_limit == 5


def test_where_commands_are_simulated_none_is_run(office: Office, runs: RunService, ticket: int) -> None:
    desk = office.desk()
    desk.organisation.apply("[settings]\nrun_commands = false", "setup.toml")
    simulating = RunService(
        desk.database,
        desk.organisation,
        desk.tickets,
        desk.runbooks,
        desk.clock,
        "maya",
        simulate=lambda run, step: f"{run.runbook} {step} \x1b[2J" + "ä" * MOST_OUTPUT,
    )
    run = simulating.give(simulating.begin("vpn", ticket), "serial", "1")
    with pytest.raises(Refused, match="has no command"):
        simulating.execution(run, 2)
    told: list[str] = []
    result = simulating.execution(run, 1).run(told.append)
    assert result.text == "".join(told)
    assert result.text.startswith("vpn 1 \x1b[2Jää")
    assert result.cut == len("vpn 1 \x1b[2J") + MOST_OUTPUT
    (output,) = simulating.keep(run, 1, result).outputs
    assert (output.text, output.succeeded) == (result.text, True)
    assert not output._replace(ended="exited 3").succeeded
