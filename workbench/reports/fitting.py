"""Which support model fits a team or a component, by what its tickets show; and that nobody can tell by too few.

Embedded support suits clear, stable ownership with a steady load (Skelton and Pais, *Team Topologies*, 2019, on
stream-aligned teams); swarming suits cross-system, high-impact work without a single owner (Consortium for Service
Innovation, *Intelligent Swarming*); "you build it, you run it" suits real end-to-end ownership (Vogels in ACM Queue
4/4, 2006); and tiers stay right where there is one product and a small organisation. The thresholds are ours.
"""

from collections.abc import Sequence
from enum import StrEnum
from statistics import fmean, pstdev
from typing import Final, NamedTuple

from workbench.organisation.model import SupportModel
from workbench.reports.evidence import Load
from workbench.reports.words import counted

LEAST_WEEKS: Final = 4
"""Weeks in which something came; of fewer, nobody knows whether a load is steady."""
LEAST_TICKETS: Final = 20
"""Tickets of a team or about a component."""
SMALL: Final = 3
"""Teams; so few pass work on by calling across the room."""
CLEAR: Final = 0.6
"""Share of tickets that came to the one team that owns what they are about."""
END_TO_END: Final = 0.8
"""The same where it may be called to run what it builds."""
STEADY: Final = 0.5
"""Standard deviation of tickets a week over their mean."""
INDEPENDENT: Final = 0.2
"""Share of what a component needs, or those of a team, that belongs to other teams."""
CROSSING: Final = 0.4
"""Share of tickets that came from another team."""
PASSED_ON: Final = 0.2
"""The same about a component, below which whoever has it first can do it."""
PRESSING: Final = 0.25
"""Share of P1 and P2 among them."""
TOO_FEW: Final = "too few tickets to tell"
NO_OWNERS: Final = "nobody has said yet who owns what"


class Of(StrEnum):
    """What a model is to fit."""

    TEAM = "team"
    COMPONENT = "component"


_OWN: Final = {
    Of.TEAM: "of its tickets are about what it owns",
    Of.COMPONENT: "of what is passed on comes to its one owner",
}


class Ownership(NamedTuple):
    """Components with one owner, a team's or the one asked about, what these need, and how much of that is others'."""

    components: int
    needs: int
    foreign: int


class Fit(NamedTuple):
    """The support model that fits a team or a component, None where nobody can tell, and why in a sentence.

    `lacks` says in short what is missing where nobody can tell.
    """

    of: Of
    name: str
    model: SupportModel | None
    because: str
    lacks: str = ""


def fit(of: Of, name: str, load: Load, owns: Ownership, teams: int, *, catalogued: bool) -> Fit:
    """What the tickets of the last weeks say about how a team, or who owns a component, should take part in support.

    `catalogued`: somebody has said of some component whose it is, without which nobody can tell how clear that is.
    """
    weeks = sum(1 for count in load.weeks if count)
    if load.tickets < LEAST_TICKETS or weeks < LEAST_WEEKS:
        because = (
            f"{counted(load.tickets, 'ticket')} in {counted(weeks, 'week')}: too few to tell;"
            f" {LEAST_TICKETS} in {LEAST_WEEKS} weeks are needed"
        )
        return Fit(of, name, None, because, TOO_FEW)
    if not catalogued and teams > SMALL:
        return Fit(
            of, name, None, "nobody has said yet who owns what; `workbench import owners` takes it in", NO_OWNERS
        )
    own = load.own / load.own_of if load.own_of else 0.0
    hopped, pressing = load.hopped / load.tickets, load.pressing / load.tickets
    spread, foreign = unsteadiness(load.weeks), owns.foreign / owns.needs if owns.needs else 0.0
    if of is Of.COMPONENT and hopped < PASSED_ON and teams > SMALL:
        model, since = SupportModel.TIERED, "little of it is passed on"
    else:
        model, since = _judged(own, hopped, pressing, spread, foreign, teams)
    told = (
        f"{own:.0%} {_OWN[of]}, {hopped:.0%} come from other teams, {pressing:.0%} are P1 or P2,"
        f" {fmean(load.weeks):.0f} a week ± {spread:.0%}, {foreign:.0%} of what it needs is others'"
    )
    return Fit(of, name, model, f"{since}; {told}")


def _judged(
    own: float, hopped: float, pressing: float, spread: float, foreign: float, teams: int
) -> tuple[SupportModel, str]:
    if teams <= SMALL:
        return SupportModel.TIERED, f"with {teams} teams tiers are short enough"
    if own >= END_TO_END and foreign <= INDEPENDENT:
        return SupportModel.RUN, "ownership reaches from end to end"
    if own >= CLEAR and spread <= STEADY:
        return SupportModel.EMBEDDED, "ownership is clear and the load steady"
    if hopped >= CROSSING and pressing >= PRESSING:
        return SupportModel.SWARMING, "it crosses teams and cannot wait"
    return SupportModel.TIERED, "nothing speaks for another model"


def unsteadiness(weeks: Sequence[int]) -> float:
    """The standard deviation of tickets a week over their mean; 0 where every week is alike."""
    mean = fmean(weeks)
    return pstdev(weeks) / mean if mean else 0.0
