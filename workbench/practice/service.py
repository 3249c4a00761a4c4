"""Practice: sessions on made-up tickets, whose time goes faster, and what was done in them."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from workbench.database import Database
from workbench.errors import InvalidInput, NotFound, Refused
from workbench.organisation.model import Person
from workbench.organisation.service import OrganisationService
from workbench.practice.clock import SimulatedClock
from workbench.practice.happening import News, Stage
from workbench.practice.marking import Made, Marking, Result
from workbench.practice.session import Arrival, Session, SessionKind, plan
from workbench.practice.shelf import Shelf, Shelved, read_shelf, scenario_of
from workbench.practice.store import PracticeStore
from workbench.problems.service import ProblemService
from workbench.runbooks.runs.model import Run
from workbench.tickets.model import Event
from workbench.tickets.rules import Change
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import Kind

SCENARIOS: Final = "scenarios"
"""The folder beside the practice file where a team keeps its own."""
NOTHING_TOLD: Final = "(nothing out of the ordinary)\n"
"""What a command prints of which the scenario knows nothing."""
_STARTS: Final = time(9)
_MORNING: Final = timedelta(hours=3)
_DAYS: Final = 28
"""So many days are looked through for one on which everybody works."""
_SEEDS: Final = 10_000
LONGEST_TICK: Final = timedelta(days=1)
"""Simulated time that goes by at once, at most."""
_SECOND: Final = timedelta(seconds=1)


class Status(NamedTuple):
    """Where a session stands: the simulated instant, the tickets that came, and how many are still to come."""

    session: Session
    now: datetime
    arrived: tuple[Arrival, ...]
    to_come: int


class PracticeService:
    """Practice on behalf of one trainee, on a file for practice; `today` tells the world's time.

    `hand_over` writes the hand-offs that the events of new tickets tell of.
    """

    def __init__(
        self,
        database: Database,
        organisation: OrganisationService,
        tickets: TicketService,
        problems: ProblemService,
        made: Made,
        hand_over: Callable[[list[int]], object],
        clock: SimulatedClock,
        who: str,
        today: Callable[[], datetime],
    ) -> None:
        self.clock = clock
        self.who = who
        self._database = database
        self._organisation = organisation
        self._tickets = tickets
        self._today = today
        self._store = PracticeStore(database)
        self._stage = Stage(self._store, organisation, tickets, problems, hand_over)
        self._marking = Marking(self._store, tickets, made)

    @property
    def folder(self) -> Path:
        """Where a team's own scenarios lie."""
        return self._database.path.parent / SCENARIOS

    def shelf(self) -> Shelf:
        """All scenarios, and what is wrong with files that hold none."""
        return read_shelf(self.folder)

    def scenario(self, name: str) -> Shelved:
        """The scenario of that name; NotFound."""
        known = self.shelf().scenarios
        if name not in known:
            raise NotFound.among("scenario", name, known)
        return known[name]

    def going(self) -> Session | None:
        """The session that the trainee is in."""
        return self._store.going(self.who)

    def take_up(self) -> None:
        """Lets the clock go on where it stood when the program ended, however it did."""
        session = self.going()
        if session is None:
            self.clock.set(self._latest() or self._today(), 1, paused=True)
        else:
            reached = max(filter(None, (session.sim_at, self._store.latest(session.number))))
            self.clock.set(reached, session.speed, paused=session.paused)

    def begin(
        self, kind: SessionKind, name: str, seed: int | None = None, speed: int = 1, shelf: Shelf | None = None
    ) -> Session:
        """Begins a scenario, a drill of a skill, or a shift of a tier; its first ticket comes at once.

        The same seed brings the same tickets at the same times. Refused where one is going; NotFound.
        """
        seed = secrets.randbelow(_SEEDS) if seed is None else seed
        known = (shelf or self.shelf()).scenarios
        planned = plan(kind, name, (each.scenario for each in known.values()), seed)
        with self._database.transaction():
            if going := self.going():
                raise Refused(f"you are in session {going.number}, {going.title}", "end that one first")
            for each in planned:
                self._organisation.current().client(each.scenario.client)
            self._enlist({each.scenario.level for each in planned})
            start = self._morning()
            self.clock.set(start, speed, paused=False)
            session = Session(0, self.who, kind, name, seed, self._today(), start, start, speed, paused=False)
            self._store.begin(session, [(each, known[each.scenario.name].text) for each in planned])
            self.tick()
        return self._required()

    def tick(self, by: timedelta = timedelta()) -> list[News]:
        """Brings about what is due, each at its instant; `by` lets so much time go by at once. InvalidInput."""
        if not timedelta() <= by <= LONGEST_TICK:
            raise InvalidInput(f"{by} is no time to let go by", "let at most a day go by at once")
        session = self.going()
        if session is None:
            return []
        news = []
        with self._database.transaction():
            self._follow(session)
            until = self.clock.now() + by
            while due := self._stage.next(session, until):
                with self.clock.standing_at(due.at):
                    told = due.bring()
                news += [told] if told else []
            if by:
                self.clock.set(until, session.speed, paused=session.paused)
            self._keep(session)
        return news

    def pause(self) -> None:
        """Lets the simulated time stand still."""
        self._go_on(paused=True)

    def resume(self) -> None:
        """Lets it go on."""
        self._go_on(paused=False)

    def set_speed(self, speed: int) -> None:
        """Lets it go so many times as fast as the world's; InvalidInput."""
        self._go_on(speed=speed)

    def hint(self, ref: int) -> str:
        """The next hint for a ticket, which costs points; Refused where there is none left."""
        with self._database.transaction():
            arrival = self._store.arrival(ref)
            session = self._required()
            if arrival is None or arrival.session != session.number:
                raise Refused(f"#{ref} is no ticket of this session that there are hints for", "work it by yourself")
            hints, asked = scenario_of(arrival.scenario, arrival.text).hints, self._store.hints(arrival)
            if asked == len(hints):
                raise Refused(f"there is no {'other ' if asked else ''}hint for #{ref}", "go by the runbook, or ask")
            self._store.hinted(arrival, asked, self.clock.now())
            return hints[asked]

    def end(self) -> Result:
        """Ends the session and puts away what is left of its tickets; its points."""
        with self._database.transaction():
            self.tick()
            session, at = self._required(), self.clock.now()
            self._store.end(session.number, at)
            with self.clock.standing_at(at + _SECOND):
                self._put_away(session)
            self.clock.set(at + _SECOND, 1, paused=True)
        return self.result(session.number)

    def status(self) -> Status:
        """Where the session stands; Refused where there is none."""
        session = self._required()
        arrivals = self._store.arrivals(session.number)
        arrived = tuple(each for each in arrivals if each.ref is not None)
        return Status(session, self.clock.now(), arrived, len(arrivals) - len(arrived))

    def result(self, number: int | None = None) -> Result:
        """The points of a session, by default of the trainee's own that is going or was last; NotFound."""
        session = self._store.last(self.who) if number is None else self._store.session(number)
        if session is None:
            wrong = "you have not practised yet" if number is None else f"no session {number}"
            raise NotFound(wrong, "`workbench practice progress` shows the sessions there were")
        return self._marking.result(session, self.clock.now())

    def events(self, ref: int) -> list[Event]:
        """What has happened to a ticket of a session, as far as it counts."""
        arrival = self._store.arrival(ref)
        session = self._store.session(arrival.session) if arrival else None
        return self._tickets.store.events(ref, session.ended_at if session else None)

    def progress(self, trainee: str | None = None, latest: int | None = None) -> list[Result]:
        """The sessions that have ended, of one trainee or all, in their order; all or so many of the `latest`."""
        return [self._marking.result(each, self.clock.now()) for each in self._store.ended(trainee, latest)]

    def trainees(self) -> list[str]:
        """Everybody who has begun a session, by login."""
        return self._store.trainees()

    def output(self, run: Run, step: int) -> str:
        """What the command of a run's step prints: what the scenario of its ticket says."""
        arrival = self._store.arrival(run.ticket) if run.ticket is not None else None
        if arrival is None:
            return NOTHING_TOLD
        told = scenario_of(arrival.scenario, arrival.text).outputs.get((run.runbook, step))
        return f"{told.text}\n" if told else NOTHING_TOLD

    def _required(self) -> Session:
        session = self.going()
        if session is None:
            raise Refused("you are in no session", "begin one on screen 5, or with `workbench practice begin`")
        return session

    def _follow(self, session: Session) -> None:
        """Goes by what another window of the same trainee has set meanwhile."""
        if (self.clock.speed, self.clock.paused) != (
            session.speed,
            session.paused,
        ) or self.clock.now() < session.sim_at:
            self.clock.set(max(self.clock.now(), session.sim_at), session.speed, paused=session.paused)

    def _go_on(self, *, speed: int | None = None, paused: bool | None = None) -> None:
        self.tick()
        with self._database.transaction():
            session = self._required()
            wanted = session.speed if speed is None else speed
            self.clock.set(self.clock.now(), wanted, paused=session.paused if paused is None else paused)
            self._keep(session)

    def _keep(self, session: Session) -> None:
        self._store.keep(session.number, self.clock.now(), self.clock.speed, paused=self.clock.paused)

    def _enlist(self, tiers: set[str]) -> None:
        organisation = self._organisation.current()
        known = organisation.people.find(self.who) or Person(self.who, self.who)
        self._organisation.enlist(known, {organisation.first_team(tier).slug for tier in tiers})

    def _put_away(self, session: Session) -> None:
        """Closes what is left, so that the next session begins with an empty queue."""
        refs = [each.ref for each in self._store.arrivals(session.number)]
        refs += [each.ref for each in self._store.happenings(session.number)]
        over = Change(Kind.CLOSED, {"state": "closed"}, "The session is over.", who="practice")
        for ref in refs:
            if ref is not None and self._tickets.get(ref).unresolved:
                self._tickets.change(ref, lambda _: over)

    def _latest(self) -> datetime | None:
        return self._tickets.store.latest_moment()

    def _morning(self) -> datetime:
        """Nine o'clock of the next day, after all that was practised yet, on which every client works until noon."""
        organisation = self._organisation.current()
        zone = ZoneInfo(organisation.zone)
        first = self._today().astimezone(zone).date()
        latest = self._latest()
        for ahead in range(_DAYS):
            start = datetime.combine(first + timedelta(days=ahead), _STARTS, zone).astimezone(UTC)
            open_all = all(each.worked(start, start + _MORNING) == _MORNING.seconds for each in organisation.calendars)
            if open_all and (latest is None or start > latest):
                return start
        return max(filter(None, (self._today(), latest)))
