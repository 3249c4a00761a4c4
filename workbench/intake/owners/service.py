"""Imports the ownership catalogue: all or nothing unless one asks for a part, and a second time changes nothing."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from workbench.clock import Clock, iso
from workbench.database.dry_run import DryRun
from workbench.errors import InvalidInput
from workbench.intake.owners.merging import in_words, merged
from workbench.intake.owners.model import Catalogue, Entry, Fault, Lead, Need
from workbench.intake.owners.reading import read_catalogue
from workbench.intake.owners.rejected import write_rejected
from workbench.intake.owners.store import known_components
from workbench.intake.owners.teams import Teams, Unknown
from workbench.organisation.service import OrganisationService
from workbench.ownership.changes import absent
from workbench.ownership.model import Component, PathRule
from workbench.ownership.rules import cleaned
from workbench.ownership.service import OwnershipService

Progress: TypeAlias = Callable[[int], None]
"""Told how many documents have been read so far."""

_BATCH: Final = 500
"""Components that are read and written at a time."""
_SHOWN: Final = 5
"""Faults that an error message tells; a dry run tells all."""


@dataclass(slots=True)
class Outcome:
    """What an import of the catalogue did, or would do."""

    read: int = 0
    partial: bool = False
    """Whether what can be used is wanted without the rest."""
    added: list[str] = field(default_factory=list)
    changed: dict[str, str] = field(default_factory=dict)
    """Slugs of components that are different now, with the differences in words."""
    kept: list[str] = field(default_factory=list)
    """What was confirmed here and stays, although a file says otherwise."""
    leads: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    """Lines that tell which teams and people the setup gained."""
    unknown: list[Unknown] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)
    rejected: list[Path] = field(default_factory=list)
    """The files that keep what could not be used, where a part was imported."""

    @property
    def unchanged(self) -> int:
        """How many components were told of that are as they were."""
        return self.read - len(self.added) - len(self.changed)

    @property
    def refused(self) -> bool:
        """Whether nothing is imported, since something cannot be used; a dry run tells what could."""
        return bool(self.faults) and not self.partial

    @property
    def is_news(self) -> bool:
        """Whether anything is different."""
        return bool(self.added or self.changed or self.leads or self.teams)


class OwnersImport:
    """Brings ownership files in through the services of catalogue and organisation."""

    def __init__(self, organisation: OrganisationService, ownership: OwnershipService, clock: Clock) -> None:
        self._organisation = organisation
        self._ownership = ownership
        self._clock = clock

    def run(
        self,
        path: Path,
        *,
        component: str | None = None,
        create_teams: bool = False,
        partial: bool = False,
        dry_run: bool = False,
        progress: Progress = lambda _: None,
    ) -> Outcome:
        """Imports a file or a folder; all that it does is one act, which one undo takes back.

        Raises InvalidInput, with nothing changed, where something cannot be used and no part is asked for.
        """
        self._organisation.require_person(self._ownership.who)
        known = known_components(self._ownership.database)
        zone = ZoneInfo(self._organisation.current().zone)
        sources = {slug: told.source for slug, told in known.items()}
        catalogue = read_catalogue(path, sources, zone, component=component, progress=progress)
        in_use = {slug.casefold(): slug for slug, told in known.items() if not told.retired}
        retired = {slug.casefold() for slug, told in known.items() if told.retired}
        entries = _usable(catalogue, {slug.casefold(): slug for slug in known}, in_use, retired)
        outcome = Outcome(len(entries), partial=partial, doubts=catalogue.doubts, ignored=dict(catalogue.ignored))
        outcome.faults = catalogue.faults
        with suppress(DryRun), self._ownership.together():
            self._write(entries, catalogue, outcome, create_teams=create_teams)
            if dry_run:
                raise DryRun
            if outcome.refused:
                raise _refusal(outcome)
            if outcome.faults:  # written before anything is kept, so that nothing is lost where it cannot be
                outcome.rejected = write_rejected(path, outcome.faults)
        return outcome

    def _write(self, entries: list[Entry], catalogue: Catalogue, outcome: Outcome, *, create_teams: bool) -> None:
        teams = Teams(self._organisation.current(), catalogue, create=create_teams)
        wanted = [(entry, _owners(entry, teams), _paths(entry, teams)) for entry in entries]
        leads = [(entry, lead, teams.owner(lead.team)) for entry in entries for lead in entry.leads]
        if create_teams:
            outcome.teams = self._organisation.add(people=teams.new_people(), teams=teams.new_teams())
        outcome.unknown = teams.unknown
        components = []
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            present = {each.slug: each for each in self._ownership.store.components(one[0].slug for one in batch)}
            for entry, owners, paths in batch:
                before = present.get(entry.slug, absent(entry.slug))
                after = self._merged(entry, before, owners, paths, outcome)
                if after is not None:
                    components.append(after)
        self._ownership.put_all(components)
        for entry, lead, team in leads:
            if team is not None:
                self._lead(entry, lead, team, outcome)

    def _merged(
        self,
        entry: Entry,
        before: Component,
        owners: tuple[str, ...] | None,
        paths: tuple[PathRule, ...] | None,
        outcome: Outcome,
    ) -> Component | None:
        """The component where it is new or different; told in the outcome."""
        if entry.confirmed_at is not None and entry.confirmed_at > self._clock.now():
            outcome.doubts.append(f"{entry.place}: confirmed at {iso(entry.confirmed_at)}, which is still to come")
            entry = replace(entry, confirmed_at=None)
        if owners == () and entry.owners and not before.retired:
            owners = None  # names that nobody knows say nothing about whose it is
        after, kept = merged(entry, before, owners, paths)
        try:
            after = cleaned(replace(after, retired=False))
        except InvalidInput as error:
            outcome.faults.append(Fault(entry.place, error.wrong, entry.piece, entry.form))
            return None
        if kept:
            outcome.kept.append(kept)
        if before.retired:
            outcome.added.append(after.slug)
            return after
        words = in_words(before, after)
        if not words:
            return None
        outcome.changed[after.slug] = words
        return after

    def _lead(self, entry: Entry, lead: Lead, team: str, outcome: Outcome) -> None:
        first, second = self._ownership.store.find(entry.slug), self._ownership.store.find(lead.other.slug)
        if first is None or second is None or (second.slug not in first.needs and first.slug not in second.needs):
            reason = f"seam-lead: neither {entry.slug} nor {lead.other.slug} needs the other"
            outcome.faults.append(Fault(lead.other.place, reason, entry.piece, entry.form))
        elif self._ownership.set_lead(first.slug, second.slug, team):
            outcome.leads.append(f"{first.slug} and {second.slug}: {team} leads")


def _usable(catalogue: Catalogue, known: dict[str, str], in_use: dict[str, str], retired: set[str]) -> list[Entry]:
    """The entries that can be written, by the slugs that are there; the others are told as faults or doubts."""
    first: dict[str, Entry] = {}
    for entry in catalogue.entries:
        entry.slug = known.get(entry.slug.casefold(), entry.slug)
        same = first.setdefault(entry.slug.casefold(), entry)
        if same is entry:
            continue
        if same.paths is None and entry.paths is not None:
            same.paths = entry.paths  # a repository's CODEOWNERS tell of the component that its catalogue describes
        else:
            reason = f"{entry.slug} stands already in {same.place}"
            catalogue.faults.append(Fault(entry.place, reason, entry.piece, entry.form))
    usable = {folded: entry for folded, entry in first.items() if folded not in retired}
    for folded, entry in first.items():
        if folded in retired:
            catalogue.doubts.append(f"{entry.place}: {entry.slug} was taken out of the catalogue here; it stays out")
    names = in_use | {folded: entry.slug for folded, entry in usable.items()}
    for entry in usable.values():
        if entry.needs is not None:
            entry.needs = tuple(_needs(entry, entry.needs, names, retired, catalogue))
    return list(usable.values())


def _needs(
    entry: Entry, needs: tuple[Need, ...], names: dict[str, str], retired: set[str], catalogue: Catalogue
) -> list[Need]:
    kept = []
    for need in needs:
        folded = need.slug.casefold()
        if folded == entry.slug.casefold():
            catalogue.faults.append(Fault(need.place, f"{need.slug} cannot need itself", entry.piece, entry.form))
        elif folded in names:
            kept.append(Need(names[folded], need.place))
        elif folded in retired:
            catalogue.doubts.append(f"{need.place}: {need.slug} is out of the catalogue, so nothing needs it")
        else:
            reason = f"needs: {need.slug!r} stands nowhere"
            catalogue.faults.append(Fault(need.place, reason, entry.piece, entry.form))
    return kept


def _owners(entry: Entry, teams: Teams) -> tuple[str, ...] | None:
    if entry.owners is None:
        return None
    return tuple(dict.fromkeys(team for name in entry.owners if (team := teams.owner(name)) is not None))


def _paths(entry: Entry, teams: Teams) -> tuple[PathRule, ...] | None:
    if entry.paths is None:
        return None
    return tuple(
        PathRule(rule.pattern, None if rule.owners is None else tuple(map(teams.owner_of_path, rule.owners)))
        for rule in entry.paths
    )


def _refusal(outcome: Outcome) -> InvalidInput:
    count = len(outcome.faults)
    more = f"; and {count - _SHOWN} more" if count > _SHOWN else ""
    return InvalidInput(
        f"{'; '.join(map(str, outcome.faults[:_SHOWN]))}{more}",
        "mend it, or import the rest with --partial; nothing was changed",
    )
