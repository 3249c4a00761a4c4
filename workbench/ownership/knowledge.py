"""What a team owns, and which people know it."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from workbench.ownership.model import Status


class Owned(NamedTuple):
    """A component of a team: its open tickets, and how many tickets each person ever resolved, the busiest first."""

    component: str
    status: Status
    open_tickets: int
    resolvers: Mapping[str, int]

    @property
    def only(self) -> str | None:
        """The one person who ever resolved it; None where there are several, or none."""
        return next(iter(self.resolvers)) if len(self.resolvers) == 1 else None


class Knowledge(NamedTuple):
    """What a team owns."""

    team: str
    owns: tuple[Owned, ...]

    @property
    def open_tickets(self) -> int:
        """Open tickets of all that it owns."""
        return sum(each.open_tickets for each in self.owns)

    @property
    def people(self) -> dict[str, int]:
        """How many tickets of all that it owns each person resolved, the busiest first."""
        counted: Counter[str] = Counter()
        for each in self.owns:
            counted.update(each.resolvers)
        return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
