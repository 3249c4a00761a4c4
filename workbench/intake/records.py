"""Turns rows of an export into typed ticket records, each value checked, at a pace for a million rows."""

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from functools import partial
from itertools import islice
from typing import Any, Final, NamedTuple

from workbench.clock import iso
from workbench.intake import values
from workbench.intake.cells import unguarded
from workbench.intake.columns import Mapping
from workbench.intake.dates import BadCell, DayOrder, day_order, is_slashed, read_instant
from workbench.intake.rows import RowFault
from workbench.intake.tables import Table
from workbench.intake.vocabulary import WAITING_FOR, plain
from workbench.tickets.vocabulary import Impact, Priority, State, Urgency, WaitingFor


class TicketRecord(NamedTuple):
    """One ticket as another tool told it; None is what the file does not say. Instants are UTC.

    A named tuple, since it is made in a tenth of the time of a frozen dataclass. `doubts` tells in words which
    local times of the row stand for no instant or for two, and what they were read as.
    """

    row: int
    subject: str
    number: int | None = None
    external: str | None = None
    body: str | None = None
    state: State | None = None
    waiting_for: WaitingFor | None = None
    waiting_reason: str | None = None
    waiting_until: datetime | None = None
    priority: Priority | None = None
    impact: Impact | None = None
    urgency: Urgency | None = None
    client: str | None = None
    contact: str | None = None
    team: str | None = None
    tier: str | None = None
    assignee: str | None = None
    component: str | None = None
    tags: tuple[str, ...] = ()
    opened_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    doubts: tuple[str, ...] = ()


_SLOT: Final = {field: slot for slot, field in enumerate(TicketRecord._fields)}
_SUBJECT, _STATE, _TAGS, _DOUBTS = (_SLOT[field] for field in ("subject", "state", "tags", "doubts"))
_WAITING_FOR, _WAITING_REASON, _WAITING_UNTIL = (_SLOT[f"waiting_{part}"] for part in ("for", "reason", "until"))
_OPENED, _RESOLVED, _CLOSED = _SLOT["opened_at"], _SLOT["resolved_at"], _SLOT["closed_at"]
_DATES: Final = ("opened_at", "resolved_at", "closed_at", "waiting_until")
_LOOKED_AT: Final = 200
"""Cells among which a date must stand for its notation to be known."""

_READERS: Final[dict[str, Callable[[str], object]]] = {
    "number": values.read_number,
    "subject": values.read_line,
    "body": values.read_text,
    "state": values.read_state,
    "priority": values.read_priority,
    "impact": values.read_impact,
    "urgency": values.read_urgency,
    "tags": values.read_tags,
    "external": values.read_line,
    "contact": values.read_line,
    "waiting_for": values.read_waiting_for,
    "waiting_reason": values.read_line,
    **dict.fromkeys(("client", "team", "tier", "assignee", "component"), values.read_name),
}


def records(
    table: Table, mapping: Mapping, *, now: datetime, zone: tzinfo, order: DayOrder | None = None
) -> Iterator[TicketRecord | RowFault]:
    """Every row of the table, checked; `zone` is where times without an offset were written.

    Raises InvalidInput where dates like 03/04/2026 stay ambiguous over the whole file and `order` does not say.
    """
    checked = Checker(mapping, now=now, zone=zone, order=order or _found_order(table, mapping)).checked
    for row in table.rows():
        if isinstance(row, RowFault):
            yield row
        else:
            yield checked(row[0], [unguarded(cell) for cell in row[1]] if table.guarded else row[1])


class Checker:
    """Checks rows one by one; what can be decided once for all rows is decided when it is made."""

    def __init__(self, mapping: Mapping, *, now: datetime, zone: tzinfo, order: DayOrder | None = None) -> None:
        self._doubts: list[str] = []
        instant = partial(read_instant, zone=zone, order=order, doubts=self._doubts)
        readers = _READERS | dict.fromkeys(_DATES, instant)
        self._plan = [(_SLOT[field], place, readers[field]) for field, place in mapping.columns.items()]
        self._names = mapping.names
        self._state_place = mapping.columns.get("state")
        self._closing_resolves = "closed_at" in mapping.columns and "resolved_at" not in mapping.columns
        self._more_tags = mapping.more_tags
        self._now = now
        self._blank: list[Any] = [0, None, *TicketRecord._field_defaults.values()]

    def checked(self, number: int, cells: list[str]) -> TicketRecord | RowFault:
        """The row as a record, or all that is wrong with it."""
        record = self._blank.copy()
        record[0] = number
        self._doubts.clear()
        try:
            for slot, place, read in self._plan:
                record[slot] = read(cells[place])
        except BadCell:
            return RowFault(number, self._faults(cells))
        if self._more_tags:
            more = (tag for place in self._more_tags for tag in values.read_tags(cells[place]))
            record[_TAGS] = tuple(dict.fromkeys((*record[_TAGS], *more)))
        if record[_SUBJECT] is None:
            return RowFault(number, "has no subject")
        if record[_STATE] is not None:
            record[_STATE], whom = record[_STATE]
            if record[_STATE] is State.WAITING:
                self._wait(record, whom, cells)
        if self._closing_resolves and record[_STATE] in (State.RESOLVED, State.CLOSED):
            record[_RESOLVED] = record[_CLOSED]
        if impossible := self._impossible(record):
            return RowFault(number, "; ".join(impossible))
        record[_DOUBTS] = tuple(self._doubts)
        return TicketRecord._make(record)

    def _faults(self, cells: list[str]) -> str:
        faults = []
        for _, place, read in self._plan:
            try:
                read(cells[place])
            except BadCell as error:
                faults.append(f"{self._names[place]}: {error}")
        return "; ".join(faults)

    def _wait(self, record: list[Any], whom: WaitingFor | None, cells: list[str]) -> None:
        """A waiting ticket says for whom and why; without a reason of its own, the word for its state is the reason.

        A reason that only names somebody, as `On Hold` has `Awaiting Vendor`, tells more than the state.
        """
        named = WAITING_FOR.get(plain(record[_WAITING_REASON] or ""))
        record[_WAITING_FOR] = record[_WAITING_FOR] or named or whom
        if record[_WAITING_REASON] is None and self._state_place is not None:
            record[_WAITING_REASON] = cells[self._state_place].strip()

    def _impossible(self, record: list[Any]) -> list[str]:
        """What is wrong with the dates of the past: none can lie ahead, and no end before its beginning."""
        now, opened, resolved, closed = self._now, record[_OPENED], record[_RESOLVED], record[_CLOSED]
        faults = []
        for name, at in (("opened_at", opened), ("resolved_at", resolved), ("closed_at", closed)):
            if at is not None and at > now:
                faults.append(f"{name} {iso(at)} is in the future")
            elif at is not None and opened is not None and at < opened:
                faults.append(f"{name} {iso(at)} is before the opening, {iso(opened)}")
        return faults


def _found_order(table: Table, mapping: Mapping) -> DayOrder | None:
    """Reads the dates of all rows only where one among the first is written with slashes or dashes."""
    places = [mapping.columns[field] for field in _DATES if field in mapping.columns]

    def dates() -> Iterator[str]:
        return (row[1][place] for row in table.rows() if not isinstance(row, RowFault) for place in places)

    return day_order(dates()) if any(map(is_slashed, islice(dates(), _LOOKED_AT))) else None
