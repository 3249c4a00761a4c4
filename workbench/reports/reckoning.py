"""From what was counted to the figures: sums, shares and quantiles, and nothing that asks a table."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from workbench.errors import InvalidInput
from workbench.reports.definitions import BY_NAME, DEFINITIONS
from workbench.reports.model import Costs, Figure, Ladder, fewest_for_half, quantile, share

MEDIAN: Final = Fraction(1, 2)
NINE_TENTHS: Final = Fraction(9, 10)


class Way(NamedTuple):
    """Resolved tickets that went the same way: the tiers in order, how many, and sums over them."""

    path: tuple[str, ...]
    tickets: int
    elapsed_s: int
    bounced: int
    hops: int
    reopened: int


def resolved(ways: Sequence[Way]) -> int:
    """How many tickets were resolved."""
    return sum(way.tickets for way in ways)


def escalated(ways: Sequence[Way]) -> int:
    """How many of them were at more than one tier."""
    return sum(way.tickets for way in ways if len(way.path) > 1)


class Responses(NamedTuple):
    """First respond clocks of tickets opened in a period."""

    met: int
    missed: int


class Sent(NamedTuple):
    """Hand-offs sent in a period."""

    sent: int
    complete: int
    returned: int


class Arrivals(NamedTuple):
    """Arrivals at L3 in a period, by whether the ticket had been at L1 and at L2 before."""

    from_l1: bool
    from_l2: bool
    arrivals: int
    repeats: int


class Grave(NamedTuple):
    """Open tickets in the graveyard, and the age of the oldest in seconds."""

    tickets: int
    oldest_s: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted for one period and scope.

    Of the seconds to resolve, in order from the shortest on, there are those alone that the quantiles look at.
    """

    ways: tuple[Way, ...]
    elapsed: Mapping[int, int]
    escalated: Mapping[int, int]
    resolvers: Mapping[str, int]
    responses: Responses
    sent: Sent
    arrivals: tuple[Arrivals, ...]
    grave: Grave
    seam_tickets: int
    self_sufficient: int


def figures(facts: Facts, ladder: Ladder, costs: Costs) -> tuple[Figure, ...]:
    """All figures, in the order of the catalogue."""
    found = {**_ways(facts, ladder), **_times(facts), **_people(facts), **_others(facts, costs)}
    return tuple(found[definition.name] for definition in DEFINITIONS)


def cost(arrivals: float, costs: Costs) -> float:
    """What so many arrivals at engineering cost."""
    return arrivals * costs.of_an_arrival


class WhatIf(NamedTuple):
    """What arrivals at L3 were and cost, and what they would be if some shares were others."""

    shares: Mapping[str, float]
    arrivals: int
    cost: float
    arrivals_then: float
    cost_then: float


def supposed(text: str) -> tuple[str, float]:
    """What is supposed of a share, as in `l1_to_l2=30%` or `l1_to_l2=0.3`: its name and the number; InvalidInput."""
    name, _, number = text.partition("=")
    try:
        return name.strip(), portion(number)
    except InvalidInput:
        raise InvalidInput(f"{text!r} is not like l1_to_l2=30%", "name a share, and say what it would be") from None


def portion(text: str) -> float:
    """A share as a person writes it, `30%` or `0.3`; InvalidInput."""
    told = text.strip()
    try:
        number = float(told.removesuffix("%")) / (100 if told.endswith("%") else 1)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1:
        raise InvalidInput(f"{text!r} is no share", "write it like 30% or 0.3")
    return number


_HANGS_ON: Final[Mapping[str, Callable[[Arrivals], bool]]] = {
    "l1_to_l2": lambda each: each.from_l1,
    "l2_to_l3": lambda each: each.from_l2,
    "engineering_involvement": lambda _: True,
}
"""Shares that the cost hangs on, and the arrivals at L3 that grow and shrink with each."""
COST_HANGS_ON: Final = tuple(_HANGS_ON)
"""The names of the shares that the cost hangs on."""


