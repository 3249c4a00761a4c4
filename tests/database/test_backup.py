"""Copies of the file: taken while it is in use, put back, and read where nothing can be written."""

import os
from pathlib import Path

import pytest

from tests.database.settings import names, save, saved
from tests.support.rights import nobody, shelf
from workbench.database import SCHEMA_VERSION, Database
from workbench.database import file as datafile
from workbench.database.restore import restore
from workbench.errors import Damaged, FileProblem, NewerFile, NoSuchFile, NotAWorkbench, Refused

__all__ = ["shelf"]


@pytest.fixture
def copy(database: Database) -> Path:
    """A backup that holds `test-1`."""
    save(database, "test-1")
    target = database.path.with_name("backup.db")
    database.backup(target)
    return target


def content(path: Path) -> set[str]:
    opened = Database.open(path)
    try:
        return saved(opened)
    finally:
        opened.close()


def test_a_backup_holds_what_is_saved_in_one_file(database: Database, tmp_path: Path) -> None:
    save(database, "test-1")
    database.backup(tmp_path / "backup.db")
    save(database, "test-2")
    assert names(tmp_path) == {"workbench.db", "backup.db"}
    assert content(tmp_path / "backup.db") == {"test-1"}
    assert (tmp_path / "backup.db").stat().st_mode == database.path.stat().st_mode


def test_an_existing_file_is_replaced_only_when_told_to(database: Database, copy: Path) -> None:
    before = copy.read_bytes()
    save(database, "test-2")
    with pytest.raises(Refused, match="--replace"):
        database.backup(copy)
    assert copy.read_bytes() == before
    database.backup(copy, replace=True)
    assert content(copy) == {"test-1", "test-2"}


@pytest.mark.parametrize("name", ["workbench.db", "workbench.db-wal", "workbench.db-lock", "link.db", "twin.db"])
def test_a_backup_never_goes_onto_the_workbench_itself(database: Database, tmp_path: Path, name: str) -> None:
    (tmp_path / "link.db").symlink_to(database.path)
    (tmp_path / "twin.db").hardlink_to(database.path)
    with pytest.raises(Refused, match="itself"):
        database.backup(tmp_path / name, replace=True)
    save(database, "test-1")


def test_a_backup_never_goes_under_the_log_of_a_workbench_in_use(database: Database, copy: Path) -> None:
    other = Database.open(copy)
    save(other, "test-other")
    with pytest.raises(Refused, match="in use"):
        database.backup(copy, replace=True)
    assert saved(other) == {"test-1", "test-other"}
    other.close()


