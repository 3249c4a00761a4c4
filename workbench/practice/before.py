"""What has become of a ticket before the trainee gets it: colleagues sent it to other teams, and it came back."""

from collections.abc import Iterator
from typing import Any

from workbench.organisation.model import Organisation, Team
from workbench.practice.model import Hop, Scenario
from workbench.tickets.model import Event
from workbench.tickets.vocabulary import Kind, State


def history(scenario: Scenario, opening: Event, organisation: Organisation, trainee: str) -> list[Event]:
    """The ticket's events from its opening until it comes to the trainee: with nobody, and at the team it began at."""
    events, fields = [opening], dict(opening.after)
    for kind, hop, who, after in _acts(scenario, organisation, trainee):
        before = {name: fields.get(name) for name in after}
        fields |= after
        at = opening.at + scenario.since - hop.before
        text = hop.text if kind in (Kind.HANDED_OFF, Kind.RETURNED) else ""
        responds = kind is Kind.TAKEN
        events.append(Event(len(events) + 1, at, who, kind, False, text, before, after, responds))
    return events


_Act = tuple[Kind, Hop, str, dict[str, Any]]
"""What was done, at which hop, by whom, and what it set."""


def _acts(scenario: Scenario, organisation: Organisation, trainee: str) -> Iterator[_Act]:
    if not scenario.hops:
        return
    first = organisation.first_team(scenario.level)
    colleague = _one_of(first, trainee)
    yield Kind.TAKEN, scenario.hops[0], colleague, {"assignee": colleague, "state": State.OPEN.value}
    there = first
    for hop in scenario.hops:
        if hop.to is not None:
            there = organisation.team(hop.to)
            yield Kind.HANDED_OFF, hop, colleague, {"team": there.slug, "tier": there.tier, "assignee": None}
        elif hop.code is not None:
            after = {"team": first.slug, "tier": first.tier, "assignee": colleague, "code": hop.code.value}
            yield Kind.RETURNED, hop, _one_of(there, trainee), after
    yield Kind.ASSIGNED, scenario.hops[-1], colleague, {"assignee": None}


def _one_of(team: Team, trainee: str) -> str:
    return next((login for login in team.people if login != trainee), team.slug)
