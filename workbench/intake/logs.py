"""Reads event logs with history (CSV or XES, also packed) as one history per case, by a profile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

from workbench.clock import iso
from workbench.errors import NotFound
from workbench.intake.dates import BadCell
from workbench.intake.grouping import LoggedRow, grouped
from workbench.intake.profile import Meaning, Profile
from workbench.intake.rows import Row, RowFault
from workbench.intake.tables import Table, open_table
from workbench.intake.xes import xes_rows
from workbench.tickets.vocabulary import Impact, Priority, State, WaitingFor

_ENDED: Final = frozenset({State.RESOLVED, State.CLOSED})


@dataclass(frozen=True, slots=True)
class LogEvent:
    """How a ticket stands after one row of the log; `text` is what the row says, `who` did it (None: a system)."""

    at: datetime
    state: State
    waiting_for: WaitingFor | None
    team: str | None
    tier: str
    who: str | None
    assignee: str | None
    priority: Priority | None
    impact: Impact | None
    component: str | None
    client: str | None
    text: str


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """One case from its first event on; there is always one. `row` is where that stands in the file."""

    row: int
    case: str
    opened_at: datetime
    subject: str
    events: list[LogEvent]


class LogReader:
    """Yields a log's cases in the order in which they were opened, and what is wrong with rows.

    A case with a row that cannot be read is left out whole, since a history with a hole is false.
    """

    def __init__(self, path: Path, profile: Profile, *, now: datetime) -> None:
        self.path = path
        self.profile = profile
        self.now = now
        self.out_of_order = 0
        """Rows so far that stood after a later one of their case; they are put in their place."""

    def __iter__(self) -> Iterator[CaseHistory | RowFault]:
        self.out_of_order = 0
        faults: list[RowFault] = []
        for rows in grouped(self._logged(faults)):
            yield from faults
            faults.clear()
            yield from self._case(rows)
        yield from faults

    def _logged(self, faults: list[RowFault]) -> Iterator[LoggedRow]:
        """The rows by case and time; those that cannot even be given to a case are put aside."""
        case_place, time_place = (self.profile.columns.index(name) for name in (self.profile.case, self.profile.time))
        for row in self._read():
            if isinstance(row, RowFault):
                faults.append(row)
                continue
            number, cells = row
            if cells[case_place] in self.profile.missing:
                faults.append(RowFault(number, f"has no {self.profile.case}"))
                continue
            try:
                at = self.profile.instant_of(cells[time_place])
            except BadCell:
                at = None
            yield LoggedRow(cells[case_place], int(at.timestamp()) if at else None, number, cells)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of `rows()`: all that a table has, of XES those that the profile reads."""
        return self.profile.columns if self._is_xes else self._table.names

    def rows(self) -> Iterator[Row | RowFault]:
        """The rows as they stand in the file."""
        return xes_rows(self.path, self.profile.columns) if self._is_xes else self._table.rows()

    @property
    def _is_xes(self) -> bool:
        return ".xes" in {suffix.lower() for suffix in self.path.suffixes[-2:]}

    @cached_property
    def _table(self) -> Table:
        return open_table(self.path)

    def _read(self) -> Iterator[Row | RowFault]:
        """The rows with the cells that the profile reads."""
        columns, names = self.profile.columns, self.names
        for column in columns:
            if column not in names:
                raise NotFound.among("column", column, names)
        places = [names.index(column) for column in columns]
        for row in self.rows():
            yield row if isinstance(row, RowFault) else (row[0], [row[1][place] for place in places])

    def _case(self, rows: list[LoggedRow]) -> Iterator[CaseHistory | RowFault]:
        history = _History(self.profile)
        faults: dict[int, str] = {}
        for row in rows:
            try:
                history.add(row, self.now)
            except BadCell as error:
                faults[row.number] = str(error)
        subject = self._subject(rows)
        if not faults and not subject:
            faults[rows[-1].number] = "has no subject"
        if faults:
            left_out = f"its case has a row that cannot be used, row {min(faults)}"
            yield from (RowFault(row.number, faults.get(row.number, left_out)) for row in rows)
            return
        times = [row.at or 0 for row in sorted(rows, key=lambda row: row.number)]
        self.out_of_order += sum(later < earlier for earlier, later in pairwise(times))
        yield CaseHistory(rows[0].number, rows[0].case, history.events[0].at, subject, history.events)

    def _subject(self, rows: list[LoggedRow]) -> str:
        """The subject, each column by what the case said of it last; a word for nothing only where it said no other."""
        values = {}
        for column in self.profile.subject_columns:
            place = self.profile.columns.index(column)
            said = (row.cells[place] for row in reversed(rows) if row.cells[place].strip() not in self.profile.missing)
            values[column] = next(said, rows[-1].cells[place])
        return self.profile.subject_of(values).strip()


