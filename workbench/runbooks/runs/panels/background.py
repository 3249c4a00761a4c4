"""A command of a run in the background: what it prints and how it ends comes to its screen as messages."""

from functools import partial

from textual.message import Message
from textual.screen import Screen

from workbench.runbooks.runs.execution import Execution, Result


class Printed(Message):
    """The command has printed something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Ended(Message):
    """The command has come to its end; `result` is None where it could not even be begun, for the reason in `why`."""

    def __init__(self, result: Result | None, why: str = "") -> None:
        super().__init__()
        self.result = result
        self.why = why


def begin(screen: Screen[None], execution: Execution) -> None:
    """Runs it in a thread, which only posts messages to the screen."""
    screen.run_worker(partial(_run, screen, execution), thread=True, group="command")


def _run(screen: Screen[None], execution: Execution) -> None:
    try:
        result = execution.run(lambda text: _post(screen, Printed(text)))
    except OSError as error:
        _post(screen, Ended(None, error.strerror or str(error)))
    else:
        _post(screen, Ended(result))


def _post(screen: Screen[None], message: Message) -> None:
    screen.post_message(message)
