"""Imports tickets and event logs: all or nothing unless one asks for a part, and a second time changes nothing."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial as bound
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from workbench.clock import Clock, iso
from workbench.database import Database
from workbench.database.dry_run import DryRun
from workbench.errors import InvalidInput
from workbench.intake.columns import Mapping
from workbench.intake.dates import DayOrder
from workbench.intake.histories import identity, retell_case, retell_record
from workbench.intake.logs import CaseHistory, LogReader
from workbench.intake.names import Names
from workbench.intake.profile import Profile
from workbench.intake.records import TicketRecord, records
from workbench.intake.rejected import write_rejected
from workbench.intake.rows import RowFault
from workbench.intake.store import IntakeStore
from workbench.intake.tables import Table
from workbench.organisation.service import OrganisationService
from workbench.tickets.model import Event
from workbench.tickets.service import TicketService

Progress: TypeAlias = Callable[[int], None]
"""Told how many rows or cases have been read so far."""

_BATCH: Final = 50
"""Tickets that are looked up and written at a time; with 500 both take a tenth longer for each."""
_EVERY: Final = 500
"""Rows or cases between two words about the progress."""

_SHOWN: Final = 5
"""Faults that an error message tells; a dry run tells all."""


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do: numbers of the new tickets, how many were known, and what was not believed."""

    partial: bool = False
    """Whether what can be used is wanted without the rest."""
    read: int = 0
    numbers: range = range(0)  # a million of them in a list would take 36 MB
    known: int = 0
    faults: list[RowFault] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    """Lines that tell which teams, people and clients the setup gained."""
    rejected: Path | None = None
    """The file that keeps the rows that could not be used, where a part was imported."""

    @property
    def refused(self) -> bool:
        """Whether nothing is imported, since something cannot be used; a dry run tells what could."""
        return bool(self.faults) and not self.partial


class _Told(NamedTuple):
    """One ticket on its way in."""

    row: int
    external: str
    item: TicketRecord | CaseHistory