class _History:
    """The events of one case so far."""

    def __init__(self, profile: Profile) -> None:
        self.events: list[LogEvent] = []
        self._profile = profile

    def add(self, row: LoggedRow, now: datetime) -> None:
        """Adds what a row did; raises BadCell in words."""
        profile = self._profile
        values = dict(zip(profile.columns, row.cells, strict=True))
        key = "/".join(values[column] for column in profile.state)
        if row.at is None:
            profile.instant_of(values[profile.time])
            raise BadCell(f"has no {profile.time}")
        if key not in profile.states:
            raise BadCell(f"{key!r} does not stand in the profile's [states]; there are {', '.join(profile.states)}")
        at = datetime.fromtimestamp(row.at, UTC)
        if at > now:
            raise BadCell(f"{profile.time} {iso(at)} is in the future")
        self._append(at, key, {name: self._value(name, values) for name in profile.others})

    def _value(self, name: str, values: dict[str, str]) -> str | None:
        value = values[self._profile.others[name]]
        return None if value in self._profile.missing else value

    def _append(self, at: datetime, key: str, values: dict[str, str | None]) -> None:
        meaning = self._profile.states[key]
        if meaning.resolves_first and not (self.events and self.events[-1].state in _ENDED):
            self._append_as(Meaning(State.RESOLVED), at, key, values)
        self._append_as(meaning, at, key, values)

    def _append_as(self, meaning: Meaning, at: datetime, text: str, values: dict[str, str | None]) -> None:
        profile = self._profile
        before = self.events[-1] if self.events else None
        team = values.get("team") or (before.team if before else None)
        who = None if values.get("person") in profile.nobody else values.get("person")
        state, waiting_for = _state(meaning, before)
        self.events.append(
            LogEvent(
                at=at,
                state=state,
                waiting_for=waiting_for,
                team=team,
                tier=profile.tier_of(team or ""),
                who=who,
                assignee=_assignee(meaning, who, before if before and before.team == team else None),
                priority=profile.priority_of(values.get("priority")),
                impact=profile.impact_of(values.get("impact")),
                component=values.get("component"),
                client=values.get("client"),
                text=text,
            )
        )


def _state(meaning: Meaning, before: LogEvent | None) -> tuple[State, WaitingFor | None]:
    """What a ticket is after a line: one that somebody had is new no more, though nobody has it now."""
    if meaning.state is None:
        return (before.state, before.waiting_for) if before else (State.NEW, None)
    if meaning.state is State.NEW and before and before.state is not State.NEW:
        return State.OPEN, None
    return meaning.state, meaning.waiting_for


def _assignee(meaning: Meaning, who: str | None, before: LogEvent | None) -> str | None:
    """Who has a ticket after a line: nobody when it is queued, else who worked on it, else who had it in this team."""
    kept = before.assignee if before else None
    if meaning.state is State.NEW:
        return None
    return kept if meaning.state in (None, State.CLOSED) else who or kept
