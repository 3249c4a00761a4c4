"""The program as a process: how it ends, what it leaves unloaded, and that nothing outside makes it stumble."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE
from tests.cli.program import NINE, Program, run_inside
from tests.support.terminal import Terminal

ROOT = Path(__file__).parents[2]
WORKBENCH = (sys.executable, "-m", "workbench")


def _run(
    *arguments: str | bytes, env: Mapping[str, str] | None = None, stdin: bytes = b"", seconds: float = 30
) -> subprocess.CompletedProcess[bytes]:
    surroundings = {**os.environ, **(env or {})}
    return subprocess.run(
        [*WORKBENCH, *arguments], input=stdin, capture_output=True, cwd=ROOT, env=surroundings, timeout=seconds
    )


def _complaint(ended: subprocess.CompletedProcess[bytes]) -> str:
    """The one line on stderr of a command that failed."""
    said = ended.stderr.decode()
    assert said.startswith("workbench: ")
    assert said.count("\n") == 1
    return said


def test_exit_statuses(workbench: Program) -> None:
    file = str(workbench.file)
    assert _run("--db", file, "queues").returncode == 0
    impossible = _run("--db", file, "queue", "L9")
    assert impossible.returncode == 1
    assert "no queue named 'L9'; " in _complaint(impossible)
    wrong = _run("--db", file, "queue")
    assert wrong.returncode == 2
    assert "see `workbench queue --help`" in _complaint(wrong)
    assert impossible.stdout + wrong.stdout == b""


def test_any_file_but_the_default_must_be_there(tmp_path: Path) -> None:
    for arguments in (("queues",), ("ticket", "new", "--subject", "x"), ("check",)):
        missing = _run("--db", str(tmp_path / "typo.db"), *arguments)
        assert missing.returncode == 1
        assert "there is no file" in _complaint(missing)
        assert _run(*arguments, env={"WORKBENCH_DB": str(tmp_path / "typo.db")}).returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_the_default_file_is_made_on_first_use(tmp_path: Path) -> None:
    env = {"XDG_DATA_HOME": str(tmp_path), "WORKBENCH_USER": "dana"}
    assert _run("ticket", "new", "--subject", "first", env=env).stdout == b"#1001\n"
    assert (tmp_path / "workbench" / "workbench.db").exists()
    assert json.loads(_run("take-next", "--json", env=env).stdout)["assignee"] == "dana"
    taken = _run("init", env=env)
    assert taken.returncode == 1
    assert "exists already" in _complaint(taken)


def test_many_first_uses_at_once_make_one_workbench(tmp_path: Path) -> None:
    env = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "WORKBENCH_USER": "dana"}
    new = [*WORKBENCH, "ticket", "new", "--subject", "x"]
    started = [
        subprocess.Popen(new, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=env) for _ in range(4)
    ]
    printed = [process.communicate(timeout=60) for process in started]
    assert sorted(out for out, _ in printed) == [b"#1001\n", b"#1002\n", b"#1003\n", b"#1004\n"], printed


def test_init_makes_the_file_that_it_names(tmp_path: Path) -> None:
    file = tmp_path / "team.db"
    env = {"WORKBENCH_USER": "dana"}
    assert _run("init", str(file), "--name", "Northwind", env=env).stdout.decode() == f"{file}\n"
    assert b'name = "Northwind"' in _run("--db", str(file), "setup", "show", env=env).stdout
    assert json.loads(_run("--db", str(tmp_path / "two.db"), "init", "--json", env=env).stdout) == {
        "file": str(tmp_path / "two.db")
    }
    assert _run("init", str(file), env=env).returncode == 1
    assert _run("init", str(tmp_path / "no" / "folder.db"), env=env).returncode == 1


def test_init_by_somebody_without_a_name_leaves_no_file(tmp_path: Path) -> None:
    refused = _run("init", str(tmp_path / "team.db"), env={"WORKBENCH_USER": "nobody"})
    assert refused.returncode == 1
    assert "'nobody' is no login; say who you are" in _complaint(refused)
    assert list(tmp_path.iterdir()) == []


def test_the_demo_is_a_private_copy(tmp_path: Path) -> None:
    copies = [
        Path(_run("demo", "--path", env={"XDG_CACHE_HOME": str(tmp_path)}).stdout.decode().removesuffix("\n"))
        for _ in range(2)
    ]
    assert copies[0] != copies[1]
    assert len(json.loads(_run("--db", str(copies[0]), "--as", "maya", "queue", "L1", "--json").stdout)) > 10


def test_a_closed_pipe_is_no_error(workbench: Program) -> None:
    for number in range(200):
        workbench("ticket", "new", "--subject", f"{number} {'x' * 400}")
    for command in (["ticket", "list", "--json"], ["queue", "L1", "--json"], ["queues"]):
        process = subprocess.Popen(
            [*WORKBENCH, "--db", str(workbench.file), *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait(30) == 0


def test_a_full_disk_is_told(workbench: Program) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*WORKBENCH, "--db", str(workbench.file), "queues"], stdout=full, stderr=subprocess.PIPE, cwd=ROOT
        )
    assert ended.returncode == 1
    assert ended.stderr.startswith(b"workbench: No space left on device; ")
    assert ended.stderr.count(b"\n") == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_closed_streams(workbench: Program, closed: str) -> None:
    program = f'exec "$0" -m workbench --db "$1" queues {closed}'
    ended = subprocess.run(["sh", "-c", program, sys.executable, str(workbench.file)], capture_output=True, cwd=ROOT)
    assert ended.returncode == 0
    assert ended.stderr == b""


@pytest.mark.parametrize(
    "command",
    [
        ("setup", "apply", "-"),
        ("escalate", "1001", "--form", "-"),
        ("swarm", "start", "1001", "--form", "-"),
        ("handoff", "complete", "1", "--form", "-"),
        ("ticket", "comment", "1001", "-"),
    ],
    ids=" ".join,
)
def test_who_closes_stdin_and_reads_from_it_is_told(workbench: Program, command: tuple[str, ...]) -> None:
    program = 'file=$1; shift; exec "$0" -m workbench --db "$file" --as maya "$@" <&-'
    called = ["sh", "-c", program, sys.executable, str(workbench.file), *command]
    ended = subprocess.run(called, capture_output=True, cwd=ROOT)
    assert ended.returncode == 1
    assert "stdin is closed" in _complaint(ended)


def test_without_a_terminal_it_names_the_commands_at_once(workbench: Program) -> None:
    for arguments in ((), ("demo",)):
        ended = _run("--db", str(workbench.file), *arguments, seconds=10)
        assert ended.returncode == 2
        assert ended.stdout == b""
        said = _complaint(ended)
        assert "queues, queue, why" in said
    with Terminal([*WORKBENCH, "--db", str(workbench.file)], {"TERM": "dumb"}) as terminal:
        assert terminal.process.wait(10) == 2


def test_on_a_terminal_the_screens_open(workbench: Program) -> None:
    with Terminal([*WORKBENCH, "--db", str(workbench.file), "--as", "maya", "--as-of", NINE], {}) as terminal:
        terminal.wait_for(b"Printer jams")
        terminal.send(b"q")
        assert terminal.wait_end() == 0
        assert terminal.modes_left_on() == set()


def test_ctrl_c_ends_with_130(workbench: Program) -> None:
    with subprocess.Popen(
        [*WORKBENCH, "--db", str(workbench.file), "ticket", "note", "1001", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"x" * 200_000)  # more than a pipe holds, so that it is read from now on
        for _ in range(60):
            process.send_signal(signal.SIGINT)
            with suppress(
                subprocess.TimeoutExpired
            ):  # it came just before the read began, which then knows nothing of it
                process.wait(0.5)
                break
        process.kill()
        assert process.wait() == 130
        assert process.stderr.read() == b""


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_any_locale_prints_utf8(workbench: Program, locale: dict[str, str]) -> None:
    options = ("--db", str(workbench.file), "--as", "maya", "--as-of", NINE)
    assert _run(*options, "queue", "--help", env=locale).returncode == 0
    new = _run(*options, "ticket", "new", "--subject", "Müller 日本", env=locale)
    assert new.returncode == 0, new
    for command in (
        ["queue", "L1"],
        ["ticket", "show", "1004"],
        ["ticket", "list", "Müller"],
        ["queue", "L1", "--json"],
    ):
        assert "Müller 日本" in _run(*options, *command, env=locale).stdout.decode()


NOT_UTF8 = b"\xff\xfe\x9b[2J"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as", NOT_UTF8, "queue", "Mine", "--json"),
        ("--as", NOT_UTF8, "ticket", "take", "1001"),
        ("--as-of", NOT_UTF8, "queues"),
        ("--as-of", b"0001-01-01T00:00:00Z", "queues"),
        ("--as-of", b"9999-12-31T23:59:59Z", "queues"),
        ("--as-of", b"1970-01-01T00:00:00Z", "queues"),
        ("--as-of", b"8999-12-31T23:59:59Z", "queue", "L1"),
        ("queue", NOT_UTF8),
        ("queue", "save", NOT_UTF8, NOT_UTF8),
        ("queue", "L1", "--limit", b"9" * 400),
        ("queue", "L1", "--limit", b"-1"),
        ("why", NOT_UTF8),
        ("why", b"9" * 4000),
        ("ticket", "show", "#"),
        ("ticket", "list", NOT_UTF8),
        ("ticket", "list", b'"open'),
        ("ticket", "list", b"number:" + b"9" * 300),
        ("ticket", "list", b"age:>" + b"9" * 300 + b"d"),
        ("ticket", "list", b"opened:>0001-01-01"),
        ("ticket", "new", "--subject", NOT_UTF8, "--contact", NOT_UTF8, "--component", NOT_UTF8),
        ("ticket", "new", "--subject", HOSTILE.encode(), "--client", NOT_UTF8),
        ("ticket", "assign", "1001", NOT_UTF8),
        ("ticket", "comment", "1001", NOT_UTF8),
        ("ticket", "move", "1001", NOT_UTF8, "--reason", NOT_UTF8),
        ("ticket", NOT_UTF8),
        (NOT_UTF8,),
        ("setup", "apply", NOT_UTF8),
        ("restore", NOT_UTF8),
        ("backup", b"/" + NOT_UTF8 + b"/x"),
        ("--db", NOT_UTF8, "queues"),
        ("--db", b"a" * 5000, "queues"),
        ("--db", b"/dev/null", "queues"),
        ("--db", b"/", "queues"),
    ],
)
def test_no_argument_is_too_much(workbench: Program, arguments: tuple[str | bytes, ...]) -> None:
    answer = run_inside("--db", str(workbench.file), "--as", "maya", *map(os.fsdecode, arguments))
    assert answer.status in (0, 1, 2)
    assert answer.err.count("\n") == (1 if answer.status else 0)
    assert all(character.isprintable() for character in answer.err.replace("\n", ""))


LOADED = """
import contextlib, io, sys
from workbench.cli.main import run
with contextlib.redirect_stdout(io.StringIO()):
    status = run(sys.argv[2:])
