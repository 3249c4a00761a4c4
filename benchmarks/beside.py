"""Others while a report is worked out: how long their writes wait, and how fast the report's own screen answers.

Started by `python -m benchmarks reports`; the writer is a process of its own.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.million import MOMENT, WHO
from benchmarks.screens import TWO_FRAMES_MS, WatchedApp
from benchmarks.table import Result, p95
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.program.collector import calm_collector
from workbench.reports.model import Period
from workbench.reports.panels.figures import FigureList
from workbench.reports.screen import ReportsScreen

WAIT_MS: Final = 100
PACE: Final = 0.05
"""Seconds between the starts of two writes."""
SECONDS: Final = 20
"""How long a report is worked out again and again while the other writes."""
FILLING: Final = 5
"""The same for what is done once: shorter than that takes."""
KEYS: Final = 200
_STARTING: Final = 3.0
"""Seconds in which the other process has surely opened the file."""
_MONTH: Final = Period(MOMENT - timedelta(days=30), MOMENT)
_OLD: Final = ("DELETE FROM resolution", "DELETE FROM first_response", "UPDATE projection SET missing = 1")
"""What makes a file one from before there were reports."""


class Waits(NamedTuple):
    """Seconds that each write took, from the call to its return."""

    seconds: list[float]

    def told(self, what: str) -> Iterator[Result]:
        """The worst of them against what was promised."""
        most = 1_000 * max(self.seconds)
        measured = f"{most:.3g} ms (p95 {1_000 * p95(self.seconds):.3g} ms of {len(self.seconds)})"
        yield Result(f"worst wait of another session's write, {what}", measured, f"≤ {WAIT_MS} ms", most <= WAIT_MS)


def measure(large: Path, older: Path) -> Iterator[Result]:
    """Writes and keys while reports are worked out on a copy of `large`; writes while `older` is read first."""
    path = large.with_name(f"beside-{large.name}")
    try:
        _copy(large, path)
        with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
            reports = desk.reports
            works: dict[str, Callable[[], object]] = {
                "while nobody reads": lambda: time.sleep(PACE),
                "while a month's figures are taken": lambda: reports.figures(_MONTH),
                "while a month is diagnosed": lambda: reports.diagnosis(_MONTH),
                "while the whole report is taken": lambda: reports.report(_MONTH),
            }
            for what, work in works.items():
                yield from _meanwhile(path, work, SECONDS).told(what)
        yield _typed(path)
        _copy(older, path)
        with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
            with desk.database.transaction():
                for statement in _OLD:
                    desk.database.execute(statement)
            filling = _meanwhile(path, desk.reports.prepare, FILLING)
        yield from filling.told("while an older file is read first")
    finally:
        for each in path.parent.glob(f"{path.name}*"):
            each.unlink()


def _copy(source: Path, path: Path) -> None:
    shutil.copyfile(source, path)
    os.sync()  # else the first commit would wait until all of the copy is on the disk


def _meanwhile(path: Path, work: Callable[[], object], seconds: int) -> Waits:
    """What another process waits for its writes while this one does the work again and again."""
    begins = time.monotonic() + _STARTING
    ends = begins + seconds
    arguments = [sys.executable, "-m", "benchmarks.beside", str(path), str(begins), str(ends)]
    writer = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    time.sleep(_STARTING)
    while time.monotonic() < ends:
        work()
    return Waits(json.loads(writer.communicate()[0]))


def _write(path: Path, begins: float, ends: float) -> None:
    """Takes a ticket and comments on it in turn, one write every so often; tells how long each took."""
    taken: list[float] = []
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        ref = desk.queues.take_next("L1").ref  # loads what the first write needs
        due = begins
        while due < ends:
            time.sleep(max(0.0, due - time.monotonic()))
            start = time.monotonic()
            if len(taken) % 2:
                ref = desk.queues.take_next("L1").ref
            else:
                desk.tickets.comment(ref, "We are looking into it.")
            taken.append(time.monotonic() - start)
            due = max(due + PACE, time.monotonic())
    json.dump(taken, sys.stdout)


def _typed(path: Path) -> Result:
    """From keys on the report's screen to their frames, while it is taken anew and while it is not, in turn."""
    calm_collector()
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        busy, idle = (1_000 * p95(series) for series in asyncio.run(_type(desk)))
    what = "cursor in the figures while they are taken anew, p95"
    return Result(what, f"{busy:.3g} ms (while not: {idle:.3g} ms)", f"≤ {TWO_FRAMES_MS} ms", busy <= TWO_FRAMES_MS)


async def _type(desk: Desk) -> tuple[list[float], list[float]]:
    app, busy, idle = WatchedApp(desk), list[float](), list[float]()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("4")
        screen = app.screen
        assert isinstance(screen, ReportsScreen)
        figures = screen.query_one(FigureList)
        for number in range(2 * KEYS):
            taking = number // 20 % 2 == 1
            if taking and not screen.busy:
                screen.action_take()
            while not taking and screen.busy:
                await asyncio.sleep(0.1)
            seconds = await app.press("j" if number % 20 < 10 else "k", lambda: figures.index)
            (busy if taking else idle).append(seconds)
        await pilot.press("1")
    return busy, idle


if __name__ == "__main__":
    _write(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
