"""What makes a file a workbench file, and how one is made, brought up to date, copied and locked."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from workbench.database import sqlite
from workbench.database.lock import FileLock
from workbench.database.sqlite import BUSY_SECONDS, Connection, busy, connect, copy_pages, translated
from workbench.errors import FileProblem, NewerFile, NoSuchFile, NotAWorkbench, Refused

APPLICATION_ID = 0x57424348  # "WBCH" in the file's header says that the file is ours
PRACTICE_ID = 0x57425052  # "WBPR" that it is ours, and nothing in it is real
SCHEMA_VERSION = 13  # how many migrations a current file has seen; kept here so that opening one need not import them

_HEADER = b"SQLite format 3\x00"
_SIDE_FILES = ("-wal", "-shm", "-journal", "-lock")


def beside(path: Path, ending: str) -> Path:
    """The file that stands beside `path` under its name and an ending."""
    return path.with_name(path.name + ending)


def spare(path: Path, ending: str) -> Path:
    """A name beside `path` that nothing has yet: with the ending, else with a number after it."""
    names = (beside(path, ending if number == 1 else f"{ending}-{number}") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))


def discard(path: Path) -> None:
    """Removes a file that was not finished, and the journal that SQLite leaves beside it where the disk is full."""
    path.unlink(missing_ok=True)
    beside(path, "-journal").unlink(missing_ok=True)


def is_whole(target: Path) -> bool:
    """Whether the file by itself holds what was saved: a log or a journal beside it is empty."""
    return not any(_size(beside(target, ending)) for ending in ("-wal", "-journal"))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def lock_of(target: Path) -> FileLock:
    """The lock that every session on the file shares; `target` is resolved, so that links to it share it too."""
    return FileLock(beside(target, "-lock"), like=target)


@contextmanager
def held(lock: FileLock, path: Path, *, shared: bool = False) -> Iterator[None]:
    """Holds the lock of the file at `path`; raises Busy where it does not come, FileProblem where it cannot."""
    try:
        locked = lock.acquire(BUSY_SECONDS, shared=shared)
    except OSError as error:
        raise FileProblem(
            f"{path} cannot be written ({lock.path.name}: {error.strerror})",
            "ask for the right to write the file and its folder",
        ) from error
    if not locked:
        raise busy()
    try:
        yield
    finally:
        lock.release()


def identify(path: Path, *, practice: bool = False, otherwise: str = "") -> None:
    """Raises what is wrong where the file is not a workbench that this program can open, live or for practice.

    `otherwise` is what to do, in the place of the usual, where there is no file or it is no workbench at all. It looks
    at the header's bytes before SQLite does, since SQLite leaves traces beside what it opens.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a folder, or a pipe on which reading would wait for ever
            raise NotAWorkbench(f"{path} is not a file", "name the workbench file itself")
        with path.open("rb") as file:
            header = file.read(72)
    except FileNotFoundError:
        raise NoSuchFile(f"there is no file {path}", otherwise or "`workbench init FILE` makes one") from None
    except OSError as error:
        raise FileProblem(f"{path} cannot be read ({error.strerror})", "ask for the right to read it") from error
    mark = int.from_bytes(header[68:72], "big")
    if not header.startswith(_HEADER) or mark not in (APPLICATION_ID, PRACTICE_ID):
        raise NotAWorkbench(f"{path} is not a workbench file", otherwise or "name another one with --db")
    if mark != application_id(practice=practice):
        raise _mistaken(path, practice=practice)
    _refuse_newer(int.from_bytes(header[60:64], "big"), path)


def application_id(*, practice: bool) -> int:
    """The mark in the header of a file for practice, or of a live one."""
    return PRACTICE_ID if practice else APPLICATION_ID


def _mistaken(path: Path, *, practice: bool) -> NotAWorkbench:
    if practice:
        return NotAWorkbench(f"{path} is a live workbench, and nobody practises on one", "name a practice file instead")
    return NotAWorkbench(f"{path} is a practice file, and nothing in it is real", "open it with --practice")


