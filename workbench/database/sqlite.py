"""The SQLite underneath: which library is used, how a file is opened, and how its errors become ours."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.errors import Busy, Damaged, FileProblem, Interrupted, Moved, NotAWorkbench

if TYPE_CHECKING:
    import sqlite3 as library
    from sqlite3 import Connection
else:
    try:
        from pysqlite3 import dbapi2 as library  # sqlite-utils chooses likewise: two libraries would spoil the locks
    except ImportError:
        import sqlite3 as library
    Connection = library.Connection

__all__ = [
    "BUSY_SECONDS",
    "Connection",
    "Parameters",
    "busy",
    "connect",
    "copy_pages",
    "fetched",
    "library",
    "moved",
    "savepoint",
    "translated",
    "unsafe",
    "unwritable",
    "wal_is_safe",
    "wants_side_files",
]

R = TypeVar("R")

Parameters = Sequence[Any] | Mapping[str, Any]

BUSY_SECONDS = 5.0  # how long a lock is waited for

_LOG_INDEX = 32_768
"""Bytes of the file that SQLite makes beside one in WAL mode even to read it (sqlite.org/walformat.html)."""

_READONLY_DBMOVED = 1032  # SQLITE_READONLY | 4 << 8: the file was renamed or removed under the connection

_CODES = {
    "attempt to write a readonly database": library.SQLITE_READONLY,
    "database disk image is malformed": library.SQLITE_CORRUPT,
    "database or disk is full": library.SQLITE_FULL,
    "disk I/O error": library.SQLITE_IOERR,
    "file is not a database": library.SQLITE_NOTADB,
    "unable to open database file": library.SQLITE_CANTOPEN,
}
"""What SQLite's words stand for: copying pages by pysqlite3 fails with them alone, and without a code."""


def wal_is_safe(version: tuple[int, ...] = library.sqlite_version_info) -> bool:
    """Whether this SQLite is free of the WAL-reset bug, which can corrupt a file that two connections checkpoint.

    It came with 3.7.0 and went with 3.51.3, 3.50.7 and 3.44.6 (sqlite.org/wal.html#walresetbug).
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def connect(path: Path, *, frozen: bool = False) -> Connection:
    """A connection to an existing file that neither creates files nor begins transactions by itself.

    It goes by a URI, since in a plain name `?` and `#` would mean another file. A `frozen` file is read as one that
    nobody writes, which alone SQLite can do where it may not make its side files.
    """
    how = "mode=ro&immutable=1" if frozen else "mode=rw"
    connection = library.connect(
        f"{path.as_uri()}?{how}", uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=512
    )
    try:
        connection.execute("PRAGMA schema_version")  # only the first question tells whether the file can be read
    except BaseException:
        connection.close()
        raise
    return connection


def wants_side_files(error: library.Error, path: Path) -> bool:
    """Whether the file could not be opened because nothing may be made beside it, or nothing fits there."""
    code = error.sqlite_errorcode & 0xFF
    return code in (library.SQLITE_CANTOPEN, library.SQLITE_READONLY) or (
        code == library.SQLITE_IOERR and _disk_is_full(path)
    )


def _disk_is_full(path: Path) -> bool:
    import shutil  # here, since only a failure asks for it

    try:
        return shutil.disk_usage(path.resolve().parent).free < _LOG_INDEX
    except OSError:  # a disk that is gone is not full
        return False


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """A transaction inside another, which undoes its own part."""
    connection.execute("SAVEPOINT inner_transaction")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO inner_transaction")
            connection.execute("RELEASE inner_transaction")
        raise
    connection.execute("RELEASE inner_transaction")


def copy_pages(source: Connection, target: Connection) -> None:
    """Puts the whole content of `source` in the place of that of `target`, in one transaction; raises Busy."""
    deadline = time.monotonic() + BUSY_SECONDS

    def look(status: int, _remaining: int, _total: int) -> None:
        if status in (library.SQLITE_BUSY, library.SQLITE_LOCKED) and time.monotonic() > deadline:
            raise busy()  # else Python would try for ever

    source.backup(target, progress=look)


def fetched(connection: Connection, sql: str, parameters: Parameters, fetch: Callable[[Any], R]) -> R:
    """What `fetch` takes from the cursor of a query; from the first text on that is no UTF-8, with � in its place.

    A flipped byte must not make the whole queue unreadable, yet looking for one in every cell would take a third of a
    page's time.
    """
    try:
        return fetch(connection.execute(sql, parameters))
    except library.OperationalError as error:
        if not str(error).startswith("Could not decode"):
            raise
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        return fetch(connection.execute(sql, parameters))


class _Translated(AbstractContextManager[None]):
    """Stands around each statement, where a generator would take as long as the statement."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, library.Error) and (problem := _file_problem(error, self._path)):
            raise problem from error


def translated(path: Path) -> AbstractContextManager[None]:
    """Turns SQLite's errors about the file at `path` into ours; a mistake of the program stays what it is.

    It can be entered again and again.
    """
    return _Translated(path)


def _file_problem(error: library.Error, path: Path) -> FileProblem | None:
    """What an error of SQLite means for the file at `path`; None where it is a mistake of the program instead."""
    code = getattr(error, "sqlite_errorcode", _CODES.get(str(error)))
    if code is None:
        return None
    if code == _READONLY_DBMOVED:
        return moved(path)
    match code & 0xFF:  # the rest of the bits says more exactly why
        case library.SQLITE_BUSY | library.SQLITE_LOCKED:
            return busy()
        case library.SQLITE_READONLY | library.SQLITE_PERM:
            return FileProblem(
                f"{path} can only be read; nothing was saved", "ask for the right to write the file and its folder"
            )
        case library.SQLITE_CANTOPEN:
            return FileProblem(f"{path} cannot be opened", "look at the permissions of the file and of its folder")
        case library.SQLITE_FULL:
            return _full()
        case library.SQLITE_IOERR if _disk_is_full(path):
            return _full()
        case library.SQLITE_IOERR:
            return FileProblem(
                f"the disk failed at {path} ({error})", "copy the file elsewhere, then `workbench check`"
            )
        case library.SQLITE_INTERRUPT:
            return Interrupted("the reading was interrupted", "ask again")
        case library.SQLITE_CORRUPT:
            return Damaged(f"{path} is damaged ({error})", "put the last backup back with `workbench restore FILE`")
        case library.SQLITE_NOTADB:
            return NotAWorkbench(f"{path} is not a workbench file", "name another one with --db")
    return None


def _full() -> FileProblem:
    return FileProblem("the disk is full; nothing was saved", "make room and try again")


def unwritable(path: Path) -> FileProblem:
    """The word for a change to a file that could be opened only as one that nobody writes."""
    if _disk_is_full(path):
        return _full()
    return FileProblem(
        f"{path} can only be read; nothing was saved",
        "ask for the right to write the file and its folder, or make room on the disk, and start again",
    )


def busy() -> Busy:
    """The word for a lock that did not come in time."""
    return Busy("another session is writing; nothing was saved", "try again in a moment")


def moved(path: Path) -> Moved:
    """The word for a file that is no longer the one that was opened."""
    return Moved(
        f"{path} was replaced or removed while it was open; nothing was saved", "start again to use the file there now"
    )


def unsafe(path: Path) -> FileProblem:
    """The word for a file in WAL mode that this SQLite must not write."""
    return FileProblem(
        f"{path} is in use in a way that the SQLite {library.sqlite_version} of this Python can damage",
        "install pysqlite3 (`pip install 'pysqlite3>=0.6.1'`), or wait until nobody has the file open",
    )