def test_a_backup_needs_a_folder(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        database.backup(tmp_path / "nowhere" / "backup.db")
    with pytest.raises(Refused):
        database.backup(tmp_path)


def test_restoring_keeps_the_replaced_file_and_reaches_open_sessions(database: Database, copy: Path) -> None:
    save(database, "test-2")
    before = database.data_version()
    kept = restore(copy, database.path)
    assert saved(database) == {"test-1"}
    assert database.data_version() != before
    save(database, "test-3")
    assert kept == database.path.with_name("workbench.db.replaced")
    assert content(kept) == {"test-1", "test-2"}
    assert restore(copy, database.path) == database.path.with_name("workbench.db.replaced-2")
    assert saved(database) == {"test-1"}
    assert content(copy) == {"test-1"}


def test_restoring_an_older_backup_brings_it_up_to_date_first(database: Database, tmp_path: Path) -> None:
    datafile.place_new(tmp_path / "old.db")
    restore(tmp_path / "old.db", database.path)
    assert database.value("PRAGMA user_version") == SCHEMA_VERSION
    save(database, "test-1")
    assert names(tmp_path) == {"workbench.db", "workbench.db.replaced", "old.db"}


def test_restoring_where_the_file_is_gone_does_not_mix_in_its_log(database: Database, copy: Path) -> None:
    save(database, "test-2")
    database.path.unlink()
    assert restore(copy, database.path) is None
    assert content(database.path) == {"test-1"}
    assert database.moved()


@pytest.mark.parametrize("left", [0, 5000], ids=["emptied", "cut"])
def test_restoring_over_a_damaged_file(database: Database, copy: Path, left: int) -> None:
    database.close()
    os.truncate(database.path, left)
    kept = restore(copy, database.path)
    assert kept is not None
    assert content(database.path) == {"test-1"}


def test_only_a_sound_backup_is_restored(database: Database, copy: Path, tmp_path: Path) -> None:
    save(database, "test-2")
    (tmp_path / "text.db").write_text("Dear diary")
    newer = bytearray(copy.read_bytes())
    newer[60:64] = (SCHEMA_VERSION + 1).to_bytes(4, "big")
    (tmp_path / "newer.db").write_bytes(newer)
    broken = bytearray(copy.read_bytes())
    broken[8192:] = b"\xa5" * (len(broken) - 8192)
    (tmp_path / "broken.db").write_bytes(broken)
    before = names(tmp_path)
    for name, wrong in {
        "text.db": NotAWorkbench,
        "newer.db": NewerFile,
        "broken.db": Damaged,
        "none.db": NoSuchFile,
        "workbench.db": Refused,
    }.items():
        with pytest.raises(wrong):
            restore(tmp_path / name, database.path)
    assert saved(database) == {"test-1", "test-2"}
    assert names(tmp_path) == before


@pytest.mark.parametrize("sound", [1000, 8192], ids=["cut", "overwritten"])
def test_a_damaged_backup_is_named_and_what_to_take_instead(database: Database, copy: Path, sound: int) -> None:
    content = copy.read_bytes()
    copy.write_bytes(content[:sound] + (b"\xa5" * (len(content) - sound) if sound == 8192 else b""))
    with pytest.raises(Damaged) as raised:
        restore(copy, database.path)
    assert str(raised.value) == f"the backup {copy} is damaged; nothing was changed; take an older one"
    assert saved(database) == {"test-1"}


def test_restoring_never_takes_the_place_of_something_else(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("Chapter 1")
    with pytest.raises(NotAWorkbench):
        restore(copy, tmp_path / "thesis.txt")
    assert (tmp_path / "thesis.txt").read_text() == "Chapter 1"


@pytest.mark.parametrize("ending", ["backup", "workbench"])
def test_a_file_that_cannot_be_written_can_be_read(database: Database, shelf: Path, ending: str) -> None:
    save(database, "test-1")
    path = shelf / "shelved.db"
    database.backup(path)
    if ending == "workbench":
        Database.open(path).close()  # which turns it into WAL mode
        (shelf / "shelved.db-lock").unlink()
    path.chmod(0o444)
    shelf.chmod(0o555)
    with nobody():
        reader = Database.open(path)
        assert saved(reader) == {"test-1"}
        with reader.snapshot():
            assert saved(reader) == {"test-1"}
        assert reader.check() == []
        with pytest.raises(FileProblem, match="cannot be written"):
            save(reader, "test-2")
        with pytest.raises(FileProblem, match="cannot be written"):
            reader.backup(shelf / "copy.db")
        with pytest.raises(FileProblem, match="cannot be written"):
            Database.create(shelf / "new.db")
        reader.close()
    assert [entry.name for entry in shelf.iterdir()] == ["shelved.db"]


def test_who_can_read_only_while_nobody_writes_stops_when_somebody_does(database: Database, shelf: Path) -> None:
    path = shelf / "shared.db"
    database.backup(path)
    Database.open(path).close()
    path.chmod(0o644)
    with nobody():
        reader = Database.open(path)
        assert saved(reader) == set()
    writer = Database.open(path)
    save(writer, "test-1")
    with nobody():
        with pytest.raises(FileProblem, match="start again"):
            saved(reader)
        reader.close()
        reader = Database.open(path)
        assert saved(reader) == {"test-1"}
        reader.close()
    writer.close()


def test_a_file_in_use_by_others_can_be_read_by_who_may_not_write(database: Database, shelf: Path) -> None:
    path = shelf / "shared.db"
    database.backup(path)
    writer = Database.open(path)
    save(writer, "test-1")
    for entry in shelf.iterdir():
        entry.chmod(0o644)
    with nobody():
        reader = Database.open(path)
        assert saved(reader) == {"test-1"}
        with pytest.raises(FileProblem, match="can only be read"):
            save(reader, "test-2")
        reader.close()
    save(writer, "test-3")
    writer.close()


def test_a_file_that_may_not_be_read_says_so(database: Database, shelf: Path) -> None:
    path = shelf / "private.db"
    database.backup(path)
    path.chmod(0)
    with nobody(), pytest.raises(FileProblem, match="cannot be read"):
        Database.open(path)
