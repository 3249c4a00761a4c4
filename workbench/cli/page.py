"""A whole ticket as a page for a terminal."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from workbench.cli.layout import indented
from workbench.cli.words import since
from workbench.clock import local, stored
from workbench.desk import Desk
from workbench.duration import short
from workbench.text import one_line
from workbench.tickets.clocks import clock_word
from workbench.tickets.model import ClockState, Event, Ticket

_TOLD_BY_KIND = frozenset({"body", "subject", "state", "waiting", "run", "filled", "form"})
"""Fields of an event that its kind and its text tell already, or the hand-off whose form was filled in."""


def ticket_page(desk: Desk, ref: int) -> Iterator[str]:
    """The subject, the fields, the clocks, and the timeline with the newest last; line by line."""
    ticket, events = desk.tickets.with_timeline(ref)
    now, zone = desk.now(), desk.organisation.current().zone
    yield f"#{ticket.ref}  {one_line(ticket.subject)}"
    yield ""
    yield from _fields(ticket, now, zone)
    yield ""
    for clock in ticket.clocks:
        yield f"{clock.name:<10} {_clock(clock, ticket, now, zone)}"
    for event in events:
        yield ""
        yield from _event(event, zone)


def _fields(ticket: Ticket, now: datetime, zone: str) -> Iterator[str]:
    requester = ", ".join(part for part in (ticket.contact, ticket.client) if part)
    passed = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in _passages(ticket) if count]
    fields = {
        "state": _state(ticket, zone),
        "priority": f"{ticket.priority} (impact {ticket.impact}, urgency {ticket.urgency})",
        "queue": f"{ticket.tier}, {ticket.team}",
        "assignee": ticket.assignee or "nobody",
        "requester": requester,
        "component": ticket.component,
        "external": ticket.external,
        "tags": ", ".join(ticket.tags),
        "opened": f"{local(ticket.opened_at, zone)}, {since(ticket.opened_at, now)} ago",
        "resolved": local(ticket.resolved_at, zone) if ticket.resolved_at else None,
        "closed": local(ticket.closed_at, zone) if ticket.closed_at else None,
        "ages": f"{since(ticket.arrived_at, now)} in this queue, {since(ticket.progress_at, now)} since progress,"
        f" untouched for {since(ticket.touched_at, now)}",
        "unanswered": f"for {since(ticket.unanswered_since, now)}" if ticket.unanswered_since else None,
        "passages": ", ".join(passed),
    }
    for name, value in fields.items():
        if value:
            yield f"{name:<10} {one_line(value)}"


def _passages(ticket: Ticket) -> tuple[tuple[int, str], ...]:
    return (ticket.hops, "hop"), (ticket.bounces, "bounce"), (ticket.reopens, "reopen")


def _state(ticket: Ticket, zone: str) -> str:
    if ticket.waiting is None:
        return ticket.state.value
    until = f" until {local(ticket.waiting.until, zone)}" if ticket.waiting.until else ""
    return f"waiting for {ticket.waiting.on}{until}: {ticket.waiting.reason}"


def _clock(clock: ClockState, ticket: Ticket, now: datetime, zone: str) -> str:
    if clock.target_s is None:
        return "no target"
    word, used = clock_word(clock, ticket.state, now), clock.used(now)
    parts = [f"{word}, {short(used)} of {short(clock.target_s)} used"]
    if clock.paused_s:
        parts.append(f"{short(clock.paused_s)} paused")
    if ticket.unresolved and not clock.answered:
        left = clock.target_s - used
        parts.append(f"{short(left)} {'left' if left > 0 else 'over'}")
        due = clock.due_at() if clock.running(now) else None
        parts += [f"due {local(due, zone)}"] if due else []
    return ", ".join(parts)


def _event(event: Event, zone: str) -> Iterator[str]:
    who = one_line(event.who or "somebody")
    seen = " to the requester" if event.public and event.kind == "commented" else ""
    changes = "; ".join(_changes(event, zone))
    yield f"{local(event.at, zone)}  {who}  {event.kind.words}{seen}{': ' + one_line(changes) if changes else ''}"
    if event.text.strip():
        yield from indented(event.text.rstrip(), "    ")


def _changes(event: Event, zone: str) -> Iterator[str]:
    """What the event set, as far as its kind and its text do not tell it."""
    if event.kind == "opened":
        return
    for name, value in event.after.items():
        if name == "waiting" and value:
            until = f" until {local(stored(value['until']), zone)}" if value.get("until") else ""
            yield f"for {value['for']}{until}"
        elif name not in _TOLD_BY_KIND and value != event.text:
            before = event.before.get(name)
            was = "" if before is None and name != "assignee" else f"{_value(name, before)} → "
            yield f"{name} {was}{_value(name, value)}"


def _value(name: str, value: Any) -> str:
    if value is None:
        return "nobody" if name == "assignee" else "nothing"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
