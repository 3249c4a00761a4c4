"""Filters that no counter answers: found in a moment, or in a thread of their own while the screen goes on.

A filter like `client:contoso` or a common word may have to look at every ticket: some seconds in a million. So the
numbers of the first tickets it lets through are found once, and the list is read by them.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from typing import Final, NamedTuple
from unicodedata import combining, normalize

from workbench.database import Database
from workbench.database.patience import LATER, SOON, giving_up
from workbench.errors import Interrupted
from workbench.queues.filters import Filter
from workbench.queues.numbered import NumberedLines
from workbench.queues.service import QueueService
from workbench.queues.store import Order, QueueStore, Selection
from workbench.tickets.clocks import Thresholds
from workbench.tickets.lookback import looks_back

MOST: Final = 10_000
"""Tickets found of a filter; in a longer list nobody looks for one, but types another word."""
FIRST: Final = 200
"""Tickets found before the others, to be shown at once."""
AT_ONCE: Final = 0.012
"""Seconds that a key may wait for its answer; what takes longer is found while others are answered."""


COMMON: Final = 10_000
"""Times that a word stands somewhere; to gather the tickets of a more common one cannot be given up, and takes long."""


class Found(NamedTuple):
    """The numbers of tickets in list order; `more` where there are others behind them."""

    refs: Sequence[int]
    more: bool

    @property
    def whole(self) -> bool:
        """Whether nothing more is looked for."""
        return not self.more or len(self.refs) >= MOST


class Search(NamedTuple):
    """What is looked for, at which moment, for whom, in which order."""

    wanted: Filter
    order: Order
    down: bool
    at: datetime
    who: str
    limits: Thresholds

    def same_list(self, other: "Search") -> bool:
        """Whether both are for the same list, be it at different moments."""
        return self._replace(at=other.at) == other

    def selection(self, database: Database) -> Selection:
        """The tickets it lets through."""
        return QueueStore(database).select(self.wanted, self.at, self.who, self.limits, self.order, self.down)


def at_once(database: Database, search: Search, *, patience: float = AT_ONCE) -> Found | None:
    """What is found within that many seconds; None where it takes longer.

    Where the connection looks back it takes its time, for no other one sees what it sees.
    """
    if looks_back(database):
        return _first(search.selection(database), MOST)
    if is_common(database, search.wanted):
        return None
    until = monotonic() + patience
    try:
        with giving_up(database, lambda: monotonic() > until, every=SOON):
            return _first(search.selection(database), MOST)
    except Interrupted:
        return None


def in_peace(
    opener: Callable[[], Database], search: Search, given_up: Callable[[], bool], tell: Callable[[Found], None]
) -> None:
    """Finds the first few and then the others, by a connection of its own, so from any thread; tells both.

    Ends without a word once `given_up` holds; Moved where the file is not there any more.
    """
    database = opener()
    try:
        with giving_up(database, given_up, every=LATER), database.snapshot():
            selection = search.selection(database)
            found = _first(selection, FIRST)
            if not given_up():
                tell(found)
            if found.more:
                found = _first(selection, MOST)
                if not given_up():
                    tell(found)
    except Interrupted:
        return
    finally:
        database.close()


def is_common(database: Database, wanted: Filter) -> bool:
    """Whether any word of a filter is a common one, or the beginning of common ones."""
    store = QueueStore(database)
    return any(store.is_common(folded(word), COMMON) for words in wanted.words for word in words.words)


def folded(text: str) -> str:
    """The text in small letters without accents, nearly as the word index has it."""
    if text.isascii():
        return text.lower()
    return "".join(char for char in normalize("NFD", text) if not combining(char)).lower()


def _first(selection: Selection, most: int) -> Found:
    refs = selection.refs(most + 1)
    return Found(refs[:most], len(refs) > most)


class FoundSource(NumberedLines):
    """The tickets that were found, but for those that are hidden; `more` where there are others behind them."""

    def __init__(self, queues: QueueService, search: Search, found: Found, hidden: frozenset[int]) -> None:
        shown = [ref for ref in found.refs if ref not in hidden]
        super().__init__(shown, lambda refs: queues.lines(refs, search.at))
        self.search = search
        self.more = found.more
