"""Telling a story as the events of one ticket, each act by the rules that hold for everybody."""

import random
from datetime import datetime, timedelta
from typing import Any

from workbench.duration import parse_duration
from workbench.organisation.model import Organisation, Team
from workbench.sample.library import Step
from workbench.tickets import rules
from workbench.tickets.clocks import Rules, seen
from workbench.tickets.model import RESPONSES, Event, Kind, Priority, State, Ticket, WaitingFor
from workbench.tickets.replay import replay
from workbench.tickets.rules import Change, Resolution


class Telling:
    """One ticket's history while it is told."""

    def __init__(self, organisation: Organisation, limits: Rules, chance: random.Random, opening: Event) -> None:
        self.organisation = organisation
        self.limits = limits
        self.chance = chance
        self.events = [opening]
        self._fields: dict[str, Any] = dict(opening.after)

    def ticket(self, at: datetime) -> Ticket:
        """The ticket as it stands at an instant."""
        told = replay(0, self.events, self.organisation.terms, self.limits.close_after)
        return seen(told, at, self.limits)

    def actor(self, step: Step, at: datetime) -> str:
        """Whoever the story names, else who has the ticket, else one of the team that holds it."""
        ticket = self.ticket(at)
        return step.who or ticket.assignee or self._member(self.organisation.team(ticket.team))

    def act(self, step: Step, text: str, at: datetime, who: str, wakes: datetime | None) -> None:
        """Adds what one step does, if it changes anything; Refused where the rules forbid it."""
        ticket = self.ticket(at)
        change = self._change(step.verb, text, ticket, who, at, wakes)
        if change is None:
            return
        self._fields |= {
            "state": ticket.state.value,
            "waiting": self._fields.get("waiting") if ticket.waiting else None,
        }
        before = {name: self._fields.get(name) for name in change.after}
        self._fields |= change.after
        responds = change.kind in RESPONSES and self.organisation.is_member(who, ticket.team)
        self.events.append(
            Event(
                seq=len(self.events) + 1,
                at=at,
                who=who if change.who is None else change.who,
                kind=change.kind,
                public=change.public,
                text=change.text,
                before=before,
                after=change.after,
                responds=responds,
            )
        )

    def _change(
        self, verb: str, text: str, ticket: Ticket, who: str, at: datetime, wakes: datetime | None
    ) -> Change | None:
        head, _, rest = text.partition(": ")
        match verb:
            case "take":
                return rules.take(ticket, who)
            case "assign":
                return rules.assign(ticket, text)
            case "say":
                return Change(Kind.COMMENTED, {}, text, public=True)
            case "note":
                return Change(Kind.NOTED, {}, text)
            case "reply":
                return rules.reply(ticket, text)
            case "priority":
                return rules.prioritise(ticket, Priority(head), rest)
            case "wait":
                return rules.wait(ticket, WaitingFor(head.split()[0]), rest, wakes, at)
            case "resume":
                return rules.resume(ticket) if ticket.state is State.WAITING else None
            case "move":
                return self._move(ticket, self.organisation.team(head), rest)
            case "resolve":
                return rules.resolve(ticket, _resolution(text), who)
            case "close":
                return rules.close(ticket)
            case "reopen":
                return rules.reopen(ticket, text)
            case _:
                raise ValueError(f"no act of a story: {verb!r}")

    def _move(self, ticket: Ticket, to: Team, reason: str) -> Change:
        """Routing while nobody has worked on it, else a hand-off, which leaves it to the other team who takes it."""
        if not ticket.worked_on:
            return rules.move(ticket, to.slug, to.tier, reason)
        return Change(Kind.MOVED, {"team": to.slug, "tier": to.tier, "assignee": None}, reason)

    def _member(self, team: Team) -> str:
        """One of the team; in the third line a few people do most of the work."""
        weights = [0.4**place if team.tier == "L3" else 1.0 for place in range(len(team.people))]
        return self.chance.choices(team.people, weights)[0]


def wake_up(step: Step, at: datetime, tempo: float) -> datetime | None:
    """When a wait ends by itself, where the story says for how long: `wait vendor 2d: reason`."""
    words = step.text.partition(": ")[0].split()
    if step.verb != "wait" or len(words) < 2:
        return None
    return at + timedelta(seconds=round(parse_duration(words[1]) * tempo))


def _resolution(text: str) -> Resolution:
    """Cause, fix and why it was a one-off, with bars between."""
    return Resolution(*(part.strip() for part in text.split(" | ")))
