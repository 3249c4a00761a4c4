"""Twenty processes that take, comment and resolve as fast as they can, while one reads for two seconds at a time."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks import million
from benchmarks.million import MOMENT, WHO
from benchmarks.table import Result, limit
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.errors import WorkbenchError
from workbench.tickets.rules import Resolution

WRITERS = 20
SIZE = 50_000
WORST_MS = 500
_STARTING = 4.0  # seconds in which all processes have surely opened the file
_LEAVING = 2.0  # seconds in which all have surely finished: twenty that end at once would slow down the last acts


def measure(seconds: int) -> Iterator[Result]:
    """Starts them on one file, then looks whether every change that was told as saved is there."""
    path = million.copy(SIZE, "together")
    begins = time.monotonic() + _STARTING
    told = [str(path), str(begins), str(begins + seconds)]
    writers = [_start("write", *told, str(number)) for number in range(WRITERS)]
    reader = _start("read", *told)
    reports = [json.loads(writer.communicate()[0]) for writer in writers]
    reader.communicate()
    events = sum(report["events"] for report in reports)
    with Desk.open(path, FixedClock(MOMENT + timedelta(days=1)), WHO) as desk:
        kept = desk.database.value("SELECT count(*) FROM event WHERE act IS NOT NULL")
        taken = desk.database.value(
            "SELECT count(*) FROM (SELECT 1 FROM event WHERE act IS NOT NULL AND kind = 'taken' GROUP BY ticket_id"
            " HAVING count(*) > 1)"
        )
        faults = desk.database.check()
    errors = [error for report in reports for error in report["errors"]] + faults
    yield Result("lost updates of twenty writers", f"{events - kept} of {events:,}", "0", events == kept)
    yield Result("tickets that two of them took", str(taken), "0", taken == 0)
    yield Result("errors of twenty writers and a long reader", "; ".join(errors[:3]) or "none", "none", not errors)
    yield limit("worst wait of twenty writers", 1_000 * max(report["worst"] for report in reports), WORST_MS)


def _start(*arguments: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[1]
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.together", *arguments], stdout=subprocess.PIPE, text=True, cwd=root
    )


def _write(path: Path, begins: float, ends: float, number: int) -> None:
    """Takes, comments and resolves between two moments; tells how many events were saved and the longest wait."""
    who = ("maya", "ravi", "sam")[number % 3]
    events, worst, errors = 0, 0.0, list[str]()
    with Desk.open(path, FixedClock(MOMENT), who) as desk:
        ref = None
        time.sleep(max(0.0, begins - time.monotonic()))
        while time.monotonic() < ends:
            for act in ("take", "comment", "resolve"):
                start = time.monotonic()
                try:
                    ref = _act(desk, act, ref)
                    events += 1
                except WorkbenchError as error:
                    errors.append(repr(error))
                worst = max(worst, time.monotonic() - start)
        time.sleep(max(0.0, ends + _LEAVING - time.monotonic()))
    json.dump({"events": events, "worst": worst, "errors": errors}, sys.stdout)


def _act(desk: Desk, act: str, ref: int | None) -> int:
    if act == "take" or ref is None:
        return desk.queues.take_next("L1").ref
    if act == "comment":
        return desk.tickets.comment(ref, "We are looking into it.").ref
    return desk.tickets.resolve(ref, Resolution("a full disk", "made room", "the log is rotated now")).ref


def _read(path: Path, begins: float, ends: float) -> None:
    """Looks at one state of the file for two seconds at a time."""
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        time.sleep(max(0.0, begins - time.monotonic()))
        while time.monotonic() < ends:
            with desk.database.snapshot():
                desk.queues.counts()
                time.sleep(2)
                desk.queues.counts()


if __name__ == "__main__":
    if sys.argv[1] == "write":
        _write(Path(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]))
    else:
        _read(Path(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
