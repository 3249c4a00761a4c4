"""The figures once more, told from the steps of each ticket in the plainest way: what the reports must agree with."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from workbench.reports.model import Scope
from workbench.tickets.model import Event

Figures = dict[str, tuple[float | None, float | None, float | None]]
"""Value, numerator, denominator by name."""

TIERS = ("L1", "L2", "L3")
DONE = ("resolved", "closed")


class Step(NamedTuple):
    """How a ticket stood after one thing that happened to it; `resolves` where that was its being resolved."""

    at: datetime
    who: str | None
    team: str
    tier: str
    state: str
    resolves: bool


class Case(NamedTuple):
    """A ticket: what it is about as it stands, its steps in order, and how its first respond clock is at the moment."""

    ref: int
    client: str | None
    component: str | None
    steps: list[Step]
    responded: str = "none"


def case_of(ref: int, events: Iterable[Event], responded: str = "none") -> Case:
    """A ticket from its events, none of which was taken back."""
    fields: dict[str, Any] = {}
    steps = []
    for event in events:
        fields.update(event.after)
        resolves = event.after.get("state") == "resolved"
        steps.append(Step(event.at, event.who, fields["team"], fields["tier"], fields["state"], resolves))
    return Case(ref, fields.get("client"), fields.get("component"), steps, responded)


class Seen:
    """A case as it was at the moment: only what came before it is known."""

    def __init__(self, case: Case, end: datetime) -> None:
        self.case = case
        self.steps = [step for step in case.steps if step.at < end]
        self.stays: list[Step] = []
        self.hops = self.bounces = self.reopens = 0
        was_done = False
        for step in self.steps:
            done = step.state in DONE
            self.reopens += was_done and not done
            was_done = done
            if not self.stays:
                self.stays.append(step)
            elif (step.team, step.tier) != (self.stays[-1].team, self.stays[-1].tier):
                if step.team != self.stays[-1].team:
                    self.hops += 1
                    self.bounces += step.team in {stay.team for stay in self.stays}
                self.stays.append(step)
        self.done = was_done
        self.resolves = [step for step in self.steps if step.resolves]
        self.opened = self.steps[0].at if self.steps else end

    @property
    def tiers(self) -> list[str]:
        return [stay.tier for stay in self.stays]

    @property
    def elapsed(self) -> int:
        return int((self.resolves[-1].at - self.opened).total_seconds())

    def rose(self, tier: str, to: tuple[str, ...]) -> bool:
        """Whether it was at the tier and later at one of those."""
        return tier in self.tiers and any(other in to for other in self.tiers[self.tiers.index(tier) :])


def figures(
    cases: Iterable[Case],
    start: datetime,
    end: datetime,
    people: Iterable[str],
    scope: Scope = Scope(),  # noqa: B008
    seams: Iterable[frozenset[str]] = (),
) -> Figures:
    """Every figure that tickets alone tell: all but hand-offs and repeats."""
    seen = [one for one in (Seen(case, end) for case in cases) if one.steps and _of(one, scope)]
    mine = [one for one in seen if _been_with(one.stays, scope)]
    resolved = [one for one in mine if one.done and one.resolves and start <= one.resolves[-1].at < end]
    arrivals = [
        number
        for one in seen
        for number, stay in enumerate(one.stays)
        if stay.tier == "L3" and start <= stay.at < end and (number == 0 or one.stays[number - 1].tier != "L3")
        if _been_with(one.stays[: number + 1], scope)
    ]
    pairs = [frozenset(pair) for pair in seams if scope.team is None or scope.team in pair]
    return {
        **_shares(resolved),
        **_times(resolved),
        **_people(resolved, set(people)),
        **_answers([one for one in seen if start <= one.opened < end and _been_with(one.stays[:1], scope)]),
        **_grave([one for one in seen if not one.done and _been_with(one.steps[-1:], scope)], end),
        "open_seam_tickets": _count(
            sum(
                any(frozenset((one.team, other.team)) in pairs for one, other in pairwise(ticket.stays))
                for ticket in seen
                if not ticket.done and _been_with(ticket.steps[-1:], scope._replace(team=None))
            )
        ),
        "self_sufficiency": _count(
            len({one.case.component for one in resolved if set(one.tiers) == {"L1"}} - {None}),
        ),
        "escalation_cost": (len(arrivals) * (3 * 60 + 23) * 150 / 60, len(arrivals), None),
    }


def _of(one: Seen, scope: Scope) -> bool:
    return scope.client in (None, one.case.client) and scope.component in (None, one.case.component)


def _been_with(stays: Iterable[Step], scope: Scope) -> bool:
    stays = list(stays)
    return (scope.team is None or scope.team in {stay.team for stay in stays}) and (
        scope.tier is None or scope.tier in {stay.tier for stay in stays}
    )


def _shares(resolved: list[Seen]) -> Figures:
    at_l1 = [one for one in resolved if "L1" in one.tiers]
    at_l2 = [one for one in resolved if "L2" in one.tiers]
    return {
        "l1_resolution_rate": _share(sum(set(one.tiers) == {"L1"} for one in resolved), len(resolved)),
        "l1_to_l2": _share(sum(one.rose("L1", ("L2", "L3")) for one in at_l1), len(at_l1)),
        "l2_to_l3": _share(sum(one.rose("L2", ("L3",)) for one in at_l2), len(at_l2)),
        "engineering_involvement": _share(sum("L3" in one.tiers for one in resolved), len(resolved)),
        "bounced_tickets": _share(sum(one.bounces > 0 for one in resolved), len(resolved)),
        "hops_per_ticket": _share(sum(one.hops for one in resolved), len(resolved)),
        "reopened": _share(sum(one.reopens > 0 for one in resolved), len(resolved)),
    }


def _times(resolved: list[Seen]) -> Figures:
    every = [one.elapsed for one in resolved]
    escalated = [one.elapsed for one in resolved if len(set(one.tiers)) > 1]
    return {
        "time_to_resolve_median": (_quantile(every, Fraction(1, 2)), None, len(every)),
        "time_to_resolve_p90": (_quantile(every, Fraction(9, 10)), None, len(every)),
        "time_to_resolve_escalated_median": (_quantile(escalated, Fraction(1, 2)), None, len(escalated)),
        "time_to_resolve_mean": _share(sum(every), len(every)),
    }


def _people(resolved: list[Seen], people: set[str]) -> Figures:
    last = [one.resolves[-1] for one in resolved]
    counts = Counter(step.who for step in last if step.tier == "L3" and step.who in people)
    total = sum(counts.values())
    busiest = [count for _, count in counts.most_common()]
    half = next((n for n in range(1, len(busiest) + 1) if 2 * sum(busiest[:n]) >= total), None)
    return {
        "top_three_share": _share(sum(busiest[:3]), total),
        "half_of_l3_people": (half, half, None),
    }


def _answers(opened: list[Seen]) -> Figures:
    words = Counter(one.case.responded for one in opened)
    return {"first_response_in_target": _share(words["met"], words["met"] + words["missed"])}


def _grave(unresolved: list[Seen], end: datetime) -> Figures:
    old = [
        end - one.opened
        for one in unresolved
        if end - one.opened >= timedelta(days=90) or end - one.steps[-1].at >= timedelta(days=30)
    ]
    oldest = int(max(old).total_seconds()) if old else None
    return {"graveyard_count": _count(len(old)), "graveyard_oldest": (oldest, None, None)}


def _share(part: float, whole: float) -> tuple[float | None, float, float]:
    return (part / whole if whole else None), part, whole


def _count(number: int) -> tuple[float, float, None]:
    return number, number, None


def _quantile(values: list[int], q: Fraction) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    place = q * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (place - low) * (ordered[high] - ordered[low]))


def rounded(found: Mapping[str, tuple[float | None, float | None, float | None]]) -> Figures:
    """The same with values to twelve digits, since sums may be added up in another order."""
    return {
        name: (None if value is None else float(f"{value:.12g}"), part, whole)
        for name, (value, part, whole) in found.items()
    }
