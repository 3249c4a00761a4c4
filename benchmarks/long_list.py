"""Measures the long list: milliseconds from a key to the next frame, at 1,000 and at 1,000,000 rows of a SQLite file.

Run `python benchmarks/long_list.py`. Wanted: p95 below 16.7 ms (one frame at 60 Hz) and the same at both sizes, as many
frames as keys at 30 keys a second, and memory that does not grow with the walk.
"""

import asyncio
import gc
import resource
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text
from textual.app import App, ComposeResult
from textual.events import Key
from textual.screen import Screen

from workbench.widgets.aging import clock_cell
from workbench.widgets.columns import Column
from workbench.widgets.show import show_line
from workbench.widgets.virtual_list import VirtualList


@dataclass(frozen=True, slots=True)
class Row:
    """A made-up ticket."""

    due: int
    number: int
    subject: str


class Tickets:
    """Made-up tickets in SQLite, ordered by (due, number) through an index."""

    def __init__(self, count: int) -> None:
        self._size = count
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE TABLE t (number INTEGER PRIMARY KEY, due INTEGER, subject TEXT)")
        rows = ((n, n * 7_919 % 1_000_003, f"VPN drops every {n} minutes") for n in range(1, count + 1))
        self._database.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
        self._database.execute("CREATE INDEX by_due ON t (due, number)")

    def _rows(self, rest: str, *parameters: int) -> list[Row]:
        return [Row(*row) for row in self._database.execute(f"SELECT due, number, subject FROM t {rest}", parameters)]

    def count(self) -> int:
        """How many rows there are."""
        return self._size

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        """The rows from `offset` on."""
        return self._rows("ORDER BY due, number LIMIT ? OFFSET ?", limit, offset)

    def after(self, row: Row, limit: int) -> Sequence[Row]:
        """The next rows behind `row`."""
        return self._rows("WHERE (due, number) > (?, ?) ORDER BY due, number LIMIT ?", row.due, row.number, limit)

    def before(self, row: Row, limit: int) -> Sequence[Row]:
        """The last rows before `row`."""
        where = "WHERE (due, number) < (?, ?) ORDER BY due DESC, number DESC LIMIT ?"
        return self._rows(where, row.due, row.number, limit)[::-1]

    def last(self, limit: int) -> Sequence[Row]:
        """The rows at the end."""
        return self._rows("ORDER BY due DESC, number DESC LIMIT ?", limit)[::-1]

    def rank(self, row: Row) -> int:
        """How many rows stand before `row`."""
        where = "SELECT count(*) FROM t WHERE (due, number) < (?, ?)"
        return int(self._database.execute(where, (row.due, row.number)).fetchone()[0])

    def find(self, key: int) -> Row | None:
        """The row with that number."""
        return next(iter(self._rows("WHERE number = ?", key)), None)

    def key(self, row: Row) -> int:
        """The number."""
        return row.number


COLUMNS: list[Column[Row]] = [
    Column("#", 8, lambda row, width: show_line(str(row.number)), right=True),
    Column("Clock", 20, lambda row, width: clock_cell("aging", row.due % 100 / 100, row.due, None, width)),
    Column("Age", 4, lambda row, width: Text("3d"), drop_order=4, right=True),
    Column("Hops", 4, lambda row, width: Text("⇄ 2"), drop_order=3),
    Column("Subject", 16, lambda row, width: show_line(row.subject), flexible=True),
    Column("Owner", 12, lambda row, width: Text("Network"), drop_order=2),
    Column("Who", 8, lambda row, width: Text("maya"), drop_order=1),
]


class ListApp(App[None]):
    """The list alone; notes when a frame was painted."""

    def __init__(self, source: Tickets) -> None:
        super().__init__()
        self.source = source
        self.painted = asyncio.Event()
        self.frames = 0

    def compose(self) -> ComposeResult:
        """The list."""
        yield VirtualList(COLUMNS, self.source, empty=Text("nothing"))

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        self.frames += 1
        self.painted.set()


async def frame_times(app: ListApp, key: str, times: int) -> list[float]:
    """Milliseconds from each press to the frame that follows it, sorted."""
    taken = []
    for _ in range(times):
        app.painted.clear()
        start = time.perf_counter()
        app.post_message(Key(key, key if len(key) == 1 else None))
        await asyncio.wait_for(app.painted.wait(), 1)
        taken.append(1_000 * (time.perf_counter() - start))
        await asyncio.sleep(0.005)
    return sorted(taken)


async def frames_of_held_key(app: ListApp, seconds: int = 5) -> float:
    """Frames painted per key, at 30 keys a second."""
    before, keys = app.frames, 30 * seconds
    start = time.perf_counter()
    for number in range(keys):
        app.post_message(Key("j", "j"))
        await asyncio.sleep(max(0.0, start + (number + 1) / 30 - time.perf_counter()))
    return (app.frames - before) / keys


async def measure(count: int) -> None:
    """Prints the figures for a list of that many rows."""
    app = ListApp(Tickets(count))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{count:,} rows")
        for key, times in (("j", 300), ("pagedown", 100), ("k", 300)):
            taken = await frame_times(app, key, times)
            print(
                f"  {key:9} p50 {taken[times // 2]:5.1f}  p95 {taken[times * 95 // 100]:5.1f}  max {taken[-1]:5.1f} ms"
            )
        jumps = [(await frame_times(app, key, 1))[0] for key in ("G", "g") * 10]
        print(f"  G and g   max {max(jumps):5.1f} ms")
        print(f"  held j    {await frames_of_held_key(app):.2f} frames per key")
        list_ = app.query_one(VirtualList)
        list_.show_source(app.source, key=count // 2)
        start = time.perf_counter()
        list_.refresh_rows()
        print(f"  refresh in the middle {1_000 * (time.perf_counter() - start):.1f} ms")
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
        print(f"  memory grown by the walk {grown:,} kB")


if __name__ == "__main__":
    gc.freeze()  # as the program does
    for size in (1_000, 1_000_000):
        asyncio.run(measure(size))
