"""A workbench with two people, two clients and the text that outside data is made of."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import Program

Write = Callable[..., str]

SETUP = """
name = "Northwind IT"
zone = "Europe/Berlin"

[[person]]
login = "maya"
name = "Maya Chen"

[[person]]
login = "ravi"
name = "Ravi Rao"

[[team]]
slug = "frontline"
name = "First line"
tier = "L1"
people = ["maya", "ravi"]

[[team]]
slug = "second-line"
name = "Second line"
tier = "L2"
people = ["ravi"]

[[client]]
slug = "contoso"
name = "Contoso"

[[client]]
slug = "self"
name = "Ourselves"
"""

HOSTILE = "host [web01] [/b] \x1b]0;title\x07\x1b[2J \x9b31m \u202egnp.exe \ufeff日本語 👩‍🔧"
"""What a subject may hold: markup, sequences that a terminal obeys, directions, wide characters."""


@pytest.fixture
def empty(tmp_path: Path) -> Program:
    """A workbench as `init` and the setup make it."""
    program = Program(tmp_path / "workbench.db")
    program("init")
    program("setup", "apply", "-", stdin=SETUP.encode())
    return program


@pytest.fixture
def workbench(empty: Program) -> Program:
    """The same with three tickets: a new one, one that ravi has, one that waits."""
    new = ("ticket", "new", "--client", "contoso", "--subject")
    empty(*new, HOSTILE, "--body", "first\x1b[31m line\nsecond line", at="2026-11-21T08:00:00Z")
    empty(*new, "Printer jams", "--contact", "Dana Reyes", "--urgency", "blocked", "--impact", "client")
    empty(*new, "Payroll export is empty", "--component", "payroll")
    empty("ticket", "assign", "1002", "ravi")
    empty("ticket", "wait", "1003", "--for", "vendor", "--reason", "carrier ticket 77", "--until", "2026-11-23")
    return empty


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file beside the workbench and gives its path."""

    def written(name: str, content: str, encoding: str = "utf-8") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        return str(path)

    return written
