"""What the tables keep of a ticket: a row that is a projection of its events, the events and the stays."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from workbench.clock import NEVER, iso, stored
from workbench.tickets.clocks import Stage, Thresholds, graveyard_at, leading, seen, stale_at, standing, threshold
from workbench.tickets.model import NO_FIELDS, ClockState, Event, Stay, Ticket
from workbench.tickets.vocabulary import UNRESOLVED, Kind, State, by_word

# fmt: off
COLUMNS: Final = (
    "id", "external", "subject", "body", "state", "live", "waiting_for", "waiting_reason", "wakes_at", "tier",
    "team", "assignee", "priority", "impact", "urgency", "client", "contact", "component", "tags",
    "opened_at", "arrived_at", "touched_at", "progress_at", "unanswered_since", "resolved_at", "closed_at",
    "hops", "bounces", "reopens", "version", "lead", "due_at", "soon_at", "aging_at", "ticking", "woken_lead",
    "woken_due_at", "woken_soon_at", "woken_aging_at", "woken_ticking", "stale_at", "grave_at", "counted",
    "turns_at",
)
# fmt: on

EVENT_COLUMNS: Final = "seq, at, who, kind, public, text, before, after, responds, undoes, act"
"""What `event_of` reads."""
REPLAYED_COLUMNS: Final = "ticket_id, seq, at, who, kind, public, after, responds, undoes, act"
"""What `replayed_event_of` reads."""

STAY_COLUMNS: Final = ("ticket_id", "seq", "tier", "team", "entered_at", "left_at", "outcome")
# fmt: off
RESOLUTION_COLUMNS: Final = (
    "ticket_id", "seq", "at", "elapsed_s", "who", "team", "tier", "path", "hops", "bounces", "reopens", "since",
    "until",
)
# fmt: on
RESPONSE_COLUMNS: Final = ("ticket_id", "opened_at", "team", "answered_at", "missed_at", "left_at")


_KINDS: Final = by_word(Kind)


def event_of(row: tuple[Any, ...]) -> Event:
    """An event from its row."""
    seq, at, who, kind, public, text, before, after, responds, undoes, act = row
    told = (text, _fields(before), _fields(after))
    return Event(seq, stored(at), who, _KINDS[kind], public == 1, *told, responds == 1, undoes, act)


def replayed_event_of(row: tuple[Any, ...]) -> Event:
    """An event as far as a replay asks for it: without its words, and without what the change has replaced."""
    _, seq, at, who, kind, public, after, responds, undoes, act = row
    told = ("", NO_FIELDS, _fields(after))
    return Event(seq, stored(at), who, _KINDS[kind], public == 1, *told, responds == 1, undoes, act)


_SHORT: Final = 64
"""Characters; longer texts hardly repeat."""
_decode: Final = json.JSONDecoder().raw_decode


def _fields(text: str) -> Mapping[str, Any]:
    """Most events change nothing, the state alone, or who has it; what they share is only read."""
    return _known_fields(text) if len(text) < _SHORT else _decoded(text)


@lru_cache(1024)
def _known_fields(text: str) -> Mapping[str, Any]:
    return _decoded(text)


def _decoded(text: str) -> Mapping[str, Any]:
    fields, end = _decode(text)
    if end != len(text) or not isinstance(fields, dict):
        raise ValueError(f"{text!r} tells no fields")
    return fields


def event_row(ref: int, event: Event) -> tuple[Any, ...]:
    """An event's row."""
    return (
        ref,
        event.seq,
        iso(event.at),
        event.who,
        str(event.kind),
        int(event.public),
        event.text,
        as_json(event.before),
        as_json(event.after),
        int(event.responds),
        event.undoes,
        event.act,
    )


def stay_row(ref: int, stay: Stay) -> tuple[Any, ...]:
    """A stay's row."""
    left = iso(stay.left_at) if stay.left_at else None
    return (ref, stay.seq, stay.tier, stay.team, iso(stay.entered_at), left, as_json(stay.outcome))


def resolution_rows(ticket: Ticket) -> list[tuple[Any, ...]]:
    """The rows of a ticket's resolves."""
    return [
        (
            ticket.ref,
            told.seq,
            iso(told.at),
            int((told.at - ticket.opened_at).total_seconds()),
            told.who,
            told.team,
            told.tier,
            _path(told.path),
            told.hops,
            told.bounces,
            told.reopens,
            iso(told.since),
            _iso(told.until),
        )
        for told in ticket.resolutions
    ]


def response_row(ticket: Ticket) -> tuple[Any, ...]:
    """The row of a ticket's first response."""
    first, response = ticket.stays[0], ticket.first_response
    answered, missed = _iso(response.answered_at), _iso(response.missed_at)
    return (ticket.ref, iso(ticket.opened_at), first.team, answered, missed, _iso(first.left_at))


