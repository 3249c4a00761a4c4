"""Runs the command line inside the test, as `Program()("queues", "--json")`."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from workbench.cli.main import run

NINE = "2026-11-21T09:00:00Z"
"""The moment at which everything happens unless a test says otherwise."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, read as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines it printed."""
        return self.out.splitlines()


@dataclass(frozen=True, slots=True)
class Program:
    """The program on one file; every command must end well unless the test says how it ends."""

    file: Path
    who: str = "maya"

    def __call__(self, *arguments: str, at: str = NINE, status: int = 0, stdin: bytes = b"") -> Answer:
        """Runs a command at an instant and gives what it printed."""
        options = ("--db", str(self.file), "--as", self.who, "--as-of", at)
        answer = run_inside(*options, *arguments, stdin=stdin)
        assert answer.status == status, answer
        if status:
            assert answer.err.startswith("workbench: "), answer
            assert answer.err.count("\n") == 1, answer
        return answer


def run_inside(*arguments: str, stdin: bytes = b"") -> Answer:
    """Runs the command line in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    with redirect_stdout(out), redirect_stderr(err), mock.patch.object(sys, "stdin", given):
        status = run(arguments)
    return Answer(status, _printed(out), _printed(err))


def _printed(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
