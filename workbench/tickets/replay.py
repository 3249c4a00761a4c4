"""Replays a ticket's events: the ticket, its clocks and its stays are what its history makes of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from workbench.clock import stored
from workbench.organisation.model import Calendar, Terms
from workbench.tickets.clocks import clock_word
from workbench.tickets.model import (
    NO_PROGRESS,
    UNRESOLVED,
    ClockState,
    Event,
    Impact,
    Kind,
    Priority,
    State,
    Stay,
    Ticket,
    Urgency,
    Waiting,
    WaitingFor,
)

TermsFor = Callable[[str | None, str, str, str], Terms]
"""From client, team, tier and priority to the calendar and the targets that hold for them."""

_RUNS: Final = frozenset({State.NEW, State.OPEN})


def replay(ref: int, events: Sequence[Event], terms_for: TermsFor, close_after: timedelta) -> Ticket:
    """The ticket that these events (in order, the opening first) leave behind."""
    history = _History(terms_for, close_after)
    for event in standing_events(events):
        history.add(event)
    return history.ticket(ref, events[-1].seq)


def standing_events(events: Iterable[Event]) -> list[Event]:
    """The events that nobody took back, without the taking back."""
    events = list(events)
    undone = {event.undoes for event in events if event.undoes is not None}
    if not undone:
        return events
    return [event for event in events if event.undoes is None and event.seq not in undone]


class _Track:
    """One clock while its history is told."""

    __slots__ = ("answered", "name", "paused_s", "ran_out_at", "segments", "since", "target_s", "used_s")

    def __init__(self, name: str) -> None:
        self.name = name
        self.start_afresh()

    def start_afresh(self) -> None:
        self.used_s = 0
        self.paused_s = 0
        self.since: datetime | None = None
        self.answered = False
        self.target_s: int | None = None
        self.ran_out_at: datetime | None = None
        self.segments: list[tuple[datetime, int, Calendar]] = []

    def run(self, runs: bool, at: datetime) -> None:
        if not runs or self.answered:
            self.since = None
        elif self.since is None:
            self.since = at

    def accrue(self, at: datetime, calendar: Calendar) -> None:
        """Counts what ran until `at` and goes on from there."""
        if self.since is None or at <= self.since:
            return
        worked = calendar.worked(self.since, at)
        self.segments.append((self.since, worked, calendar))
        self.used_s += worked
        self.since = at

    def answer(self, target_s: int | None) -> None:
        """Stops for good, with the target that holds at this moment."""
        self.answered, self.target_s, self.since = True, target_s, None

    def state(self, target_s: int | None, calendar: Calendar, wakes: datetime | None) -> ClockState:
        target_s = self.target_s if self.answered else target_s
        since = self.since if self.since is not None or self.answered else wakes
        return ClockState(
            self.name,
            target_s,
            calendar,
            self.used_s,
            since,
            self.paused_s,
            self.answered,
            self._ran_out_at(target_s) if target_s is not None and self.used_s >= target_s else None,
        )

    def _ran_out_at(self, target_s: int) -> datetime | None:
        used = 0
        for start, worked, calendar in self.segments:
            if used + worked >= target_s:
                return calendar.after(start, target_s - used)
            used += worked
        return None


class _History:
    """A ticket while its history is told, event by event."""

    def __init__(self, terms_for: TermsFor, close_after: timedelta) -> None:
        self.terms_for = terms_for
        self.close_after = close_after
        self.fields: dict[str, Any] = {}
        self.state = State.NEW
        self.waiting: Waiting | None = None
        self.respond, self.resolve, self.update = _Track("respond"), _Track("resolve"), _Track("update")
        self.tracks = (self.respond, self.resolve, self.update)
        self.at: datetime
        self.resolved_at: datetime | None = None
        self.closed_at: datetime | None = None
        self.unanswered_since: datetime | None = None
        self.hops = self.bounces = self.reopens = 0
        self.worked_on = False
        self.paused_for: dict[str, int] = {}
        self.stays: list[Stay] = []

    def add(self, event: Event) -> None:
        """Moves time on to the event, then applies what it changed."""
        if self.stays:
            self._pass_time(event.at)
        else:
            self._open(event)
        self._apply(event)
        self._note_answers(event)
        self._set_running(event.at)
        self.touched_at = self.at = event.at
        if event.kind not in NO_PROGRESS:
            self.progress_at = event.at

    def ticket(self, ref: int, version: int) -> Ticket:
        """The ticket as it stands after the last event."""
        fields, wakes = self.fields, self.waiting.until if self.waiting else None
        return Ticket(
            ref=ref,
            subject=fields["subject"],
            body=fields.get("body", ""),
            state=self.state,
            tier=fields["tier"],
            team=fields["team"],
            priority=Priority(fields["priority"]),
            impact=Impact(fields["impact"]),
            urgency=Urgency(fields["urgency"]),
            opened_at=self.stays[0].entered_at,
            arrived_at=self.stays[-1].entered_at,
            touched_at=self.touched_at,
            progress_at=self.progress_at,
            external=fields.get("external"),
            waiting=self.waiting,
            assignee=fields.get("assignee"),
            client=fields.get("client"),
            contact=fields.get("contact"),
            component=fields.get("component"),
            tags=tuple(fields.get("tags", ())),
            resolved_at=self.resolved_at,
            closed_at=self.closed_at,
            unanswered_since=self.unanswered_since,
            hops=self.hops,
            bounces=self.bounces,
            reopens=self.reopens,
            version=version,
            worked_on=self.worked_on,
            escalated=len({stay.tier for stay in self.stays}) > 1,
            clocks=self._clock_states(wakes),
            stays=tuple(self._stays_told()),
            paused_for=tuple(sorted(self.paused_for.items())),
        )

    def _open(self, event: Event) -> None:
        self.fields = {"impact": Impact.ONE, "urgency": Urgency.HAMPERED, "priority": Priority.P3}
        self.at = self.progress_at = self.unanswered_since = event.at
        self._enter(event, event.after["team"], event.after["tier"])

    def _pass_time(self, to: datetime) -> None:
        """What time alone brought about before `to`: a wake-up, the closing of a resolved ticket."""
        if self.waiting and self.waiting.until and self.waiting.until <= to:
            self._accrue(self.waiting.until)
            self.state, self.waiting = State.OPEN, None
            self._set_running(self.at)
        if self.state is State.RESOLVED and self.resolved_at and self.resolved_at + self.close_after <= to:
            self.state, self.closed_at = State.CLOSED, self.resolved_at + self.close_after
        self._accrue(to)

    def _accrue(self, to: datetime) -> None:
        calendar = self.terms.calendar
        if self.state is State.WAITING and to > self.at:
            stood = calendar.worked(self.at, to)
            for track in self.tracks:
                if track.since is None and not track.answered:
                    track.paused_s += stood
            if self.waiting:
                on = self.waiting.on.value
                self.paused_for[on] = self.paused_for.get(on, 0) + stood
        for track in self.tracks:
            track.accrue(to, calendar)
        self.at = max(self.at, to)

    def _apply(self, event: Event) -> None:
        after = event.after
        team, tier = after.get("team"), after.get("tier") or self.fields["tier"]
        if team is not None and (team, tier) != (self.stays[-1].team, self.stays[-1].tier):
            self._hop(event, team, tier)
        self.fields.update(after)
        if "state" in after:
            self._change_state(State(after["state"]), event)
        if event.kind in (Kind.TAKEN, Kind.COMMENTED, Kind.LOGGED) or after.get("assignee"):
            self.worked_on = True
        self.terms = self.terms_for(
            self.fields.get("client"), self.fields["team"], self.fields["tier"], self.fields["priority"]
        )

    def _hop(self, event: Event, team: str, tier: str) -> None:
        if team != self.stays[-1].team:
            self.hops += 1
            self.bounces += any(stay.team == team for stay in self.stays)
        self._leave(event, tier_ends=tier != self.stays[-1].tier)
        self._enter(event, team, tier)

    def _leave(self, event: Event, *, tier_ends: bool) -> None:
        ended = self.tracks if tier_ends else (self.respond,)
        outcome = tuple(self._outcome(track) for track in ended)
        last = self.stays[-1]
        self.stays[-1] = Stay(last.seq, last.tier, last.team, last.entered_at, event.at, outcome)
        for track in ended:
            track.start_afresh()
        if tier_ends:
            self.paused_for = {}

    def _enter(self, event: Event, team: str, tier: str) -> None:
        self.stays.append(Stay(event.seq, tier, team, event.at))

    def _change_state(self, state: State, event: Event) -> None:
        if self.state not in UNRESOLVED and state in UNRESOLVED:
            self.reopens += 1
            self.resolved_at = self.closed_at = None
        self.state = state
        self.waiting = _waiting(event.after["waiting"]) if state is State.WAITING else None
        if state is State.RESOLVED:
            self.resolved_at = event.at
        elif state is State.CLOSED:
            self.closed_at = event.at

    def _note_answers(self, event: Event) -> None:
        if event.responds and not self.respond.answered:
            self.respond.answer(self.terms.respond)
        if event.kind is Kind.COMMENTED and event.public:
            self.update.start_afresh()
        if event.kind is Kind.REPLIED:
            self.unanswered_since = self.unanswered_since or event.at
        elif (event.kind is Kind.COMMENTED and event.public) or self.state not in UNRESOLVED:
            self.unanswered_since = None

    def _set_running(self, at: datetime) -> None:
        runs = self.state in _RUNS
        self.respond.run(runs, at)
        self.resolve.run(runs, at)
        others = self.waiting is not None and self.waiting.on is not WaitingFor.REQUESTER
        self.update.run(runs or others, at)

    def _clock_states(self, wakes: datetime | None) -> tuple[ClockState, ...]:
        targets = (self.terms.respond, self.terms.resolve, self.terms.update)
        return tuple(
            track.state(target, self.terms.calendar, wakes) for track, target in zip(self.tracks, targets, strict=True)
        )

    def _outcome(self, track: _Track) -> dict[str, Any]:
        """How a clock ends now: met or missed, by how much, and how long it was paused."""
        target = {"respond": self.terms.respond, "resolve": self.terms.resolve, "update": self.terms.update}[track.name]
        clock = track.state(target, self.terms.calendar, None)
        return {
            "name": clock.name,
            "state": clock_word(clock, State.RESOLVED, self.at),
            "target_s": clock.target_s,
            "used_s": clock.used_s,
            "paused_s": clock.paused_s,
        }

    def _stays_told(self) -> list[Stay]:
        """The stays; while the ticket is done the last one has its outcome already."""
        if self.state in UNRESOLVED:
            return self.stays
        last = self.stays[-1]
        ended = self.resolved_at or self.closed_at
        outcome = tuple(self._outcome(track) for track in self.tracks)
        return [*self.stays[:-1], Stay(last.seq, last.tier, last.team, last.entered_at, ended, outcome)]


def _waiting(told: dict[str, Any]) -> Waiting:
    until = told.get("until")
    return Waiting(WaitingFor(told["for"]), told.get("reason", ""), stored(until) if until else None)
