"""The real screens under the keys, with 1,000 tickets and with many: the time from a key to the frame that answers."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rich.console import RenderableType
from textual.events import Key
from textual.screen import Screen

from benchmarks import million
from benchmarks.million import MOMENT, WHO
from benchmarks.table import Result, at_least, limit, p95, ratio
from workbench.app import WorkbenchApp
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.program.collector import calm_collector
from workbench.queues.screen import QueueScreen

SMALL = 1_000
ROUNDS = 3
"""Turns of each size, one after the other."""
FRAME_MS = 16.7
"""One frame at 60 a second."""
TWO_FRAMES_MS = 33.0


@dataclass(slots=True)
class Taken:
    """Seconds from keys to frames, by what the key does, and frames per key when one is held."""

    down: list[float] = field(default_factory=list)
    jump: list[float] = field(default_factory=list)
    sort: list[float] = field(default_factory=list)
    queue: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)


class WatchedApp(WorkbenchApp):
    """The workbench; notes when a frame was painted that answers a key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.frames = 0
        self.answered = asyncio.Event()
        self.answered_at = 0.0
        self.answers: Callable[[], bool] = bool

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        self.frames += 1
        if not self.answered.is_set() and self.answers():
            self.answered_at = time.perf_counter()  # who waits for the event is told after others that are due
            self.answered.set()

    async def press(self, key: str, state: Callable[[], object]) -> float:
        """Seconds until a frame is painted with another `state` than before the key."""
        before = state()
        self.answered.clear()
        self.answers = lambda: state() != before
        start = time.perf_counter()
        self.post_message(Key(key, key if len(key) == 1 else None))
        await asyncio.wait_for(self.answered.wait(), 10)
        self.answers = bool
        await asyncio.sleep(1 / 30)  # the pace of a held key
        return self.answered_at - start

    async def hold(self, key: str, seconds: int) -> float:
        """Frames per key, at 30 keys a second."""
        before, keys = self.frames, 30 * seconds
        start = time.perf_counter()
        for number in range(keys):
            self.post_message(Key(key, key))
            await asyncio.sleep(max(0.0, start + (number + 1) / 30 - time.perf_counter()))
        return (self.frames - before) / keys


def measure(tickets: int) -> Iterator[Result]:
    """Cursor down, a held key, jumps, sorts and changes of the queue."""
    calm_collector()  # as the program does
    small, large = Taken(), Taken()
    for _ in range(ROUNDS):
        asyncio.run(_walk(SMALL, small))
        asyncio.run(_walk(tickets, large))
    yield limit("cursor down, p95 of the first frame", 1_000 * p95(large.down), FRAME_MS)
    yield ratio(f"cursor down, p50 / with {SMALL:,} tickets", large.down, small.down, 1.2)
    yield at_least("cursor down held at 30 a second, frames per key", statistics.median(large.held), 0.98)
    for name, taken in (("jump to the end", large.jump), ("sort", large.sort), ("change of queue", large.queue)):
        yield limit(f"{name}, p95", 1_000 * p95(taken), TWO_FRAMES_MS)


async def _walk(tickets: int, taken: Taken) -> None:
    with Desk.open(million.file(tickets), FixedClock(MOMENT), WHO) as desk:
        app = WatchedApp(desk)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, QueueScreen)
            taken.down += [await app.press("j", lambda: screen.tickets.row) for _ in range(150)]
            taken.held.append(await app.hold("j", 4))
            for key in ("G", "g") * 10:
                taken.jump.append(await app.press(key, lambda: screen.tickets.row))
            await app.press("pagedown", lambda: screen.tickets.row)
            for _ in range(5 * 4):
                taken.sort.append(await app.press("S", lambda: screen.tickets.border_subtitle))
            for _ in range(2 * 15):
                taken.queue.append(await app.press("right_square_bracket", lambda: screen.tickets.border_title))
