"""A screen that asks for a line and does something with it, by actions, so that errors are told in their one place."""

from collections.abc import Callable
from functools import partial

from textual.screen import Screen

from workbench.tickets.dialogs.means import Means
from workbench.widgets.ask import AskLine


class AskingScreen(Screen[None]):
    """Acts at once or with a line that it asks for, never on the past, and shows what came of it."""

    def __init__(self, means: Means) -> None:
        super().__init__()
        self.means = means
        self._wanted: Callable[[], object] | None = None

    def read_again(self) -> None:
        """Shows what was done."""
        raise NotImplementedError

    def act(self, act: Callable[[], object]) -> None:
        """Does it, and shows what came of it."""
        self.means.require_now()
        act()
        self.read_again()

    def ask(self, question: str, act: Callable[[str], object]) -> None:
        """Asks for a line, and does something with what was answered; nothing with a blank."""
        self.means.require_now()

        async def answered(answer: str | None) -> None:
            if answer and answer.strip():
                self._wanted = partial(act, answer.strip())
                await self.run_action("do")

        self.app.push_screen(AskLine(question), answered)

    def action_do(self) -> None:
        """Does what was asked for in a line."""
        if self._wanted is not None:
            self.act(self._wanted)
