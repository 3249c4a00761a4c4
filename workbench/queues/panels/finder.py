"""Looks for tickets in a thread, one search at a time, and tells its screen what was found."""

from collections.abc import Callable
from functools import partial
from threading import Event

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from workbench.database import Database
from workbench.errors import WorkbenchError
from workbench.queues.finding import Found, Search, in_peace


class Finder:
    """The searches of one screen; a newer wish ends an older search, unless both are for the same list.

    The newer one waits for that end: a word that is being gathered cannot be given up, and several at once would take
    both processors from whoever types on.
    """

    class Found(Message):
        """Some of what is looked for: the first few, then the others."""

        def __init__(self, search: Search, found: Found) -> None:
            super().__init__()
            self.search, self.found = search, found

    class Ended(Message):
        """A search came to its end, or to an error."""

        def __init__(self, search: Search, error: WorkbenchError | None) -> None:
            super().__init__()
            self.search, self.error = search, error

    def __init__(self, screen: Screen[None], opener: Callable[[], Database]) -> None:
        self._screen = screen
        self._opener = opener
        self._given_up = Event()
        self._running = False
        self._present: Search | None = None
        self._next: Search | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being looked for."""
        return self._present is not None

    def find(self, search: Search | None) -> None:
        """Begins; where the same is being looked for, as of an earlier moment, that is ended first and told.

        None: what is wanted is known, and nothing is looked for any more.
        """
        if search is not None and self._present is not None and self._present.same_list(search):
            self._next = search
            return
        self.stop()
        self._present = search
        if search is not None and not self._running:
            self._begin(search)

    def stop(self) -> None:
        """Gives up: nobody wants it any more."""
        self._given_up.set()  # and not by the worker, whose thread never begins, and so never ends, if it is quick
        self._present = self._next = None

    def is_for(self, search: Search) -> bool:
        """Whether that is the search that is going on, and no former one."""
        return search is self._present

    def ended(self, search: Search) -> None:
        """Takes note that a search came to its end, and begins the one that waited for it."""
        self._running = False
        if self.is_for(search):
            self._present = self._next
            self._next = None
        if self._present is not None:
            self._begin(self._present)

    def _begin(self, search: Search) -> None:
        self._running, self._given_up = True, Event()
        self._screen.run_worker(partial(self._run, search, self._given_up), thread=True, group="finding")

    def _run(self, search: Search, given_up: Event) -> None:
        worker, error = get_current_worker(), None
        try:
            in_peace(
                self._opener,
                search,
                lambda: given_up.is_set() or worker.is_cancelled,
                lambda found: self._tell(self.Found(search, found)),
            )
        except WorkbenchError as problem:
            error = problem
        self._tell(self.Ended(search, error))

    def _tell(self, message: Message) -> None:
        self._screen.post_message(message)
