"""A person in front of the screens: presses keys, clicks on words, reads what stands there."""

import asyncio
import contextlib
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from rich.cells import cell_len
from rich.style import Style
from textual.events import Event, Key, MouseDown, MouseUp
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from tests.support.offices import Office
from tests.support.screens import screen_lines, screen_text
from workbench.app import WorkbenchApp
from workbench.desk import Desk
from workbench.queues.screen import QueueScreen

_SOON = 0.02
"""Seconds within which what a timer begins belongs to the key before it: Textual scrolls 60 times a second."""
SMALL, LARGE = (80, 24), (120, 40)
"""The terminals every screen must serve: the smallest that is fully usable, and a usual one."""


class Seat:
    """One person's place: what they do with the program and what they see of it."""

    def __init__(self, office: Office, app: WorkbenchApp, pilot: Pilot[None]) -> None:
        self.office = office
        self.app = app
        self._pilot = pilot

    async def press(self, *keys: str | Event) -> None:
        """Presses keys, by Textual's names, clicks and pastes: a quick hand does not wait for the screen in between."""
        for each in keys:
            self.app.post_message(as_key(each) if isinstance(each, str) else each)
        await self._settle()

    async def type(self, words: str) -> None:
        """Types words, letter by letter."""
        await self.press(*("space" if letter == " " else letter for letter in words))

    async def click(self, words: str) -> None:
        """Clicks on the first place where the words stand."""
        row, column = self._find(words)
        await self._pilot.click(offset=(column, row))
        await self._settle()

    def a_click(self, words: str) -> tuple[MouseDown, MouseUp]:
        """What the terminal tells of a click on the first place where the words stand, to be pressed."""
        row, column = self._find(words)
        told = (None, column, row, 0, 0, 1, False, False, False, column, row)
        return MouseDown(*told), MouseUp(*told)

    async def resize(self, width: int, height: int) -> None:
        """Draws the window to another size."""
        await self._pilot.resize_terminal(width, height)
        await self._settle()

    async def wait_a_look(self, **length: int) -> None:
        """Lets that much time pass on the clock, and the screen have the look it has every second."""
        self.office.pass_time(**length)
        await self.app.screen.run_action("look")
        await self._settle()

    async def wait_a_look_behind(self, **length: int) -> None:
        """The same for the screens behind the one in front."""
        self.office.pass_time(**length)
        for screen in self.app.screen_stack:
            await screen.run_action("look")
        await self._settle()

    async def comes(self, *words: str) -> None:
        """Waits until all of them stand on the screen, which others or a timer bring there."""
        await self._wait_until(lambda: all(each in self.screen for each in words))
        self.sees(*words)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits until that holds, and the screen shows what came of it."""
        await self._wait_until(holds)
        await self._settle()
        assert holds(), self.screen

    def sees(self, *words: str) -> None:
        """All of them stand on the screen."""
        for each in words:
            assert each in self.screen, f"no {each!r} in\n{self.screen}"

    def sees_no(self, *words: str) -> None:
        """None of them stands on the screen."""
        for each in words:
            assert each not in self.screen, f"{each!r} in\n{self.screen}"

    def style_of(self, words: str) -> Style:
        """How the first place is painted where the words stand within one style."""
        for strip in self.app.screen._compositor.render_strips():
            for segment in strip:
                if words in segment.text and segment.style is not None:
                    return segment.style
        raise AssertionError(f"no {words!r} in one style in\n{self.screen}")

    @property
    def screen(self) -> str:
        """The whole screen as text."""
        return screen_text(self.app)

    def part(self, selector: str) -> str:
        """What stands in one part of the screen."""
        region = self.app.screen.query(selector).first().region
        strips = self.app.screen._compositor.render_strips()[region.y : region.bottom]
        return "\n".join(strip.crop(region.x, region.right).text.rstrip() for strip in strips)

    @property
    def ticket(self) -> int | None:
        """The number of the ticket under the cursor of the queue."""
        screen = next(screen for screen in self.app.screen_stack if isinstance(screen, QueueScreen))
        return screen.tickets.row.ref if screen.tickets.row else None

    async def _wait_until(self, holds: Callable[[], bool]) -> None:
        """Waits until that holds, for as long as a busy machine needs; after 30 s no longer."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(30):
                while not holds():
                    await self._pilot.pause()

    async def _settle(self) -> None:
        """Waits until nothing is left to do, and the screen shows what came of it; TimeoutError after 30 s.

        Textual's pilot waits until the process is idle for some time, which takes most of the time of such a test.
        """
        async with asyncio.timeout(30):
            while self._is_busy(asyncio.get_running_loop()):
                await asyncio.sleep(0.001)
        if any(worker.is_running for worker in self.app.workers):
            await self._pilot.pause()

    def _is_busy(self, loop: Any) -> bool:
        """Whether a key is at work, or something is done now, or by a timer soon, as the next frame is."""
        if self.app._exit:
            return False
        soon = loop.time() + _SOON
        return (
            self.app._at_work
            or self.app._batch_count > 0
            or bool(loop._ready)
            or any(not timer.cancelled() and timer.when() < soon for timer in loop._scheduled)
        )

    def _find(self, words: str) -> tuple[int, int]:
        for row, line in enumerate(screen_lines(self.app)):
            if words in line:
                return row, cell_len(line[: line.index(words)])
        raise AssertionError(f"no {words!r} in\n{self.screen}")


def as_key(key: str) -> Key:
    """A key as the terminal tells it: a letter by itself, any other by Textual's name."""
    name = _character_to_key(key) if len(key) == 1 else key
    try:
        return Key(name, unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name))))
    except KeyError:
        return Key(name, key if len(key) == 1 else None)


@asynccontextmanager
async def seated(
    office: Office, who: str = "maya", size: tuple[int, int] = LARGE, desk: Desk | None = None
) -> AsyncIterator[Seat]:
    """That person in front of the first screen, at their own desk unless told."""
    app = WorkbenchApp(desk or office.desk(who))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        yield Seat(office, app, pilot)