def row_of(ticket: Ticket, now: datetime, limits: Thresholds) -> tuple[Any, ...]:
    """A ticket's row, in the order of COLUMNS."""
    waiting = ticket.waiting
    live = ticket.state in UNRESOLVED
    return (
        ticket.ref,
        ticket.external,
        ticket.subject,
        ticket.body,
        str(ticket.state),
        int(live),
        str(waiting.on) if waiting else None,
        waiting.reason if waiting else None,
        iso(waiting.until) if waiting and waiting.until else None,
        ticket.tier,
        ticket.team,
        ticket.assignee,
        str(ticket.priority),
        str(ticket.impact),
        str(ticket.urgency),
        ticket.client,
        ticket.contact,
        ticket.component,
        as_json(ticket.tags) if ticket.tags else "[]",
        iso(ticket.opened_at),
        iso(ticket.arrived_at),
        iso(ticket.touched_at),
        iso(ticket.progress_at),
        iso(ticket.unanswered_since) if ticket.unanswered_since else None,
        iso(ticket.resolved_at) if ticket.resolved_at else None,
        iso(ticket.closed_at) if ticket.closed_at else None,
        ticket.hops,
        ticket.bounces,
        ticket.reopens,
        ticket.version,
        *(_ahead(ticket, now, limits) if live else _standing_still(ticket, limits)),
    )


def _ahead(ticket: Ticket, now: datetime, limits: Thresholds) -> tuple[Any, ...]:
    """What time alone will bring about: the columns from `lead` on."""
    wakes = ticket.waiting.until if ticket.waiting else None
    first = _Lead.of(ticket, ticket.touched_at, limits)
    woken = _Lead.of(ticket, wakes, limits) if wakes else _Lead()
    stale, grave = iso(stale_at(ticket, limits)), iso(_grave_at(ticket, limits))
    instants = (*first.instants(), *woken.instants(), iso(wakes) if wakes else NEVER, stale, grave)
    at = iso(now)
    turns = min((instant for instant in instants if instant > at), default=NEVER)
    return (*first, *woken, stale, grave, counted(ticket, now, limits), turns)


def _standing_still(ticket: Ticket, limits: Thresholds) -> tuple[Any, ...]:
    """The same of a ticket that is done."""
    clock = leading(ticket.clocks, ticket.touched_at)
    stale, grave = iso(stale_at(ticket, limits)), iso(_grave_at(ticket, limits))
    lead = clock_told(clock._replace(ran_out_at=None)) if clock else None
    return (lead, *_NO_INSTANTS, None, *_NO_INSTANTS, stale, grave, "", NEVER)


def _grave_at(ticket: Ticket, limits: Thresholds) -> datetime:
    return graveyard_at(ticket.opened_at, ticket.touched_at, limits)


_NO_INSTANTS: Final = (NEVER, NEVER, NEVER, 0)


def counted(ticket: Ticket, now: datetime, limits: Thresholds) -> str:
    """How the tally counts a ticket at `now`: its stage and whether it waits, is stale, lies in the graveyard.

    The same as `COUNTED` in sql.py makes of the row.
    """
    at_now = seen(ticket, now, limits)
    stage = standing(at_now.state, leading(ticket.clocks, now), now, limits).stage
    waits = "w" if at_now.state is State.WAITING else ""
    stale = "s" if stale_at(ticket, limits) <= now else ""
    return f"{stage}/{waits}{stale}{'g' if _grave_at(ticket, limits) <= now else ''}"


def clock_told(clock: ClockState) -> str:
    """A clock as the row keeps it, for the lists: what `clock_of` in queues/model.py reads."""
    since, due = clock.since, clock.ran_out_at
    begins = f'["{clock.name}",{clock.target_s},{_quoted(clock.calendar.name)},{clock.used_s}'
    return f"{begins},{_instant(since)},{_instant(due)}]"


class _Lead(NamedTuple):
    """The leading clock in one phase of a ticket's future, with the instants at which its stages begin."""

    told: str | None = None
    due_at: str = NEVER
    soon_at: str = NEVER
    aging_at: str = NEVER
    ticking: int = 0

    @classmethod
    def of(cls, ticket: Ticket, at: datetime, limits: Thresholds) -> "_Lead":
        clock = leading(ticket.clocks, at)
        if clock is None or clock.target_s is None:
            return cls()
        if not clock.running(at):
            return cls(clock_told(clock))
        begins = {
            stage: clock.reaches(threshold(clock.target_s, share))
            for stage, share in ((Stage.DUE, limits.due_share), (Stage.AGING, limits.aging_share))
        }
        due = _never(clock.due_at())
        return cls(clock_told(clock), due, _never(begins[Stage.DUE]), _never(begins[Stage.AGING]), 1)

    def instants(self) -> tuple[str, str, str]:
        return self.due_at, self.soon_at, self.aging_at


def _instant(at: datetime | None) -> str:
    return f'"{iso(at)}"' if at else "null"


def _iso(at: datetime | None) -> str | None:
    return iso(at) if at else None


def _never(at: datetime | None) -> str:
    return iso(at) if at else NEVER


_encoder: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def as_json(value: object) -> str:
    """JSON as the tables keep it."""
    if isinstance(value, dict) and len(value) < 2:
        if not value:
            return "{}"
        ((name, only),) = value.items()
        if isinstance(only, str):
            return _one_field(name, only)
    return _encoder.encode(value)


@lru_cache(1024)
def _path(tiers: tuple[str, ...]) -> str:
    """Tickets take few ways."""
    return _encoder.encode(tiers)


@lru_cache(256)
def _quoted(name: str) -> str:
    """A setup has few calendars."""
    return _encoder.encode(name)


@lru_cache(1024)
def _one_field(name: str, value: str) -> str:
    """Most events change the state alone, or who has it."""
    return _encoder.encode({name: value})
