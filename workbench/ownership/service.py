"""The catalogue's door: whose a component is, how they are reached, and what may be changed about that."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from workbench.clock import Clock
from workbench.database import Database
from workbench.errors import NotFound, Refused, nearest
from workbench.organisation.service import OrganisationService
from workbench.ownership.card import Card
from workbench.ownership.cards import CardMaker
from workbench.ownership.changes import CatalogueEvent, CatalogueKind
from workbench.ownership.corrections import Correction, CorrectionStore, Proposal, corrections
from workbench.ownership.experience import Experience
from workbench.ownership.journal import CatalogueJournal
from workbench.ownership.knowledge import Knowledge, Owned
from workbench.ownership.lookback import look_back
from workbench.ownership.model import LONGEST, Component, Seam, Status
from workbench.ownership.rules import require_owner, unknown
from workbench.tickets.rules import required
from workbench.tickets.service import TicketService

if TYPE_CHECKING:
    from workbench.ownership.matching.findings import Answers
    from workbench.ownership.matching.lookup import Lookup

_BATCH: Final = 500
"""Components whose cards are made at a time."""


class SeamTickets(NamedTuple):
    """A seam, and how many open tickets hopped between its two teams."""

    seam: Seam
    open_tickets: int


class Looked(NamedTuple):
    """What a lookup found, with the card of each answer in the same order."""

    found: "Answers"
    cards: list[Card]


class OwnershipService:
    """Reads and changes the catalogue on behalf of one person."""

    def __init__(
        self, database: Database, organisation: OrganisationService, tickets: TicketService, clock: Clock, who: str
    ) -> None:
        self.journal = CatalogueJournal(database, organisation, tickets, clock, who)
        self.store = self.journal.store
        self.experience = Experience(database)
        self.database = database
        self.organisation = organisation
        self.tickets = tickets
        self.clock = clock
        self.who = who
        self._proposals = CorrectionStore(database)

    def components(self) -> list[Component]:
        """All components in use, by slug."""
        return self.store.components()

    def get(self, name: str) -> Component:
        """The component of that slug or alias; NotFound names the nearest, Refused where several are called so."""
        found = self.find(name)
        if found is None:
            raise unknown(name, self.store.names())
        return found

    def find(self, name: str) -> Component | None:
        """The component in use of that slug or alias; None where there is none, Refused where there are several."""
        found = self.store.find(name)
        if found is not None and not found.retired:
            return found
        called_so = self.store.with_alias(name.strip())
        if len(called_so) > 1:
            raise Refused(f"{name!r} is an alias of {' and '.join(called_so)}", "name one of them")
        return self.store.find(called_so[0]) if called_so else None

    def doubt(self, name: str) -> str:
        """That the catalogue has nothing of that name, and what is meant; empty where it has, or knows nothing yet."""
        names = self.store.names()
        if not names or name in names or self.store.with_alias(name.strip()):
            return ""
        near = nearest(name, names)
        advice = f"did you mean {near}?" if near else "`workbench owner` finds those there are"
        return f"the catalogue has no component named {name!r}; {advice}"

    def unowned(self) -> list[Component]:
        """The components in use that no team owns."""
        return self.store.components(self.store.unowned())

    def status(self, component: Component) -> Status:
        """What the component's owners amount to at this moment."""
        stale_after = timedelta(seconds=self.organisation.current().settings.owner_stale_after)
        return component.status(self.clock.now(), stale_after)

    def card(self, name: str, owners: tuple[str, ...] | None = None) -> Card:
        """Everything about one component; `owners` are those of the path rule that matched, where one did."""
        component = self.get(name)
        with self.database.snapshot():
            return self._maker().cards([component], None if owners is None else {component.slug: owners})[0]

    def lookup(self, query: str, limit: int = 10) -> Looked:
        """The components that a name, host, URL, path, error message or a whole page of text may be about."""
        with self.database.snapshot():
            found = self._lookup.find(query, limit)
            components = {each.slug: each for each in self.store.components(one.component for one in found.answers)}
            owners = {one.component: one.owners for one in found.answers if one.owners is not None}
            cards = self._maker().cards([components[one.component] for one in found.answers], owners)
        return Looked(found, cards)

    def cards(self, components: Sequence[Component]) -> Iterator[Card]:
        """The cards of many components, a few hundred read at a time."""
        for start in range(0, len(components), _BATCH):
            with self.database.snapshot():
                made = self._maker().cards(components[start : start + _BATCH])
            yield from made

    def seams(self) -> list[SeamTickets]:
        """Every dependency whose two ends belong to different teams, each pair of components once."""
        with self.database.snapshot():
            leads, hopped = self.store.leads(), self.experience.hopped()
            found: dict[frozenset[str], SeamTickets] = {}
            for components, teams in self.store.crossings():
                pair = frozenset(components)
                seam = Seam(components, teams, leads.get(pair))
                found.setdefault(pair, SeamTickets(seam, hopped.get(frozenset(teams), 0)))
        return list(found.values())

    def knowledge(self, team: str) -> Knowledge:
        """What a team owns, how many tickets of it are open, and who ever resolved it."""
        slug = self.organisation.current().team(team).slug
        with self.database.snapshot():
            owned = self.store.components(self.store.owned_by(slug))
            names = [component.slug for component in owned]
            open_tickets = self.experience.open_tickets(names)
            resolvers = self.experience.resolves_ever(names, self.clock.now())
        return Knowledge(
            slug,
            tuple(
                Owned(each.slug, self.status(each), open_tickets.get(each.slug, 0), resolvers.get(each.slug, {}))
                for each in owned
            ),
        )

    def history(self, name: str) -> list[CatalogueEvent]:
        """Every change of a component, the first one first."""
        return self.journal.log.of(self.get(name).slug, self.clock.now())

    def look_back(self) -> None:
        """From here on this connection sees the catalogue as it stood at the clock's moment."""
        look_back(self.store, self.journal.log.after(self.clock.now()))

    def together(self) -> AbstractContextManager[None]:
        """Makes all changes inside `with` one act, of tickets too: all or none are done, one undo takes all back."""
        return self.tickets.together()

    def put(self, component: Component) -> bool:
        """Writes a component, new or changed, whole; whether that is news. InvalidInput, NotFound, Refused."""
        return bool(self.put_all([component]))

    def put_all(self, components: Iterable[Component]) -> list[Component]:
        """Writes many that may need one another, all or none, as one act; those that were new or different."""
        return self.journal.write(components)

    def add_alias(self, name: str, alias: str) -> Component:
        """Has a component found by another name too."""
        with self.database.transaction():
            component = self.get(name)
            self.put(replace(component, aliases=(*component.aliases, alias)))
            return self.get(component.slug)

    def set_owners(self, name: str, teams: Iterable[str]) -> Component:
        """Says which team owns a component: none is unowned, several is disputed. To say so is to confirm it."""
        with self.database.transaction():
            component = replace(self.get(name), owners=tuple(teams))
            self.put(self._confirmed(component) if component.team else component)
            return self.get(component.slug)

    def confirm(self, name: str) -> Component:
        """Says that the owner still is the owner; Refused where there is none, or no one."""
        with self.database.transaction():
            component = self.get(name)
            require_owner(component)
            self.journal.write([self._confirmed(component)], CatalogueKind.CONFIRMED)
            return self.get(component.slug)

    def retire(self, name: str) -> None:
        """Takes a component out of the catalogue; its history stays, and `put` brings it back."""
        with self.database.transaction():
            self.put(replace(self.get(name), retired=True))

    def set_lead(self, name: str, other: str, team: str | None) -> bool:
        """Says which team leads where one component needs the other, None for nobody; whether that is news."""
        with self.database.transaction():
            first, second = self.get(name), self.get(other)
            if second.slug not in first.needs and first.slug not in second.needs:
                wrong = f"neither {first.slug} nor {second.slug} needs the other, so there is no seam"
                raise Refused(wrong, f"say first what it needs: `workbench owners set {first.slug} --needs …`")
            lead = None if team is None else self.organisation.current().team(team).slug
            return self.journal.lead(first.slug, second.slug, lead)

    def disown(self, name: str, ticket: int, why: str) -> None:
        """Notes that its owner gave a ticket of a component back as somebody else's, and did not say whose."""
        component = self.get(name)
        if component.team is not None:
            self.propose(component.slug, component.team, ticket, why)

    def propose(self, name: str, to_team: str, ticket: int | None, why: str) -> None:
        """Proposes that a component belongs to a team, as when a hand-off comes back as wrong owner."""
        component, team = self.get(name), self.organisation.current().team(to_team)
        because = required(why, "reason", LONGEST)
        with self.database.transaction():
            self.organisation.require_person(self.who)
            proposal = Proposal(ticket, because, self.who, self.clock.now(), dismissed=False)
            self._proposals.write(component.slug, team.slug, proposal)

    def corrections(self, name: str | None = None) -> list[Correction]:
        """What may be wrong about the owners of one component, or of all, the latest first."""
        now, organisation = self.clock.now(), self.organisation.current()
        with self.database.snapshot():
            proposals = self._proposals.proposals(now)
            if name is None:
                resolves = self.experience.all_last_resolves(now)
                slugs = sorted({*resolves, *proposals})
            else:
                slugs = [self.get(name).slug]
                resolves = self.experience.last_resolves(slugs, now)
            components = [each for each in self.store.components(slugs) if not each.retired]
        found = [
            one
            for each in components
            for one in corrections(each, resolves.get(each.slug, ()), proposals.get(each.slug, {}), organisation)
        ]
        return sorted(found, key=lambda each: each.at, reverse=True)

    def accept(self, name: str, to_team: str | None = None) -> Component:
        """Makes a proposed team the owner, or has none where the owner says that it is not theirs.

        NotFound where nothing is proposed, Refused where several teams are.
        """
        with self.database.transaction():
            correction = self._proposed(name, to_team)
            return self.set_owners(correction.component, [correction.team] if correction.team else [])

    def dismiss(self, name: str, to_team: str | None = None) -> None:
        """Has a proposal not made again before there are new reasons."""
        with self.database.transaction():
            self.organisation.require_person(self.who)
            correction = self._proposed(name, to_team)
            ticket = correction.tickets[0] if correction.tickets else None
            dismissal = Proposal(ticket, correction.why, self.who, self.clock.now(), dismissed=True)
            self._proposals.write(correction.component, correction.team or correction.owners[0], dismissal)

    def _proposed(self, name: str, to_team: str | None) -> Correction:
        component = self.get(name)
        proposed = [each for each in self.corrections(component.slug) if to_team in (None, each.team)]
        if not proposed:
            wrong = f"nothing is proposed for {component.slug}" + (f" and {to_team}" if to_team else "")
            raise NotFound(wrong, "`workbench owners corrections` shows what is")
        if len(proposed) > 1:
            teams = " and ".join(each.team for each in proposed if each.team)
            raise Refused(f"{teams} are proposed for {component.slug}", "name one of them too")
        return proposed[0]

    def _confirmed(self, component: Component) -> Component:
        return replace(component, confirmed_at=self.clock.now(), confirmed_by=self.who)

    @cached_property
    def _lookup(self) -> "Lookup":
        from workbench.ownership.matching.lookup import Lookup  # here, since few commands ask

        return Lookup(self.database)

    def _maker(self) -> CardMaker:
        return CardMaker(self.store, self.experience, self.organisation.current(), self.clock.now())
