"""The workbench file: made, opened, refused, migrated, noticed to be gone."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database as Utilities

from tests.database.settings import save, saved
from workbench.database import APPLICATION_ID, SCHEMA_VERSION, Database
from workbench.database import file as datafile
from workbench.database.sqlite import library
from workbench.errors import Damaged, Moved, NewerFile, NoSuchFile, NotAWorkbench, Refused
from workbench.migrations import migrations


def listing(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if not entry.name.endswith("-lock")}


def test_the_schema_version_counts_the_migrations() -> None:
    assert len(migrations._migrations) == SCHEMA_VERSION


def test_a_new_file_is_ours_current_and_safe_against_power_cuts(database: Database) -> None:
    assert database.value("PRAGMA application_id") == APPLICATION_ID
    assert database.value("PRAGMA user_version") == SCHEMA_VERSION
    assert database.value("PRAGMA journal_mode") == "wal"
    assert database.value("PRAGMA synchronous") == 2
    assert database.value("PRAGMA foreign_keys") == 1
    assert database.check() == []


def test_opening_a_current_file_loads_neither_sqlite_utils_nor_the_migrations(database: Database) -> None:
    program = (
        "import sys, pathlib; from workbench.database import Database;"
        "Database.open(pathlib.Path(sys.argv[1])).close();"
        "print([name for name in ('sqlite_utils', 'workbench.migrations', 'textual') if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(database.path)], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


def test_sqlite_utils_stands_on_the_same_library() -> None:
    from sqlite_utils import utils

    assert sys.modules[utils.OperationalError.__module__] is library


def test_a_new_file_is_for_the_group_as_far_as_the_umask_allows(tmp_path: Path) -> None:
    for mask, mode in ((0o007, 0o660), (0o022, 0o640), (0o077, 0o600)):
        before = os.umask(mask)
        try:
            path = tmp_path / f"{mask}.db"
            database = Database.create(path)
            save(database, "test-1")
            modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in tmp_path.glob(f"{mask}.db*")}
            database.close()
        finally:
            os.umask(before)
        assert modes == {path.name + ending: mode for ending in ("", "-wal", "-shm", "-lock")}


def test_a_file_that_exists_is_never_created_over(database: Database) -> None:
    with pytest.raises(Refused, match="exists already"):
        Database.create(database.path)


def test_a_new_file_beside_an_orphaned_log_is_refused(tmp_path: Path) -> None:
    (tmp_path / "workbench.db-wal").write_bytes(b"log")
    with pytest.raises(Refused, match="left over"):
        Database.create(tmp_path / "workbench.db")


def test_a_mistyped_path_is_an_error_and_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        Database.open(tmp_path / "wrokbench.db")
    with pytest.raises(NoSuchFile, match="no folder"):
        Database.create(tmp_path / "nowhere" / "workbench.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a?b.db", "a#b.db", "a%20b.db", "a b.db", "käse.db", "a?mode=memory"])
def test_any_file_name_means_that_file(tmp_path: Path, name: str) -> None:
    Database.create(tmp_path / name).close()
    assert {entry.name for entry in tmp_path.iterdir()} == {name, name + "-lock"}


def test_a_link_and_its_file_share_one_lock(tmp_path: Path, database: Database) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(database.path)
    through = Database.open(link)
    save(through, "test-1")
    through.close()
    assert saved(database) == {"test-1"}
    assert not (tmp_path / "link.db-lock").exists()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"Dear diary" * 500], ids=["empty", "stub", "text"])
def test_a_file_of_something_else_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "diary.db"
    path.write_bytes(content)
    with pytest.raises(NotAWorkbench):
        Database.open(path)
    assert listing(path) == {"diary.db": content}


def test_the_database_of_another_application_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode = WAL; CREATE TABLE t (x)")
    connection.close()
    before = listing(path)
    with pytest.raises(NotAWorkbench):
        Database.open(path)
    assert listing(path) == before


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(NotAWorkbench, match="not a file"):
            Database.open(path)


def test_a_newer_file_is_refused_untouched(database: Database) -> None:
    database.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    database.close()
    before = listing(database.path)
    with pytest.raises(NewerFile):
        Database.open(database.path)
    assert listing(database.path) == before


def test_a_file_migrated_by_a_later_program_takes_no_more_writes(database: Database) -> None:
    later = Database.open(database.path)
    later.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    later.close()
    with pytest.raises(NewerFile):
        save(database, "test-1")
    assert saved(database) == set()


def test_an_older_file_is_migrated_with_a_copy_kept_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "workbench.db"
    datafile.place_new(path)
    older = Database(path)
    older.connection.execute("PRAGMA user_version = 1")
    older.connection.execute("CREATE TABLE note (text TEXT)")
    older.connection.execute("INSERT INTO note VALUES ('kept')")
    older.close()
    database = Database.open(path)
    assert database.value("PRAGMA user_version") == SCHEMA_VERSION
    assert database.value("PRAGMA foreign_keys") == 1
    assert database.value("SELECT text FROM note") == "kept"
    database.close()
    copy = library.connect(tmp_path / f"workbench.db.before-{SCHEMA_VERSION}")
    assert copy.execute("SELECT text, (SELECT count(*) FROM sqlite_master) FROM note").fetchone() == ("kept", 1)
    copy.close()


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_file_of_any_older_version_comes_to_the_same_schema(tmp_path: Path, version: int) -> None:
    path = tmp_path / "workbench.db"
    datafile.place_new(path)
    older = Database(path)
    first_left_out = migrations._migrations[version].name
    migrations.apply(Utilities(older.connection, execute_plugins=False), stop_before=first_left_out)
    older.connection.execute(f"PRAGMA user_version = {version}")
    older.close()
    schemas = []
    for database in (Database.open(path), Database.create(tmp_path / "new.db")):
        schemas.append(database.rows("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"))
        database.close()
    assert schemas[0] == schemas[1]
    assert (tmp_path / f"workbench.db.before-{SCHEMA_VERSION}").exists()


def test_queues_that_everybody_had_become_each_persons_own(tmp_path: Path) -> None:
    path = tmp_path / "workbench.db"
    datafile.place_new(path)
    older = Database(path)
    migrations.apply(Utilities(older.connection, execute_plugins=False), stop_before="m012_own_queues")
    older.connection.executescript(
        """
        PRAGMA user_version = 11;
        INSERT INTO person (login, name, position, retired)
        VALUES ('maya', 'Maya', 1, 0), ('sam', 'Sam', 2, 0), ('gone', 'Gone', 3, 1);
        INSERT INTO saved_queue (name, filter, position) VALUES ('Hot', 'is:late', 2), ('VIP', 'client:acme', 1);
        """
    )
    older.close()
    database = Database.open(path)
    rows = database.rows("SELECT person, name, filter FROM saved_queue ORDER BY person, position")
    database.close()
    hot, vip = ("Hot", "is:late"), ("VIP", "client:acme")
    assert rows == [("maya", *vip), ("maya", *hot), ("sam", *vip), ("sam", *hot)]


def test_a_failing_migration_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "workbench.db"
    datafile.place_new(path)
    older = Database(path)
    older.connection.execute("CREATE TABLE team (slug TEXT)")
    older.close()
    before = path.read_bytes()
    with pytest.raises(library.OperationalError, match="team"):
        Database.open(path)
    older = Database(path)
    assert older.rows("SELECT name FROM sqlite_master") == [("team",)]
    assert older.value("PRAGMA user_version") == 0
    older.close()
    assert len(path.read_bytes()) == len(before)


def test_the_log_is_brought_into_the_file_and_stays_small(database: Database) -> None:
    log = datafile.beside(database.path, "-wal")
    for step in range(60):
        save(database, f"test-{step}", value="x" * 1_000_000)
    assert log.stat().st_size < 40_000_000
    database.close()
    assert not log.exists()


@pytest.mark.parametrize("replacement", [None, b"something else"])
def test_a_file_replaced_or_removed_takes_no_more_writes(database: Database, replacement: bytes | None) -> None:
    aside = database.path.with_name("aside.db")
    database.path.rename(aside)
    if replacement is not None:
        database.path.write_bytes(replacement)
    assert database.moved()
    before = aside.read_bytes()
    with pytest.raises(Moved), database.transaction():
        pytest.fail("the block must not begin")
    database.close()
    assert aside.read_bytes() == before
    assert (database.path.read_bytes() if database.path.exists() else None) == replacement


def test_damage_is_told_as_such(database: Database) -> None:
    with database.transaction():
        database.execute("CREATE TABLE big (x TEXT)")
        database.execute_many("INSERT INTO big VALUES (?)", [("x" * 3000,) for _ in range(50)])
    database.close()
    content = bytearray(database.path.read_bytes())
    content[-100 * 1024 :] = b"\xa5" * (100 * 1024)
    database.path.write_bytes(content)
    damaged = Database.open(database.path)
    with pytest.raises(Damaged, match="restore"):
        damaged.rows("SELECT x FROM big")
    assert damaged.check()
    damaged.close()


def test_a_lost_reference_is_found(database: Database) -> None:
    with database.transaction():
        database.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        database.execute("CREATE TABLE child (p INTEGER REFERENCES parent)")
    database.connection.execute("PRAGMA foreign_keys = OFF")
    with database.transaction():
        database.execute("INSERT INTO child VALUES (7)")
    assert database.check() == ["child (row 1) refers to a parent that is not there"]
