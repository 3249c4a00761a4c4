"""What is told of a component: everything that somebody needs who wants it put right."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from workbench.ownership.model import Component, SeamState, Status


class Reach(NamedTuple):
    """How a team is reached now: who carries its support until when (None: for good), and what it wants to be told."""

    team: str
    name: str
    support_model: str
    on_support: str | None
    hands_over_at: datetime | None
    zone: str
    contact: str
    wants: str


class Neighbour(NamedTuple):
    """A component that this one needs or that needs it, and whether a seam lies between."""

    component: str
    owners: tuple[str, ...]
    seam: SeamState
    lead: str | None


class Resolver(NamedTuple):
    """Somebody who resolved some of a component's last tickets; `team` is None for people of no team."""

    who: str
    resolved: int
    team: str | None
    is_owner: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A component with its owners as they answer for what was asked, its neighbours and its tickets.

    `owners` are the component's own but where a path rule names others. `resolvers` did its last tickets, the
    busiest first.
    """

    component: Component
    owners: tuple[str, ...]
    status: Status
    reach: tuple[Reach, ...]
    needs: tuple[Neighbour, ...]
    needed_by: tuple[Neighbour, ...]
    open_tickets: int
    runbooks: tuple[str, ...]
    resolvers: tuple[Resolver, ...]

    @property
    def team(self) -> Reach | None:
        """How the one owner is reached; None where it is unowned, disputed, or owned by no team of the setup."""
        return self.reach[0] if len(self.owners) == 1 and self.reach else None

    @property
    def others(self) -> tuple[Resolver, ...]:
        """Who resolved its last tickets without being of a team that owns it."""
        return tuple(each for each in self.resolvers if not each.is_owner)
