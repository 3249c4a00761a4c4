"""The setup in and out, and what is done to the file as a whole."""

from pathlib import Path

from tests.cli.conftest import SETUP
from tests.cli.program import Program
from workbench.database import Database


def test_applying_the_setup_twice_changes_nothing(empty: Program, tmp_path: Path) -> None:
    file = tmp_path / "team.toml"
    file.write_text(SETUP.replace("Ravi Rao", "Ravi R."), "utf-8")
    assert "ravi" in empty("setup", "apply", str(file)).out
    assert empty("setup", "apply", str(file)).out == "nothing changed\n"
    assert empty("setup", "apply", str(file), "--json").json == {"changes": []}


def test_the_setup_shown_is_the_setup_read(empty: Program) -> None:
    shown = empty("setup", "show").out
    assert empty("setup", "apply", "-", stdin=shown.encode()).out == "nothing changed\n"
    assert empty("setup", "show", "--json").json["zone"] == "Europe/Berlin"


def test_a_setup_that_cannot_be_read_changes_nothing(empty: Program, tmp_path: Path) -> None:
    before = empty("setup", "show").out
    file = tmp_path / "team.toml"
    assert "cannot be read" in empty("setup", "apply", str(file), status=1).err
    assert "cannot be read" in empty("setup", "apply", str(tmp_path), status=1).err
    file.write_bytes(b"name = '\xff'")
    assert "is not UTF-8 text (at byte 8)" in empty("setup", "apply", str(file), status=1).err
    file.write_text('[[team]]\nslug = "x"\ntier = "L9"\n')
    assert "L9" in empty("setup", "apply", str(file), status=1).err
    assert empty("setup", "show").out == before


def test_new_targets_move_the_clocks(workbench: Program) -> None:
    assert workbench("ticket", "show", "1001", "--json").json["stage"] == "late"
    workbench(
        "setup",
        "apply",
        "-",
        stdin=b'[[tier]]\nname = "L1"\nrespond = "5h"\n[[tier]]\nname = "L2"\n[[tier]]\nname = "L3"\n',
    )
    assert workbench("queue", "Late", "--json").json == []
    assert workbench("check", "--json").json == {"ok": True, "faults": []}


def test_a_team_of_another_tier_leaves_its_open_tickets_behind(workbench: Program) -> None:
    workbench("ticket", "resolve", "1001")
    raised = SETUP.replace('tier = "L1"', 'tier = "L2"').encode()
    answer = workbench("setup", "apply", "-", "--json", stdin=raised)
    assert answer.err == (
        "2 open tickets of frontline stay at L1, in its queue and by its targets: resolve them there, or hand them to"
        " another team (`workbench ticket list is:unresolved team:frontline tier:L1`)\n"
    )
    assert answer.json == {"changes": ['team "frontline": changed tier']}
    listed = workbench("ticket", "list", "is:unresolved", "team:frontline", "tier:L1", "--json").json
    assert [ticket["ref"] for ticket in listed] == [1002, 1003]
    assert workbench("setup", "apply", "-", stdin=raised).err == ""
    workbench("ticket", "resolve", "1002")
    workbench("setup", "apply", "-", stdin=SETUP.encode())
    again = workbench("setup", "apply", "-", stdin=raised).err
    assert again.startswith("1 open ticket of frontline stays at L1, in its queue and by its targets: resolve it there")


def test_a_backup_is_put_back(workbench: Program, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert workbench("backup", str(copy)).out == f"{copy}\n"
    assert "exists already" in workbench("backup", str(copy), status=1).err
    assert workbench("backup", str(copy), "--replace", "--json").json == {"file": str(copy)}
    workbench("ticket", "new", "--subject", "after")
    answer = workbench("restore", str(copy))
    assert answer.out == f"{workbench.file}\n"
    assert "is kept in" in answer.err
    assert len(workbench("ticket", "list", "--json").json) == 3
    assert len(Program(copy)("queue", "L1", "--json").json) == 3
    told = workbench("restore", str(tmp_path / "nothing"), status=1).err
    assert "there is no file" in told
    assert "name a backup" in told
    (tmp_path / "diary.txt").write_text("Dear diary, this is no workbench and no backup of one. " * 4)
    told = workbench("restore", str(tmp_path / "diary.txt"), status=1).err
    assert "is not a workbench file; name a backup" in told
    assert "--db" not in told


def test_a_sound_file(workbench: Program) -> None:
    answer = workbench("check")
    assert answer.out == f"{workbench.file} is sound\n"
    assert answer.err == ""


def test_a_file_with_a_fault(workbench: Program) -> None:
    database = Database.open(workbench.file)
    with database.transaction():
        database.execute("UPDATE ticket SET hops = 5 WHERE id = 1002")
    database.close()
    answer = workbench("check", status=1)
    assert answer.lines == ["the row of #1002 is not what its events make of it (hops)"]
    assert "has 1 fault" in answer.err
    assert workbench("check", "--json", status=1).json["ok"] is False
