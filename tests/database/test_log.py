"""The log of changes: it is brought into the file beside the work, and does not grow for ever."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.database.settings import saved
from workbench.database import Database, connection, log, sqlite
from workbench.database import file as datafile
from workbench.database.lock import FileLock

PAGE = 4096 + 24
"""Bytes of a page in the log."""
SOME = 10
"""Pages after which the log is brought in here; a change of these tests writes one or two."""


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that is long already where it has a few pages; for sessions that are opened after this."""
    monkeypatch.setattr(log, "STEP", SOME * PAGE)


@pytest.fixture
def other(database: Database) -> Iterator[Database]:
    """Another session on the same file, so that closing the first one brings nothing in."""
    opened = Database.open(database.path)
    yield opened
    opened.close()


class Outrun:
    """A connection whose first attempts bring nothing in, and tell of how many pages they had brought in how many."""

    def __init__(self, target: Path, attempts: Iterable[tuple[int, int]]) -> None:
        self._connection = sqlite.connect(target)
        self._told = iter(attempts)

    def execute(self, sql: str) -> Any:
        """What SQLite says, but for the first attempts."""
        if "PASSIVE" in sql and (told := next(self._told, None)):
            return self._connection.execute("SELECT 0, ?, ?", told)
        return self._connection.execute(sql)

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()


def lengths(database: Database) -> tuple[int, int]:
    """How many pages the log has, and how many of them are in the file."""
    _, pages, done = database.connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    return pages, done


def write(database: Database, pages: int) -> None:
    """Changes that add at least so many pages to the log, unless it is begun anew; what they start is finished."""
    for _ in range(pages):
        with database.transaction():
            database.execute("INSERT INTO setting VALUES ('test-' || hex(randomblob(8)), hex(randomblob(8)))")
        database._log.close()


def test_a_long_log_is_brought_in_once_the_lock_is_free(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, release, then = database.path.stat().st_size, FileLock.release, list[int]()

    def look(lock: FileLock) -> None:
        then.append(database.path.stat().st_size)
        release(lock)

    monkeypatch.setattr(FileLock, "release", look)
    with database.transaction():
        database.execute("INSERT INTO setting VALUES ('test-1', hex(zeroblob(?)))", (log.STEP // 2,))
    assert then == [before], "with the lock in our hands nothing was written into the file"
    database.close()
    assert database.path.stat().st_size > log.STEP
    pages, done = lengths(other)
    assert pages == done > log.STEP // PAGE
    write(other, 1)
    assert lengths(other)[0] < SOME, "and the log is begun anew"


def test_one_session_of_all_brings_it_in(
    short: None, database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought, thousands = list[Path](), set[int]()
    monkeypatch.setattr(log, "_bring_in", brought.append)
    for session in (database, other) * 3 * SOME:
        write(session, 1)
        thousands.add(lengths(database)[0] // SOME)
    assert len(brought) == len(thousands) - 1 >= 6


def test_what_is_still_being_read_stays_in_the_log_until_the_reader_has_gone(
    short: None, database: Database, other: Database
) -> None:
    write(database, SOME)
    with other.snapshot():
        seen = saved(other)
        write(database, 5 * SOME)
        assert saved(other) == seen
        assert lengths(database)[0] >= 5 * SOME
    write(database, 2 * SOME)
    assert lengths(database)[0] < 2 * SOME


def test_who_has_read_for_long_brings_in_what_was_written_meanwhile(
    short: None, database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for shortest, complete in ((10.0, False), (0.0, True)):
        monkeypatch.setattr(connection, "_LONG_READING", shortest)
        with other.snapshot():
            saved(other)
            write(database, 2 * SOME)
        pages, done = lengths(database)
        assert (pages == done) is complete
    write(database, 1)
    with other.snapshot():
        assert lengths(database)[0] < SOME, "one long reading after another leaves the log as short as one alone does"


@pytest.mark.parametrize(
    ("attempts", "last"),
    [
        pytest.param([(10, 10), (12, 12)], True, id="somebody writes meanwhile"),
        pytest.param([(10, 10), (10, 10)], False, id="nobody writes"),
        pytest.param([(10, 10), (2, 2)], False, id="it was begun anew"),
        pytest.param([(10, 9), (12, 12)], False, id="somebody reads"),
        pytest.param([(10, 10), (12, 9)], False, id="somebody begins to read"),
    ],
)
def test_what_others_write_meanwhile_is_brought_in_under_the_lock(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch, attempts: list[tuple[int, int]], last: bool
) -> None:
    write(database, SOME)
    monkeypatch.setattr(log, "connect", partial(Outrun, attempts=attempts))
    monkeypatch.setattr(log, "_PATIENCE", 0.01)
    with datafile.held(datafile.lock_of(database.path), database.path):
        log._bring_in(database.path)
        assert lengths(database)[1] == 0, "somebody else has the lock"
    log._bring_in(database.path)
    pages, done = lengths(database)
    assert done == (pages if last else 0)


def test_what_fails_beside_the_work_loses_nothing(database: Database, tmp_path: Path) -> None:
    log._bring_in(tmp_path / "nowhere.db")
    (tmp_path / "no.db").write_text("no database, but long enough to be asked" * 100)
    log._bring_in(tmp_path / "no.db")
    with database.transaction():
        log._bring_in(database.path)
        database.execute("INSERT INTO setting VALUES ('test-1', 1)")
    assert saved(database) == {"test-1"}
