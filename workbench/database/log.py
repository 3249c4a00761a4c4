"""The write-ahead log of a workbench file, and how it is brought into the file: beside everybody's work.

SQLite by itself does that at the end of a commit and hence under our lock, where every writer waits for it: 150 ms and
more after a long reading. It forbids neither to read nor to write meanwhile. A log that is in the file as a whole is
begun anew by the next change that meets no reader of it.
"""

from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Final

from workbench.database.file import lock_of
from workbench.database.sqlite import Connection, connect, library, told
from workbench.errors import FileProblem

PAGES: Final = 1_000
"""After so many more pages the log is brought in; SQLite's own measure, 4 MB."""
LONG: Final = 4 * PAGES
"""Pages; a log of that length has been written on at each attempt, so that its end is brought in under the lock."""

_PATIENCE = 1.0  # seconds for which the lock is then waited for; the next thousand pages are another chance
_LIMIT = 16 * 1024 * 1024  # bytes to which the file of the log is cut back when it is begun anew
_TELLS_LENGTH = library.sqlite_version_info >= (3, 51)  # whether this SQLite knows the question below


class Log:
    """The log of the file at a path, as one session tends it."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._connection = connection
        self._tended = False
        self._thread: Thread | None = None

    def take_over(self) -> None:
        """From here on we bring the log in, and not SQLite at each commit; where it is one whose length is told."""
        self._connection.execute(f"PRAGMA journal_size_limit = {_LIMIT}")
        mode = self._connection.execute("PRAGMA journal_mode").fetchone()[0]
        self._tended = _TELLS_LENGTH and mode == "wal"
        if self._tended:
            self._connection.execute("PRAGMA wal_autocheckpoint = 0")

    def pages(self) -> int:
        """How many pages the log has, in 2 µs; 0 where nobody has to tend it, or this session is reading."""
        return _pages(self._connection) if self._tended else 0

    def grown(self, before: int, after: int) -> None:
        """Has the log brought in if a change took it over another thousand pages, so that one session of all does."""
        if after // PAGES > before // PAGES and not (self._thread and self._thread.is_alive()):
            self._thread = Thread(target=_bring_in, args=(self._path,), name="log")
            self._thread.start()

    def bring_in(self) -> None:
        """Brings in a log that has become long before it returns: for who has read so long as to be in the way."""
        if self.pages() >= PAGES:
            _bring_in(self._path)

    def close(self) -> None:
        """Waits until what this session is bringing in is in the file."""
        if self._thread is not None:
            self._thread.join()


def _pages(connection: Connection) -> int:
    try:
        return int(connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()[1])
    except library.Error:  # as in the middle of a reading; a change that is saved does not fail for it
        return 0


def _bring_in(path: Path) -> None:
    """Brings in what no reader still needs in the log; where that fails nothing is lost, and others will try again."""
    target = path.resolve()
    with suppress(FileProblem, OSError), told(path), closing(connect(target)) as connection:
        busy, pages, done = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if busy or done < pages or _pages(connection) < LONG:
            return
        with closing(lock_of(target)) as lock:
            if lock.acquire(_PATIENCE):
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
