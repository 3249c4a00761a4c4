"""Several sessions on one file: nobody fails, nothing is lost, and who has to wait is told so."""

import signal
from contextlib import closing
from pathlib import Path

import pytest

from tests.database.settings import save, saved
from tests.support.sessions import finish, sessions, tell, wait_for
from workbench.database import Database, sqlite
from workbench.database import file as datafile
from workbench.errors import Busy, FileProblem, Moved

_COUNT = """
with Database.open(path).transaction(): pass
print("ready", flush=True)
sys.stdin.readline()
database = Database.open(path)
for _ in range(20):
    with database.transaction():
        value = database.value("SELECT value FROM setting WHERE key = 'test-count'")
        database.execute("UPDATE setting SET value = ? WHERE key = 'test-count'", (value + 1,))
database.close()
"""

_START = """
print("ready", flush=True)
sys.stdin.readline()
database = Database.open_or_create(path)
with database.transaction():
    database.execute("INSERT INTO setting VALUES ('test-' || hex(randomblob(8)), 1)")
database.close()
"""

_WRITE = """
from workbench.database import log
log.STEP = 8_000
database = Database.open(path)
for number in range(1_000_000):
    with database.transaction():
        database.execute("INSERT INTO setting VALUES (?, 1)", (f"{sys.stdin.readline().strip()}-{number}",))
    print(number, flush=True)
"""

_HOLD = """
database = Database.open(path)
with database.transaction():
    database.execute("INSERT INTO setting VALUES ('test-held', 1)")
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_twelve_sessions_that_count_together_lose_nothing(database: Database) -> None:
    save(database, "test-count", value=0)
    with sessions(_COUNT, database.path, 12) as processes:
        for process in processes:
            wait_for(process, "ready")
        for process in processes:
            tell(process, "go")
        for process in processes:
            finish(process)
    assert database.value("SELECT value FROM setting WHERE key = 'test-count'") == 240
    assert database.check() == []


def test_four_sessions_that_start_on_a_new_file_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "workbench.db"
    with sessions(_START, path, 4) as processes:
        for process in processes:
            wait_for(process, "ready")
        for process in processes:
            tell(process, "go")
        for process in processes:
            finish(process)
    database = Database.open(path)
    assert len(saved(database)) == 4
    database.close()
    assert {entry.name for entry in tmp_path.iterdir()} == {"workbench.db", "workbench.db-lock"}


@pytest.mark.parametrize("commits", [1, 4, 9])
def test_a_killed_session_leaves_what_it_was_told_is_saved(database: Database, commits: int) -> None:
    with sessions(_WRITE, database.path, 1) as [process]:
        for number in range(commits):
            tell(process, "test")
            wait_for(process, str(number))
        tell(process, "test")  # the one that the kill may or may not overtake
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert saved(database) >= {f"test-{number}" for number in range(commits)}
    assert database.check() == []
    save(database, "test-after")


def test_a_session_killed_inside_a_transaction_leaves_neither_change_nor_lock(database: Database) -> None:
    with sessions(_HOLD, database.path, 1) as [process]:
        wait_for(process, "held")
        process.send_signal(signal.SIGKILL)
        process.wait()
        save(database, "test-1")
    assert saved(database) == {"test-1"}


def test_who_cannot_write_in_time_is_told_and_reads_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datafile, "BUSY_SECONDS", 0.05)
    with sessions(_HOLD, database.path, 1) as [process]:
        wait_for(process, "held")
        with pytest.raises(Busy, match="another session is writing; nothing was saved"):
            save(database, "test-1")
        assert saved(database) == set()
        Database.open(database.path).close()
        tell(process, "go on")
        finish(process)
    save(database, "test-2")
    assert saved(database) == {"test-held", "test-2"}


def test_a_program_that_ignores_our_lock_still_does_not_mix_in(database: Database) -> None:
    stranger = sqlite.connect(database.path)
    stranger.execute("BEGIN IMMEDIATE")
    database.connection.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(Busy):
        save(database, "test-1")
    stranger.execute("COMMIT")
    stranger.close()
    save(database, "test-2")
    assert saved(database) == {"test-2"}


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 53, 4), True),
        ((3, 51, 3), True),
        ((3, 51, 2), False),
        ((3, 50, 7), True),
        ((3, 50, 6), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 40, 1), False),
    ],
)
def test_which_sqlite_is_safe_with_a_write_ahead_log(version: tuple[int, ...], safe: bool) -> None:
    assert sqlite.wal_is_safe(version) is safe


def test_an_older_sqlite_switches_a_file_that_nobody_has_open(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(database, "test-1")
    database.close()
    monkeypatch.setattr(sqlite, "wal_is_safe", lambda: False)
    first, second = Database.open(database.path), Database.open(database.path)
    assert first.value("PRAGMA journal_mode") == "truncate"
    save(first, "test-2")
    with first.snapshot():
        assert saved(first) == saved(second) == {"test-1", "test-2"}
        monkeypatch.setattr(datafile, "BUSY_SECONDS", 0.05)
        with pytest.raises(Busy):
            save(second, "test-3")
    save(second, "test-3")
    assert saved(first) == {"test-1", "test-2", "test-3"}
    first.close()
    second.close()


def test_an_older_sqlite_keeps_off_a_file_that_others_have_open(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(sqlite, "wal_is_safe", lambda: False)
    with pytest.raises(FileProblem, match="pip install"):
        Database.open(database.path)


def test_an_older_sqlite_stops_writing_once_others_have_switched_the_file(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.close()
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "wal_is_safe", lambda: False)
        older = Database.open(database.path)
    newer = Database.open(database.path)
    assert newer.value("PRAGMA journal_mode") == "wal"
    monkeypatch.setattr(sqlite, "wal_is_safe", lambda: False)
    with pytest.raises(FileProblem, match="pip install"):
        save(older, "test-1")
    assert saved(newer) == set()
    newer.close()
    older.close()


def test_a_long_reader_holds_nobody_up(database: Database) -> None:
    reader = Database.open(database.path)
    with reader.snapshot():
        assert saved(reader) == set()
        for number in range(5):
            save(database, f"test-{number}")
        assert saved(reader) == set()
    assert len(saved(reader)) == 5
    reader.close()


def test_a_session_opens_its_file_once_more_by_sqlite_alone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To close it by other means would let go of the locks that the connections of this process hold on it."""

    def opened(*_: object) -> None:
        raise AssertionError("the file was opened by itself")

    save(database, "test-one")
    monkeypatch.setattr(Path, "open", opened)
    with closing(database.again()) as second:
        assert saved(second) == {"test-one"}


def test_a_session_does_not_open_another_file_that_took_its_place(database: Database) -> None:
    database.path.rename(database.path.with_name("elsewhere.db"))
    with pytest.raises(Moved):
        database.again()
