"""The catalogue of figures, in the order in which they are told."""

from typing import Final

from workbench.errors import NotFound
from workbench.reports.model import CountedBy, Definition, Target, Unit

_RESOLVED = CountedBy.RESOLVE
_NONE_LEFT: Final = Target(most=0)

DEFINITIONS: Final = (
    Definition(
        "l1_resolution_rate",
        "Resolved at the first line",
        Unit.SHARE,
        _RESOLVED,
        "resolved tickets that were never anywhere but at L1, of all resolved",
        Target(0.65, 0.8),
        True,
    ),
    Definition(
        "l1_to_l2",
        "Passed up from L1",
        Unit.SHARE,
        _RESOLVED,
        "resolved tickets that were at L1 and later at a higher tier, of those that were at L1",
        Target(most=0.3, below=True),
        False,
    ),
    Definition(
        "l2_to_l3",
        "Passed on from L2 to L3",
        Unit.SHARE,
        _RESOLVED,
        "resolved tickets that were at L2 and later at L3, of those that were at L2",
        Target(most=0.15, below=True),
        False,
    ),
    Definition(
        "engineering_involvement",
        "Engineering involved",
        Unit.SHARE,
        _RESOLVED,
        "resolved tickets that were ever at L3, of all resolved",
        Target(most=0.2, below=True),
        False,
    ),
    Definition(
        "time_to_resolve_median",
        "Time to resolve, median",
        Unit.SECONDS,
        _RESOLVED,
        "from opening to the last resolve, of resolved tickets: half took longer",
        more_is_better=False,
    ),
    Definition(
        "time_to_resolve_mean",
        "Time to resolve, mean",
        Unit.SECONDS,
        _RESOLVED,
        "from opening to the last resolve, of resolved tickets, on average",
        more_is_better=False,
    ),
    Definition(
        "time_to_resolve_p90",
        "Time to resolve, 9 of 10",
        Unit.SECONDS,
        _RESOLVED,
        "from opening to the last resolve, of resolved tickets: one in ten took longer",
        more_is_better=False,
    ),
    Definition(
        "time_to_resolve_escalated_median",
        "Time to resolve, escalated",
        Unit.SECONDS,
        _RESOLVED,
        "the median of resolved tickets that were at more than one tier",
        more_is_better=False,
    ),
    Definition(
        "first_response_in_target",
        "First response in time",
        Unit.SHARE,
        CountedBy.OPENING,
        "tickets opened whose first respond clock was met, of those where it was met or missed",
        more_is_better=True,
    ),
    Definition(
        "handoff_completeness",
        "Complete hand-offs",
        Unit.SHARE,
        CountedBy.SENDING,
        "hand-offs sent with no required field missing, of all sent",
        Target(least=1),
        True,
    ),
    Definition(
        "handoffs_returned",
        "Hand-offs returned",
        Unit.SHARE,
        CountedBy.SENDING,
        "hand-offs that came back, of all sent",
        more_is_better=False,
    ),
    Definition(
        "bounced_tickets",
        "Bounced tickets",
        Unit.SHARE,
        _RESOLVED,
        "resolved tickets that came back to a team that had held them, of all resolved",
        more_is_better=False,
    ),
    Definition(
        "hops_per_ticket",
        "Hops for each ticket",
        Unit.COUNT,
        _RESOLVED,
        "changes of the holding team, of resolved tickets, on average",
        more_is_better=False,
    ),
    Definition(
        "reopened",
        "Reopened tickets",
        Unit.SHARE,
        _RESOLVED,
        "resolved tickets that were reopened at least once, of all resolved",
        more_is_better=False,
    ),
    Definition(
        "graveyard_count",
        "Tickets in the graveyard",
        Unit.COUNT,
        CountedBy.MOMENT,
        "open tickets that are too old, or that nobody touched for too long",
        _NONE_LEFT,
        False,
    ),
    Definition(
        "graveyard_oldest",
        "Oldest in the graveyard",
        Unit.SECONDS,
        CountedBy.MOMENT,
        "the age since opening of the oldest ticket in the graveyard",
        _NONE_LEFT,
        False,
    ),
    Definition(
        "top_three_share",
        "Done by the three busiest",
        Unit.SHARE,
        _RESOLVED,
        "last resolves done at L3 by a known person: the share of the three who did most",
        more_is_better=False,
    ),
    Definition(
        "half_of_l3_people",
        "People who do half of L3",
        Unit.COUNT,
        _RESOLVED,
        "the fewest people who together did at least half of those",
        more_is_better=True,
    ),
    Definition(
        "open_seam_tickets",
        "Tickets at open seams",
        Unit.COUNT,
        CountedBy.MOMENT,
        "open tickets that hopped between the two teams of a seam that nobody leads",
        _NONE_LEFT,
        False,
    ),
    Definition(
        "repeats",
        "Repeats at L3",
        Unit.COUNT,
        CountedBy.ARRIVAL,
        "arrivals at L3 of tickets that match a problem already known at that moment",
        _NONE_LEFT,
        False,
    ),
    Definition(
        "self_sufficiency",
        "Components L1 can do",
        Unit.COUNT,
        _RESOLVED,
        "components with a resolved ticket that was never anywhere but at L1",
        more_is_better=True,
    ),
    Definition(
        "escalation_cost",
        "Cost of arrivals at L3",
        Unit.MONEY,
        CountedBy.ARRIVAL,
        "arrivals at L3, each with the work, the time to refocus and the price of an hour",
        more_is_better=False,
    ),
)
"""Every figure with its definition, and beside it what puts a ticket into the period."""

BY_NAME: Final = {definition.name: definition for definition in DEFINITIONS}


def definition(name: str) -> Definition:
    """The figure of that name; NotFound names the nearest."""
    if name not in BY_NAME:
        raise NotFound.among("figure", name, BY_NAME)
    return BY_NAME[name]
