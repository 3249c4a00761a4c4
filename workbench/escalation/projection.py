"""What a ticket's events tell of its hand-offs and swarms, so that rows can be made of them, or held against them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from workbench.escalation.model import ReturnCode, Row, Status
from workbench.tickets.model import Event
from workbench.tickets.replay import standing_events
from workbench.tickets.vocabulary import Kind, Priority

TELLING: Final = frozenset(
    {
        Kind.HANDED_OFF,
        Kind.ACCEPTED,
        Kind.RETURNED,
        Kind.COMPLETED,
        Kind.SWARM_STARTED,
        Kind.SWARM_JOINED,
        Kind.SWARM_LEFT,
        Kind.SWARM_LOGGED,
        Kind.SWARM_CLOSED,
    }
)
"""Kinds of which no ticket has any without a hand-off or a swarm."""
_TAKEN_OVER: Final = frozenset({Kind.ACCEPTED, Kind.TAKEN, Kind.RESOLVED})


@dataclass(frozen=True, slots=True)
class ToldHandoff:
    """One hand-off as events tell it: all but its form.

    `filled` are rows that were filled in since it was sent or returned, `completions` all events that have done so.
    """

    seq: int
    source: str
    source_tier: str
    target: str
    person: str | None
    priority: Priority
    by: str
    sent_at: datetime
    said: str
    swarms: bool = False
    status: Status = Status.SENT
    ended_seq: int | None = None
    ended_by: str | None = None
    ended_at: datetime | None = None
    code: ReturnCode | None = None
    words: str | None = None
    avoidable: str | None = None
    lacking: tuple[Row, ...] = ()
    filled: tuple[Row, ...] = ()
    completions: tuple[Event, ...] = ()
    followed: bool = False

    def ended(self, event: Event, status: Status) -> "ToldHandoff":
        """The same, accepted or returned by this event."""
        return replace(self, status=status, ended_seq=event.seq, ended_by=event.who, ended_at=event.at)


@dataclass(slots=True)
class ToldStay:
    """Somebody's time in a swarm."""

    person: str
    joined: Event
    left: Event | None = None


@dataclass(slots=True)
class ToldSwarm:
    """One swarm as events tell it."""

    started: Event
    driver: str
    components: tuple[str, ...]
    stays: list[ToldStay]
    closed: Event | None = None


@dataclass(slots=True)
class Told:
    """All hand-offs and swarms of one ticket, in the order in which they began."""

    handoffs: list[ToldHandoff] = field(default_factory=list)
    swarms: list[ToldSwarm] = field(default_factory=list)

    @property
    def returns(self) -> int:
        """How often it was returned."""
        return sum(each.status is Status.RETURNED for each in self.handoffs)


def told_by(events: Iterable[Event]) -> Told:
    """What the events that nobody took back tell."""
    told, fields = Told(), dict[str, Any]()
    for event in standing_events(events):
        if event.kind is Kind.HANDED_OFF:
            told.handoffs = [replace(each, followed=True) for each in told.handoffs]
            told.handoffs.append(_sent(event, fields))
        elif event.kind in TELLING | _TAKEN_OVER:
            _hand_over(told, event)
            _swarm(told, event)
        elif "drives" in event.after and told.swarms:
            told.swarms[-1].driver = event.after["drives"]["now"]
        fields |= event.after
    return told


def _sent(event: Event, fields: dict[str, Any]) -> ToldHandoff:
    return ToldHandoff(
        seq=event.seq,
        source=fields["team"],
        source_tier=fields["tier"],
        target=event.after["team"],
        person=event.after.get("assignee"),
        priority=Priority(fields.get("priority", Priority.P3)),
        by=event.who or "",
        sent_at=event.at,
        said=event.text,
    )


def _hand_over(told: Told, event: Event) -> None:
    if not told.handoffs:
        return
    if event.kind in _TAKEN_OVER and event.responds:
        told.handoffs[-1] = _accepted(told.handoffs[-1], event)
    latest = told.handoffs[-1]
    if event.kind is Kind.RETURNED:
        rows = tuple(map(Row, event.after.get("fields", ())))
        back = replace(latest.ended(event, Status.RETURNED), words=event.text, lacking=rows, filled=())
        told.handoffs[-1] = replace(back, code=ReturnCode(event.after["code"]))
    elif event.kind is Kind.COMPLETED:
        filled = (*latest.filled, *map(Row, event.after.get("filled", ())))
        told.handoffs[-1] = replace(latest, filled=filled, completions=(*latest.completions, event))
    elif event.kind is Kind.SWARM_STARTED and event.seq == latest.seq + 1:
        ended = replace(latest, swarms=True, status=Status.ACCEPTED, ended_seq=latest.seq, ended_at=latest.sent_at)
        told.handoffs[-1] = replace(ended, ended_by=event.after["swarm"]["driver"])
    elif event.kind is Kind.RESOLVED and event.after.get("avoidable"):
        avoidable = event.after["avoidable"]
        told.handoffs = [
            replace(each, avoidable=avoidable) if each.status is Status.ACCEPTED else each for each in told.handoffs
        ]


def _accepted(handoff: ToldHandoff, event: Event) -> ToldHandoff:
    return handoff.ended(event, Status.ACCEPTED) if handoff.status is Status.SENT else handoff


def _swarm(told: Told, event: Event) -> None:
    if event.kind is Kind.SWARM_STARTED:
        about = event.after["swarm"]
        people = dict.fromkeys([about["driver"], *about.get("helpers", ())])
        stays = [ToldStay(person, event) for person in people]
        told.swarms.append(ToldSwarm(event, about["driver"], tuple(about.get("components", ())), stays))
    elif told.swarms and event.kind is Kind.SWARM_JOINED:
        told.swarms[-1].stays.append(ToldStay(event.after["helper"], event))
    elif told.swarms and event.kind in (Kind.SWARM_LEFT, Kind.SWARM_CLOSED):
        leaver = event.after.get("helper")
        for stay in told.swarms[-1].stays:
            if stay.left is None and leaver in (None, stay.person):
                stay.left = event
        if event.kind is Kind.SWARM_CLOSED:
            told.swarms[-1].closed = event