def what_if(facts: Facts, ladder: Ladder, costs: Costs, shares: Mapping[str, float]) -> WhatIf:
    """Scales the arrivals that came the way a share is about by what it would be ÷ what it is; the others stay.

    Raises InvalidInput for a share that the cost does not hang on, one beyond 0 to 1, or one without data.
    """
    found = _ways(facts, ladder)
    then = [float(each.arrivals) for each in facts.arrivals]
    for name, wanted in shares.items():
        if name not in _HANGS_ON:
            raise InvalidInput(f"the cost does not hang on {name!r}", f"it does on {', '.join(_HANGS_ON)}")
        if not 0 <= wanted <= 1:
            raise InvalidInput(f"{wanted:g} is no share", "shares are from 0 to 1, like 30% or 0.3")
        present = found[name].value
        if not present:
            title = BY_NAME[name].title
            raise InvalidInput(f"{title} is {'0' if present == 0 else 'without data'} now", "choose another period")
        factor = wanted / present
        then = [
            number * factor if _HANGS_ON[name](each) else number
            for number, each in zip(then, facts.arrivals, strict=True)
        ]
    arrivals = sum(each.arrivals for each in facts.arrivals)
    return WhatIf(dict(shares), arrivals, cost(arrivals, costs), sum(then), cost(sum(then), costs))


def _ways(facts: Facts, ladder: Ladder) -> dict[str, Figure]:
    ways = facts.ways
    first, second, third = ladder.first, ladder.second, ladder.third
    done = resolved(ways)
    stayed = sum(way.tickets for way in ways if set(way.path) == {first})
    at_first = sum(way.tickets for way in ways if first in way.path)
    at_second = sum(way.tickets for way in ways if second in way.path)
    rose = sum(way.tickets for way in ways if ladder.rises(way.path, first))
    reached = sum(way.tickets for way in ways if ladder.rises(way.path, second, third))
    at_third = sum(way.tickets for way in ways if third in way.path)
    return {
        "l1_resolution_rate": _share("l1_resolution_rate", stayed, done),
        "l1_to_l2": _share("l1_to_l2", rose, at_first),
        "l2_to_l3": _share("l2_to_l3", reached, at_second),
        "engineering_involvement": _share("engineering_involvement", at_third, done),
        "time_to_resolve_mean": _share("time_to_resolve_mean", sum(way.elapsed_s for way in ways), done),
        "bounced_tickets": _share("bounced_tickets", sum(way.bounced for way in ways), done),
        "hops_per_ticket": _share("hops_per_ticket", sum(way.hops for way in ways), done),
        "reopened": _share("reopened", sum(way.reopened for way in ways), done),
    }


def _times(facts: Facts) -> dict[str, Figure]:
    return {
        name: Figure(BY_NAME[name], quantile(count, ordered, q), None, count)
        for name, count, ordered, q in (
            ("time_to_resolve_median", resolved(facts.ways), facts.elapsed, MEDIAN),
            ("time_to_resolve_p90", resolved(facts.ways), facts.elapsed, NINE_TENTHS),
            ("time_to_resolve_escalated_median", escalated(facts.ways), facts.escalated, MEDIAN),
        )
    }


def _people(facts: Facts) -> dict[str, Figure]:
    counts = sorted(facts.resolvers.values(), reverse=True)
    total = sum(counts)
    half = fewest_for_half(counts)
    return {
        "top_three_share": _share("top_three_share", sum(counts[:3]), total),
        "half_of_l3_people": Figure(BY_NAME["half_of_l3_people"], half, half, None),
    }


def _others(facts: Facts, costs: Costs) -> dict[str, Figure]:
    met, missed = facts.responses
    sent, complete, returned = facts.sent
    arrivals = sum(each.arrivals for each in facts.arrivals)
    return {
        "first_response_in_target": _share("first_response_in_target", met, met + missed),
        "handoff_completeness": _share("handoff_completeness", complete, sent),
        "handoffs_returned": _share("handoffs_returned", returned, sent),
        "graveyard_count": _count("graveyard_count", facts.grave.tickets),
        "graveyard_oldest": Figure(BY_NAME["graveyard_oldest"], facts.grave.oldest_s),
        "open_seam_tickets": _count("open_seam_tickets", facts.seam_tickets),
        "repeats": _count("repeats", sum(each.repeats for each in facts.arrivals)),
        "self_sufficiency": _count("self_sufficiency", facts.self_sufficient),
        "escalation_cost": Figure(BY_NAME["escalation_cost"], cost(arrivals, costs), arrivals),
    }


def _share(name: str, part: float, whole: float) -> Figure:
    return Figure(BY_NAME[name], share(part, whole), part, whole)


def _count(name: str, number: int) -> Figure:
    return Figure(BY_NAME[name], number, number)
