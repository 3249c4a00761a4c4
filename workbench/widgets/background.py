"""What takes long, in a thread beside the screen, which hears of it by messages."""

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from workbench.errors import Interrupted, WorkbenchError

Tell = Callable[[object], None]
"""Is given what the screen shall hear: how far a piece of work is, or one of its results."""

GivenUp = Callable[[], bool]
"""Whether nobody wants the work any more; where it ends by Interrupted then, nobody hears of that."""

Work = Callable[[Tell, GivenUp], None]
"""A piece of work."""


class Background:
    """The work of one kind for a screen, one piece at a time: a newer one has the older one given up."""

    class About(Message):
        """Something about a piece of work."""

        def __init__(self, work: Work) -> None:
            super().__init__()
            self.work = work

    class Heard(About):
        """What it has told."""

        def __init__(self, work: Work, told: object) -> None:
            super().__init__(work)
            self.told = told

    class Ended(About):
        """It has come to its end, or to an error."""

        def __init__(self, work: Work, error: WorkbenchError | None) -> None:
            super().__init__(work)
            self.error = error

    def __init__(self, screen: Screen[Any], kind: str) -> None:
        self._screen = screen
        self._kind = kind
        self._present: Work | None = None

    @property
    def busy(self) -> bool:
        """Whether there is anything under way."""
        return self._present is not None

    def begin(self, work: Work) -> None:
        """Begins; what was under way is given up, and nothing more is heard of it."""
        self._present = work
        self._screen.run_worker(partial(self._run, work), thread=True, group=self._kind, exclusive=True)

    def stop(self) -> None:
        """Gives up what is under way; nothing more is heard of it."""
        self._present = None
        self._screen.workers.cancel_group(self._screen, self._kind)

    def is_present(self, message: About) -> bool:
        """Whether a message is about what is under way, and no former work."""
        return message.work is self._present

    def end(self, message: Ended) -> None:
        """Takes note that this came to its end, if it is what is under way."""
        if self.is_present(message):
            self._present = None

    def _run(self, work: Work) -> None:
        worker, error = get_current_worker(), None
        try:
            work(lambda told: self._tell(self.Heard(work, told)), lambda: worker.is_cancelled)
        except Interrupted:
            return
        except WorkbenchError as problem:
            error = problem
        self._tell(self.Ended(work, error))

    def _tell(self, message: About) -> None:
        self._screen.post_message(message)
