"""What a swarm is: several people of several teams at one ticket, with one driver."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from workbench.duration import elapsed


class Helper(NamedTuple):
    """Somebody who helps in a swarm, from one instant to another (None: still)."""

    person: str
    team: str
    joined_at: datetime
    left_at: datetime | None

    def seconds(self, until: datetime) -> int:
        """How long they have helped."""
        return elapsed(self.joined_at, self.left_at or until)


@dataclass(frozen=True, slots=True)
class Swarm:
    """One swarm on one ticket; it is open while nothing is learned."""

    number: int
    ref: int
    seq: int
    driver: str
    why: str
    components: tuple[str, ...]
    started_by: str
    started_at: datetime
    closed_seq: int | None
    closed_by: str | None
    closed_at: datetime | None
    learning: str | None
    helpers: tuple[Helper, ...]

    def hours(self, now: datetime) -> dict[str, int]:
        """Seconds that each person has helped, the longest first."""
        helped: dict[str, int] = {}
        for helper in self.helpers:
            helped[helper.person] = helped.get(helper.person, 0) + helper.seconds(now)
        return dict(sorted(helped.items(), key=lambda item: -item[1]))

    @property
    def present(self) -> tuple[str, ...]:
        """Those who help now."""
        return tuple(helper.person for helper in self.helpers if helper.left_at is None)
