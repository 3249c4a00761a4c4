"""The SQLite underneath: which library is used, how a file is opened, and how its errors are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import Busy, Damaged, FileProblem, Moved, NotAWorkbench

if TYPE_CHECKING:
    import sqlite3
    from sqlite3 import Connection
else:
    try:
        from pysqlite3 import dbapi2 as sqlite3
    except ImportError:
        import sqlite3
    Connection = sqlite3.Connection

__all__ = ["BUSY_SECONDS", "VERSION", "Connection", "busy", "connect", "file_problem", "moved", "read_only", "told"]

BUSY_SECONDS = 5.0  # how long a lock is waited for
VERSION = sqlite3.sqlite_version

_READONLY_DBMOVED = 1032  # SQLITE_READONLY | 4 << 8: the file was renamed or removed under the connection


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite is free of the WAL-reset bug, which can corrupt a file that two connections checkpoint.

    It came with 3.7.0 and went with 3.51.3, 3.50.7 and 3.44.6 (sqlite.org/wal.html#walresetbug).
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def connect(path: Path) -> Connection:
    """A connection to an existing file that neither creates files nor begins transactions by itself.

    As a URI, since in a plain name `?` and `#` would mean another file.
    """
    connection = sqlite3.connect(
        path.as_uri() + "?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=512
    )
    connection.text_factory = _lenient
    return connection


def _lenient(text: bytes) -> str:
    """Text of a cell; a flipped byte in one must not make the whole queue unreadable."""
    return text.decode("utf-8", "replace")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns SQLite's errors about the file at `path` into ours; a mistake of the program stays what it is."""
    try:
        yield
    except sqlite3.Error as error:
        problem = file_problem(error, path)
        if problem is None:
            raise
        raise problem from error


def file_problem(error: sqlite3.Error, path: Path) -> FileProblem | None:
    """What an error of SQLite means for the file at `path`; None where it is a mistake of the program instead."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code == _READONLY_DBMOVED:
        return moved(path)
    match code & 0xFF:  # the rest of the bits says more exactly why
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy()
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return read_only(path)
        case sqlite3.SQLITE_CANTOPEN:
            return FileProblem(f"{path} cannot be opened", "look at the permissions of the file and of its folder")
        case sqlite3.SQLITE_FULL:
            return FileProblem("the disk is full; nothing was saved", "make room and try again")
        case sqlite3.SQLITE_IOERR:
            return FileProblem(
                f"the disk failed at {path} ({error})", "copy the file elsewhere, then `workbench check`"
            )
        case sqlite3.SQLITE_INTERRUPT:
            return FileProblem("the reading was interrupted", "ask again")
        case sqlite3.SQLITE_CORRUPT:
            return Damaged(f"{path} is damaged ({error})", "put the last backup back with `workbench restore FILE`")
        case sqlite3.SQLITE_NOTADB:
            return NotAWorkbench(f"{path} is not a workbench file", "name another one with --db")
    return None


def busy() -> Busy:
    """The word for a lock that did not come in time."""
    return Busy("another session is writing; nothing was saved", "try again in a moment")


def moved(path: Path) -> Moved:
    """The word for a file that is no longer the one that was opened."""
    return Moved(
        f"{path} was replaced or removed while it was open; nothing was saved", "start again to use the file there now"
    )


def read_only(path: Path) -> FileProblem:
    """The word for a file that can be read only."""
    return FileProblem(
        f"{path} can only be read; nothing was saved", "ask for the right to write the file and its folder"
    )
