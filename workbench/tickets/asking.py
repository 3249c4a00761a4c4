"""A screen that asks for a line and does something with it, by actions, so that errors are told in their one place."""

from collections.abc import Callable
from functools import partial

from textual.screen import Screen

from workbench.text import one_line
from workbench.tickets.dialogs.means import Means
from workbench.widgets.ask import AskLine


class AskingScreen(Screen[None]):
    """Acts at once or with a line that it asks for, never on the past, and shows what came of it."""

    def __init__(self, means: Means) -> None:
        super().__init__()
        self.means = means
        self._left: dict[str, str] = {}

    def read_again(self) -> None:
        """Shows what was done."""
        raise NotImplementedError

    def action_undo(self) -> None:
        """Takes back my latest change, and says what it was."""
        told = self.means.undo()
        self.read_again()
        self.notify(one_line(told), markup=False)

    def act(self, act: Callable[[], object]) -> None:
        """Does it, and shows what came of it."""
        self.means.require_now()
        act()
        self.read_again()

    def ask(self, question: str, act: Callable[[str], object]) -> None:
        """Asks for a line, and does something with what was answered; nothing with a blank.

        What was typed stays where that cannot be done, and stands there again where one had left the question.
        """
        self.means.require_now()

        def take(said: str) -> None:
            if said.strip():
                self.act(partial(act, said.strip()))

        def left(said: str | None) -> None:
            if said is None:
                self._left[question] = asking.typed

        asking = AskLine(question, kept=self._left.pop(question, ""), take=take)
        self.app.push_screen(asking, left)
