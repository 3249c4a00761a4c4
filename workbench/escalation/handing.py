"""The rules of a hand-off: whom it may go to, and what sending, accepting and returning it change."""

from collections.abc import Collection
from typing import Any, Final, NamedTuple

from workbench.errors import InvalidInput, NotFound, Refused
from workbench.escalation.model import Direction, Form, Handoff, Return, Row, Status
from workbench.escalation.required import rank
from workbench.organisation.model import Organisation, SupportModel, Team
from workbench.tickets.model import Ticket
from workbench.tickets.rules import Change, require_unresolved
from workbench.tickets.vocabulary import Kind, State

RETURNS_ENOUGH: Final = 2
"""Returns after which the next move must name a person or start a swarm (DOMAIN "Escalation")."""
UNACCEPTED: Final = frozenset({Status.SENT, Status.OWED})


class Target(NamedTuple):
    """Who is to get it: a team, and the person of it where one is named."""

    team: Team
    person: str | None = None


def target_of(form: Form, ticket: Ticket, organisation: Organisation, who: str, owners: Collection[str] = ()) -> Target:
    """The team or the person that the form names; for a swarm without one its lead.

    Somebody of several teams gets it for the one that is among the `owners` of what it is about. Raises NotFound,
    InvalidInput and Refused, which say whom it may go to.
    """
    named = form.to.strip() or (form.lead.strip() if form.direction is Direction.SWARM else "")
    if not named:
        raise InvalidInput("the form does not say to whom", "name a team or a person in `to`")
    team = organisation.teams.find(named)
    if team is not None and not team.retired:
        return Target(team, form.lead.strip() or None if form.direction is Direction.SWARM else None)
    if team is not None:
        raise Refused(f"the team {named} is retired", "name one that is in use")
    person = organisation.people.find(named)
    if person is None or person.retired:
        known = [each.slug for each in organisation.teams] + [each.login for each in organisation.people]
        raise NotFound.among("team or person", named, known, plural="teams and people")
    if person.login == who and form.direction is not Direction.SWARM:
        raise Refused(f"you cannot hand #{ticket.ref} to yourself", "name somebody else, or a team")
    return Target(_team_of(person.login, ticket, organisation, owners), person.login)


def direction_to(target: Team, ticket: Ticket, organisation: Organisation) -> Direction:
    """Which way a team lies from where a ticket stands, where nobody has said it."""
    return direction_between(ticket.tier, target, organisation)


def direction_between(tier: str, target: Team, organisation: Organisation) -> Direction:
    """Which way a team lies from a tier: up to whoever knows more, beside to whoever builds the thing."""
    builds = target.support in (SupportModel.EMBEDDED, SupportModel.RUN)
    above = rank(target.tier, organisation) > rank(tier, organisation)
    return Direction.UP if above and not builds else Direction.SIDEWAYS


def send(
    ticket: Ticket, target: Target, direction: Direction, returns: int, organisation: Organisation, said: str
) -> Change:
    """Gives the ticket to the target at once; a wait ends, since the receiver's clock has to run.

    Raises NotFound for a person whom nobody knows, InvalidInput and Refused for what cannot be.
    """
    require_unresolved(ticket, "handed off")
    if target.person is not None:
        organisation.person(target.person)  # a swarm's driver may have been typed
    require_way(ticket, target.team, direction, organisation)
    if needs_person(target, direction, returns):
        people = ", ".join(target.team.people) or "a person"
        raise Refused(
            f"#{ticket.ref} was returned {returns} times, so the next move must name a person or start a swarm",
            f"name one of {target.team.slug}: {people}",
        )
    return Change(Kind.HANDED_OFF, _arrives(ticket, target.team, target.person), said)


def require_way(ticket: Ticket, team: Team, direction: Direction, organisation: Organisation) -> None:
    """Refuses the team that has it, unless others are to help, and as InvalidInput an *up* that leads nowhere."""
    if team.slug == ticket.team and direction is not Direction.SWARM:
        raise Refused(f"#{ticket.ref} is at {ticket.team} already", "name another team, or assign it to a person")
    if direction is Direction.UP and rank(team.tier, organisation) <= rank(ticket.tier, organisation):
        up = f"{team.slug} is at {team.tier}, which is not above {ticket.tier}"
        raise InvalidInput(up, 'say "sideways", or name a team of a higher tier')


def needs_person(target: Target, direction: Direction, returns: int) -> bool:
    """Whether it has come back so often that it goes to nobody but a person by name, or to a swarm."""
    return returns >= RETURNS_ENOUGH and target.person is None and direction is not Direction.SWARM


