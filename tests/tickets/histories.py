"""Histories of tickets, told briefly: what tests of clocks and replays begin with."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Self

from hypothesis import strategies as st

from workbench.clock import iso, stored
from workbench.organisation.model import ALWAYS, Calendar, Terms
from workbench.tickets.clocks import Thresholds
from workbench.tickets.model import ClockState, Event, Ticket
from workbench.tickets.replay import replay
from workbench.tickets.vocabulary import UNRESOLVED, Kind, Priority, State, WaitingFor

MINUTE, HOUR, DAY = 60, 3_600, 86_400
RULES = Thresholds()
OFFICE = Calendar("office", "Europe/Berlin", (((540, 1020),),) * 5 + ((), ()), frozenset({date(2026, 12, 25)}))
"""Monday to Friday 9 to 17 in Berlin; Christmas Day is closed."""
NIGHTS = Calendar("nights", "Europe/Berlin", (((60, 300),),) * 7)
"""Every night from 1 to 5 in Berlin, across both changes of the clock."""

TARGETS: dict[str, tuple[int | None, int | None, int | None]] = {
    "L1": (15 * MINUTE, HOUR, None),
    "L2": (HOUR, 4 * HOUR, None),
    "L3": (4 * HOUR, 72 * HOUR, 24 * HOUR),
}
FACTORS = {"P1": 0.25, "P2": 0.5, "P3": 1.0, "P4": 2.0}
TEAMS = {"frontline": "L1", "service-desk": "L1", "second-line": "L2", "engineering": "L3"}


def at(text: str) -> datetime:
    """An instant of 2026 (UTC) like `03-29 01:00` or `03-29 01:00:01`."""
    seconds = "" if text.count(":") == 2 else ":00"
    return stored(f"2026-{text.replace(' ', 'T')}{seconds}Z")


@dataclass
class Story:
    """A ticket's history in the making, with the calendar and the targets that hold for it."""

    calendar: Calendar = ALWAYS
    targets: dict[str, tuple[int | None, int | None, int | None]] = field(default_factory=lambda: dict(TARGETS))
    events: list[Event] = field(default_factory=list)

    def opened(self, when: str | datetime, team: str = "frontline", **fields: Any) -> Self:
        """Begins the history; `fields` go over those of a new P3 ticket."""
        told = {"subject": "VPN drops", "state": "new", "team": team, "tier": TEAMS[team], "priority": "P3"} | fields
        return self.then(when, Kind.OPENED, **told)

    def then(
        self,
        when: str | datetime,
        kind: Kind,
        *,
        who: str = "maya",
        public: bool = False,
        responds: bool = False,
        undoes: int | None = None,
        **after: Any,
    ) -> Self:
        """Adds an event."""
        moment = at(when) if isinstance(when, str) else when
        seq = len(self.events) + 1
        self.events.append(Event(seq, moment, who, kind, public, "", {}, after, responds, undoes))
        return self

    def taken(self, when: str | datetime, who: str = "maya") -> Self:
        """Somebody of the team takes it."""
        return self.then(when, Kind.TAKEN, who=who, responds=True, assignee=who, state="open")

    def waits(self, when: str | datetime, on: str = "vendor", until: str | datetime | None = None) -> Self:
        """It waits from here on."""
        wakes = at(until) if isinstance(until, str) else until
        told = {"for": on, "reason": "their turn", "until": iso(wakes) if wakes else None}
        return self.then(when, Kind.WAITED, state="waiting", waiting=told)

    def resumed(self, when: str | datetime) -> Self:
        """The wait ends."""
        return self.then(when, Kind.RESUMED, state="open", waiting=None)

    def moved(self, when: str | datetime, team: str) -> Self:
        """Another team holds it."""
        return self.then(when, Kind.MOVED, team=team, tier=TEAMS[team])

    def told(self, when: str | datetime, *, responds: bool = True) -> Self:
        """A technician writes to the requester."""
        return self.then(when, Kind.COMMENTED, public=True, responds=responds)

    def replied(self, when: str | datetime, **after: Any) -> Self:
        """The requester writes."""
        return self.then(when, Kind.REPLIED, who="Dana Reyes", public=True, **after)

    def prioritised(self, when: str | datetime, priority: str) -> Self:
        """Another priority."""
        return self.then(when, Kind.PRIORITISED, priority=priority)

    def resolved(self, when: str | datetime) -> Self:
        """Done, by somebody of the team."""
        return self.then(when, Kind.RESOLVED, responds=True, state="resolved")

    def reopened(self, when: str | datetime) -> Self:
        """Not done after all."""
        return self.then(when, Kind.REOPENED, state="open")

    def undone(self, when: str | datetime, seq: int | None = None) -> Self:
        """The last event, or another, is taken back."""
        return self.then(when, Kind.UNDONE, undoes=len(self.events) if seq is None else seq)

    def terms(self, client: str | None, team: str, tier: str, priority: str) -> Terms:
        """Calendar and targets, the priority's factor applied."""
        respond, resolve, update = (
            None if target is None else int(target * FACTORS[priority] + 0.5) for target in self.targets[tier]
        )
        return Terms(self.calendar, respond, resolve, update)

    def ticket(self, now: str | datetime | None = None) -> Ticket:
        """What the history leaves behind, at `now` where that is given."""
        moment = at(now) if isinstance(now, str) else now
        return replay(1001, self.events, self.terms, RULES.close_after, moment)

    def clock(self, name: str, now: str | datetime) -> ClockState:
        """One of its clocks, counted on to `now`."""
        return next(clock for clock in self.ticket(now).clocks if clock.name == name)


