"""How a story passes a ticket on: by the rules of hand-offs and swarms that hold for everybody."""

from collections.abc import Iterator, Sequence
from typing import Final

from workbench.escalation import handing
from workbench.escalation.model import Direction, Form, Handoff, Return, ReturnCode, Status
from workbench.escalation.projection import told_by
from workbench.organisation.model import Organisation
from workbench.tickets import rules
from workbench.tickets.model import Event, Ticket
from workbench.tickets.rules import Change
from workbench.tickets.vocabulary import Kind

PASSING: Final = frozenset({"take", "move", "return", "complete", "link", "swarm", "join", "leave", "log", "learn"})
"""Verbs of a story that are told here."""


def passed(
    verb: str, text: str, ticket: Ticket, events: Sequence[Event], who: str, organisation: Organisation
) -> Iterator[Change]:
    """What one of these verbs changes; nothing where it changes nothing, Refused where the rules forbid it."""
    head, _, rest = text.partition(": ")
    names = head.split()
    match verb:
        case "take":
            yield from _take(ticket, _pending(ticket, events), who, organisation)
        case "move":
            yield _move(ticket, names, rest, organisation, told_by(events).returns)
        case "return":
            back = Return(ReturnCode(names[0]), rest, handing.fields_named(tuple(names[1:])))
            yield handing.give_back(ticket, _pending(ticket, events), back, who, organisation)
        case "complete":
            yield Change(Kind.COMPLETED, {"filled": names}, f"filled in: {', '.join(names)}")
        case "link":
            yield Change(Kind.LINKED, {"problem": int(names[0])}, rest)
        case "swarm":
            yield from _swarm(ticket, names, rest, organisation)
        case "join" | "leave":
            kind = Kind.SWARM_JOINED if verb == "join" else Kind.SWARM_LEFT
            yield Change(kind, {"helper": who}, who)
        case "log":
            yield Change(Kind.SWARM_LOGGED, {}, text)
        case _:
            yield Change(Kind.SWARM_CLOSED, {}, text)


def _take(ticket: Ticket, pending: Handoff | None, who: str, organisation: Organisation) -> Iterator[Change]:
    """Taking what was handed to one's team accepts it."""
    if pending is not None and organisation.is_member(who, pending.target):
        yield handing.accept(ticket, pending, who, organisation)
    elif (change := rules.take(ticket, who)) is not None:
        yield change


def _move(ticket: Ticket, names: list[str], reason: str, organisation: Organisation, returns: int) -> Change:
    """Routing while nobody has worked on it, else a hand-off to a team, or to a person of it who is named."""
    team = organisation.team(names[0])
    if not ticket.worked_on:
        return rules.move(ticket, team.slug, team.tier, reason)
    target = handing.Target(team, names[1] if len(names) > 1 else None)
    direction = handing.direction_to(team, ticket, organisation)
    return handing.send(ticket, target, direction, returns, organisation, reason)


def _swarm(ticket: Ticket, names: list[str], why: str, organisation: Organisation) -> Iterator[Change]:
    """`swarm DRIVER COMPONENT,COMPONENT HELPER,HELPER: why there is no single owner`."""
    driver, components, helpers = names[0], names[1].split(","), names[2].split(",")
    team = organisation.team(ticket.team)
    yield handing.send(ticket, handing.Target(team, driver), Direction.SWARM, 0, organisation, why)
    about = {"driver": driver, "components": components, "helpers": [driver, *helpers]}
    yield Change(Kind.SWARM_STARTED, {"swarm": about}, why)


def _pending(ticket: Ticket, events: Sequence[Event]) -> Handoff | None:
    """The hand-off that waits to be accepted."""
    told = told_by(events).handoffs
    if not told or told[-1].status is not Status.SENT:
        return None
    last = told[-1]
    between = (last.source, last.target, last.person)
    return Handoff(0, ticket.ref, last.seq, *between, Direction.UP, last.by, last.sent_at, last.status, Form(), 0)
