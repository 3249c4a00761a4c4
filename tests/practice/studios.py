"""A practice file beside an office's, and who sits at its screens; time goes on only when a test lets it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.driver import LARGE, Seat
from tests.support.offices import START, Office
from workbench.clock import FixedClock
from workbench.practice.session import SessionKind
from workbench.practice_app import PracticeApp
from workbench.practice_desk import PracticeDesk


class Studio:
    """One practice file, whose time goes on only when a test lets it."""

    def __init__(self, path: Path, office: Office) -> None:
        self.path = path
        self.office = office
        self.passed = 0.0

    def desk(self) -> PracticeDesk:
        """Maya's desk; who asks for it closes it."""
        return PracticeDesk.practise(self.path, FixedClock(START), "maya", lambda: self.passed)

    def begin(self, kind: SessionKind, name: str, speed: int = 1) -> None:
        """Begins a session of Maya's."""
        with self.desk() as desk:
            desk.practice.begin(kind, name, seed=7, speed=speed)

    @asynccontextmanager
    async def seat(self, size: tuple[int, int] = LARGE) -> AsyncIterator[Seat]:
        """Maya in front of the screens of practice."""
        with self.desk() as desk:
            app = PracticeApp(desk)
            async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
                await pilot.pause()
                yield Seat(self.office, app, pilot)

    async def pass_time(self, seat: Seat, seconds: float) -> None:
        """Lets so many seconds of the world's time go by, and the screens notice."""
        self.passed += seconds
        await seat.app.run_action("tick")
        await seat.press()
