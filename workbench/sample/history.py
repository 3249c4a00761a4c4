"""Telling a story as the events of one ticket, each act by the rules that hold for everybody."""

import random
from datetime import datetime, timedelta
from typing import Any

from workbench.duration import parse_duration
from workbench.organisation.model import Organisation, Team
from workbench.sample.library import Step
from workbench.sample.passing import PASSING, passed
from workbench.tickets import rules
from workbench.tickets.clocks import Thresholds, seen
from workbench.tickets.model import Event, Ticket
from workbench.tickets.replay import replay
from workbench.tickets.rules import Change, Resolution
from workbench.tickets.vocabulary import RESPONSES, Kind, Priority, State, WaitingFor


class Telling:
    """One ticket's history while it is told."""

    def __init__(self, organisation: Organisation, limits: Thresholds, chance: random.Random, opening: Event) -> None:
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
        if step.verb in PASSING:
            changes = list(passed(step.verb, text, self.ticket(at), self.events, who, self.organisation))
        else:
            changes = [change for change in [self._change(step.verb, text, self.ticket(at), who, at, wakes)] if change]
        for change in changes:
            self._add(change, at, who)

    def _add(self, change: Change, at: datetime, who: str) -> None:
        ticket = self.ticket(at)
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
            case "resolve":
                return rules.resolve(ticket, _resolution(text), who)
            case "close":
                return rules.close(ticket)
            case "reopen":
                return rules.reopen(ticket, text)
            case _:
                raise ValueError(f"no act of a story: {verb!r}")

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
    """Cause, fix, what was learned (`problem 2`, `runbook disk-full`, else why it was a one-off) and whether it was
    avoidable, with bars between.
    """
    cause, fix, learned, avoidable = ([part.strip() for part in text.split(" | ")] + [""] * 3)[:4]
    kind, _, name = learned.partition(" ")
    if kind in ("problem", "runbook") and " " not in name:
        return Resolution(cause, fix, avoidable=avoidable)._replace(**{kind: name})
    return Resolution(cause, fix, learned, avoidable=avoidable)
