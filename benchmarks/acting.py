"""Acting on tickets and filtering by the keys of the real screens: the time from a key to the frame that answers."""

import asyncio
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from random import Random

from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.pilot import Pilot

from benchmarks import million
from benchmarks.million import MOMENT, WHO
from benchmarks.screens import FRAME_MS, WatchedApp
from benchmarks.table import Result, limit, p95
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.program.collector import calm_collector
from workbench.queues.screen import QueueScreen
from workbench.tickets.model import Event
from workbench.tickets.rules import Resolution
from workbench.tickets.screen import TicketScreen
from workbench.tickets.vocabulary import Kind
from workbench.widgets.reader import Reader

ACT_MS = 50.0
FILTER_MS = 30.0
TICKETS = 25
"""Tickets on which every act is done once."""
LOOKS = 25
"""Times that the long ticket is opened."""
EVENTS = 500
WRITERS = 20
PACE = 1.0
"""Seconds between two changes of one writer who is a person."""
CURSOR_KEYS = 200
FILTERS = ("client:contoso priority:p1", "vpn mailbox", "client:acme printer slow")
NO_MATCH = ("zebra", "client:acme zebra")
_STARTING = 4.0  # seconds in which all writers have surely opened the file


class AnsweringApp(WatchedApp):
    """Notes also how often a filter was read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.narrowed = 0

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Counts the filters that were read."""
        done = await super().run_action(action, default_namespace, namespaces)
        self.narrowed += action == "narrow"
        return done

    @property
    def queue_screen(self) -> QueueScreen:
        """The screen under all others."""
        screen = self.screen_stack[0]
        assert isinstance(screen, QueueScreen)
        return screen


def measure(tickets: int) -> Iterator[Result]:
    """Acts, filters, a long ticket, and the cursor while others write."""
    calm_collector()  # as the program does
    path = million.copy(tickets, "acting")
    for act, taken in asyncio.run(_acts(path)).items():
        yield limit(f"{act}, p95 until its result stands there", 1_000 * p95(taken), ACT_MS)
    for what, texts in (("words and fields", FILTERS), ("nothing matches", NO_MATCH)):
        letters, found = asyncio.run(_filters(path, texts))
        yield limit(f"filter of {what}: a letter, p95 until it is answered", 1_000 * p95(letters), FILTER_MS)
        yield limit(f"filter of {what}: a letter, p95 until tickets are found", 1_000 * p95(found), FILTER_MS)
    opened = asyncio.run(_long_ticket(path))
    yield limit(f"a ticket with {EVENTS} events opened, p95", 1_000 * p95(opened), ACT_MS)
    for how, pace in ((f"one change each in {PACE:g} s", PACE), ("without a pause", 0.0)):
        moved = asyncio.run(_cursor(path, pace))
        yield limit(f"cursor key while {WRITERS} write {how}, p95", 1_000 * p95(moved), FRAME_MS)


async def _acts(path: Path) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = defaultdict(list)
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        app = AnsweringApp(desk)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            for ref in _free(desk):
                app.queue_screen.tickets.show_source(app.queue_screen.listing, key=ref)
                await pilot.pause()
                other = "3" if desk.tickets.get(ref).priority == "P4" else "4"
                for act, keys, last in (
                    ("take", (), "t"),
                    ("comment", ("c", *"yes"), "ctrl+s"),
                    ("note", ("C", *"yes"), "ctrl+s"),
                    ("assign", ("a", *"ravi"), "ctrl+s"),
                    ("priority", ("p", other, "enter", *"vip"), "ctrl+s"),
                    ("wait", ("s", "enter", "enter", *"log"), "ctrl+s"),
                    ("undo", (), "u"),
                ):
                    taken[act].append(await _act(app, pilot, keys, last))
    return taken


async def _act(app: AnsweringApp, pilot: Pilot[None], keys: tuple[str, ...], last: str) -> float:
    """Seconds from the last key until the change is written and a frame of the queue is painted that has read it."""
    await pilot.press(*keys)
    await pilot.pause()
    database = app.desk.database
    generation = database.generation()
    taken = await app.press(last, lambda: app.screen is app.queue_screen and database.generation() != generation)
    app.clear_notifications()
    return taken