_STEPS = ("taken", "waits", "resumed", "moved", "told", "replied", "prioritised", "resolved", "reopened", "undone")


@st.composite
def stories(draw: st.DrawFn, most: int = 8) -> Story:
    """Any history that acts could have made, in any of three calendars."""
    story = Story(draw(st.sampled_from((ALWAYS, OFFICE, NIGHTS))))
    moment = at("03-27 12:00") + timedelta(seconds=draw(st.integers(0, 5 * DAY)))
    story.opened(moment, draw(st.sampled_from(tuple(TEAMS))), priority=draw(st.sampled_from(tuple(Priority))).value)
    for step in draw(st.lists(st.sampled_from(_STEPS), max_size=most)):
        moment += timedelta(seconds=draw(st.sampled_from((0, 1, 899, 1800, HOUR, DAY, 6 * DAY)) | st.integers(0, DAY)))
        _step(draw, story, step, moment)
    return story


def _step(draw: st.DrawFn, story: Story, step: str, moment: datetime) -> None:
    state = story.ticket(moment).state
    if step == "undone":
        if story.events[-1].kind not in (Kind.OPENED, Kind.UNDONE):
            story.undone(moment)
    elif step == "reopened":
        if state not in UNRESOLVED:
            story.reopened(moment)
    elif step == "resumed":
        if state is State.WAITING:
            story.resumed(moment)
    elif state in UNRESOLVED:
        _work(draw, story, step, moment)


def _work(draw: st.DrawFn, story: Story, step: str, moment: datetime) -> None:
    match step:
        case "waits":
            on = draw(st.sampled_from(tuple(WaitingFor))).value
            wakes = draw(st.none() | st.integers(1, 3 * DAY))
            story.waits(moment, on, moment + timedelta(seconds=wakes) if wakes else None)
        case "moved":
            story.moved(moment, draw(st.sampled_from(tuple(TEAMS))))
        case "prioritised":
            story.prioritised(moment, draw(st.sampled_from(tuple(Priority))).value)
        case "taken":
            story.taken(moment)
        case "told":
            story.told(moment, responds=draw(st.booleans()))
        case "replied":
            story.replied(moment)
        case "resolved":
            story.resolved(moment)
