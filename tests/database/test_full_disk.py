"""A disk without room: what is told, what is left behind, and that what is there can still be read."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.database.settings import names, save, saved
from workbench.database import SCHEMA_VERSION, Database
from workbench.database import file as datafile
from workbench.database.restore import restore
from workbench.database.sqlite import Connection, library, translated
from workbench.errors import Damaged, FileProblem, NotAWorkbench


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """No file can grow beyond so many bytes, which SQLite meets as it meets a disk that takes no more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class FullDisk:
    """A disk that has no byte left until somebody makes room."""

    def __init__(self) -> None:
        self.free = 0
        self.limit = ExitStack()
        self.limit.enter_context(no_file_beyond(0))

    def usage(self, _path: Path) -> SimpleNamespace:
        return SimpleNamespace(free=self.free)

    def make_room(self) -> None:
        self.free = 1_000_000
        self.limit.close()


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[FullDisk]:
    disk = FullDisk()
    monkeypatch.setattr(shutil, "disk_usage", disk.usage)
    yield disk
    disk.limit.close()


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A workbench that nobody has open; it holds `test-1`."""
    path = tmp_path / "workbench.db"
    database = Database.create(path)
    save(database, "test-1")
    database.close()
    return path


def older(path: Path) -> Path:
    """A file of the first version, of some 40 kB."""
    datafile.place_new(path)
    connection = library.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.execute("CREATE TABLE note (text TEXT)")
    connection.execute("INSERT INTO note VALUES (?)", ("x" * 40_000,))
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize("replace", [False, True])
def test_a_backup_without_room_leaves_nothing_behind(database: Database, tmp_path: Path, replace: bool) -> None:
    target = tmp_path / "backup.db"
    if replace:
        target.write_text("the one before")
    before = names(tmp_path)
    with no_file_beyond(100_000), pytest.raises(FileProblem, match=r"the disk failed at .*backup.db"):
        database.backup(target, replace=replace)
    assert names(tmp_path) == before
    assert not replace or target.read_text() == "the one before"


def test_a_restore_without_room_changes_nothing(closed: Path, tmp_path: Path) -> None:
    with_more = Database.open(closed)
    with_more.backup(tmp_path / "backup.db")
    save(with_more, "test-2")
    before = names(tmp_path)
    with no_file_beyond(100_000), pytest.raises(FileProblem):
        restore(tmp_path / "backup.db", closed)
    assert names(tmp_path) == before
    assert saved(with_more) == {"test-1", "test-2"}
    with_more.close()


@pytest.mark.parametrize("step", ["copy_pages", "migrate"])
def test_the_journal_of_what_did_not_fit_goes_with_it(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    backup = older(tmp_path / "backup.db")
    before = names(tmp_path)

    def breaks_off(*connections: Connection) -> None:
        unfinished = Path(connections[-1].execute("PRAGMA database_list").fetchone()[2])
        datafile.beside(unfinished, "-journal").write_text("a page as it was")
        raise library.OperationalError("database or disk is full")

    monkeypatch.setattr(datafile, step, breaks_off)
    with pytest.raises(FileProblem, match="disk is full"):
        restore(backup, database.path)
    assert names(tmp_path) == before


def test_what_a_restore_would_have_replaced_is_not_kept_twice(closed: Path, tmp_path: Path) -> None:
    database = Database.open(closed)
    save(database, "test-2", value="x" * 400_000)
    database.backup(tmp_path / "backup.db")
    size = (tmp_path / "backup.db").stat().st_size
    before = names(tmp_path)
    with no_file_beyond(size + 10_000), pytest.raises(FileProblem):  # the log of it all is longer than the file
        restore(tmp_path / "backup.db", closed)
    assert names(tmp_path) == before
    database.close()


@pytest.mark.parametrize("room", [10_000, 60_000], ids=["for no copy", "for the copy"])
def test_a_migration_without_room_leaves_the_older_file_alone(tmp_path: Path, room: int) -> None:
    path = older(tmp_path / "workbench.db")
    content = path.read_bytes()
    for _ in range(2):
        with no_file_beyond(room), pytest.raises(FileProblem):
            Database.open(path)
        assert names(tmp_path) == {"workbench.db"}
    Database.open(path).close()
    assert names(tmp_path) == {"workbench.db", f"workbench.db.before-{SCHEMA_VERSION}"}
    assert (tmp_path / f"workbench.db.before-{SCHEMA_VERSION}").stat().st_size == len(content)


def test_a_new_file_without_room_leaves_nothing(tmp_path: Path) -> None:
    with no_file_beyond(1_000), pytest.raises(FileProblem):
        Database.create(tmp_path / "workbench.db")
    assert names(tmp_path) == set()


def test_a_file_on_a_full_disk_can_be_read(closed: Path, full: FullDisk) -> None:
    reader = Database.open(closed)
    assert saved(reader) == {"test-1"}
    assert reader.check() == []
    with pytest.raises(FileProblem, match=r"^the disk is full; nothing was saved; make room"):
        save(reader, "test-2")
    full.make_room()
    with pytest.raises(FileProblem, match=r"make room on the disk, and start again"):
        save(reader, "test-2")
    reader.close()
    writer = Database.open(closed)
    save(writer, "test-2")
    assert saved(writer) == {"test-1", "test-2"}
    writer.close()


def test_who_reads_on_a_full_disk_stops_when_somebody_writes(closed: Path, full: FullDisk) -> None:
    reader = Database.open(closed)
    full.make_room()
    writer = Database.open(closed)
    assert saved(reader) == {"test-1"}, "nothing is written yet"
    save(writer, "test-2")
    with pytest.raises(FileProblem, match="start again"):
        saved(reader)
    reader.close()
    writer.close()


@pytest.fixture
def with_log(database: Database, tmp_path: Path) -> Path:
    """A workbench that nobody has open, as a power cut leaves it: only its log holds `test-1`."""
    save(database, "test-1")
    path = tmp_path / "cut.db"
    for ending in ("", "-wal"):
        datafile.beside(path, ending).write_bytes(datafile.beside(database.path, ending).read_bytes())
    return path


def test_what_only_the_log_holds_is_not_left_out_on_a_full_disk(with_log: Path, full: FullDisk) -> None:
    with pytest.raises(FileProblem, match="disk is full"):
        Database.open(with_log)
    full.make_room()
    reader = Database.open(with_log)
    assert saved(reader) == {"test-1"}
    reader.close()


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_file_with_something_in_its_log_or_journal_is_not_whole(closed: Path, ending: str) -> None:
    assert datafile.is_whole(closed)
    datafile.beside(closed, ending).touch()
    assert datafile.is_whole(closed)
    datafile.beside(closed, ending).write_text("a page as it was")
    assert not datafile.is_whole(closed)


@pytest.mark.parametrize(
    ("words", "kind", "meaning"),
    [
        ("database or disk is full", FileProblem, "^the disk is full"),
        ("disk I/O error", FileProblem, "^the disk failed"),
        ("attempt to write a readonly database", FileProblem, "can only be read"),
        ("unable to open database file", FileProblem, "cannot be opened"),
        ("database disk image is malformed", Damaged, "is damaged"),
        ("file is not a database", NotAWorkbench, "is not a workbench"),
    ],
)
def test_an_error_that_comes_as_words_alone_is_understood(words: str, kind: type[FileProblem], meaning: str) -> None:
    with pytest.raises(kind, match=meaning), translated(Path("team.db")):
        raise library.OperationalError(words)
