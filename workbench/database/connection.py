"""The workbench file: opened in one place, read freely, written in one way.

It is a SQLite file in WAL mode, so that nobody who reads waits for who writes. One lock file beside it stands
around every write transaction: SQLite's own waiting serves writers in no order and gives up under load, the kernel's
queue for a file lock does not.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any, Self, TypeVar

from workbench.database import file as datafile
from workbench.database import sqlite
from workbench.database.file import SCHEMA_VERSION, held
from workbench.database.log import Log
from workbench.database.sqlite import Connection, Parameters, moved, translated
from workbench.errors import Busy, Damaged, FileProblem, NoSuchFile, Refused

R = TypeVar("R")

_LONG_READING = 1.0  # seconds from which on a reading has let the log of others' changes grow long


class Database:
    """One connection to a workbench file; it belongs to the thread that opened it."""

    @classmethod
    def open(cls, path: Path, *, practice: bool = False) -> Self:
        """Opens an existing file and brings it to the current schema, with a backup beside it before a change.

        Raises NoSuchFile, NotAWorkbench (also for a file for practice where a live one is meant, or the other way
        round) and NewerFile without touching anything, Damaged, Busy.
        """
        datafile.identify(path, practice=practice)
        return cls._prepared(path)

    @classmethod
    def create(cls, path: Path, *, practice: bool = False) -> Self:
        """Makes a new file, readable by owner and group as far as the umask allows; raises Refused where one exists."""
        target = path.resolve()
        if not target.parent.is_dir():
            raise NoSuchFile(f"there is no folder {path.parent}", "make it first")
        with closing(datafile.lock_of(target)) as lock, held(lock, path):
            datafile.place_new(target, practice=practice)
        return cls.open(path, practice=practice)

    @classmethod
    def open_or_create(cls, path: Path) -> Self:
        """Opens the file, or makes it where there is none, however many sessions start on it at once."""
        with suppress(NoSuchFile):
            return cls.open(path)
        with suppress(Refused):
            return cls.create(path)
        return cls.open(path)  # another session made it meanwhile

    def again(self) -> Self:
        """The same file by a connection of its own, for another thread; Moved where another file is there by now.

        By SQLite alone: whoever else closes the file in this process lets go of the locks that its connections hold.
        """
        if self.moved():
            raise moved(self.path)
        return self._prepared(self.path)

    @classmethod
    def _prepared(cls, path: Path) -> Self:
        database = cls(path)
        try:
            database._prepare()
        except BaseException:
            database.close()
            raise
        return database

    def __init__(self, path: Path) -> None:
        """Only connects; `open` and `create` also check and prepare."""
        self.path = path
        target = path.resolve()
        self._lock = datafile.lock_of(target)
        self._identity = target.stat()
        self._reads_queue = False  # whether readers need the lock: outside of WAL mode a writer keeps them out
        self._writing = False
        self._translated = translated(path)
        with self._translated:
            # Frozen it can be read only as long as nobody writes it.
            self.connection, self._frozen = datafile.connect_or_freeze(target)
        self._log = Log(path, self.connection)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows that the query gives."""
        return self._read(sql, parameters, sqlite.library.Cursor.fetchall)

    def fold(self, sql: str, parameters: Parameters, fold: Callable[[Iterable[tuple[Any, ...]]], R]) -> R:
        """What `fold` makes of the rows as they come, for more of them than one would hold at once."""
        return self._read(sql, parameters, fold)

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """The first row, or None where there is none."""
        row: tuple[Any, ...] | None = self._read(sql, parameters, sqlite.library.Cursor.fetchone)
        return row

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None where there is none."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """One change inside a transaction; the number of rows it touched."""
        self._require_transaction()
        with self._translated:
            return self.connection.execute(sql, parameters).rowcount

    def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """The same change for each of `rows`, inside a transaction."""
        self._require_transaction()
        with self._translated:
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """The one way to write: all of the block, or none of it if it raises; one inside another undoes its own part.

        Raises Busy where others write for 5 s, Moved, and NewerFile where a later program has migrated the file since.
        """
        if self._writing:
            with sqlite.savepoint(self.connection):
                yield
            return
        if self.connection.in_transaction:
            raise RuntimeError("a snapshot can only be read")
        with held(self._lock, self.path), self._translated:
            logged = self._log.size()
            try:
                self._begin()
                self._writing = True
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._writing = False
            grown = self._log.size()
        self._log.grown(logged, grown)

    @property
    def writing(self) -> bool:
        """Whether a transaction is open, so that what is read may yet be undone."""
        return self._writing

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see one state of the file, whatever others write meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        begun = monotonic()
        with self._reading():
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self._roll_back()
        if monotonic() - begun > _LONG_READING:
            self._log.bring_in()

    def data_version(self) -> int:
        """A number that changes when another connection has committed."""
        with self._translated:
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def generation(self) -> int:
        """A number that changes with tickets, setup or saved queues, and not when somebody types or looks."""
        return int(self.value("SELECT number FROM generation"))

    def moved(self) -> bool:
        """Whether the path no longer leads to the file that was opened."""
        try:
            return not os.path.samestat(self._identity, os.stat(self.path))
        except OSError:
            return True

    def backup(self, target: Path, *, replace: bool = False) -> None:
        """A consistent copy at `target` while others go on working; Refused where a file is and not to be replaced."""
        if self._writing:
            raise RuntimeError("a backup inside a transaction would hold what is not yet saved")
        datafile.refuse_target(self.path, target, replace=replace)
        with self._reading():
            datafile.copy_to(self.connection, self.path, target)

    def replace_content(self, source: Connection) -> Path:
        """Puts the whole content of another file in the place of this one's; returns where the old one was kept.

        Sessions that have this file open go on with the new content, as after any other change by somebody else.
        """
        with held(self._lock, self.path), self._translated:
            if self.moved():
                raise moved(self.path)
            with datafile.kept_beside(self.connection, self.path, ".replaced") as kept:
                sqlite.copy_pages(source, self.connection)
        self._log.bring_in()
        return kept

    def check(self) -> list[str]:
        """What is wrong in the file, a sentence each: what SQLite cannot read, and references that lead nowhere."""
        try:
            with self.snapshot(), self._translated:
                return datafile.damage(self.connection) + datafile.lost_references(self.connection)
        except Damaged as damaged:
            return [damaged.wrong]

    def close(self) -> None:
        """Closes the connection; the last one to leave brings the log into the file.

        That needs the lock, but never a wait: who holds the lock has the file open, so that ours is not the last.
        """
        self._log.close()
        with suppress(OSError):
            if not self.moved():
                self._lock.acquire(0)
        try:
            self.connection.close()
        finally:
            self._lock.close()

    def _prepare(self) -> None:
        with self._translated:
            version = datafile.schema_version(self.connection, self.path)
            self._choose_journal()
            if version < SCHEMA_VERSION:
                with held(self._lock, self.path):
                    datafile.bring_up_to_date(self.connection, self.path)
            self.connection.execute("PRAGMA foreign_keys = ON")
            self.connection.execute("PRAGMA synchronous = FULL")
            self._log.take_over()

    def _journal(self) -> str:
        return str(self.connection.execute("PRAGMA journal_mode").fetchone()[0])

    def _choose_journal(self) -> None:
        """WAL where this SQLite is safe with it, else a rollback journal; what cannot be written stays as it is."""
        safe = sqlite.wal_is_safe()
        wanted = "wal" if safe else "truncate"
        if self._journal() != wanted:
            try:
                with held(self._lock, self.path), self._translated:
                    self.connection.execute(f"PRAGMA journal_mode = {wanted}")
            except Busy:
                if not safe and self._journal() == "wal":
                    raise sqlite.unsafe(self.path) from None
            except FileProblem:
                return  # this session can only read, and perhaps not even lock
        self._reads_queue = self._journal() != "wal"

    def _begin(self) -> None:
        if self.moved():
            raise moved(self.path)
        if self._frozen:
            raise sqlite.unwritable(self.path)
        self.connection.execute("BEGIN IMMEDIATE")
        datafile.schema_version(self.connection, self.path)  # a later program may have migrated it under this session
        if self._reads_queue and not sqlite.wal_is_safe() and self._journal() == "wal":
            raise sqlite.unsafe(self.path)  # and one with another SQLite may have switched it

    def _read(self, sql: str, parameters: Parameters, fetch: Callable[[Any], R]) -> R:
        with self._reading():
            return sqlite.fetched(self.connection, sql, parameters, fetch)

    def _reading(self) -> AbstractContextManager[None]:
        if self._frozen:
            if self.moved():
                raise moved(self.path)
            datafile.require_stillness(self.path, self._identity)
        if self._reads_queue and not self.connection.in_transaction:
            return self._in_turn()
        return self._translated

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        with held(self._lock, self.path, shared=True), self._translated:
            yield

    def _roll_back(self) -> None:
        if self.connection.in_transaction:  # a full disk, for one, makes SQLite do it by itself
            self.connection.execute("ROLLBACK")

    def _require_transaction(self) -> None:
        if not self._writing or not self.connection.in_transaction:
            raise RuntimeError("a change needs `with database.transaction():` around it")
