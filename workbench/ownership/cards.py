"""Making cards: a component with its owners, neighbours and tickets, for one or for many at the same cost each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from workbench.organisation.model import Organisation
from workbench.ownership.card import Card, Neighbour, Reach, Resolver
from workbench.ownership.experience import Experience, Resolve
from workbench.ownership.model import Component, seam_state, status_of
from workbench.ownership.store import ComponentStore


class CardMaker:
    """Makes cards as of one moment."""

    def __init__(
        self,
        store: ComponentStore,
        experience: Experience,
        organisation: Organisation,
        now: datetime,
    ) -> None:
        self.store = store
        self.experience = experience
        self.organisation = organisation
        self.now = now

    def cards(self, components: Sequence[Component], owners: Mapping[str, tuple[str, ...]] | None = None) -> list[Card]:
        """A card for each; `owners` are those of path rules, by the component, in the place of its own."""
        around = self._around(components)
        return [self._card(each, (owners or {}).get(each.slug, each.owners), around) for each in components]

    def _around(self, components: Sequence[Component]) -> "_Around":
        slugs = [component.slug for component in components]
        needed_by = self.store.needed_by(slugs)
        near = {slug for component in components for slug in component.needs} | set(chain(*needed_by.values()))
        return _Around(
            {each.slug: each for each in self.store.components(near) if not each.retired},
            needed_by,
            self.store.leads(slugs),
            self.experience.open_tickets(slugs),
            self.experience.last_resolves(slugs, self.now),
            self.experience.runbooks(slugs),
        )

    def _card(self, component: Component, owners: tuple[str, ...], around: "_Around") -> Card:
        slug, organisation = component.slug, self.organisation
        stale_after = timedelta(seconds=organisation.settings.owner_stale_after)
        return Card(
            component,
            owners,
            status_of(owners, component.confirmed_at, self.now, stale_after),
            tuple(self.reach(team) for team in owners if organisation.teams.find(team)),
            around.beside(component, component.needs),
            around.beside(component, around.needed_by.get(slug, ())),
            around.open_tickets.get(slug, 0),
            tuple(around.runbooks.get(slug, ())),
            resolvers(around.resolves.get(slug, ()), owners, organisation),
        )

    def reach(self, slug: str) -> Reach:
        """How a team is reached at this moment."""
        organisation = self.organisation
        team = organisation.team(slug, include_retired=True)
        return Reach(
            slug,
            team.name,
            team.support.value,
            organisation.on_support(slug, self.now),
            organisation.next_handover(slug, self.now),
            organisation.rotation_zone(slug),
            team.contact,
            team.wants,
        )


class _Around(NamedTuple):
    """What is read at once for many cards."""

    neighbours: Mapping[str, Component]
    needed_by: Mapping[str, Sequence[str]]
    leads: Mapping[frozenset[str], str]
    open_tickets: Mapping[str, int]
    resolves: Mapping[str, Sequence[Resolve]]
    runbooks: Mapping[str, Sequence[str]]

    def beside(self, component: Component, others: Iterable[str]) -> tuple[Neighbour, ...]:
        """Those of the others that are in use, as neighbours of the component."""
        found = [self.neighbours[other] for other in others if other in self.neighbours]
        return tuple(self._neighbour(component, other) for other in found)

    def _neighbour(self, component: Component, other: Component) -> Neighbour:
        lead = self.leads.get(frozenset((component.slug, other.slug)))
        return Neighbour(other.slug, other.owners, seam_state(component.owners, other.owners, lead), lead)


def resolvers(resolves: Sequence[Resolve], owners: Sequence[str], organisation: Organisation) -> tuple[Resolver, ...]:
    """Who did these resolves, the busiest first; somebody of an owning team counts as that team's."""
    counted = Counter(resolve.who for resolve in resolves)
    teams: dict[str, str | None] = {}
    for resolve in resolves:
        teams.setdefault(resolve.who, team_of(resolve, owners, organisation))
    return tuple(
        Resolver(who, count, teams[who], teams[who] in owners)
        for who, count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    )


def team_of(resolve: Resolve, owners: Sequence[str], organisation: Organisation) -> str | None:
    """The team that somebody resolved a ticket for: an owning one, else the one that held it, else their first."""
    theirs = [team.slug for team in organisation.teams_of(resolve.who)]
    for team in (*owners, resolve.held_by):
        if team in theirs:
            return team
    return theirs[0] if theirs else None