def accept(ticket: Ticket, handoff: Handoff | None, who: str, organisation: Organisation) -> Change:
    """The receiver takes what was handed off."""
    require_unresolved(ticket, "accepted")
    _require_receiver(ticket, handoff, who, organisation)
    if ticket.assignee not in (None, who):
        ask = f"ask them, or assign it to yourself: `workbench ticket assign {ticket.ref} {who}`"
        raise Refused(f"#{ticket.ref} was handed to {ticket.assignee}", ask)
    return _taken(ticket, who)


def take_over(ticket: Ticket, handoff: Handoff, who: str, organisation: Organisation) -> Change:
    """The receiver takes what was handed off in order to pass it on, whoever of their team was to have it."""
    require_unresolved(ticket, "accepted")
    _require_receiver(ticket, handoff, who, organisation)
    return _taken(ticket, who)


def _taken(ticket: Ticket, who: str) -> Change:
    opens = {"state": State.OPEN.value} if ticket.state is State.NEW else {}
    return Change(Kind.ACCEPTED, {"assignee": who, **opens})


def give_back(ticket: Ticket, handoff: Handoff | None, back: Return, who: str, organisation: Organisation) -> Change:
    """The receiver returns what was handed off, to the sender; after two returns the potato has stopped."""
    pending = require_returnable(ticket, handoff, who, organisation)
    team = _home(ticket, pending, organisation)
    sender = pending.by if organisation.is_member(pending.by, team.slug) else None
    after = _arrives(ticket, team, sender) | {"code": back.code.value}
    if back.fields:
        after["fields"] = [row.value for row in back.fields]
    return Change(Kind.RETURNED, after, back.words)


def require_returnable(ticket: Ticket, handoff: Handoff | None, who: str, organisation: Organisation) -> Handoff:
    """The hand-off that somebody may return; Refused, which says why not."""
    require_unresolved(ticket, "returned")
    pending = _require_receiver(ticket, handoff, who, organisation)
    _home(ticket, pending, organisation)
    return pending


def _home(ticket: Ticket, handoff: Handoff, organisation: Organisation) -> Team:
    """Where a return goes: to the sender's team, or where its tier's tickets go, once that is retired."""
    source = organisation.team(handoff.source, include_retired=True)
    home = next((team for team in organisation.teams if team.tier == source.tier), None) if source.retired else source
    if home is None or home.slug == ticket.team:
        raise Refused(f"{source.slug} is retired, so #{ticket.ref} cannot go back to it", "accept it, or hand it on")
    return home


def require_another_return(ref: int, returns: int) -> None:
    """Refuses a third return: after two the next move names a person or starts a swarm."""
    if returns >= RETURNS_ENOUGH:
        raise Refused(
            f"#{ref} was returned {returns} times already",
            "accept it, then hand it to a person by name or start a swarm",
        )


def _require_receiver(ticket: Ticket, handoff: Handoff | None, who: str, organisation: Organisation) -> Handoff:
    if handoff is None or handoff.status not in UNACCEPTED or ticket.team != handoff.target:
        raise Refused(
            f"no hand-off of #{ticket.ref} waits to be accepted", "`workbench handoff list` shows those that do"
        )
    if who != handoff.person and not organisation.answers_for(who, handoff.target):
        raise Refused(f"#{ticket.ref} was handed to {handoff.target}", "only one of its people can say so")
    return handoff


def _arrives(ticket: Ticket, team: Team, person: str | None) -> dict[str, Any]:
    after: dict[str, Any] = {"team": team.slug, "tier": team.tier, "assignee": person}
    if ticket.state is State.WAITING:
        after |= {"state": State.OPEN.value, "waiting": None}
    elif ticket.state is State.NEW and person is not None:
        after["state"] = State.OPEN.value
    return after


def _team_of(login: str, ticket: Ticket, organisation: Organisation, owners: Collection[str]) -> Team:
    """The team for which somebody would get it: not the one that has it, rather an owner, else one of a higher tier."""
    teams = [team for team in organisation.teams if organisation.is_member(login, team.slug)]
    if not teams:
        raise Refused(f"{login} is in no team", "name a team instead")
    others = [team for team in teams if team.slug != ticket.team] or teams
    return max(others, key=lambda team: (team.slug in owners, rank(team.tier, organisation)))


def fields_named(names: str | tuple[str, ...]) -> tuple[Row, ...]:
    """Rows by their names, as a return for missing information names them; NotFound names the nearest."""
    told = names.replace(",", " ").split() if isinstance(names, str) else names
    rows = []
    for name in told:
        if name not in set(Row):
            raise NotFound.among("field", name, Row)
        rows.append(Row(name))
    return tuple(dict.fromkeys(rows))
