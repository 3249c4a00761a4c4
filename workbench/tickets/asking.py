"""A screen that asks for a line and does something with it, by actions, so that errors are told in their one place."""

from collections.abc import Callable
from functools import partial

from textual.screen import Screen

from workbench.errors import WorkbenchError
from workbench.tickets.dialogs.means import Means
from workbench.widgets.ask import AskLine


class AskingScreen(Screen[None]):
    """Acts at once or with a line that it asks for, never on the past, and shows what came of it."""

    def __init__(self, means: Means) -> None:
        super().__init__()
        self.means = means
        self._wanted: Callable[[], object] | None = None
        self._again: Callable[[], object] | None = None
        self._left: dict[str, str] = {}

    def read_again(self) -> None:
        """Shows what was done."""
        raise NotImplementedError

    def act(self, act: Callable[[], object]) -> None:
        """Does it, and shows what came of it."""
        self.means.require_now()
        act()
        self.read_again()

    def ask(self, question: str, act: Callable[[str], object], answer: str = "") -> None:
        """Asks for a line, and does something with what was answered; nothing with a blank.

        What was typed stands there again where that could not be done, and where one had left the question.
        """
        self.means.require_now()
        asking = AskLine(question, answer or self._left.pop(question, ""))

        async def answered(said: str | None) -> None:
            if said is None:
                self._left[question] = asking.typed
            elif said.strip():
                self._wanted, self._again = partial(act, said.strip()), partial(self.ask, question, act, said)
                await self.run_action("do")

        self.app.push_screen(asking, answered)

    def action_do(self) -> None:
        """Does what was asked for in a line."""
        if self._wanted is None or self._again is None:
            return
        try:
            self.act(self._wanted)
        except WorkbenchError:
            self._again()
            raise
