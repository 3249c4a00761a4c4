"""The score sheet: what was done beside what a good technician would have done, from the ticket's own events.

Nothing is given for what nobody did: a priority that was right from the start, and keeping what need not be handed
off, count once the ticket has left the trainee's hands as it should.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from workbench.escalation.model import Direction, Form, Handoff, Row
from workbench.practice.model import Ending, Scenario, Skill
from workbench.tickets.clocks import clock_word
from workbench.tickets.model import Event, Ticket
from workbench.tickets.vocabulary import Kind

HINT_COSTS: Final = 5
"""Points of each hint that was asked for."""
_PRIORITY, _COMPONENT, _PROBLEM, _CALLERS = 10, 10, 10, 10
_ENDING, _DIRECTION, _TEAM, _PERSON, _CALLED = 10, 10, 10, 10, 10
_RUNBOOK, _FOLLOWED = 10, 10
_ROW = 2
_RESPONSE, _WITHIN = 5, 10
_TOLD = 5
_NEXT: Final = 2
"""Things to work on that are named."""


class Point(NamedTuple):
    """Points for one thing: how many of how many, and why in a sentence."""

    skill: Skill
    got: int
    most: int
    reason: str

    @property
    def told(self) -> str:
        """The skill and the reason."""
        return f"{self.skill}: {self.reason}"


class RunMade(NamedTuple):
    """A run of a runbook on the ticket: how many of its steps have an outcome, of how many."""

    runbook: str
    taken: int
    steps: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The points of one ticket, and how many hints were asked for."""

    points: tuple[Point, ...]
    hints: int = 0

    @property
    def got(self) -> int:
        """Points in all; hints cost some, and nobody gets fewer than none."""
        return max(0, sum(point.got for point in self.points) - HINT_COSTS * self.hints)

    @property
    def most(self) -> int:
        """Points that can be had."""
        return sum(point.most for point in self.points)

    def by_skill(self) -> dict[Skill, tuple[int, int]]:
        """Points got and to be had, skill by skill; those that the scenario does not ask for are left out."""
        told: dict[Skill, tuple[int, int]] = {}
        for point in self.points:
            got, most = told.get(point.skill, (0, 0))
            told[point.skill] = got + point.got, most + point.most
        return told

    def next_to_learn(self) -> list[str]:
        """The two things that cost most, in words."""
        lost = sorted((point for point in self.points if point.got < point.most), key=lambda each: each.got - each.most)
        return [point.told for point in lost[:_NEXT]]


class Work(NamedTuple):
    """What was done about one ticket since it came to the trainee, as the practice workbench kept it.

    `now` is when it is looked at. `callers` are those who opened a ticket about the same meanwhile: whether each has
    heard from the trainee. `swarmed` are the teams of those who are called into its swarm.
    """

    ticket: Ticket
    events: Sequence[Event]
    handoffs: Sequence[Handoff]
    runs: Sequence[RunMade]
    trainee: str
    problem: str | None
    came_at: datetime
    now: datetime
    callers: Sequence[bool] = ()
    swarmed: Sequence[str] = ()


def score(scenario: Scenario, work: Work, hints: int = 0) -> Sheet:
    """The points of one ticket, for each thing that its scenario asks for."""
    points = [
        *_triage(scenario, work),
        *_ownership(scenario, work),
        *_runbook(scenario, work),
        *_handoff(scenario, work),
        *_clock(scenario, work),
        *_communication(scenario, work),
    ]
    return Sheet(tuple(points), hints)


