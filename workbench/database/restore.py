"""Putting a backup back in the place of the workbench file."""

from contextlib import closing
from pathlib import Path

from workbench.database import file as datafile
from workbench.database.connection import Database
from workbench.database.sqlite import connect, translated
from workbench.errors import Damaged, NoSuchFile, Refused


def restore(source: Path, target: Path) -> Path | None:
    """Puts the content of `source` at `target`; returns where what stood there was kept, None where nothing did.

    Sessions that have the target open go on with the new content. Raises NotAWorkbench, NewerFile and Damaged
    where the source is none to rely on, Refused where it is the target itself, Busy; then nothing was changed.
    """
    datafile.identify(source, otherwise="name a backup, as `workbench backup` makes them")
    final = target.resolve()
    if final.exists() and final.samefile(source):
        raise Refused(f"{source} is the workbench itself", "name a backup of it")
    if not final.parent.is_dir():
        raise NoSuchFile(f"there is no folder {target.parent}", "make it first")
    new = datafile.spare(final, ".restoring")
    try:
        _copy_checked(source, new)
        return _replace(target, new)
    finally:
        datafile.discard(new)


def _copy_checked(source: Path, new: Path) -> None:
    """Copies the source and brings the copy, never the source, to the current schema."""
    try:
        with closing(Database(source)) as backup:
            backup.backup(new)
        with translated(source), closing(connect(new)) as copy:
            if faults := datafile.damage(copy):
                raise Damaged(faults[0], "take an older one")
            if datafile.schema_version(copy, source) < datafile.SCHEMA_VERSION:
                datafile.migrate(copy)
    except Damaged as error:  # SQLite may have met it in either file, and restoring is what is being done
        raise Damaged(f"the backup {source} is damaged; nothing was changed", "take an older one") from error


def _replace(target: Path, new: Path) -> Path | None:
    try:
        if target.exists() and target.stat().st_size == 0:  # all that a full disk may have left
            return _put_in_place(new, target.resolve())
        with closing(Database.open(target)) as database, translated(new), closing(connect(new)) as copy:
            return database.replace_content(copy)
    except (NoSuchFile, Damaged):
        return _put_in_place(new, target.resolve())


def _put_in_place(new: Path, target: Path) -> Path | None:
    """Moves what is left of the old file aside, its log with it: a log left behind would be read into the new file."""
    lock = datafile.lock_of(target)
    with closing(lock), datafile.held(lock, target):
        kept = datafile.spare(target, ".replaced")
        datafile.beside(target, "-shm").unlink(missing_ok=True)
        for ending in ("-wal", "-journal", ""):
            old = datafile.beside(target, ending)
            if old.exists():
                old.rename(datafile.beside(kept, ending))
        datafile.put_in_place(new, target)
    return kept if kept.exists() else None
