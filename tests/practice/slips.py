"""What a trainee may do wrong, by what is then said or chosen otherwise, and the points that it costs."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workbench.escalation.handing import direction_between
from workbench.escalation.model import Direction
from workbench.organisation.model import Organisation
from workbench.practice.model import Scenario, Skill
from workbench.tickets.vocabulary import Priority

_NUMBERS = {Direction.UP: "1", Direction.SIDEWAYS: "2", Direction.SWARM: "3"}


class Slip(NamedTuple):
    """One slip at a hand-off: what stands in the form instead, what would be right there, and the points it costs."""

    name: str
    wrong: Mapping[str, str]
    right: Mapping[str, str]
    cost: Mapping[Skill, int]


def slips_of_a_form(scenario: Scenario, right: Mapping[str, str], organisation: Organisation) -> Iterator[Slip]:
    """Those that can be made with a form that is otherwise right."""
    truth = scenario.truth
    swarms = truth.direction is Direction.SWARM
    assert truth.to is not None
    assert truth.direction is not None
    part, way = "lead" if swarms else "to", {"direction": _NUMBERS[truth.direction]}
    other = other_team(scenario, organisation, by_name=swarms or bool(truth.people))
    lost = 20 if truth.people else 10  # who is of another team is not the right one either
    yield Slip("another team", {part: other}, {part: right.get(part, truth.to)} | way, {Skill.OWNERSHIP: lost})
    instead = Direction.SIDEWAYS if truth.direction is Direction.UP else Direction.UP
    wrong = {"direction": _NUMBERS[instead]} | ({"to": truth.to} if swarms else {})
    yield Slip("another way", wrong, way, {Skill.OWNERSHIP: 10})


def other_team(scenario: Scenario, organisation: Organisation, *, by_name: bool) -> str:
    """Another team that lies the right way, or somebody of it."""
    truth, here = scenario.truth, organisation.first_team(scenario.level)
    way = Direction.UP if truth.direction is Direction.SWARM else truth.direction
    taken = {here.slug, truth.to, *truth.called}
    team = next(
        each
        for each in organisation.teams
        if each.slug not in taken and direction_between(scenario.level, each, organisation) is way
    )
    return team.people[0] if by_name else team.slug


def other_priority(scenario: Scenario) -> Priority:
    """One that is neither right nor the one that the ticket is opened with."""
    return next(each for each in Priority if each not in (scenario.truth.priority, scenario.opened_with))


def other_component(scenario: Scenario) -> str:
    """Something that it is not about."""
    return "lan" if scenario.truth.component != "lan" else "wifi"