def _triage(scenario: Scenario, work: Work) -> Iterable[Point]:
    truth, ticket = scenario.truth, work.ticket
    right = truth.priority
    judged = _ended_at(scenario, work) is not None or any(
        event.kind is Kind.PRIORITISED and event.who == work.trainee for event in work.events
    )
    told = f"{right} is right ({truth.impact}, {truth.urgency})"
    if ticket.priority is not right:
        told += f", not {ticket.priority}"
    elif not judged:
        told += ", which counts once the ticket is done"
    yield _point(Skill.TRIAGE, judged and ticket.priority is right, _PRIORITY, told)
    if truth.component is not None:
        found = ticket.component == truth.component
        told = f"it is about {truth.component}" + ("" if found else f", not {ticket.component or 'nothing known'}")
        yield _point(Skill.TRIAGE, found, _COMPONENT, told)
    if truth.problem is not None:
        known = work.problem == truth.problem
        told = f"it is the known problem “{truth.problem}”" + ("" if known else ", and was not linked to it")
        yield _point(Skill.TRIAGE, known, _PROBLEM, told)
    if work.callers:
        told = f"{sum(work.callers)} of the {len(work.callers)} others who called about the same have heard from you"
        yield Point(Skill.TRIAGE, _CALLERS * sum(work.callers) // len(work.callers), _CALLERS, told)


def _ownership(scenario: Scenario, work: Work) -> Iterable[Point]:
    truth = scenario.truth
    if truth.ending is not Ending.HANDED_OFF:
        done = _ended_at(scenario, work) is not None
        told = "it can be done here" + ("" if done else ", and is not done yet")
        if work.handoffs:
            told = f"it can be done here, and was handed to {work.handoffs[0].target}"
        yield _point(Skill.OWNERSHIP, done and not work.handoffs, _ENDING, told)
        return
    sent = _first_sent(work)
    swarms = truth.direction is Direction.SWARM
    told = "it takes several teams together" if swarms else f"it has to go to {truth.to}"
    yield _point(Skill.OWNERSHIP, sent is not None, _ENDING, told)
    way = sent is not None and sent.direction is truth.direction
    yield _point(Skill.OWNERSHIP, way, _DIRECTION, f"the way is {truth.direction}" + _instead(sent, way, "direction"))
    right = sent is not None and sent.target == truth.to
    told = f"somebody of {truth.to} drives it" if swarms else f"{truth.to} owns it"
    yield _point(Skill.OWNERSHIP, right, _TEAM, told + _instead(sent, right, "target"))
    if truth.people:
        named = sent is not None and sent.person in truth.people
        told = f"it goes to {' or '.join(truth.people)} by name" + _instead(sent, named, "person")
        yield _point(Skill.OWNERSHIP, named, _PERSON, told)
    for team in truth.called:
        told = f"somebody of {team} " + ("is called in" if team in work.swarmed else "has to be called in")
        yield _point(Skill.OWNERSHIP, team in work.swarmed, _CALLED, told)


def _instead(sent: Handoff | None, right: bool, what: str) -> str:
    return "" if right or sent is None else f", not {getattr(sent, what) or 'nobody'}"


def _runbook(scenario: Scenario, work: Work) -> Iterable[Point]:
    slug = scenario.truth.runbook
    if slug is None:
        return
    runs = [run for run in work.runs if run.runbook == slug]
    others = ", ".join(run.runbook for run in work.runs if run.runbook != slug)
    told = f"{slug} is the runbook for this" + ("" if runs else f", not {others}" if others else ", and was not begun")
    yield _point(Skill.RUNBOOK, bool(runs), _RUNBOOK, told)
    if not runs:
        yield Point(Skill.RUNBOOK, 0, _FOLLOWED, "none of its steps was taken")
        return
    best = max(runs, key=lambda run: run.taken / max(1, run.steps))
    got = round(_FOLLOWED * min(1.0, best.taken / max(1, best.steps)))
    yield Point(Skill.RUNBOOK, got, _FOLLOWED, f"{best.taken} of its {best.steps} steps have an outcome")


def _handoff(scenario: Scenario, work: Work) -> Iterable[Point]:
    if scenario.truth.ending is not Ending.HANDED_OFF:
        return
    sent = _first_sent(work)
    form = sent.form if sent is not None else Form()
    for row, words in scenario.truth.rows.items():
        filled = sent is not None and not form.lacks(row)
        told = _words_of(form, row)
        found = filled and (not words or any(word.casefold() in told for word in words))
        got = _ROW if found else _ROW // 2 if filled else 0
        reason = f"{row} says {words[0]}" if words else f"{row} is filled in"
        yield Point(Skill.HANDOFF, got, _ROW, reason if found else f"{row} should say {words[0] if words else 'more'}")


def _clock(scenario: Scenario, work: Work) -> Iterable[Point]:
    answered = _responded(scenario, work) == "met"
    yield _point(Skill.CLOCK, answered, _RESPONSE, "somebody has to answer before the respond clock runs out")
    ended = _ended_at(scenario, work)
    done = ended is not None and ended <= work.came_at + scenario.truth.within
    took = f"after {_minutes(ended - work.came_at)}" if ended is not None else "not yet"
    yield _point(Skill.CLOCK, done, _WITHIN, f"done {took}; {_minutes(scenario.truth.within)} is enough")


def _communication(scenario: Scenario, work: Work) -> Iterable[Point]:
    said = " ".join(
        event.text.casefold() for event in work.events if event.kind is Kind.COMMENTED and event.who == work.trainee
    )
    for telling in scenario.truth.told:
        told = any(word in said for word in telling.words)
        reason = f"the requester was told {telling.what}" if told else f"the requester has to be told {telling.what}"
        yield _point(Skill.COMMUNICATION, told, _TOLD, reason)


def _responded(scenario: Scenario, work: Work) -> str:
    """How the respond clock did while the trainee had the ticket, which each hop before has given another stay."""
    mine = work.ticket.stays[len(scenario.hops) :][:1]
    told = [str(clock["state"]) for stay in mine for clock in stay.outcome if clock["name"] == "respond"]
    told += [clock_word(clock, work.ticket.state, work.now) for clock in work.ticket.clocks if clock.name == "respond"]
    return told[0] if told else "none"


def _ended_at(scenario: Scenario, work: Work) -> datetime | None:
    """When it left the trainee's hands as it should."""
    ending = scenario.truth.ending
    if ending is Ending.HANDED_OFF:
        sent = _first_sent(work)
        return sent.sent_at if sent is not None else None
    if ending is Ending.LINKED:
        return _latest(event for event in work.events if event.after.get("problem")) if work.problem else None
    if work.ticket.unresolved:
        return None
    return _latest(event for event in work.events if event.kind is Kind.RESOLVED)


def _latest(events: Iterable[Event]) -> datetime | None:
    return max((event.at for event in events), default=None)


def _first_sent(work: Work) -> Handoff | None:
    mine = [handoff for handoff in work.handoffs if handoff.by == work.trainee]
    return min(mine, key=lambda handoff: handoff.sent_at, default=None)


def _words_of(form: Form, row: Row) -> str:
    """Everything that a row says, to be looked through for words."""
    parts: dict[Row, tuple[object, ...]] = {
        Row.IMPACT: (form.impact, form.urgency),
        Row.STEPS: form.steps,
        Row.DIAGNOSTICS: form.diagnostics,
        Row.REASON: (form.category, form.words),
        Row.ERROR: (form.error_message, form.error_at),
        Row.REPRODUCTION: (form.reproduction, form.not_reproducible),
        Row.ACCOUNT: (form.account, form.permissions),
        Row.ENVIRONMENT: (form.environment, form.version),
        Row.CHANGES: (form.recent_changes, form.recent_actions),
        Row.COMPONENTS: (*form.components, form.lead),
    }
    return " ".join(map(str, parts.get(row, (form.summary,)))).casefold()


def _point(skill: Skill, right: bool, most: int, reason: str) -> Point:
    return Point(skill, most if right else 0, most, reason)


def _minutes(length: timedelta) -> str:
    return f"{round(length.total_seconds() / 60)} min"
