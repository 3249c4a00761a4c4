"""What was made of the tickets of a session, and what that is worth: from the practice workbench's own events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from workbench.escalation.model import Handoff
from workbench.escalation.swarm import Swarm
from workbench.practice.model import Ending, Scenario, Skill
from workbench.practice.scoring import RunMade, Sheet, Work, score
from workbench.practice.session import Arrival, Session, SessionKind
from workbench.practice.shelf import scenario_of
from workbench.practice.store import PracticeStore
from workbench.runbooks.runs.model import Run
from workbench.tickets.model import Event
from workbench.tickets.replay import standing_events
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import Kind

_LINKS = frozenset({Kind.LINKED, Kind.UNLINKED, Kind.RESOLVED})
_TELLS = frozenset({Kind.COMMENTED, Kind.RESOLVED})
_TO_LEARN = 2
"""Things to work on that are named."""


class Made(NamedTuple):
    """Where else it stands what was made of a ticket: hand-offs, swarm, runs, and a problem's title by its number."""

    handoffs: Callable[[int], Sequence[Handoff]]
    swarm: Callable[[int], Swarm | None]
    runs: Callable[[int], Sequence[Run]]
    problem: Callable[[int], str]


class Marked(NamedTuple):
    """One ticket of a session with its points so far; `over`: it has left the trainee's hands, or the session ended."""

    ref: int
    scenario: Scenario
    sheet: Sheet
    over: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A session with the points of all tickets that came; those still worked on do not count yet."""

    session: Session
    marked: tuple[Marked, ...]

    @property
    def title(self) -> str:
        """What it is called on a screen: a scenario by its title, since its name may tell what is behind it."""
        if self.session.kind is SessionKind.SCENARIO and self.marked:
            return self.marked[0].scenario.title
        return self.session.title

    @property
    def counted(self) -> list[Marked]:
        """The tickets that are over."""
        return [each for each in self.marked if each.over]

    @property
    def got(self) -> int:
        """Points in all."""
        return sum(each.sheet.got for each in self.counted)

    @property
    def most(self) -> int:
        """Points that could be had."""
        return sum(each.sheet.most for each in self.counted)

    def by_skill(self) -> dict[Skill, tuple[int, int]]:
        """Points got and to be had, skill by skill."""
        told: dict[Skill, tuple[int, int]] = {}
        for each in self.counted:
            for skill, (got, most) in each.sheet.by_skill().items():
                before = told.get(skill, (0, 0))
                told[skill] = before[0] + got, before[1] + most
        return told

    def next_to_learn(self) -> list[str]:
        """The two things that cost most over all tickets, in words."""
        points = [(each.ref, point) for each in self.counted for point in each.sheet.points if point.got < point.most]
        points.sort(key=lambda each: each[1].got - each[1].most)
        return [f"#{ref} {point.told}" for ref, point in points[:_TO_LEARN]]

    def to_read(self) -> list[str]:
        """The runbooks of the tickets that lost points, each once."""
        lost = [each.scenario for each in self.counted if each.sheet.got < each.sheet.most]
        slugs = (slug for each in lost for slug in (each.truth.runbook, *each.reading) if slug)
        return list(dict.fromkeys(slugs))


class Marking:
    """Looks through what was done, and marks it."""

    def __init__(self, store: PracticeStore, tickets: TicketService, made: Made) -> None:
        self._store = store
        self._tickets = tickets
        self._made = made

    def result(self, session: Session, now: datetime) -> Result:
        """The points of a session, at its end or at this moment of it."""
        at = session.ended_at or now
        arrived = [(each, each.ref) for each in self._store.arrivals(session.number) if each.ref is not None]
        return Result(session, tuple(self._marked(session, each, ref, at) for each, ref in arrived))

    def _marked(self, session: Session, arrival: Arrival, ref: int, at: datetime) -> Marked:
        scenario = scenario_of(arrival.scenario, arrival.text)
        work = self._work(session, arrival, ref, at)
        sheet = score(scenario, work, self._store.hints(arrival))
        sheet = replace(sheet, points=tuple(point for point in sheet.points if point.skill in session.counts))
        return Marked(ref, scenario, sheet, over=session.ended_at is not None or _is_over(scenario, work))

    def _work(self, session: Session, arrival: Arrival, ref: int, at: datetime) -> Work:
        events = self._tickets.store.events(ref, at)
        linked, swarm = linked_problem(events), self._made.swarm(ref)
        helpers = [helper for helper in swarm.helpers if helper.joined_at <= at] if swarm is not None else []
        return Work(
            ticket=self._tickets.journal.replay(ref, events, at),
            events=standing_events(events),
            handoffs=[each for each in self._made.handoffs(ref) if arrival.due_at <= each.sent_at <= at],
            runs=[_made(run, at) for run in self._made.runs(ref) if run.began.at <= at],
            trainee=session.trainee,
            problem=self._made.problem(linked) if linked is not None else None,
            came_at=arrival.due_at,
            now=at,
            callers=self._callers(session, arrival, at),
            swarmed=tuple(helper.team for helper in helpers),
        )

    def _callers(self, session: Session, arrival: Arrival, at: datetime) -> tuple[bool, ...]:
        """Whether each of those who called about the same has heard from the trainee."""
        happened = self._store.happenings(session.number)
        refs = [each.ref for each in happened if each.place == arrival.place and each.at <= at]
        told = (standing_events(self._tickets.store.events(ref, at)) for ref in refs if ref is not None)
        return tuple(any(e.kind in _TELLS and e.who == session.trainee for e in events) for events in told)


def linked_problem(events: Sequence[Event]) -> int | None:
    """The number of the problem that a ticket is linked to after these events."""
    linked: int | None = None
    for event in standing_events(events):
        if event.kind in _LINKS and (event.kind is not Kind.RESOLVED or event.after.get("problem")):
            said = event.after.get("problem")
            linked = int(said) if said else None
    return linked


def _is_over(scenario: Scenario, work: Work) -> bool:
    linked = scenario.truth.ending is Ending.LINKED and work.problem is not None
    return linked or bool(work.handoffs) or not work.ticket.unresolved


def _made(run: Run, at: datetime) -> RunMade:
    known = replace(run, acts=tuple(act for act in run.acts if act.at <= at))
    return RunMade(run.runbook, len(known.outcomes), len(run.steps))