loaded = [name for name in sys.argv[1].split(",") if name in sys.modules]
sys.exit(f"ended with {status}" if status else f"loaded {loaded}" if loaded else 0)
"""
HEAVY = "textual,rich,pandas"


@pytest.mark.parametrize(
    ("unloaded", "command"),
    [
        (f"{HEAVY},sqlite_utils,rapidfuzz,platformdirs", command)
        for command in (
            "queues", "queue L1", "queue L1 --json --limit 20", "why 1001", "ticket list", "ticket show 1001",
            "ticket list printer --json", "setup show", "check", "ticket take 1001", "take-next",
            "ticket new --subject x",
        )
    ]
    + [(HEAVY, command) for command in ("--help", "init FOLDER/new.db", "export tickets FOLDER/out.csv")],
)  # fmt: skip
def test_commands_leave_the_screens_unloaded(workbench: Program, unloaded: str, command: str, tmp_path: Path) -> None:
    arguments = command.replace("FOLDER", str(tmp_path)).split()
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            LOADED,
            unloaded,
            "--db",
            str(workbench.file),
            "--as",
            "maya",
            "--as-of",
            NINE,
            *arguments,
        ],
        capture_output=True,
        cwd=ROOT,
    )
    assert ended.returncode == 0, ended.stderr


def test_the_desk_leaves_the_screens_unloaded() -> None:
    program = "import sys, workbench.desk; sys.exit('textual' in sys.modules or 'sqlite_utils' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0
