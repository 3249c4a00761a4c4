"""What takes long, in a thread beside the screen, by a connection of its own; the screen hears of it by messages."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from workbench.database.patience import LATER, giving_up
from workbench.errors import Interrupted, WorkbenchError
from workbench.reports.service import ReportService

Opener = Callable[[], AbstractContextManager[ReportService]]
"""Opens the reports once more, for the thread that asks."""

Tell = Callable[[str, int, int], None]
"""Is told what is being done, and how much of how much; of 0 where nobody knows."""

Work = Callable[[ReportService, Tell], Iterator[object]]
"""Gives its results one after the other."""


class _About(Message):
    """Something about a piece of work."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work


class Progressed(_About):
    """It is so far: `done` of `total`, which is 0 where nobody knows."""

    def __init__(self, work: Work, step: str, done: int, total: int) -> None:
        super().__init__(work)
        self.step, self.done, self.total = step, done, total


class Taken(_About):
    """It has given a result."""

    def __init__(self, work: Work, result: object) -> None:
        super().__init__(work)
        self.result = result


class Ended(_About):
    """It has come to its end, or to an error."""

    def __init__(self, work: Work, error: WorkbenchError | None) -> None:
        super().__init__(work)
        self.error = error


class Background:
    """The work of one kind for a screen, one piece at a time: a newer one has the older one given up."""

    def __init__(self, screen: Screen[None], opener: Opener, kind: str) -> None:
        self._screen = screen
        self._opener = opener
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

    def is_present(self, message: _About) -> bool:
        """Whether a message is about what is under way, and no former work."""
        return message.work is self._present

    def end(self, message: Ended) -> None:
        """Takes note that this came to its end, if it is what is under way."""
        if self.is_present(message):
            self._present = None

    def _run(self, work: Work) -> None:
        worker, error = get_current_worker(), None

        def tell(step: str, done: int, total: int) -> None:
            self._screen.post_message(Progressed(work, step, done, total))

        try:
            with self._opener() as reports, giving_up(reports.database, lambda: worker.is_cancelled, every=LATER):
                for result in work(reports, tell):
                    self._screen.post_message(Taken(work, result))
        except Interrupted:
            return
        except WorkbenchError as problem:
            error = problem
        self._screen.post_message(Ended(work, error))
