"""A file that was made and never set up, as a full disk leaves it: what is said of it, and that init finishes it."""

from pathlib import Path

import pytest

from tests.cli.program import Program
from workbench.database import Database
from workbench.database import file as datafile


@pytest.fixture(params=["made", "migrated"])
def unfinished(request: pytest.FixtureRequest, tmp_path: Path) -> Program:
    path = tmp_path / "team.db"
    datafile.place_new(path)
    if request.param == "migrated":
        Database.open(path).close()
    return Program(path)


def test_init_finishes_it(unfinished: Program) -> None:
    assert unfinished("init", str(unfinished.file)).out == f"{unfinished.file}\n"
    assert unfinished("ticket", "new", "--subject", "first").out == "#1001\n"
    taken = unfinished("init", str(unfinished.file), status=1).err
    assert f"{unfinished.file} exists already; name another file" in taken
    assert unfinished("ticket", "list", "--json").json[0]["ref"] == 1001


def test_until_then_it_says_what_is_missing(unfinished: Program, tmp_path: Path) -> None:
    missing = "workbench: there is no tier yet; finish the file by `workbench init FILE`\n"
    assert unfinished("ticket", "new", "--subject", "first", status=1).err == missing
    tickets = tmp_path / "tickets.csv"
    tickets.write_text("number,subject\nA1,first\n")
    assert unfinished("import", "tickets", str(tickets), status=1).err == missing
    assert unfinished("ticket", "list", "--json").json == []


def test_its_setup_shown_is_the_setup_read(unfinished: Program) -> None:
    shown = unfinished("setup", "show").out
    assert unfinished("setup", "apply", "-", stdin=shown.encode()).out == "nothing changed\n"


@pytest.mark.parametrize("content", [b"Dear diary", b""], ids=["text", "nothing"])
def test_init_leaves_what_is_something_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "diary.txt"
    path.write_bytes(content)
    assert "exists already; name another file" in Program(path)("init", str(path), status=1).err
    assert path.read_bytes() == content
