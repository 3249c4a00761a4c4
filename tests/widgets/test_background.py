"""Tests of what is done beside a screen."""

from asyncio import to_thread
from threading import Event

from textual import on
from textual.app import App
from textual.screen import Screen

from workbench.errors import Interrupted, Refused
from workbench.widgets.background import Background, GivenUp, Tell


class Hearer(Screen[None]):
    """Notes what it hears of the present work."""

    def __init__(self) -> None:
        super().__init__()
        self.background = Background(self, "trying")
        self.heard: list[object] = []

    @on(Background.Heard)
    def _heard(self, event: Background.Heard) -> None:
        if self.background.is_present(event):
            self.heard.append(event.told)

    @on(Background.Ended)
    def _ended(self, event: Background.Ended) -> None:
        if self.background.is_present(event):
            self.background.end(event)
            self.heard.append(event.error or "the end")


class Desk(App[None]):
    """An app with such a screen."""

    def get_default_screen(self) -> Hearer:
        """The screen."""
        return Hearer()

    @property
    def hearer(self) -> Hearer:
        """The screen that is shown."""
        assert isinstance(self.screen, Hearer)
        return self.screen


def counting(tell: Tell, _: GivenUp) -> None:
    """Tells two numbers."""
    tell(1)
    tell(2)


def failing(_: Tell, __: GivenUp) -> None:
    """Comes to an error."""
    raise Refused("this is not done", "do something else")


class Endless:
    """Work that goes on until it is given up."""

    def __init__(self) -> None:
        self.begun, self.ended = Event(), Event()

    def __call__(self, tell: Tell, is_given_up: GivenUp) -> None:
        """Waits, and tells too late."""
        self.begun.set()
        while not is_given_up():
            self.ended.wait(0.001)
        tell("too late")
        self.ended.set()
        raise Interrupted("given up", "nobody wants it")


async def test_what_is_told_is_heard_in_its_order_and_the_end_after_it() -> None:
    async with (app := Desk()).run_test() as pilot:
        app.hearer.background.begin(counting)
        assert app.hearer.background.busy
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.hearer.heard == [1, 2, "the end"]
        assert not app.hearer.background.busy


async def test_an_error_is_an_end_too() -> None:
    async with (app := Desk()).run_test() as pilot:
        app.hearer.background.begin(failing)
        await app.workers.wait_for_complete()
        await pilot.pause()
        (error,) = app.hearer.heard
        assert isinstance(error, Refused)
        assert not app.hearer.background.busy


async def test_newer_work_has_the_older_given_up_and_that_is_not_heard() -> None:
    async with (app := Desk()).run_test() as pilot:
        endless = Endless()
        app.hearer.background.begin(endless)
        assert await to_thread(endless.begun.wait, 60)
        app.hearer.background.begin(counting)
        assert await to_thread(endless.ended.wait, 60)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.hearer.heard == [1, 2, "the end"]


async def test_what_is_stopped_is_not_heard_and_nothing_is_under_way() -> None:
    async with (app := Desk()).run_test() as pilot:
        endless = Endless()
        app.hearer.background.begin(endless)
        assert await to_thread(endless.begun.wait, 60)
        app.hearer.background.stop()
        assert not app.hearer.background.busy
        assert await to_thread(endless.ended.wait, 60)
        await pilot.pause()
        assert app.hearer.heard == []
