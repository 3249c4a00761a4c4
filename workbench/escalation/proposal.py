"""Which way the form proposes to go, to whom, and why: the owner's support model decides, else the next tier."""

from typing import NamedTuple

from workbench.escalation.model import Direction
from workbench.escalation.required import rank
from workbench.organisation.model import Organisation, SupportModel, Team
from workbench.tickets.model import Ticket
from workbench.tickets.vocabulary import Priority


class OwnerKnown(NamedTuple):
    """What the lookup says of the ticket's component: the teams that own it; none, or several where it is disputed."""

    component: str
    teams: tuple[str, ...]


class OpenSeam(NamedTuple):
    """Two components of different teams on the ticket's path, whose seam nobody leads."""

    components: tuple[str, str]
    teams: tuple[str, str]


class Proposal(NamedTuple):
    """A direction, a target (empty where nobody can be named) and the reason in a sentence."""

    direction: Direction
    to: str
    because: str


def propose(
    ticket: Ticket, organisation: Organisation, owner: OwnerKnown | None = None, seam: OpenSeam | None = None
) -> Proposal:
    """The way that fits best: together over an open seam, to the owner by their support model, else one tier up."""
    pressing = ticket.priority in (Priority.P1, Priority.P2)
    if seam is not None and pressing:
        between = " and ".join(seam.teams)
        because = f"it is {ticket.priority} and lies between {between}, and nobody leads their seam"
        return Proposal(Direction.SWARM, "", because)
    named = [organisation.teams.find(team) for team in owner.teams] if owner is not None else []
    teams = [team for team in named if team is not None and not team.retired]
    others = [team for team in teams if team.slug != ticket.team]
    if owner is not None and len(teams) > 1 and others:
        claimed = f"{owner.component} is claimed by {' and '.join(owner.teams)}"
        if pressing:
            return Proposal(Direction.SWARM, "", f"it is {ticket.priority}, and {claimed}")
        return Proposal(Direction.SIDEWAYS, others[0].slug, f"{claimed}; one of them has to say whose it is")
    if owner is not None and others:
        return _to_owner(ticket, others[0], owner.component, organisation, pressing=pressing)
    return _one_up(ticket, organisation, pressing=pressing)


def _to_owner(ticket: Ticket, team: Team, component: str, organisation: Organisation, *, pressing: bool) -> Proposal:
    owns = f"{team.slug} owns {component}"
    if team.support is SupportModel.RUN:
        return Proposal(Direction.SIDEWAYS, team.slug, f"{owns}, and who builds it runs it")
    if team.support is SupportModel.EMBEDDED:
        return Proposal(Direction.SIDEWAYS, team.slug, f"{owns} and has its support within the team")
    if team.support is SupportModel.SWARMING and pressing:
        return Proposal(Direction.SWARM, team.slug, f"{owns} and swarms on what is {ticket.priority}")
    if rank(team.tier, organisation) > rank(ticket.tier, organisation):
        return Proposal(Direction.UP, team.slug, f"{owns} and takes it by tiers")
    return Proposal(Direction.SIDEWAYS, team.slug, owns)


def _one_up(ticket: Ticket, organisation: Organisation, *, pressing: bool) -> Proposal:
    here = rank(ticket.tier, organisation)
    above = [tier.name for tier in organisation.tiers if rank(tier.name, organisation) > here]
    team = next((team for tier in above for team in organisation.teams if team.tier == tier), None)
    if team is not None:
        return Proposal(Direction.UP, team.slug, f"no other team is known to own it, and {team.tier} comes next")
    if pressing:
        return Proposal(Direction.SWARM, "", f"it is {ticket.priority} at the last tier, and nobody is known to own it")
    return Proposal(Direction.SIDEWAYS, "", "it is at the last tier, and nobody is known to own it; name who has to")
