"""`import tickets` of a large CSV file, checked and with events, beside what SQLite's own shell takes.

The shell reads the file with `.import --csv` into one bare table, and writes the very rows that the import has left
into the same tables. Meanwhile another session looks at its queues again and again, as a screen does.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from benchmarks import million
from benchmarks.million import MOMENT, WHO
from benchmarks.table import Result, limit
from workbench.clock import FixedClock, iso
from workbench.desk import Desk

_ROOT = Path(__file__).parents[1]
_HEADER = "number subject body state priority client contact team assignee component opened_at resolved_at"


def measure(tickets: int) -> Iterator[Result]:
    """Time, memory, and the longest look of another session."""
    if shutil.which("sqlite3") is None:
        yield Result("import of a CSV file / `.import`", "not measured: there is no sqlite3 here", "≤ 5 ×", met=False)
        return
    source = _csv_file(tickets)
    theirs = _import_plainly(source)
    path = million.empty(million.folder() / "imported.db")
    looks = _Looks(path)
    looks.start()
    ours, megabytes = _import(path, source)
    looks.stop()
    rows = _write_the_same(path)
    what = f"import of {tickets:,} tickets from CSV / the shell writes the same rows"
    yield Result(what, ours.beside(rows), "≤ 5 ×", ours.wall / rows.wall <= 5)
    yield Result("the same / the shell's `.import` of the file into one bare table", ours.beside(theirs))
    yield limit("memory of the import", megabytes, 100, "MB")
    yield limit("longest look of another session meanwhile", 1_000 * looks.longest, 100)


class _Spent(NamedTuple):
    """Seconds that a process took on the wall, and of the processor."""

    wall: float
    processor: float

    @classmethod
    def since(cls, begun: "_Spent") -> "_Spent":
        now = cls.now()
        return cls(now.wall - begun.wall, now.processor - begun.processor)

    @classmethod
    def now(cls) -> "_Spent":
        """The clock, and what the processes that have ended have used."""
        times = os.times()
        return cls(time.perf_counter(), times.children_user + times.children_system)

    def beside(self, peer: "_Spent") -> str:
        wall, processor = self.wall / peer.wall, self.processor / peer.processor
        return f"{self.wall:.1f} / {peer.wall:.1f} s = {wall:.2g} ×; of the processor {processor:.2g} ×"


class _Looks(threading.Thread):
    """Counts the queues and reads a page, ten times a second; a process's screens look at most once."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.longest = 0.0
        self._over = threading.Event()

    def run(self) -> None:
        """Looks until it is stopped."""
        with Desk.open(self.path, FixedClock(MOMENT), WHO) as desk:
            while not self._over.wait(0.1):
                start = time.perf_counter()
                desk.queues.counts()
                desk.queues.select(desk.queues.find("L1").filter).page(64)
                self.longest = max(self.longest, time.perf_counter() - start)

    def stop(self) -> None:
        """Ends it."""
        self._over.set()
        self.join()


def _import_plainly(source: Path) -> _Spent:
    path = million.folder() / "plain-import.db"
    path.unlink(missing_ok=True)
    begun = _Spent.now()
    subprocess.run(["sqlite3", str(path), f".import --csv {source} ticket"], check=True, capture_output=True)
    return _Spent.since(begun)


_SETUP: Final = ("tier", "team", "person", "client")
_ROWS: Final = ("ticket", "event", "stay", "resolution", "first_response")


def _write_the_same(imported: Path) -> _Spent:
    """One transaction of the shell, with indexes, triggers and references, from one file into the other.

    Not by `.import`, which knows no NULL. `WHERE true` keeps SQLite from copying the pages of a table as they are.
    """
    path = million.empty(million.folder() / "same-rows.db")
    copied = [f"INSERT OR IGNORE INTO main.{table} SELECT * FROM imported.{table};" for table in _SETUP]
    copied += [f"INSERT INTO main.{table} SELECT * FROM imported.{table} WHERE true;" for table in _ROWS]
    script = "\n".join(
        (
            f"ATTACH '{imported}' AS imported;",
            "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;",
            "BEGIN IMMEDIATE;",
            *copied,
            "COMMIT;",
        )
    )
    begun = _Spent.now()
    subprocess.run(["sqlite3", "-bail", str(path)], input=script, text=True, check=True, capture_output=True)
    return _Spent.since(begun)


def _import(path: Path, source: Path) -> tuple[_Spent, float]:
    """What the command takes, and the megabytes that it held at most."""
    options = ["--db", str(path), "--as", WHO, "--as-of", iso(MOMENT)]
    begun = _Spent.now()
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench", *options, "import", "tickets", str(source)],
        cwd=_ROOT,
        env=million.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0
    while process.poll() is None:
        with suppress(OSError):  # it has ended meanwhile
            found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text("ascii"))
            peak = max(peak, int(found[1]) if found else 0)
        time.sleep(0.05)
    if process.returncode != 0:
        raise RuntimeError(f"the import ended with {process.returncode}")
    return _Spent.since(begun), peak / 1024


def _csv_file(tickets: int) -> Path:
    """An export of another help desk: one in twenty is not done yet."""
    path = million.folder() / f"{tickets}.csv"
    if not path.exists():
        making = path.with_suffix(".making")
        with making.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADER.split())
            writer.writerows(_row(number, Random(number)) for number in range(tickets))
        os.replace(making, path)
    return path


def _row(number: int, random: Random) -> list[str]:
    opened = MOMENT - timedelta(seconds=60 + random.randrange(400 * 86_400))
    done = random.random() < 0.95
    state = "closed" if done else random.choice(("new", "open", "open"))
    resolved = min(MOMENT, opened + timedelta(seconds=random.randrange(3 * 86_400)))
    return [
        f"INC{number:08d}",
        million.words(random, 6),
        million.words(random, 20),
        state,
        random.choice(("P1", "P2", "P3", "P3", "P3", "P4")),
        random.choice(("contoso", "fabrikam", "northwind", "acme")),
        random.choice(("Dana Reyes", "Sam Ortiz", "Kim Lee", "Ada Byron")),
        random.choice(("frontline", "second-line", "engineering")),
        random.choice(("maya", "ravi", "")),
        random.choice(("vpn", "mail", "erp", "")),
        iso(opened),
        iso(resolved) if done else "",
    ]
