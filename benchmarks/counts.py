"""All queues counted with their aging, beside seven plain `count(*)` on the same file with the same indexes."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import million
from benchmarks.million import MOMENT, WHO
from benchmarks.table import Result, limit, ratio
from workbench.clock import FixedClock, iso
from workbench.database.sqlite import Connection, connect
from workbench.desk import Desk

_NAIVE = (
    "SELECT count(*) FROM ticket WHERE live = 1 AND tier = 'L1'",
    "SELECT count(*) FROM ticket WHERE live = 1 AND tier = 'L2'",
    "SELECT count(*) FROM ticket WHERE live = 1 AND tier = 'L3'",
    "SELECT count(*) FROM ticket WHERE live = 1 AND assignee = :me",
    "SELECT count(*) FROM ticket WHERE live = 1 AND assignee IS NULL",
    "SELECT count(*) FROM ticket WHERE state = 'waiting' AND (wakes_at IS NULL OR wakes_at > :now)",
    "SELECT count(*) FROM ticket WHERE live = 1 AND due_at <= :now",
)
"""What a program without counters asks for three tiers, Mine, Unassigned, Waiting and Late; without the aging."""


def measure(tickets: int) -> Iterator[Result]:
    """The first counting of a session, those after another's change, and the look when nothing has changed."""
    path = million.copy(tickets, "counts")
    with closing(connect(path)) as plain:
        firsts, naives = [], []
        for _ in range(7):
            firsts.append(_first(path))
            naives.append(_naive(plain))
        yield ratio("all queue counts, the first time / seven count(*)", firsts, naives, 0.15)
        with Desk.open(path, FixedClock(MOMENT), WHO) as reader, Desk.open(path, FixedClock(MOMENT), "ravi") as writer:
            again, naives = [], []
            for _ in range(50):
                writer.queues.take_next("L1")
                again.append(_seconds(reader))
                naives.append(_naive(plain))
            yield ratio("all queue counts, after another's change / seven count(*)", again, naives, 0.01)
            yield limit("an idle look for others' changes", 1_000 * _idle(reader), 0.01)


def _first(path: Path) -> float:
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        return _seconds(desk)


def _seconds(desk: Desk) -> float:
    """What a screen asks: all counts, and the age of the oldest ticket of the queue whose list it shows."""
    start = time.perf_counter()
    counts = desk.queues.counts()
    desk.queues.date(counts[:1])
    return time.perf_counter() - start


def _naive(plain: Connection) -> float:
    start = time.perf_counter()
    for sql in _NAIVE:
        plain.execute(sql, {"me": WHO, "now": iso(MOMENT)}).fetchone()
    return time.perf_counter() - start


def _idle(desk: Desk) -> float:
    """Seconds of the screen's look once a second, when neither others nor the time have changed anything."""
    turns_at, looks = desk.queues.next_turn(MOMENT), 10_000
    assert turns_at is not None
    version, changed = desk.database.data_version(), 0
    start = time.perf_counter()
    for _ in range(looks):
        changed += desk.database.data_version() != version or turns_at <= desk.now()
    taken = (time.perf_counter() - start) / looks
    assert not changed
    return taken
