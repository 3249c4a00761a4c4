"""Asks for a person, found by a few letters of their name or login."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.widget import Widget

from workbench.errors import NotFound
from workbench.tickets.dialogs.dialog import TargetDialog
from workbench.widgets.picker import Picker, Suggestion


class PersonDialog(TargetDialog):
    """A box that asks for nothing but who; picking one sends it."""

    enter_sends: ClassVar[bool] = True
    AUTO_FOCUS = "Line"

    def suggest(self, letters: str) -> Sequence[Suggestion]:
        """Who may be meant by the letters, the likeliest first."""
        raise NotImplementedError

    def take(self, login: str) -> None:
        """Does it with the one who was picked."""
        raise NotImplementedError

    def parts(self) -> Iterable[Widget]:
        """Who."""
        yield Picker(self.suggest, id="who")

    @on(Picker.Picked)
    async def _picked(self) -> None:
        await self.run_action("send")

    def act(self) -> None:
        """Does it with the one who stands highlighted."""
        picker = self.query_one(Picker)
        login = picker.highlighted_value
        if login is None:
            raise NotFound(f"nobody is called {picker.letters!r}", "a few letters of their name or login find them")
        self.take(login)
