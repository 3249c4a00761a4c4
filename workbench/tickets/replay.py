"""Replays a ticket's events: the ticket, its clocks and its stays are what its history makes of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from workbench.clock import stored
from workbench.organisation.model import Terms
from workbench.tickets.model import (
    NO_PROGRESS,
    UNRESOLVED,
    ClockState,
    Event,
    FirstResponse,
    Impact,
    Kind,
    Priority,
    Resolution,
    State,
    Stay,
    Ticket,
    Urgency,
    Waiting,
    WaitingFor,
)
from workbench.tickets.track import Track

TermsFor = Callable[[str | None, str, str, str], Terms]
"""From client, team, tier and priority to the calendar and the targets that hold for them."""

_WORK: Final = frozenset({Kind.TAKEN, Kind.COMMENTED, Kind.STEPPED, Kind.LOGGED})
"""Kinds after which a change of team is a hand-off, since there is something to pass on."""
_RUNS: Final = frozenset({State.NEW, State.OPEN})


def replay(
    ref: int, events: Sequence[Event], terms_for: TermsFor, close_after: timedelta, now: datetime | None = None
) -> Ticket:
    """The ticket that these events (in order, the opening first) leave behind.

    With `now`, as it is at that moment: pauses counted up to it, and what time alone has brought about.
    """
    history = History(events, terms_for, close_after)
    if now is not None:
        history.pass_time(now)
    return history.ticket(ref, events[-1].seq)


def standing_events(events: Iterable[Event]) -> list[Event]:
    """The events that nobody took back, without the taking back."""
    events = list(events)
    undone = {event.undoes for event in events if event.undoes is not None}
    if not undone:
        return events
    return [event for event in events if event.undoes is None and event.seq not in undone]


class History:
    """A ticket while its history is told, event by event: those given, then what is added."""

    def __init__(self, events: Iterable[Event], terms_for: TermsFor, close_after: timedelta) -> None:
        self.terms_for = terms_for
        self.close_after = close_after
        self.fields: dict[str, Any] = {}
        self.state = State.NEW
        self.waiting: Waiting | None = None
        self.respond, self.resolve, self.update = Track("respond"), Track("resolve"), Track("update")
        self.tracks = (self.respond, self.resolve, self.update)
        self.at: datetime
        self.resolved_at: datetime | None = None
        self.closed_at: datetime | None = None
        self.unanswered_since: datetime | None = None
        self.hops = self.bounces = self.reopens = 0
        self.worked_on = False
        self.paused_for: dict[str, int] = {}
        self.stays: list[Stay] = []
        self.resolutions: list[Resolution] = []
        self.first_answered_at: datetime | None = None
        self.first_missed_at: datetime | None = None
        for event in standing_events(events):
            self.add(event)

    def add(self, event: Event) -> None:
        """Moves time on to the event, then applies what it changed; time never goes back, whatever `at` says."""
        if self.stays:
            self.pass_time(event.at)
        else:
            self._open(event)
        self._apply(event)
        if self.state in UNRESOLVED or event.kind is Kind.RESOLVED:
            self._note_answers(event)
        self._note_unanswered(event)
        self._set_running()
        self.touched_at = self.at
        if event.kind not in NO_PROGRESS:
            self.progress_at = self.at

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
            resolutions=tuple(self.resolutions),
            first_response=FirstResponse(self.first_answered_at, self._first_missed_at(wakes)),
        )

    def _open(self, event: Event) -> None:
        self.fields = {"impact": Impact.ONE, "urgency": Urgency.HAMPERED, "priority": Priority.P3}
        self.at = self.progress_at = self.unanswered_since = event.at
        self._enter(event, event.after["team"], event.after["tier"])

    def pass_time(self, to: datetime) -> None:
        """What time alone brings about up to `to`: used and paused time, a wake-up, the closing of what is resolved."""
        if self.waiting and self.waiting.until and self.waiting.until <= to:
            self._count(self.waiting.until)
            self.state, self.waiting = State.OPEN, None
            self._set_running()
        if self.state is State.RESOLVED and self.resolved_at and self.resolved_at + self.close_after <= to:
            self.state, self.closed_at = State.CLOSED, self.resolved_at + self.close_after
        self._count(to)

    def _count(self, to: datetime) -> None:
        if to <= self.at:
            return
        calendar, waiting = self.terms.calendar, self.waiting
        worked = calendar.worked(self.at, to)
        for track in self.tracks:
            track.count(self.at, to, worked, calendar, waiting=waiting is not None)
        if waiting is not None:
            self.paused_for[waiting.on] = self.paused_for.get(waiting.on, 0) + worked
        self.at = to

    def _apply(self, event: Event) -> None:
        after, was, stays = event.after, self.state, len(self.stays)
        team, tier = after.get("team"), after.get("tier") or self.fields["tier"]
        if team is not None and (team, tier) != (self.stays[-1].team, self.stays[-1].tier):
            self._hop(event, team, tier)
        self.fields.update(after)
        if "state" in after:
            self._change_state(State(after["state"]), event)
        if self.state not in UNRESOLVED or was not in UNRESOLVED:
            self._note_resolution(event, was, moved=len(self.stays) > stays)
        if event.kind in _WORK or after.get("assignee"):
            self.worked_on = True
        self.terms = self.terms_for(
            self.fields.get("client"), self.fields["team"], self.fields["tier"], self.fields["priority"]
        )

    def _hop(self, event: Event, team: str, tier: str) -> None:
        if team != self.stays[-1].team:
            self.hops += 1
            self.bounces += any(stay.team == team for stay in self.stays)
        self._leave(tier_ends=tier != self.stays[-1].tier)
        self._enter(event, team, tier)

    def _first_missed_at(self, wakes: datetime | None) -> datetime | None:
        """When the respond clock of the first stay ran out, or will while nobody answers."""
        if len(self.stays) > 1:
            return self.first_missed_at
        return self.respond.state(self.terms.respond, self.terms.calendar, wakes).due_at_last()

    def _leave(self, *, tier_ends: bool) -> None:
        if len(self.stays) == 1:
            self.first_missed_at = self.respond.state(self.terms.respond, self.terms.calendar).ran_out_at
        ended = self.tracks if tier_ends else (self.respond,)
        outcome = self._outcomes(ended)
        last = self.stays[-1]
        self.stays[-1] = Stay(last.seq, last.tier, last.team, last.entered_at, self.at, outcome)
        for track in ended:
            track.start_afresh()
        if tier_ends:
            self.paused_for = {}

    def _enter(self, event: Event, team: str, tier: str) -> None:
        self.stays.append(Stay(event.seq, tier, team, self.at))

    def _change_state(self, state: State, event: Event) -> None:
        if self.state not in UNRESOLVED and state in UNRESOLVED:
            self.reopens += 1
            self.resolved_at = self.closed_at = None
        self.state = state
        self.waiting = _waiting(event.after["waiting"], self.at) if state is State.WAITING else None
        if state is State.RESOLVED:
            self.resolved_at = self.at
        elif state is State.CLOSED:
            self.closed_at = self.at

    def _note_resolution(self, event: Event, was: State, *, moved: bool) -> None:
        """Ends the last resolution where this event ends it, and tells how the ticket has come to its last resolve.

        A log may move a ticket that is done, or close one without another resolve: then the last resolve holds anew.
        """
        resolves = event.after.get("state") == State.RESOLVED
        told = self.resolutions[-1] if self.resolutions else None
        anew = told is not None and self.state not in UNRESOLVED and (was in UNRESOLVED or moved)
        if told is not None and told.until is None and (resolves or anew or self.state in UNRESOLVED):
            self.resolutions[-1] = told._replace(until=self.at)
        if not resolves and not anew:
            return
        if resolves or told is None:
            by = (self.at, event.who, self.stays[-1].team, self.stays[-1].tier)
        else:
            by = (told.at, told.who, told.team, told.tier)
        path = tuple(tier for tier, _ in groupby(stay.tier for stay in self.stays))
        way = (path, self.hops, self.bounces, self.reopens)
        self.resolutions.append(Resolution(event.seq, *by, *way, since=self.at))

    def _note_answers(self, event: Event) -> None:
        if event.responds and not self.respond.answered:
            self.respond.answer(self.terms.respond)
            if len(self.stays) == 1 and self.terms.respond is not None:
                self.first_answered_at = self.at
        if event.kind is Kind.COMMENTED and event.public:
            self.update.start_interval()

    def _note_unanswered(self, event: Event) -> None:
        if event.kind is Kind.REPLIED:
            self.unanswered_since = self.unanswered_since or self.at
        elif (event.kind is Kind.COMMENTED and event.public) or self.state not in UNRESOLVED:
            self.unanswered_since = None

    def _set_running(self) -> None:
        runs = self.state in _RUNS
        self.respond.run(runs, self.at)
        self.resolve.run(runs, self.at)
        others = self.waiting is not None and self.waiting.on is not WaitingFor.REQUESTER
        self.update.run(runs or others, self.at)

    def _clock_states(self, wakes: datetime | None) -> tuple[ClockState, ...]:
        calendar = self.terms.calendar
        return tuple(track.state(self._target(track), calendar, wakes) for track in self.tracks)

    def _target(self, track: Track) -> int | None:
        terms = self.terms
        return {"respond": terms.respond, "resolve": terms.resolve, "update": terms.update}[track.name]

    def _outcomes(self, tracks: Iterable[Track]) -> tuple[dict[str, Any], ...]:
        return tuple(track.outcome(self._target(track), self.terms.calendar, self.at) for track in tracks)

    def _stays_told(self) -> list[Stay]:
        """The stays; while the ticket is done the last one has its outcome already."""
        if self.state in UNRESOLVED:
            return self.stays
        last = self.stays[-1]
        ended = self.resolved_at or self.closed_at
        stay = Stay(last.seq, last.tier, last.team, last.entered_at, ended, self._outcomes(self.tracks))
        return [*self.stays[:-1], stay]


def _waiting(told: dict[str, Any], at: datetime) -> Waiting:
    """What an event tells of a wait that began at `at`; a wake-up that is past then wakes at once."""
    until = told.get("until")
    return Waiting(WaitingFor(told["for"]), told.get("reason", ""), max(stored(until), at) if until else None)
