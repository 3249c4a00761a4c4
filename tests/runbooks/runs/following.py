"""Somebody at the screen of a run, and what stands there and in the file."""

from typing import Any

from textual.screen import Screen

from tests.support.driver import Seat
from tests.support.offices import Office
from workbench.runbooks.runs.model import Run
from workbench.runbooks.runs.screen import RunScreen


async def follow(seat: Seat, slug: str, ref: int | None) -> Run:
    """Begins a run, or takes the open one up, and shows it."""
    desk = seat.office.desk("maya")
    run = (desk.runs.open_run(slug, ref) if ref else None) or desk.runs.begin(slug, ref)
    seat.app.push_screen(RunScreen(desk.runs, seat.app.means, run))
    await seat.press("shift")
    return run


def stands(seat: Seat, screen: type[Screen[Any]]) -> bool:
    """Whether such a screen is in front."""
    return isinstance(seat.app.screen, screen)


def run_of(office: Office, ref: int) -> Run:
    """The latest run on a ticket."""
    return office.desk("lena").runs.runs(ref)[0]
