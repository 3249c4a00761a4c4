"""What the list of the library shows: open runs, what fits, what is found, or all in an order."""

from typing import Final, NamedTuple

from workbench.errors import Refused
from workbench.runbooks.model import Entry, Found
from workbench.runbooks.runs.model import Run
from workbench.runbooks.runs.service import RunService
from workbench.runbooks.service import ORDERS, LibraryService
from workbench.tickets.model import Ticket

MOST_FOUND: Final = 20
"""Runbooks that a query finds, each with its excerpt at each letter; a word more finds the right one."""
MOST_USED: Final = 200
"""Runbooks that are shown before anything is typed; another order shows all of them."""
USE: Final = "use"
"""The order before another one is chosen: what fits, then what is used most."""
SORTS: Final = (USE, *ORDERS)


class OpenRun(NamedTuple):
    """A run that has no verdict yet: its number, its ticket, where it stands and who went on with it last."""

    number: int
    ticket: int | None
    standing: str
    who: str


class Row(NamedTuple):
    """A line of the list: a runbook, or a run of it that is open."""

    found: Found
    run: OpenRun | None = None

    @property
    def entry(self) -> Entry:
        """The runbook."""
        return self.found.entry


class Shelf:
    """The rows that are wanted now."""

    def __init__(self, library: LibraryService, runs: RunService, ticket: Ticket | None) -> None:
        self._library = library
        self._runs = runs
        self.ticket = ticket
        self.query = ""
        self.sort = USE
        self.rows: list[Row] = []

    @property
    def searching(self) -> bool:
        """Whether something is looked for."""
        return bool(self.query.strip())

    @property
    def fitting(self) -> int:
        """How many runbooks of the list fit what it is for; the others are only used."""
        return sum(row.found.score > 0.0 for row in self.rows)

    def renew(self) -> None:
        """Reads what is wanted now."""
        if self.searching:
            self.rows = [Row(found) for found in self._library.search(self.query, self.ticket, limit=MOST_FOUND)]
        elif self.sort == USE:
            found = self._library.search("", self.ticket, limit=MOST_USED)
            self.rows = [*self._open(), *(Row(each) for each in found)]
        else:
            self.rows = [Row(Found(entry, 0.0, "used", "")) for entry in self._library.entries(self.sort)]

    def place_of(self, row: Row | None) -> int:
        """Where the same runbook, or the same run of it, stands now; 0 where it is gone."""
        same = [_key(each) for each in self.rows]
        return same.index(_key(row)) if row is not None and _key(row) in same else 0

    def next_sort(self) -> None:
        """The next order; Refused for what is found, which stands by how well it fits."""
        if self.searching:
            raise Refused("what is found stands by how well it fits", "escape empties the search; then S sorts")
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]

    def _open(self) -> list[Row]:
        """Runs to be taken up: those on the ticket, else those that one has a hand in."""
        runs = self._runs.open_runs(None if self.ticket is None else self.ticket.ref)
        return [Row(Found(self._library.entry(run.runbook), 0.0, "used", ""), _told(run)) for run in runs]


def _told(run: Run) -> OpenRun:
    return OpenRun(run.number, run.ticket, run.standing, run.acts[-1].who)


def _key(row: Row) -> tuple[str, int | None]:
    return row.entry.slug, row.run.number if row.run else None
