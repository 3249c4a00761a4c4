"""Writes the hand-offs and swarms that recorded histories tell of; their triggers had no rows to go by yet."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from workbench.errors import Refused
from workbench.escalation.handing import direction_between
from workbench.escalation.model import Category, Direction, Form, Handoff, Row, Status
from workbench.escalation.projection import ToldHandoff, ToldSwarm, told_by
from workbench.escalation.required import completeness, required_rows
from workbench.escalation.store import HandoffStore
from workbench.escalation.swarm_store import SwarmStore
from workbench.organisation.model import Organisation
from workbench.tickets.store import TicketStore
from workbench.tickets.vocabulary import Priority

FormOf = Callable[[int, ToldHandoff], Form]
"""What the sender of a recorded hand-off said, by ticket and hand-off."""


def said_alone(ref: int, told: ToldHandoff) -> Form:
    """The form of a hand-off of which no more is known than what its event says."""
    return Form(summary=told.said)


class Recording:
    """Writes rows of recorded tickets, inside the caller's transaction."""

    def __init__(self, tickets: TicketStore, handoffs: HandoffStore, swarms: SwarmStore, organisation: Organisation):
        self._tickets = tickets
        self._handoffs = handoffs
        self._swarms = swarms
        self._organisation = organisation

    def record(self, refs: Iterable[int], form_of: FormOf) -> int:
        """Writes them all; how many hand-offs there were."""
        count = 0
        for ref in refs:
            events = self._tickets.events(ref)
            told = told_by(events)
            for handoff in told.handoffs:
                self._handoffs.insert_told(self._made(ref, handoff, form_of(ref, handoff)), handoff)
            for swarm in told.swarms:
                self._swarms.insert_told(ref, swarm, self._teams(swarm))
            count += len(told.handoffs)
        return count

    def _made(self, ref: int, told: ToldHandoff, form: Form) -> Handoff:
        team = self._organisation.team(told.target, include_retired=True)
        between = Direction.SWARM if told.swarms else direction_between(told.source_tier, team, self._organisation)
        form = replace(form, direction=form.direction or between, to=form.to or told.person or told.target)
        direction = form.direction or between
        done = completeness(form, required_rows(direction, team, form.category, self._organisation))
        return Handoff(
            number=0,
            ref=ref,
            seq=told.seq,
            source=told.source,
            target=told.target,
            person=told.person,
            direction=direction,
            by=told.by,
            sent_at=told.sent_at,
            status=told.status,
            form=form,
            required=len(done.required),
            missing=done.missing,
            owed=owed(told, form.category, done.missing),
            code=told.code,
            words=told.words,
            ended_by=told.ended_by,
            ended_at=told.ended_at,
        )

    def _teams(self, swarm: ToldSwarm) -> dict[str, str]:
        return {stay.person: self._team(stay.person) for stay in swarm.stays}

    def _team(self, person: str) -> str:
        teams = self._organisation.teams_of(person)
        if not teams:
            raise Refused(f"{person} is in no team", "a swarm is made of people of teams")
        return teams[0].slug


def owed(told: ToldHandoff, category: Category | None, missing: tuple[Row, ...]) -> tuple[Row, ...]:
    """What is still to come: of what could not wait, or of what the receiver asked for, until another is sent."""
    if told.followed:
        return ()
    if told.status is Status.RETURNED:
        return tuple(row for row in told.lacking if row not in told.filled)
    if told.priority is not Priority.P1 and category is not Category.SECURITY:
        return ()
    return tuple(row for row in missing if row not in told.filled)