def schema_version(connection: Connection, path: Path) -> int:
    """How many migrations the file has seen, its log included; raises NewerFile where this program knows fewer."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    _refuse_newer(version, path)
    return version


def _refuse_newer(version: int, path: Path) -> None:
    if version > SCHEMA_VERSION:
        raise NewerFile(f"{path} was written by a later version of the program", "install that version to open it")


def connect_or_freeze(target: Path) -> tuple[Connection, bool]:
    """A connection, and whether it is frozen, as it has to be where there is no right or room for SQLite's side files.

    SQLite then reads the file alone: where that is not whole the error stands.
    """
    try:
        return connect(target), False
    except sqlite.library.OperationalError as error:
        if not sqlite.wants_side_files(error, target) or not is_whole(target):
            raise
    return connect(target, frozen=True), True


def require_stillness(path: Path, then: os.stat_result) -> None:
    """Raises FileProblem where the file has been written since it was opened; `then` is what the system told of it."""
    if not is_whole(path.resolve()) or path.stat().st_mtime_ns != then.st_mtime_ns:
        raise FileProblem(f"somebody began to write {path}, which this session cannot follow", "start again")


def place_new(target: Path, *, practice: bool = False) -> None:
    """Puts a file that is empty but ours at `target` in one step, so that nobody ever meets half a file."""
    if os.path.lexists(target):
        raise Refused(f"{target} exists already", "name another file, or use this one with --db")
    for ending in ("-wal", "-journal"):
        if beside(target, ending).exists():
            raise Refused(
                f"{beside(target, ending)} is left over from an older file and would mix with a new one",
                "move it away first",
            )
    new = beside(target, "-new")
    discard(new)
    try:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o660))
        with translated(target), closing(connect(new)) as connection:
            connection.execute(f"PRAGMA application_id = {application_id(practice=practice)}")
        put_in_place(new, target)
    except OSError as error:
        raise FileProblem(f"{target} cannot be written ({error.strerror})", "name a file elsewhere") from error
    finally:
        discard(new)


def bring_up_to_date(connection: Connection, path: Path) -> None:
    """Migrates the file of an older version, with a copy of it kept beside; the caller holds the lock."""
    version = schema_version(connection, path)
    if version == SCHEMA_VERSION:
        return  # another session was first
    if version == 0:
        migrate(connection)
        return
    with kept_beside(connection, path, f".before-{SCHEMA_VERSION}"):
        migrate(connection)


@contextmanager
def kept_beside(connection: Connection, path: Path, ending: str) -> Iterator[Path]:
    """Gives a copy of the open file as it was before the one transaction inside; where that fails, none is needed."""
    kept = spare(path, ending)
    copy_to(connection, path, kept)
    try:
        yield kept
    except BaseException:
        kept.unlink(missing_ok=True)
        raise


def migrate(connection: Connection) -> None:
    """Brings the schema up to date, wholly or not at all; the caller holds the lock, and foreign keys are off."""
    from sqlite_utils import Database as Utilities  # here, since a current file needs neither

    from workbench.migrations import migrations

    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Utilities(connection, execute_plugins=False))
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def refuse_target(source: Path, target: Path, *, replace: bool) -> None:
    """Raises what speaks against a copy of `source` at `target`; what stands there goes only with `replace`."""
    if not target.parent.is_dir():
        raise NoSuchFile(f"there is no folder {target.parent}", "make it first")
    if target.is_dir():
        raise Refused(f"{target} is a folder", "name the file to write in it")
    own = (source.resolve(), *(beside(source.resolve(), ending) for ending in _SIDE_FILES))
    if target.resolve() in own or (target.exists() and target.samefile(source)):
        raise Refused(f"{target} belongs to the workbench itself", "name another file")
    if os.path.lexists(target) and not replace:
        raise Refused(f"{target} exists already", "name another file, or replace it with --replace")
    if beside(target.resolve(), "-wal").exists() or beside(target.resolve(), "-journal").exists():
        raise Refused(f"{target} is in use", "name another file, or put a backup there with `workbench restore`")


def copy_to(connection: Connection, path: Path, target: Path) -> None:
    """Writes a consistent copy of the open file at `path`, whole and on the disk before it gets its name.

    The copy keeps a rollback journal, so that it is one single file and can be read where nothing can be written.
    """
    final = target.resolve()
    try:
        import tempfile  # here, since only a copy needs it

        descriptor, name = tempfile.mkstemp(prefix=final.name, suffix=".part", dir=final.parent)
        os.close(descriptor)
        part = Path(name)
        try:
            part.chmod(path.stat().st_mode & 0o666)
            with translated(target), closing(connect(part)) as copy:
                copy_pages(connection, copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            put_in_place(part, final)
        finally:
            discard(part)
    except OSError as error:
        raise FileProblem(f"{target} cannot be written ({error.strerror})", "name a file elsewhere") from error


def put_in_place(new: Path, target: Path) -> None:
    """Gives a finished file its name, and makes sure that a power cut takes neither."""
    _to_disk(new)
    new.replace(target)
    if sys.platform != "win32":  # where a folder cannot be opened, and renames are kept anyway
        _to_disk(target.parent)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def damage(connection: Connection) -> list[str]:
    """What SQLite finds broken in the file's own structure, a sentence each."""
    return [f"the file is damaged: {line}" for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]


def lost_references(connection: Connection) -> list[str]:
    """Rows that refer to one that is not there, a sentence each."""
    return [
        f"{table} (row {row}) refers to a {parent} that is not there"
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check")
    ]
