"""The write-ahead log of a workbench file, and how it is brought into the file: beside everybody's work.

SQLite by itself does that at the end of a commit and hence under our lock, where every writer waits for it: 150 ms and
more after a long reading. It forbids neither to read nor to write meanwhile. A log that is in the file as a whole is
begun anew by the next change that meets no reader of it, and its file cut back then: so its size tells its length.

To that end what was written meanwhile follows, and the little that was written during that under the lock: else a log
that others write on without a pause would grow on, and a change takes a sixth less time where its log does not grow.
"""

import os
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Final

from workbench.database.file import beside, lock_of
from workbench.database.sqlite import Connection, connect, translated
from workbench.errors import FileProblem

STEP: Final = 4 * 1024 * 1024
"""After so many more bytes the log is brought in; SQLite's own measure is as much, 1,000 pages."""

_PATIENCE = 1.0  # seconds for which the lock is then waited for; the next step is another chance


class Log:
    """The log of the file at a path, as one session tends it."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._file = _file(path)
        self._connection = connection
        self._tended = False
        self._thread: Thread | None = None

    def take_over(self) -> None:
        """From here on we bring the log in, where there is one, and not SQLite at each commit."""
        self._connection.execute(f"PRAGMA journal_size_limit = {STEP - 1}")
        self._tended = self._connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        if self._tended:
            self._connection.execute("PRAGMA wal_autocheckpoint = 0")

    def size(self) -> int:
        """How many bytes the log has; 0 where this session need not tend it."""
        return _size(self._file) if self._tended else 0

    def grown(self, before: int, after: int) -> None:
        """Has the log brought in if a change took it over another step, so that one session of all does it."""
        if after // STEP > before // STEP and not (self._thread and self._thread.is_alive()):
            self._thread = Thread(target=_bring_in, args=(self._path,), name="log")
            self._thread.start()

    def bring_in(self) -> None:
        """Brings in a log that has become long before it returns: for who has read so long as to be in the way."""
        if self.size() >= STEP:
            _bring_in(self._path)

    def close(self) -> None:
        """Waits until what this session is bringing in is in the file."""
        if self._thread is not None:
            self._thread.join()


def _file(path: Path) -> str:
    return str(beside(path.resolve(), "-wal"))


def _size(file: str) -> int:
    try:
        return os.stat(file).st_size
    except OSError:  # a change that is saved does not fail for it
        return 0


def _bring_in(path: Path) -> None:
    """Brings in what no reader still needs in the log; where that fails nothing is lost, and others will try again."""
    target = path.resolve()
    with suppress(FileProblem, OSError), translated(path), closing(connect(target)) as connection:
        before = _brought_in(connection)
        if not before or _brought_in(connection) <= before:
            return
        with closing(lock_of(target)) as lock:
            if lock.acquire(_PATIENCE):
                _brought_in(connection)


def _brought_in(connection: Connection) -> int:
    """How many pages the log had, all of which are in the file by now; 0 where a reader still needs older ones."""
    busy, pages, done = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return 0 if busy or done < pages else int(pages)
