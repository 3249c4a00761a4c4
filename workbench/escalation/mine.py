"""What of all hand-offs concerns one person: to accept, not accepted yet, owed, returned to them, and answered."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from workbench.duration import elapsed, short
from workbench.escalation.handing import RETURNS_ENOUGH, UNACCEPTED
from workbench.escalation.model import Handoff, Status
from workbench.escalation.swarm import Swarm
from workbench.tickets.model import Hint, Ticket


class Pile(StrEnum):
    """Which of one person's piles a hand-off lies on, the most pressing first."""

    TO_ACCEPT = "to accept"
    OWED = "you owe what is missing"
    RETURNED = "returned to you"
    NOT_ACCEPTED = "yours, not accepted yet"
    ANSWERED = "answered: what became of what you handed off"


class MyHandoff(NamedTuple):
    """A hand-off on its pile; `over_s`: seconds since the receivers should have answered, None while they need not."""

    pile: Pile
    handoff: Handoff
    subject: str
    over_s: int | None = None


def pile_of(handoff: Handoff, who: str, is_member: Callable[[str, str], bool]) -> Pile | None:
    """Somebody's pile for one that is not accepted, or owes something; None where it is no concern of theirs."""
    if handoff.status in UNACCEPTED and (handoff.person == who or is_member(who, handoff.target)):
        return Pile.TO_ACCEPT
    if handoff.by != who:
        return None
    if handoff.owed:
        return Pile.RETURNED if handoff.status is Status.RETURNED else Pile.OWED
    return Pile.NOT_ACCEPTED if handoff.status in UNACCEPTED else None


def arranged(found: Iterable[MyHandoff]) -> list[MyHandoff]:
    """By pile; those that nobody accepted in time on top of theirs, then the oldest."""
    piles = tuple(Pile)
    return sorted(
        found,
        key=lambda each: (piles.index(each.pile), each.over_s is None, each.handoff.sent_at, each.handoff.number),
    )


def over(ticket: Ticket, handoff: Handoff, now: datetime) -> int | None:
    """Seconds of working time since the receivers should have answered; None while there is time, or they have."""
    if handoff.status not in UNACCEPTED or ticket.team != handoff.target:
        return None
    for clock in ticket.clocks:
        if clock.name == "respond" and clock.target_s is not None and not clock.answered:
            used = clock.used(now)
            return used - clock.target_s if used >= clock.target_s else None
    return None


def hints(ticket: Ticket, handoffs: Sequence[Handoff], swarm: Swarm | None, now: datetime) -> list[Hint]:
    """What stands between the teams of a ticket: a hand-off that nobody has accepted, its return, an open swarm."""
    if not ticket.unresolved:
        return []
    told = []
    if handoffs:
        latest = handoffs[0]
        late = over(ticket, latest, now)
        if latest.status in UNACCEPTED:
            beyond = f", {short(late)} over their time to answer" if late is not None else ""
            words = f"{latest.by} → {latest.person or latest.target}, not accepted for {_ago(latest, now)}{beyond}"
            told.append(Hint("Hand-off", words, "E", pressing=True))
        elif latest.status is Status.RETURNED and latest.code is not None:
            words = f"by {latest.ended_by}: {latest.code.words}: {latest.words}"
            told.append(Hint("Returned", words, "E", pressing=True))
        if latest.owed:
            told.append(Hint("Owed", f"by {latest.by}: {', '.join(latest.owed)}", "E", pressing=True))
        if sum(each.status is Status.RETURNED for each in handoffs) >= RETURNS_ENOUGH:
            told.append(Hint("Stop", "returned twice: name a person or start a swarm", "e", pressing=True))
    if swarm is not None and swarm.learning is None:
        others = [person for person in swarm.present if person != swarm.driver]
        words = f"{swarm.driver} drives{', with ' if others else ''}{', '.join(others)}: {swarm.why}"
        told.append(Hint("Swarm", words, "W", pressing=True))
    return told


def _ago(handoff: Handoff, now: datetime) -> str:
    return short(elapsed(handoff.sent_at, now))