def _free(desk: Desk) -> list[int]:
    """Tickets of the shown queue that nobody has, from all over the file."""
    sql = (
        "SELECT id FROM ticket WHERE live = 1 AND state = 'new' AND team = 'frontline' AND id % 7 = 0"
        " ORDER BY id * 7919 % 100003 LIMIT ?"
    )
    return [ref for (ref,) in desk.database.rows(sql, (TICKETS,))]


async def _filters(path: Path, texts: tuple[str, ...]) -> tuple[list[float], list[float]]:
    """Seconds of each letter until a frame that answers it, and until one with the first tickets found by it."""
    letters, found = list[float](), list[float]()
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        app = AnsweringApp(desk)
        async with app.run_test(size=(120, 40)) as pilot:
            for text in texts:
                for taken, until_found in ((letters, False), (found, True)):
                    await pilot.press("slash")
                    await pilot.pause()
                    taken += [await _letter(app, letter, until_found=until_found) for letter in text]
                    await pilot.press("escape")
                    await pilot.pause()
    return letters, found


async def _letter(app: AnsweringApp, letter: str, *, until_found: bool) -> float:
    narrowed, screen = app.narrowed, app.queue_screen

    def answered() -> bool:
        looks = screen.finder.busy and not (screen.listing.answers and screen.tickets.count)
        return app.narrowed != narrowed and not (until_found and looks)

    return await app.press(letter, answered)


async def _long_ticket(path: Path) -> list[float]:
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        with desk.database.transaction():
            (ref,) = desk.tickets.record([_long_history()])
        app = AnsweringApp(desk)

        def stands() -> bool:
            screen = app.screen
            return isinstance(screen, TicketScreen) and any(one.border_title for one in screen.query(Reader))

        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            app.queue_screen.tickets.show_source(app.queue_screen.listing, key=ref)
            taken = list[float]()
            for _ in range(LOOKS):
                await pilot.pause()
                taken.append(await app.press("enter", stands))
                await pilot.press("escape")
    return taken


def _long_history() -> list[Event]:
    random = Random(EVENTS)
    after = {"subject": million.words(random, 6), "body": million.words(random, 20), "state": "new"}
    after |= {"team": "frontline", "tier": "L1", "priority": "P3", "impact": "one", "urgency": "hampered"}
    after |= {"client": "acme", "contact": "Dana Reyes", "external": "LONG"}
    opened = MOMENT - timedelta(minutes=EVENTS)
    events = [Event(1, opened, "Dana Reyes", Kind.OPENED, public=True, text=after["body"], after=after)]
    for seq in range(2, EVENTS + 1):
        kind = random.choice((Kind.COMMENTED, Kind.NOTED))
        at, public = opened + timedelta(minutes=seq - 1), kind is Kind.COMMENTED
        events.append(Event(seq, at, WHO, kind, public, million.words(random, 20), responds=public))
    return events


async def _cursor(path: Path, pace: float) -> list[float]:
    """Seconds of cursor keys at the end of the list, far from the tickets that the others take."""
    begins = time.monotonic() + _STARTING
    root = Path(__file__).parents[1]
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.acting", str(path), str(begins), str(pace), str(number)],
            cwd=root,
            stdin=subprocess.PIPE,
        )
        for number in range(WRITERS)
    ]
    try:
        with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
            app = AnsweringApp(desk)
            async with app.run_test(size=(120, 40)) as pilot:
                await asyncio.sleep(max(0.0, begins + PACE - time.monotonic()))
                await pilot.press("G")
                tickets = app.queue_screen.tickets
                return [await app.press("k", lambda: tickets.row and tickets.row.ref) for _ in range(CURSOR_KEYS)]
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()


def _write(path: Path, begins: float, pace: float, number: int) -> None:
    """Takes, comments and resolves until it is ended, with a pause after each."""
    with Desk.open(path, FixedClock(MOMENT), ("ravi", "sam", "maya")[number % 3]) as desk:
        time.sleep(max(0.0, begins + pace * number / WRITERS - time.monotonic()))
        while True:
            ref = desk.queues.take_next("L1").ref
            time.sleep(pace)
            desk.tickets.comment(ref, "We are looking into it.")
            time.sleep(pace)
            desk.tickets.resolve(ref, Resolution("a full disk", "made room", "the log is rotated now"))
            time.sleep(pace)


if __name__ == "__main__":
    _write(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