class IntakeService:
    """Brings outside data in through the services of tickets and organisation."""

    def __init__(
        self, database: Database, organisation: OrganisationService, tickets: TicketService, clock: Clock
    ) -> None:
        self._database = database
        self._store = IntakeStore(database)
        self._organisation = organisation
        self._tickets = tickets
        self._clock = clock

    def import_tickets(
        self,
        table: Table,
        mapping: Mapping,
        *,
        zone: tzinfo,
        order: DayOrder | None = None,
        partial: bool = False,
        dry_run: bool = False,
        progress: Progress = lambda _: None,
    ) -> Outcome:
        """Imports every row as a ticket; times without an offset are of `zone`.

        Raises InvalidInput, with nothing changed, where a row cannot be used and no part is asked for.
        """
        now = self._clock.now()
        source = bound(_records, table, mapping, self._names, now=now, zone=zone, order=order)
        return self._import(table, source, partial=partial, dry_run=dry_run, progress=progress)

    def import_log(
        self,
        path: Path,
        profile: Profile,
        *,
        partial: bool = False,
        dry_run: bool = False,
        progress: Progress = lambda _: None,
    ) -> Outcome:
        """Imports every case with its whole history.

        Raises InvalidInput, with nothing changed, where a row cannot be used and no part is asked for.
        """
        log = LogReader(path, profile, now=self._clock.now())
        outcome = self._import(log, bound(_cases, log), partial=partial, dry_run=dry_run, progress=progress)
        if log.out_of_order:
            rows = "1 row stood" if log.out_of_order == 1 else f"{log.out_of_order:,} rows stood"
            outcome.doubts.append(
                f"{rows} after a later one of the same case; all are taken in the order of their time"
            )
        return outcome

    def _names(self) -> Names:
        return Names(self._organisation.current())

    def _import(
        self,
        file: Table | LogReader,
        source: Callable[[], Iterator[_Told | RowFault]],
        *,
        partial: bool,
        dry_run: bool,
        progress: Progress,
    ) -> Outcome:
        """Reads the file twice: who is in it, then what; both inside one transaction."""
        outcome = Outcome(partial=partial)
        with suppress(DryRun), self._database.transaction():
            names = self._names()
            contacts = self._meet(source(), names, outcome, progress)
            if outcome.refused and not dry_run:
                outcome.faults += self._repeated(told for told in source() if isinstance(told, _Told))
                raise _refusal(file.path, outcome)
            outcome.added = self._organisation.add(
                people=names.new_people(), teams=names.new_teams(), clients=names.new_clients()
            )
            for client, contact in sorted(contacts):
                if whose := client or self._organisation.only_client():
                    self._organisation.ensure_contact(whose, contact)
            with self._tickets.in_bulk():
                self._write((told for told in source() if isinstance(told, _Told)), outcome)
            outcome.faults.sort(key=lambda fault: fault.number)
            if dry_run:
                raise DryRun
            if outcome.refused:
                raise _refusal(file.path, outcome)
            if outcome.faults:  # written before anything is kept, so that no row is lost where it cannot be
                guard = isinstance(file, Table) and not file.guarded
                outcome.rejected = write_rejected(file.path, file.names, file.rows(), outcome.faults, guard=guard)
        return outcome

    def _meet(
        self, source: Iterator[_Told | RowFault], names: Names, outcome: Outcome, progress: Progress
    ) -> set[tuple[str, str]]:
        """Learns every name by telling each ticket once; gives the contacts with their clients, "" where unsaid."""
        contacts: set[tuple[str, str]] = set()
        met: set[tuple[str | None, ...]] = set()
        for told in source:
            outcome.read += 1
            if outcome.read % _EVERY == 0:
                progress(outcome.read)
            if isinstance(told, RowFault):
                outcome.faults.append(told)
                continue
            if isinstance(told.item, TicketRecord):
                outcome.doubts += [f"row {told.row}: {doubt}" for doubt in told.item.doubts]
                who = (told.item.team, told.item.tier, told.item.assignee, told.item.client, told.item.contact)
                if who in met:
                    continue
                met.add(who)
            opening = self._retold(told, names, None)[0].after
            if "contact" in opening:
                contacts.add((opening.get("client", ""), opening["contact"]))
        return contacts

    def _retold(self, told: _Told, names: Names, only_client: str | None) -> list[Event]:
        if isinstance(told.item, TicketRecord):
            return retell_record(told.item, names, only_client, self._clock.now())
        return retell_case(told.item, names, only_client)

    def _write(self, source: Iterator[_Told], outcome: Outcome) -> None:
        """Writes the tickets that are not there yet; one that stands in the file twice is a fault."""
        names, only_client = self._names(), self._organisation.only_client()
        first = self._tickets.store.next_number()
        while batch := list(islice(source, _BATCH)):
            known = self._known(batch)
            fresh: dict[str, list[Event]] = {}
            for told in batch:
                if told.external in fresh or known.get(told.external, 0) >= first:
                    outcome.faults.append(_repeats(told))
                elif told.external in known:
                    outcome.known += 1
                else:
                    fresh[told.external] = self._retold(told, names, only_client)
            self._tickets.record(fresh.values())
        outcome.numbers = range(first, self._tickets.store.next_number())

    def _repeated(self, source: Iterator[_Told]) -> Iterator[RowFault]:
        """What `_write` would find to stand in the file twice, without writing it."""
        met: set[str] = set()
        while batch := list(islice(source, _BATCH)):
            known = self._known(batch)
            for told in batch:
                if told.external in met:
                    yield _repeats(told)
                elif told.external not in known:
                    met.add(told.external)

    def _known(self, batch: list[_Told]) -> dict[str, int]:
        """The tickets of the batch that are there already, by their ids; an own export is known by its numbers."""
        own = {
            told.item.number: (told.external, iso(told.item.opened_at))
            for told in batch
            if isinstance(told.item, TicketRecord)
            and told.item.number is not None
            and told.item.external is None
            and told.item.opened_at is not None
        }
        numbers = self._store.known_numbers([(number, opened) for number, (_, opened) in own.items()])
        return self._store.known([told.external for told in batch]) | {own[number][0]: number for number in numbers}


def _repeats(told: _Told) -> RowFault:
    return RowFault(told.row, f"{told.external!r} stands in an earlier row too")


def _refusal(path: Path, outcome: Outcome) -> InvalidInput:
    count = len(outcome.faults)
    first = sorted(outcome.faults, key=lambda fault: fault.number)[:_SHOWN]
    told: Iterable[str] = map(str, first)
    more = f"; and {count - _SHOWN} more" if count > _SHOWN else ""
    return InvalidInput(
        f"{path.name}: {count} of {outcome.read} cannot be used: {'; '.join(told)}{more}",
        "mend them, or import the others with --partial; nothing was changed",
    )


def _records(
    table: Table,
    mapping: Mapping,
    names: Callable[[], Names],
    *,
    now: datetime,
    zone: tzinfo,
    order: DayOrder | None,
) -> Iterator[_Told | RowFault]:
    known = names()
    for record in records(table, mapping, now=now, zone=zone, order=order):
        if isinstance(record, RowFault):
            yield record
        elif record.tier is not None and known.tier(record.tier) is None:
            yield RowFault(record.row, f"tier: {record.tier!r} is no tier of this workbench")
        else:
            yield _Told(record.row, identity(record), record)


def _cases(reader: LogReader) -> Iterator[_Told | RowFault]:
    for case in reader:
        yield case if isinstance(case, RowFault) else _Told(case.row, case.case, case)
