"""Which support model fits a team, by what its tickets show; and that nobody can tell where there are too few.

Embedded support suits clear, stable ownership with a steady load (Skelton and Pais, *Team Topologies*, 2019, on
stream-aligned teams); swarming suits cross-system, high-impact work without a single owner (Consortium for Service
Innovation, *Intelligent Swarming*); "you build it, you run it" suits real end-to-end ownership (Vogels in ACM Queue
4/4, 2006); and tiers stay right where there is one product and a small organisation. The thresholds are ours.
"""

from collections.abc import Sequence
from statistics import fmean, pstdev
from typing import Final, NamedTuple

from workbench.organisation.model import SupportModel
from workbench.reports.evidence import Load

LEAST_WEEKS: Final = 4
"""Weeks in which something came; of fewer, nobody knows whether a load is steady."""
LEAST_TICKETS: Final = 20
"""Tickets of a team."""
SMALL: Final = 3
"""Teams; so few pass work on by calling across the room."""
CLEAR: Final = 0.6
"""Share of a team's tickets about components that it owns alone."""
END_TO_END: Final = 0.8
"""The same where it may be called to run what it builds."""
STEADY: Final = 0.5
"""Standard deviation of tickets a week over their mean."""
INDEPENDENT: Final = 0.2
"""Share of what its components need that belongs to other teams."""
CROSSING: Final = 0.4
"""Share of a team's tickets that came from another team."""
PRESSING: Final = 0.25
"""Share of P1 and P2 among them."""


class Ownership(NamedTuple):
    """What a team owns: components of its own, what these need, and how much of that is others'."""

    components: int
    needs: int
    foreign: int


class Fit(NamedTuple):
    """The support model that fits a team, None where nobody can tell, and why in a sentence."""

    team: str
    model: SupportModel | None
    because: str


def fit(team: str, load: Load, owns: Ownership, teams: int) -> Fit:
    """What a team's tickets of the last weeks say about how it should take part in support."""
    weeks = sum(1 for count in load.weeks if count)
    if load.tickets < LEAST_TICKETS or weeks < LEAST_WEEKS:
        because = (
            f"{load.tickets} tickets within {weeks} of the weeks are too few to tell;"
            f" {LEAST_TICKETS} in {LEAST_WEEKS} are needed"
        )
        return Fit(team, None, because)
    own, hopped, pressing = (part / load.tickets for part in (load.own, load.hopped, load.pressing))
    spread, foreign = unsteadiness(load.weeks), owns.foreign / owns.needs if owns.needs else 0.0
    told = (
        f"{own:.0%} of its tickets are about what it owns, {hopped:.0%} come from other teams,"
        f" {pressing:.0%} are P1 or P2, {fmean(load.weeks):.0f} a week ± {spread:.0%}"
    )
    if teams <= SMALL:
        return Fit(team, SupportModel.TIERED, f"with {teams} teams tiers are short enough; {told}")
    if own >= END_TO_END and foreign <= INDEPENDENT:
        return Fit(team, SupportModel.RUN, f"it owns what it is asked about from end to end; {told}")
    if own >= CLEAR and spread <= STEADY:
        return Fit(team, SupportModel.EMBEDDED, f"its ownership is clear and its load steady; {told}")
    if hopped >= CROSSING and pressing >= PRESSING:
        return Fit(team, SupportModel.SWARMING, f"what reaches it crosses teams and cannot wait; {told}")
    return Fit(team, SupportModel.TIERED, f"nothing speaks for another model; {told}")


def unsteadiness(weeks: Sequence[int]) -> float:
    """The standard deviation of tickets a week over their mean; 0 where every week is alike."""
    mean = fmean(weeks)
    return pstdev(weeks) / mean if mean else 0.0
