"""What a figure is: of which period and of whose tickets, measured how, against which target; and the plain sums."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from workbench.tickets.clocks import Thresholds

WEEK: Final = timedelta(weeks=1)


class Period(NamedTuple):
    """From an instant to another, which is no part of it and the moment at which figures are taken."""

    start: datetime
    end: datetime

    @property
    def before(self) -> "Period":
        """The period of the same length that ends where this one starts."""
        return Period(self.start - (self.end - self.start), self.start)

    def weeks(self, count: int) -> list["Period"]:
        """The last so many weeks up to the end, the earliest first."""
        ends = [self.end - WEEK * back for back in reversed(range(count))]
        return [Period(end - WEEK, end) for end in ends]


class Scope(NamedTuple):
    """Whose tickets count; None for everybody's.

    Client and component are those of the ticket as it stands. What has been with the team, or at the tier, by the
    moment counts as theirs; of hand-offs those they sent, of first responses those they owed, and of open tickets in
    the graveyard those they hold.
    """

    team: str | None = None
    tier: str | None = None
    client: str | None = None
    component: str | None = None


EVERYBODY: Final = Scope()


class Ladder(NamedTuple):
    """The tiers from the first line up; L1, L2 and L3 are the first three, whatever they are called."""

    tiers: tuple[str, ...]

    @property
    def first(self) -> str:
        """L1; a name that nothing has where there are no tiers."""
        return self._named(0)

    @property
    def second(self) -> str:
        """L2."""
        return self._named(1)

    @property
    def third(self) -> str:
        """L3: engineering."""
        return self._named(2)

    def rises(self, path: Sequence[str], tier: str, to: str | None = None) -> bool:
        """Whether a ticket on that path was at the tier and later at a higher one, or at `to`."""
        if tier not in path:
            return False
        later = path[path.index(tier) + 1 :]
        if to is not None:
            return to in later
        return any(self._height(other) > self._height(tier) for other in later)

    def _height(self, tier: str) -> int:
        return self.tiers.index(tier) if tier in self.tiers else -1

    def _named(self, place: int) -> str:
        return self.tiers[place] if place < len(self.tiers) else ""


class Question(NamedTuple):
    """What is asked of the file: a period and a scope, by the setup's tiers and rules, and the pairs of teams at seams.

    Of the seams only those count that nobody leads.
    """

    period: Period
    scope: Scope
    ladder: Ladder
    limits: Thresholds
    seams: frozenset[frozenset[str]]


class Unit(StrEnum):
    """What a value is a number of."""

    SHARE = "share"
    SECONDS = "seconds"
    COUNT = "count"
    MONEY = "money"


class CountedBy(StrEnum):
    """Which instant of a ticket puts it into a period, or that it is looked at as of the moment."""

    RESOLVE = "last resolve"
    OPENING = "opening"
    ARRIVAL = "arrival"
    SENDING = "sending"
    MOMENT = "moment"

    @property
    def words(self) -> str:
        """When a ticket counts: `counts in the period of its last resolve`."""
        return "taken at the end of the period" if self is self.MOMENT else f"counts in the period of its {self}"


class Verdict(StrEnum):
    """How a value stands to its target; NONE without a value or a target."""

    IN = "in"
    OVER = "over"
    UNDER = "under"
    NONE = "none"


class Target(NamedTuple):
    """What a value should be: from `least` to `most`, or `below` it."""

    least: float | None = None
    most: float | None = None
    below: bool = False

    def verdict(self, value: float) -> Verdict:
        """Whether the value is as it should be."""
        if self.least is not None and value < self.least:
            return Verdict.UNDER
        if self.most is not None and (value > self.most or (self.below and value == self.most)):
            return Verdict.OVER
        return Verdict.IN


class Definition(NamedTuple):
    """One figure of the catalogue: `meaning` is its definition in a sentence."""

    name: str
    title: str
    unit: Unit
    counted_by: CountedBy
    meaning: str
    target: Target | None = None
    more_is_better: bool | None = None


class Figure(NamedTuple):
    """One figure with its value; None for no data, and for a part that it is not made of."""

    definition: Definition
    value: float | None
    numerator: float | None = None
    denominator: float | None = None

    @property
    def name(self) -> str:
        """The name by which it is known."""
        return self.definition.name

    @property
    def verdict(self) -> Verdict:
        """How it stands to its target."""
        if self.value is None or self.definition.target is None:
            return Verdict.NONE
        return self.definition.target.verdict(self.value)


class Costs(NamedTuple):
    """What an arrival at engineering takes: seconds of work and of refocusing, and the price of an hour."""

    work_s: int
    refocus_s: int
    hour: float

    @property
    def of_an_arrival(self) -> float:
        """The price of one."""
        return (self.work_s + self.refocus_s) * self.hour / 3_600


def share(part: float, whole: float) -> float | None:
    """The part of the whole; None where there is nothing to divide by."""
    return part / whole if whole else None


def quantile(count: int, ordered: Mapping[int, int] | Sequence[int], q: Fraction) -> float | None:
    """The value below which that share of so many lies, linear between order statistics; None of nothing.

    Of the values in their order, from 0 on, only those at `places` are looked at.
    """
    if not count:
        return None
    below, *above = places(count, q)
    low = ordered[below]
    between = q * (count - 1) - below
    return float(low + between * (ordered[above[0]] - low)) if above else float(low)


def places(count: int, q: Fraction) -> tuple[int, ...]:
    """Where in the order of so many values a quantile lies: at one place, or between two."""
    place = q * (count - 1)
    below = place.numerator // place.denominator
    return (below,) if place == below else (below, below + 1)


def fewest_for_half(counts: Sequence[int]) -> int | None:
    """How many of the greatest counts together make at least half of them all; None of nothing."""
    total, so_far = sum(counts), 0
    if not total:
        return None
    for number, count in enumerate(sorted(counts, reverse=True), 1):
        so_far += count
        if 2 * so_far >= total:
            return number
    return None
