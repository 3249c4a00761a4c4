"""The workbench file: opened in one place, read freely, written in one way.

It is a SQLite file in WAL mode, so that nobody who reads waits for who writes. One lock file beside it stands
around every write transaction, and with it every checkpoint: SQLite's own waiting serves writers in no order and
gives up under load, the kernel's queue for a file lock does not.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from workbench import sqlite
from workbench.errors import FileProblem, NewerFile, NoSuchFile, NotAWorkbench, Refused
from workbench.filelock import FileLock
from workbench.sqlite import BUSY_SECONDS, Connection, busy, connect, moved, read_only, told

__all__ = ["APPLICATION_ID", "SCHEMA_VERSION", "Connection", "Database", "Parameters"]

Parameters = Sequence[Any] | Mapping[str, Any]

APPLICATION_ID = 0x57424348  # "WBCH" in the file's header says that the file is ours
SCHEMA_VERSION = 2  # how many migrations a current file has seen; kept here so that opening one need not import them

_HEADER = b"SQLite format 3\x00"
_LOG_LIMIT = 16 * 1024 * 1024  # bytes the WAL file is cut back to after a large transaction


class Database:
    """One connection to a workbench file; it belongs to the thread that opened it."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """Opens an existing file and brings it to the current schema, with a backup beside it before a change.

        Raises NoSuchFile, NotAWorkbench and NewerFile without touching anything, Damaged, Busy.
        """
        _refuse_foreign(path)
        database = cls(path)
        try:
            database._prepare()
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def create(cls, path: Path) -> Self:
        """Makes a new file, readable by owner and group as far as the umask allows; raises Refused where one exists."""
        target = path.resolve()
        if not target.parent.is_dir():
            raise NoSuchFile(f"there is no folder {path.parent}", "make it first")
        lock = _lock_of(target)
        try:
            with _held(lock, path):
                _place_new(target)
        finally:
            lock.close()
        return cls.open(path)

    @classmethod
    def open_or_create(cls, path: Path) -> Self:
        """Opens the file, or makes it where there is none, however many sessions start on it at once."""
        with suppress(NoSuchFile):
            return cls.open(path)
        with suppress(Refused):
            return cls.create(path)
        return cls.open(path)  # another session made it meanwhile

    def __init__(self, path: Path) -> None:
        """Only connects; `open` and `create` also check and prepare the file."""
        self.path = path
        target = path.resolve()
        self._lock = _lock_of(target)
        self._identity = target.stat()
        self._shares_log = False  # whether the file is in WAL mode, where readers and a writer pass each other
        self._writing = False
        with told(path):
            self.connection = connect(target)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows that the query gives."""
        with self._reading():
            return self.connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """The first row, or None where there is none."""
        with self._reading():
            row: tuple[Any, ...] | None = self.connection.execute(sql, parameters).fetchone()
            return row

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None where there is none."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """One change inside a transaction; the number of rows it touched."""
        self._require_transaction()
        with told(self.path):
            return self.connection.execute(sql, parameters).rowcount

    def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """The same change for each of `rows`, inside a transaction."""
        self._require_transaction()
        with told(self.path):
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """The one way to write: all of the block, or none of it if it raises; one inside another undoes its own part.

        Raises Busy where others write for longer than 5 s, and Moved where the file is no longer the one opened.
        """
        if self._writing:
            with self._savepoint():
                yield
            return
        if self.connection.in_transaction:
            raise RuntimeError("a snapshot can only be read")
        with _held(self._lock, self.path), told(self.path):
            self._begin()
            self._writing = True
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._writing = False

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see one state of the file, whatever others write meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        with self._reading():
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self._roll_back()

    def data_version(self) -> int:
        """A number that changes when another connection has committed."""
        with told(self.path):
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def moved(self) -> bool:
        """Whether the path no longer leads to the file that was opened."""
        try:
            return not os.path.samestat(self._identity, os.stat(self.path))
        except OSError:
            return True

    def close(self) -> None:
        """Closes the connection; the last one to leave brings the log into the file.

        That needs the lock, but never a wait: who holds the lock has the file open, so that ours is not the last.
        """
        with suppress(OSError):
            if not self.moved():
                self._lock.acquire(0)
        try:
            self.connection.close()
        finally:
            self._lock.close()

    def _prepare(self) -> None:
        with told(self.path):
            version = self._version()
            self._choose_journal()
            if version < SCHEMA_VERSION:
                self._migrate()
            self.connection.execute("PRAGMA foreign_keys = ON")
            self.connection.execute("PRAGMA synchronous = FULL")
            # SQLite's automatic checkpoint runs inside COMMIT, hence under our lock, from 1,000 pages of log on.
            self.connection.execute(f"PRAGMA journal_size_limit = {_LOG_LIMIT}")

    def _version(self) -> int:
        version = int(self.connection.execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA_VERSION:
            raise _newer(self.path)
        return version

    def _migrate(self) -> None:
        from sqlite_utils import Database as Utilities  # here, since a current file needs neither

        from workbench.migrations import migrations

        with _held(self._lock, self.path):
            version = self._version()
            if version == SCHEMA_VERSION:
                return  # another session was first
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                migrations.apply(Utilities(self.connection, execute_plugins=False))
                self.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _journal(self) -> str:
        return str(self.connection.execute("PRAGMA journal_mode").fetchone()[0])

    def _choose_journal(self) -> None:
        """WAL where this SQLite is safe with it, else a rollback journal; what cannot be switched stays as it is."""
        wanted = "wal" if sqlite.wal_is_safe() else "truncate"
        if self._journal() != wanted:
            with suppress(FileProblem), _held(self._lock, self.path), told(self.path):
                self.connection.execute(f"PRAGMA journal_mode = {wanted}")
        self._shares_log = self._journal() == "wal"
        if self._shares_log and not sqlite.wal_is_safe():
            raise _unsafe(self.path)

    def _begin(self) -> None:
        if self.moved():
            raise moved(self.path)
        self.connection.execute("BEGIN IMMEDIATE")
        if not self._shares_log and not sqlite.wal_is_safe() and self._journal() == "wal":
            self.connection.execute("ROLLBACK")
            raise _unsafe(self.path)  # a session with another SQLite has switched the file meanwhile

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        self.connection.execute("SAVEPOINT inner_transaction")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO inner_transaction")
                self.connection.execute("RELEASE inner_transaction")
            raise
        self.connection.execute("RELEASE inner_transaction")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        if self._shares_log or self.connection.in_transaction:
            with told(self.path):
                yield
        else:
            with _held(self._lock, self.path, shared=True), told(self.path):
                yield

    def _roll_back(self) -> None:
        if self.connection.in_transaction:  # a full disk, for one, makes SQLite do it by itself
            self.connection.execute("ROLLBACK")

    def _require_transaction(self) -> None:
        if not self._writing or not self.connection.in_transaction:
            raise RuntimeError("a change needs `with database.transaction():` around it")


def _lock_of(target: Path) -> FileLock:
    return FileLock(target.with_name(target.name + "-lock"), like=target)


@contextmanager
def _held(lock: FileLock, path: Path, *, shared: bool = False) -> Iterator[None]:
    try:
        locked = lock.acquire(BUSY_SECONDS, shared=shared)
    except OSError as error:
        raise read_only(path) from error
    if not locked:
        raise busy()
    try:
        yield
    finally:
        lock.release()


def _refuse_foreign(path: Path) -> None:
    """Looks at the file's header before SQLite does, since SQLite leaves traces beside what it opens."""
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except FileNotFoundError:
        raise NoSuchFile(f"there is no file {path}", "`workbench init FILE` makes one") from None
    except IsADirectoryError:
        raise NotAWorkbench(f"{path} is a folder", "name the file in it") from None
    except OSError as error:
        raise FileProblem(f"{path} cannot be read", error.strerror or "look at its permissions") from error
    if not header.startswith(_HEADER) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotAWorkbench(f"{path} is not a workbench file", "name another one with --db")
    if int.from_bytes(header[60:64], "big") > SCHEMA_VERSION:
        raise _newer(path)


def _place_new(target: Path) -> None:
    """Puts a file that is empty but ours at `target` in one step, so that nobody ever meets half a file."""
    if os.path.lexists(target):
        raise Refused(f"{target} exists already", "name another file, or use this one with --db")
    log = target.with_name(target.name + "-wal")
    if log.exists():
        raise Refused(f"{log} is what remains of an older file, and would mix with a new one", "move it away first")
    new = target.with_name(target.name + "-new")
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o660))
    connection = connect(new)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    new.rename(target)


def _newer(path: Path) -> NewerFile:
    return NewerFile(f"{path} was written by a later version of the program", "install that version to open it")


def _unsafe(path: Path) -> FileProblem:
    return FileProblem(
        f"{path} is in use in a way that the SQLite {sqlite.VERSION} of this Python can damage",
        "install pysqlite3 (`pip install 'pysqlite3>=0.6.1'`), or wait until nobody has the file open",
    )
