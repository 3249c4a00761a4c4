"""The form of a hand-off on the real screen: the time from `e` to the frame that has it all, and from each letter."""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from textual.events import Key
from textual.pilot import Pilot

from benchmarks import catalogue, million
from benchmarks.acting import AnsweringApp
from benchmarks.million import MOMENT, WHO
from benchmarks.table import Result, limit, p95
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.escalation.panels.beside import Beside
from workbench.escalation.panels.page import FormPage
from workbench.escalation.screen import FormScreen
from workbench.ownership.model import Component
from workbench.problems.model import NewProblem, Rule
from workbench.program.collector import calm_collector
from workbench.tickets.model import NewTicket
from workbench.widgets.form import Words
from workbench.widgets.line import Line

RUNBOOKS: Final = 10_000
RULES: Final = 500
COMPONENTS: Final = 1_000
"""Components of the catalogue, one of which each ticket that is handed off names."""
FORMS: Final = 40
"""Tickets of which the form is opened."""
TYPED_IN: Final = 4
"""Every so many forms one is typed in."""
OPEN_MS: Final = 100.0
KEY_MS: Final = 16.0
RULE_WORDS: Final = 10
"""Words of a rule, of the 27 that tickets are made of: a ticket matches a handful of the rules."""
PAGE: Final = 30
"""Lines of a log that stand in a ticket."""
TYPED: Final = "about one in three fails"
"""What is typed in each field."""
FIELDS: Final = ("summary", "words", "reproduction", "account")
"""Fields of a form that are typed in: boxes of words, and lines."""
_PAUSE: Final = 0.1  # seconds between two letters of somebody who types fast; what a key left behind is done by then
_LOOKED_AROUND: Final = 2.5  # seconds in which somebody finds the next ticket, and the collector its moment


class Taken(NamedTuple):
    """Seconds until a frame answered: by the clock on the wall, and of the processor, which others do not lengthen.

    The processor's are counted until the form has also taken up what was typed, which may be after that frame.
    """

    wall: float
    processor: float


class FormApp(AnsweringApp):
    """Tells for each key both times."""

    async def time(self, key: str, answered: Callable[[], bool], taken_up: Callable[[], bool]) -> Taken:
        """What it takes from the key to the first frame for which `answered` holds."""
        self.answered.clear()
        self.answers = answered
        processor, wall = time.process_time(), time.perf_counter()
        self.post_message(Key("space" if key == " " else key, key))
        await asyncio.wait_for(self.answered.wait(), 10)
        while not taken_up():
            await asyncio.sleep(0)
        self.answers = bool
        return Taken(self.answered_at - wall, time.process_time() - processor)


def measure(tickets: int) -> Iterator[Result]:
    """The form of tickets that each match known problems, have others like them, and runbooks that fit."""
    calm_collector()  # as the program does
    path = million.copy(tickets, "escalation")
    try:
        first, opened, letters = asyncio.run(_forms(path, _furnish(path)))
    finally:
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
    where = f"{RUNBOOKS:,} runbooks, {RULES} rules"
    yield from _told(f"form opened with {where}, p95", opened, OPEN_MS)
    yield from _told("form opened for the first time", [first], OPEN_MS)
    yield from _told("a letter in the form, p95", letters, KEY_MS)


def _told(what: str, taken: list[Taken], most: float) -> Iterator[Result]:
    yield limit(what, 1_000 * p95([each.wall for each in taken]), most)
    yield limit(f"{what}: processor time", 1_000 * p95([each.processor for each in taken]), most)


async def _forms(path: Path, refs: list[int]) -> tuple[Taken, list[Taken], list[Taken]]:
    """The form opened for the first time, each next one, and the letters typed in them."""
    opened, letters = list[Taken](), list[Taken]()
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        app = FormApp(desk)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            for number, ref in enumerate(refs):
                app.queue_screen.tickets.show_source(app.queue_screen.listing, key=ref)
                await pilot.pause()
                await asyncio.sleep(_LOOKED_AROUND)
                opened.append(await app.time("e", lambda: _is_whole(app), lambda: True))
                for field in FIELDS if number % TYPED_IN == 0 else ():
                    letters += await _typed(app, pilot, field)
                await pilot.press("escape")
                await pilot.pause()
    return opened[0], opened[1:], letters


async def _typed(app: FormApp, pilot: "Pilot[None]", field: str) -> list[Taken]:
    """The letters of a sentence in that field."""
    taken, screen = list[Taken](), app.screen
    assert isinstance(screen, FormScreen)
    screen.query_one(FormPage).enter(field)
    await pilot.pause()
    for letter in TYPED:
        await asyncio.sleep(_PAUSE)
        taken.append(await app.time(letter, _other(partial(_says, app)), _other(lambda: screen.form)))
    return taken


def _other(value: Callable[[], object]) -> Callable[[], bool]:
    """Whether a value is another one than it is now."""
    was = value()
    return lambda: value() != was


def _says(app: FormApp) -> str:
    """What stands in the box with the cursor."""
    box = app.focused
    return box.value if isinstance(box, Line) else box.text if isinstance(box, Words) else ""


def _is_whole(app: FormApp) -> bool:
    """Whether the form stands there, ready to be typed in, with all that is known beside it."""
    screen = app.screen
    return isinstance(screen, FormScreen) and bool(screen.focused and screen.query_one(Beside).option_count)


def _furnish(path: Path) -> list[int]:
    """Puts a catalogue, a library and known problems into the file, and tickets that name and match some of them."""
    random, names = Random(7), catalogue.vocabulary()
    components = list(catalogue.catalogue(COMPONENTS))
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        desk.ownership.put_all(components)
        with tempfile.TemporaryDirectory() as folder:
            for number in range(RUNBOOKS):
                Path(folder, f"{number}.md").write_text(_runbook(random, names, components[number % COMPONENTS].slug))
            desk.runbooks.import_tree(Path(folder))
        for _ in range(RULES):
            words = _distinct(random)
            desk.problems.write(NewProblem(" ".join(words[:3]), Rule(words), workaround=million.words(random, 12)))
        return [_opened(desk, random, components[number]) for number in range(FORMS)]


def _distinct(random: Random) -> tuple[str, ...]:
    words = dict[str, None]()
    while len(words) < RULE_WORDS:
        words[million.words(random, 1)] = None
    return tuple(words)


def _runbook(random: Random, names: list[str], component: str) -> str:
    title = f"{million.words(random, 3)} {random.choice(names)} {random.choice(names)}"
    steps = "\n".join(f"{step}. {million.words(random, 20)} {random.choice(names)}" for step in range(1, 6))
    return f"---\ntitle: {title}\ncomponents: [{component}]\ntier: L1\n---\n\n{million.words(random, 20)}\n\n{steps}\n"


def _opened(desk: Desk, random: Random, component: Component) -> int:
    """A ticket of that component with a pasted page of some lines, on which somebody has worked."""
    page = catalogue.stack_trace([component], random, PAGE)
    body = f"{million.words(random, 20)}\nERROR 502 at 11:47, refused by {component.hosts[0]}\n{page}"
    ticket = desk.tickets.open(NewTicket(million.words(random, 6), body, component=component.slug))
    desk.tickets.take(ticket.ref)
    desk.tickets.comment(ticket.ref, "We are looking into it.")
    return ticket.ref
