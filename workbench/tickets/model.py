"""What a ticket is: its fields, its events, its clocks and its stays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from workbench.organisation.model import Calendar
from workbench.tickets.vocabulary import UNRESOLVED, Impact, Kind, Priority, State, Urgency, WaitingFor


class Waiting(NamedTuple):
    """Whom a ticket waits for, why, and when it wakes by itself (None: only when somebody acts)."""

    on: WaitingFor
    reason: str
    until: datetime | None = None


NO_FIELDS: Final[Mapping[str, Any]] = {}


class Event(NamedTuple):
    """One change of one ticket; events are only ever added.

    `after` holds the fields that the change set, by the names that `ticket show` gives them, `before` what
    they were. `responds`: somebody of the team that holds the ticket took it or wrote to the requester. `act` numbers
    what each of us does; what a requester said or another tool's log told has none.
    """

    seq: int
    at: datetime
    who: str | None
    kind: Kind
    public: bool = False
    text: str = ""
    before: Mapping[str, Any] = NO_FIELDS
    after: Mapping[str, Any] = NO_FIELDS
    responds: bool = False
    undoes: int | None = None
    act: int | None = None


class ClockState(NamedTuple):
    """One clock as the last event left it; durations in seconds of working time.

    `since` is the instant from which it runs on: past for a running clock, ahead for one that a wake-up will
    start again, None for one that stands still. `used_s` is what was used up before `since`, `paused_for` how long it
    stood still by what the ticket waited for.
    """

    name: str
    target_s: int | None
    calendar: Calendar
    used_s: int
    since: datetime | None
    paused_s: int = 0
    answered: bool = False
    ran_out_at: datetime | None = None
    paused_for: tuple[tuple[WaitingFor, int], ...] = ()

    def running(self, now: datetime) -> bool:
        """Whether it counts at `now`."""
        return self.since is not None and self.since <= now

    def used(self, now: datetime) -> int:
        """Seconds used up at `now`."""
        return self.used_s if self.since is None else self.used_s + self.calendar.worked(self.since, now)

    def reaches(self, seconds: int) -> datetime | None:
        """The instant at which `seconds` are used up if nothing happens; None if that never comes."""
        if self.since is None:
            return None
        return self.calendar.after(self.since, max(0, seconds - self.used_s))

    def due_at_last(self) -> datetime | None:
        """When it ran out, also if it was answered or stands still since; else when it will if nothing happens."""
        if self.answered or self.since is None:
            return self.ran_out_at
        return self.due_at()

    def due_at(self) -> datetime | None:
        """The instant at which it ran or runs out; None without a target or while it stands still in time."""
        if self.target_s is None or self.since is None:
            return None
        return self.ran_out_at or self.reaches(self.target_s)


class Stay(NamedTuple):
    """One stay of a ticket at a team, from an arrival (event `seq`) to the next; open while `left_at` is None.

    `outcome` keeps how the clocks ended: respond with each stay, resolve and update with the last of a tier.
    """

    seq: int
    tier: str
    team: str
    entered_at: datetime
    left_at: datetime | None = None
    outcome: tuple[dict[str, Any], ...] = ()


class Resolved(NamedTuple):
    """How a ticket that is done had come to its last resolve; true from `since` until `until`, when it is reopened.

    `path` are the tiers it had been at, in order, each once for as long as it stayed there; `team` and `tier` held it
    at that resolve. `since` is after `at` only where a log moved or closed a ticket afterwards, which tells it anew.
    """

    seq: int
    at: datetime
    who: str | None
    team: str
    tier: str
    path: tuple[str, ...]
    hops: int
    bounces: int
    reopens: int
    since: datetime
    until: datetime | None = None


class FirstResponse(NamedTuple):
    """How the respond clock of a ticket's first stay ended: answered at an instant, run out at one, or both.

    Without a target there is nothing to answer in time, and neither is told. While nobody has answered, `missed_at`
    is when it will run out if nothing happens.
    """

    answered_at: datetime | None = None
    missed_at: datetime | None = None


UNANSWERED: Final = FirstResponse()


class Ticket(NamedTuple):
    """A ticket as its events leave it; `seen` in clocks.py tells what time has brought about since."""

    ref: int
    subject: str
    body: str
    state: State
    tier: str
    team: str
    priority: Priority
    impact: Impact
    urgency: Urgency
    opened_at: datetime
    arrived_at: datetime
    touched_at: datetime
    progress_at: datetime
    external: str | None = None
    waiting: Waiting | None = None
    assignee: str | None = None
    client: str | None = None
    contact: str | None = None
    component: str | None = None
    tags: tuple[str, ...] = ()
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    unanswered_since: datetime | None = None
    hops: int = 0
    bounces: int = 0
    reopens: int = 0
    version: int = 0
    worked_on: bool = False
    escalated: bool = False
    clocks: tuple[ClockState, ...] = ()
    stays: tuple[Stay, ...] = ()
    resolutions: tuple[Resolved, ...] = ()
    first_response: FirstResponse = UNANSWERED

    @property
    def unresolved(self) -> bool:
        """Whether it is new, open or waiting."""
        return self.state in UNRESOLVED

    @property
    def answered(self) -> bool:
        """Whether the team that holds it has taken it or written to the requester."""
        return any(clock.answered for clock in self.clocks)


class Hint(NamedTuple):
    """What another room knows about a ticket, in a line: what it is, its words, and the key that leads there.

    `pressing`: it changes what one would do next, and is to be seen before the others.
    """

    label: str
    text: str
    key: str = ""
    pressing: bool = False


class NewTicket(NamedTuple):
    """What somebody says when a ticket is opened; everything but the subject may be left to the defaults."""

    subject: str
    body: str = ""
    client: str | None = None
    contact: str | None = None
    component: str | None = None
    team: str | None = None
    impact: Impact = Impact.ONE
    urgency: Urgency = Urgency.HAMPERED
    external: str | None = None
    tags: tuple[str, ...] = ()
