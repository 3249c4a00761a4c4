"""Replays a ticket's events: the ticket, its clocks and its stays are what its history makes of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from workbench.clock import stored
from workbench.organisation.model import Terms
from workbench.tickets.model import ClockState, Event, FirstResponse, Resolved, Stay, Ticket, Waiting
from workbench.tickets.track import Stretch, Track
from workbench.tickets.vocabulary import (
    NO_PROGRESS,
    UNRESOLVED,
    Impact,
    Kind,
    Priority,
    State,
    Urgency,
    WaitingFor,
    by_word,
)

TermsFor = Callable[[str | None, str, str, str], Terms]
"""From client, team, tier and priority to the calendar and the targets that hold for them."""

_COMMENTED, _REPLIED, _RESOLVED = Kind.COMMENTED, Kind.REPLIED, Kind.RESOLVED  # looked up once, not for each event
_HANDED_OFF = Kind.HANDED_OFF
_WORK: Final = frozenset({Kind.TAKEN, Kind.COMMENTED, Kind.STEPPED, Kind.LOGGED, Kind.HANDED_OFF})
"""Kinds after which a change of team is a hand-off: there is something to pass on, or a hand-off that stands."""
_TERMS: Final = frozenset({"client", "team", "tier", "priority"})
"""What a ticket's calendar and targets go by."""
_ANY_WAIT: Final = frozenset(WaitingFor)
_WAIT_FOR_REQUESTER: Final = frozenset({WaitingFor.REQUESTER})
_STATES, _PRIORITIES, _IMPACTS, _URGENCIES = by_word(State), by_word(Priority), by_word(Impact), by_word(Urgency)


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
        self.stretches: list[Stretch] = []
        self.respond = Track("respond", self.stretches, _ANY_WAIT)
        self.resolve = Track("resolve", self.stretches, _ANY_WAIT)
        self.update = Track("update", self.stretches, _WAIT_FOR_REQUESTER)
        self.at: datetime
        self.resolved_at: datetime | None = None
        self.closed_at: datetime | None = None
        self.unanswered_since: datetime | None = None  # told while the ticket is not done
        self.hops = self.bounces = self.reopens = 0
        self.worked_on = self.escalated = False
        self.stays: list[Stay] = []
        self.path: list[str] = []  # the tiers it has been at, in order
        self.resolutions: list[Resolved] = []
        self.first_answered_at: datetime | None = None
        self.first_missed_at: datetime | None = None
        for event in standing_events(events):
            self.add(event)

    def add(self, event: Event) -> None:
        """Moves time on to the event, then applies what it changed; time never goes back, whatever `at` says."""
        kind = event.kind
        if self.stays:
            self.pass_time(event.at)
        else:
            self._open(event)
        if event.after:
            self._apply(event)
        if kind in _WORK:
            self.worked_on = True
            self.escalated = self.escalated or kind is _HANDED_OFF
        writes = event.public and kind is _COMMENTED
        if (event.responds or writes) and (self.state in UNRESOLVED or kind is _RESOLVED):
            self._note_answers(event.responds, writes)
        if kind is _REPLIED:
            self.unanswered_since = self.unanswered_since or self.at
        elif writes:
            self.unanswered_since = None
        self.touched_at = self.at
        if kind not in NO_PROGRESS:
            self.progress_at = self.at

    def ticket(self, ref: int, version: int) -> Ticket:
        """The ticket as it stands after the last event."""
        fields, clocks = self.fields, self._clock_states()
        return Ticket(  # in the order of its fields: by name it would take three times as long
            ref,
            fields["subject"],
            fields.get("body", ""),
            self.state,
            fields["tier"],
            fields["team"],
            _PRIORITIES[fields["priority"]],
            _IMPACTS[fields["impact"]],
            _URGENCIES[fields["urgency"]],
            self.stays[0].entered_at,
            self.stays[-1].entered_at,
            self.touched_at,
            self.progress_at,
            fields.get("external"),
            self.waiting,
            fields.get("assignee"),
            fields.get("client"),
            fields.get("contact"),
            fields.get("component"),
            tuple(fields.get("tags", ())),
            self.resolved_at,
            self.closed_at,
            self.unanswered_since if self.state in UNRESOLVED else None,
            self.hops,
            self.bounces,
            self.reopens,
            version,
            self.worked_on,
            self.escalated,
            clocks,
            self._stays_told(clocks),
            tuple(self.resolutions),
            FirstResponse(self.first_answered_at, self._first_missed_at(clocks[0])),
        )

    def _open(self, event: Event) -> None:
        self.fields = {"impact": Impact.ONE, "urgency": Urgency.HAMPERED, "priority": Priority.P3}
        self.at = self.progress_at = self.unanswered_since = event.at
        self._enter(event, event.after["team"], event.after["tier"])

    def pass_time(self, to: datetime) -> None:
        """What time alone brings about up to `to`: used and paused time, a wake-up, the closing of what is resolved."""
        if self.waiting is not None:
            if self.waiting.until is not None and self.waiting.until <= to:
                self._count(self.waiting.until)
                self.state, self.waiting = State.OPEN, None
        elif self.resolved_at is not None and self.state is State.RESOLVED:
            closes = self.resolved_at + self.close_after
            if closes <= to:
                self.state, self.closed_at = State.CLOSED, closes
        self._count(to)

    def _count(self, to: datetime) -> None:
        if to <= self.at:
            return
        if self.state in UNRESOLVED:
            calendar = self.terms.calendar
            waits_for = self.waiting.on if self.waiting is not None else None
            self.stretches.append((self.at, calendar.worked(self.at, to), calendar, waits_for))
        self.at = to

    def _apply(self, event: Event) -> None:
        after, fields, was, stays = event.after, self.fields, self.state, len(self.stays)
        team = after.get("team")
        if team is not None:
            here, tier = self.stays[-1], after.get("tier") or fields["tier"]
            if team != here.team or tier != here.tier:
                self._hop(event, team, tier)
        fields.update(after)
        if "state" in after:
            self._change_state(_STATES[after["state"]], event)
        if self.state not in UNRESOLVED or was not in UNRESOLVED:
            self._note_resolution(event, was, moved=len(self.stays) > stays)
        if after.get("assignee") and event.kind is not Kind.ASSIGNED:  # who was given it may have done nothing yet
            self.worked_on = True
        if not _TERMS.isdisjoint(after):
            self.terms = self.terms_for(fields.get("client"), fields["team"], fields["tier"], fields["priority"])

    def _hop(self, event: Event, team: str, tier: str) -> None:
        if team != self.stays[-1].team:
            self.hops += 1
            self.bounces += any(stay.team == team for stay in self.stays)
        changes_tier = tier != self.stays[-1].tier
        if changes_tier and event.act is None:  # in a log, that knows no hand-offs; a move of ours is routing
            self.escalated = True
        self._leave(tier_ends=changes_tier)
        self._enter(event, team, tier)

    def _first_missed_at(self, respond: ClockState) -> datetime | None:
        """When the respond clock of the first stay ran out, or will while nobody answers."""
        return self.first_missed_at if len(self.stays) > 1 else respond.due_at_last()

    def _leave(self, *, tier_ends: bool) -> None:
        clocks = self._clock_states()
        if len(self.stays) == 1:
            self.first_missed_at = clocks[0].ran_out_at
        outcome = self._outcomes(clocks)
        self.stays[-1] = self.stays[-1]._replace(left_at=self.at, outcome=outcome if tier_ends else outcome[:1])
        self.respond.start_afresh()
        if tier_ends:
            self.resolve.start_afresh()
            self.update.start_afresh()

    def _enter(self, event: Event, team: str, tier: str) -> None:
        self.stays.append(Stay(event.seq, tier, team, self.at))
        if not self.path or self.path[-1] != tier:
            self.path.append(tier)

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
        way = (tuple(self.path), self.hops, self.bounces, self.reopens)
        self.resolutions.append(Resolved(event.seq, *by, *way, since=self.at))

    def _note_answers(self, responds: bool, writes: bool) -> None:
        if responds and not self.respond.answered:
            self.respond.answer(self.terms.respond)
            if len(self.stays) == 1 and self.terms.respond is not None:
                self.first_answered_at = self.at
        if writes:
            self.update.start_interval()

    def _clock_states(self) -> tuple[ClockState, ClockState, ClockState]:
        """The three clocks; unless the ticket is done, they run on from the present or from the wake-up."""
        terms, calendar, waiting = self.terms, self.terms.calendar, self.waiting
        done = self.state not in UNRESOLVED
        since = others = None if done else self.at
        if waiting is not None:
            since = waiting.until
            others = self.at if self.update.runs(waiting.on) else since
        return (
            self.respond.state(terms.respond, calendar, since),
            self.resolve.state(terms.resolve, calendar, since),
            self.update.state(terms.update, calendar, others, done=done),
        )

    def _outcomes(self, clocks: tuple[ClockState, ClockState, ClockState]) -> tuple[dict[str, Any], ...]:
        respond, resolve, update = clocks
        return self.respond.outcome(respond), self.resolve.outcome(resolve), self.update.outcome(update)

    def _stays_told(self, clocks: tuple[ClockState, ClockState, ClockState]) -> tuple[Stay, ...]:
        """The stays; while the ticket is done the last one has its outcome already."""
        if self.state in UNRESOLVED:
            return tuple(self.stays)
        last, left = self.stays[-1], self.resolved_at or self.closed_at
        return (*self.stays[:-1], Stay(last.seq, last.tier, last.team, last.entered_at, left, self._outcomes(clocks)))


def _waiting(told: dict[str, Any], at: datetime) -> Waiting:
    """What an event tells of a wait that began at `at`; a wake-up that is past then wakes at once."""
    until = told.get("until")
    return Waiting(WaitingFor(told["for"]), told.get("reason", ""), max(stored(until), at) if until else None)
