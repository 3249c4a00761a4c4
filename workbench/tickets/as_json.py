"""A ticket as JSON tells it: the names and forms that other programs rely on."""

from datetime import datetime
from typing import Any

from workbench.clock import iso
from workbench.duration import elapsed
from workbench.tickets.clocks import Thresholds, clock_word, leading, moment_of, standing
from workbench.tickets.model import ClockState, Event, Stay, Ticket


def ticket_told(ticket: Ticket, events: list[Event], now: datetime, limits: Thresholds) -> dict[str, Any]:
    """The whole ticket, with its clocks and its timeline; `ticket` must be as seen at `now`."""
    now = moment_of(ticket, now)
    where = standing(ticket.state, leading(ticket.clocks, now), now, limits)
    return {
        "ref": ticket.ref,
        "external": ticket.external,
        "subject": ticket.subject,
        "body": ticket.body,
        "state": ticket.state.value,
        "waiting": _waiting(ticket),
        "tier": ticket.tier,
        "team": ticket.team,
        "assignee": ticket.assignee,
        "priority": ticket.priority.value,
        "impact": ticket.impact.value,
        "urgency": ticket.urgency.value,
        "client": ticket.client,
        "contact": ticket.contact,
        "component": ticket.component,
        "tags": list(ticket.tags),
        "opened_at": iso(ticket.opened_at),
        "resolved_at": instant_told(ticket.resolved_at),
        "closed_at": instant_told(ticket.closed_at),
        "stage": where.stage.value,
        "clock": where.clock,
        "due_at": instant_told(where.due_at),
        "used": where.used,
        "remaining_s": where.remaining_s,
        **_ages(ticket, now),
        "unanswered_since": instant_told(ticket.unanswered_since),
        "hops": ticket.hops,
        "bounces": ticket.bounces,
        "reopens": ticket.reopens,
        "version": ticket.version,
        "clocks": [_clock(clock, ticket, now) for clock in ticket.clocks],
        "stays": [_stay(stay) for stay in ticket.stays],
        "timeline": [event_told(event) for event in events],
    }


def _ages(ticket: Ticket, now: datetime) -> dict[str, int]:
    return {
        "age_s": elapsed(ticket.opened_at, now),
        "age_in_queue_s": elapsed(ticket.arrived_at, now),
        "age_since_progress_s": elapsed(ticket.progress_at, now),
        "untouched_s": elapsed(ticket.touched_at, now),
    }


def event_told(event: Event) -> dict[str, Any]:
    """One entry of a timeline."""
    return {
        "seq": event.seq,
        "at": iso(event.at),
        "who": event.who,
        "kind": event.kind.value,
        "public": event.public,
        "text": event.text,
        "before": event.before,
        "after": event.after,
        "undoes": event.undoes,
    }


def instant_told(at: datetime | None) -> str | None:
    """An instant, or null."""
    return iso(at) if at else None


def _waiting(ticket: Ticket) -> dict[str, Any] | None:
    waiting = ticket.waiting
    if waiting is None:
        return None
    return {"for": waiting.on.value, "reason": waiting.reason, "until": instant_told(waiting.until)}


def _clock(clock: ClockState, ticket: Ticket, now: datetime) -> dict[str, Any]:
    used = clock.used(now)
    running = clock.running(now) and ticket.unresolved
    return {
        "name": clock.name,
        "state": clock_word(clock, ticket.state, now),
        "target_s": clock.target_s,
        "used_s": used,
        "remaining_s": None if clock.target_s is None else clock.target_s - used,
        "paused_s": clock.paused_s,
        "due_at": instant_told(clock.due_at()) if running else None,
    }


def _stay(stay: Stay) -> dict[str, Any]:
    return {
        "tier": stay.tier,
        "team": stay.team,
        "entered_at": iso(stay.entered_at),
        "left_at": instant_told(stay.left_at),
        "outcome": list(stay.outcome),
    }
