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
from workbench.queues.model import Line
from workbench.queues.service import QueueService
from workbench.queues.store import Order, QueueStore, Selection
from workbench.tickets.clocks import Rules
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
    rules: Rules

    def same_list(self, other: "Search") -> bool:
        """Whether both are for the same list, be it at different moments."""
        return self._replace(at=other.at) == other

    def selection(self, database: Database) -> Selection:
        """The tickets it lets through."""
        return QueueStore(database).select(self.wanted, self.at, self.who, self.rules, self.order, self.down)


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


class FoundSource:
    """The tickets that were found, as the virtual list reads them."""

    def __init__(self, queues: QueueService, search: Search, found: Found, hidden: frozenset[int]) -> None:
        self.queues = queues
        self.search = search
        self.more = found.more
        self._refs = [ref for ref in found.refs if ref not in hidden]
        self._ranks = {ref: rank for rank, ref in enumerate(self._refs)}

    def count(self) -> int:
        """How many were found."""
        return len(self._refs)

    def page(self, offset: int, limit: int) -> Sequence[Line]:
        """The lines from `offset` on."""
        return self.queues.lines(self._refs[offset : offset + limit], self.search.at)

    def after(self, row: Line, limit: int) -> Sequence[Line]:
        """The next lines behind `row`."""
        return self.page(self.rank(row) + 1, limit)

    def before(self, row: Line, limit: int) -> Sequence[Line]:
        """The last lines before `row`."""
        rank = self.rank(row)
        return self.page(max(0, rank - limit), min(limit, rank))

    def last(self, limit: int) -> Sequence[Line]:
        """The lines at the end."""
        return self.page(max(0, self.count() - limit), limit)

    def rank(self, row: Line, about: int | None = None) -> int:
        """How many lines stand before `row`; `about` so many where it was not found."""
        return self._ranks.get(row.ref, about or 0)

    def distance(self, origin: Line, row: Line) -> int | None:
        """How many lines further down `row` stands than `origin`."""
        return self.rank(row) - self.rank(origin)

    def find(self, key: int) -> Line | None:
        """The line of that ticket as it stands now; None if it was not found."""
        lines = self.queues.lines([key], self.search.at) if key in self._ranks else ()
        return lines[0] if lines else None

    def key(self, row: Line) -> int:
        """The ticket's number."""
        return row.ref
