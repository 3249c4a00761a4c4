"""How often a frame is drawn: as soon as there is something to show, and never when there is nothing."""

import os
import subprocess
import sys

import pytest
from rich.console import RenderableType
from textual.pilot import Pilot
from textual.screen import Screen

from tests.support.offices import Office
from workbench import FRAMES_A_SECOND
from workbench.app import WorkbenchApp
from workbench.queues.screen import QueueScreen


class CountingApp(WorkbenchApp):
    """Counts its frames."""

    frames = 0

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        self.frames += 1


@pytest.mark.parametrize(("told", "drawn"), [({}, FRAMES_A_SECOND), ({"TEXTUAL_FPS": "30"}, 30)])
def test_a_frame_waits_no_longer_than_we_or_the_user_say(told: dict[str, str], drawn: int) -> None:
    asks = "import workbench.app, textual.screen; print(round(1 / textual.screen.UPDATE_PERIOD))"
    surroundings = {name: value for name, value in os.environ.items() if name != "TEXTUAL_FPS"} | told
    done = subprocess.run([sys.executable, "-c", asks], env=surroundings, capture_output=True, text=True, check=True)
    assert int(done.stdout) == drawn


async def look(app: CountingApp, pilot: Pilot[None]) -> None:
    """What the screen does every second."""
    await app.screen.run_action("look")
    await pilot.pause()


async def test_a_key_draws_a_frame_and_a_look_that_finds_nothing_draws_none(office: Office) -> None:
    for number in range(3):
        office.open(f"Mailbox full {number}")
    app = CountingApp(office.desk("maya"))
    async with app.run_test(size=(120, 40)) as pilot:
        assert isinstance(app.screen, QueueScreen)
        app.screen.rested()
        await look(app, pilot)
        shown = app.frames
        for _ in range(5):
            await look(app, pilot)
        assert app.frames == shown
        for key in ("j", "k", "j"):
            shown = app.frames
            await pilot.press(key)
            await pilot.pause()
            assert app.frames > shown
