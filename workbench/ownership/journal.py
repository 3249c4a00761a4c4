"""The one way the catalogue is written: the component and its event, in one transaction; and how it is taken back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from workbench.clock import Clock, moment_after
from workbench.database import Database
from workbench.errors import Refused
from workbench.organisation.service import OrganisationService
from workbench.ownership import rules
from workbench.ownership.changes import CatalogueEvent, CatalogueKind, absent, difference, with_fields
from workbench.ownership.log import CatalogueLog
from workbench.ownership.model import Component
from workbench.ownership.store import ComponentStore
from workbench.tickets.service import TicketService
from workbench.tickets.undoing import Deed

_BATCH: Final = 500
"""Components that are read at a time."""


class CatalogueJournal:
    """Writes components and the leads of seams on behalf of one person; its acts count with those on tickets."""

    def __init__(
        self, database: Database, organisation: OrganisationService, tickets: TicketService, clock: Clock, who: str
    ) -> None:
        self.store = ComponentStore(database)
        self.log = CatalogueLog(database)
        self.database = database
        self.organisation = organisation
        self.tickets = tickets
        self.clock = clock
        self.who = who

    def write(self, components: Iterable[Component], kind: CatalogueKind | None = None) -> list[Component]:
        """Writes components as one act, all or none; those that were new or different, as they are now.

        They may need one another. Without a kind each event tells whether it was added, changed or retired.
        """
        with self.database.transaction():
            self.organisation.require_person(self.who)
            wanted = {component.slug: component for component in map(rules.cleaned, components)}
            known = {*self.store.slugs(), *wanted}
            act = self.tickets.act_number()
            written = []
            for batch in _batches(list(wanted)):
                present = {component.slug: component for component in self.store.components(batch)}
                for slug in batch:
                    before, after = present.get(slug, absent(slug)), wanted[slug]
                    rules.require_known(before, after, self.organisation.current(), known)
                    rules.require_matching(before, after)
                    if self._write(before, after, kind, act):
                        written.append(after)
        return written

    def lead(self, component: str, other: str, team: str | None) -> bool:
        """Writes who leads between two components, or that nobody does; whether that is news."""
        with self.database.transaction():
            self.organisation.require_person(self.who)
            before = self.store.lead(component, other)
            if before == team:
                return False
            self._lead(component, other, before, team, self.tickets.act_number(), CatalogueKind.LED)
        return True

    def latest_act(self) -> int:
        """The number of my latest act on the catalogue not yet taken back; 0 where there is none."""
        return self.log.latest_act(self.who)

    def deeds(self, act: int) -> list[Deed]:
        """What that act of mine did, the last first; Refused where others have built on it."""
        return [Deed(event.component, event.kind, event.at) for event in self._changes(act)]

    def take_back(self, act: int, number: int) -> None:
        """Takes that act back by events of the act `number`, inside a transaction."""
        for event in self._changes(act):
            if event.kind is CatalogueKind.LED:
                other, team = event.before["seam"], event.before["lead"]
                self._lead(event.component, other, event.after["lead"], team, number, undoes=event.id)
            else:
                self._restore(event.component, event.before, number, event.id)

    def _changes(self, act: int) -> list[CatalogueEvent]:
        events = self.log.of_act(self.who, act)
        for event in events:
            later = self.log.built_on(event)
            if later is not None:
                wrong = f"your change of {event.component} ({event.kind}) stays: {later.who} has built on it"
                raise Refused(f"{wrong} ({later.kind})", "put it right by a new change")
        return events

    def _restore(self, slug: str, fields: Mapping[str, Any], act: int, undoes: int) -> None:
        before = self.store.find(slug)
        assert before is not None
        after = with_fields(before, fields)
        rules.require_known(before, after, self.organisation.current(), self.store.slugs())
        self._write(before, after, CatalogueKind.UNDONE, act, undoes)

    def _write(
        self, before: Component, after: Component, kind: CatalogueKind | None, act: int, undoes: int | None = None
    ) -> bool:
        changed = difference(before, after)
        if not changed[1] and undoes is None:
            return False
        self.store.write(after)
        self.log.append(
            self._moment(after.slug), self.who, act, kind or _kind(before, after), after.slug, changed, undoes
        )
        return True

    def _lead(
        self,
        component: str,
        other: str,
        before: str | None,
        team: str | None,
        act: int,
        kind: CatalogueKind = CatalogueKind.UNDONE,
        undoes: int | None = None,
    ) -> None:
        self.store.write_lead(component, other, team)
        changed = ({"seam": other, "lead": before}, {"seam": other, "lead": team})
        self.log.append(self._moment(component), self.who, act, kind, component, changed, undoes)

    def _moment(self, component: str) -> datetime:
        """When a component changes; who reads before it looks back."""
        moment = moment_after(self.clock, self.log.last_moment(component), f"{component} last changed at")
        self.tickets.note_moment(moment)
        return moment


def _kind(before: Component, after: Component) -> CatalogueKind:
    if before.retired and not after.retired:
        return CatalogueKind.ADDED
    return CatalogueKind.RETIRED if after.retired else CatalogueKind.CHANGED


def _batches(slugs: list[str]) -> Iterable[list[str]]:
    return (slugs[start : start + _BATCH] for start in range(0, len(slugs), _BATCH))
