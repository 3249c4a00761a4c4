"""Tells what came from outside as the events of our own tickets."""

import hashlib
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from workbench.clock import iso
from workbench.intake.logs import CaseHistory, LogEvent
from workbench.intake.names import Names
from workbench.intake.records import TicketRecord
from workbench.organisation.register import as_key
from workbench.tickets.model import Event
from workbench.tickets.vocabulary import Impact, Kind, State, Urgency, priority_of

_REMEMBERED: Final = 4096
"""How many different components are remembered: they repeat."""


def identity(record: TicketRecord) -> str:
    """What knows a ticket again when its file comes a second time: its id there, else its number, else its words."""
    if record.external is not None:
        return record.external
    if record.number is not None:
        return f"#{record.number}"
    words = repr(record._replace(row=0, doubts=()))
    return f"row-{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def retell_record(record: TicketRecord, names: Names, only_client: str | None, now: datetime) -> list[Event]:
    """An opening that carries all that is known, and the resolving and closing where there was one."""
    state = _state(record)
    resolved, closed = _ends(record, state, now)
    opened = record.opened_at or min(at for at in (resolved, closed, now) if at is not None)
    after = _fields(record, state, names, only_client)
    events = [Event(1, opened, record.contact, Kind.OPENED, public=True, text=record.body or "", after=after)]
    if resolved is not None:
        events.append(_ending(2, max(opened, resolved), Kind.RESOLVED, State.RESOLVED, after))
    if closed is not None:
        events.append(_ending(len(events) + 1, max(events[-1].at, closed), Kind.CLOSED, State.CLOSED, after))
    return events


def _ending(seq: int, at: datetime, kind: Kind, state: State, fields: dict[str, Any]) -> Event:
    return Event(seq, at, fields.get("assignee"), kind, before={"state": fields["state"]}, after={"state": str(state)})


def _state(record: TicketRecord) -> State:
    """The state that the file tells, or that follows from its dates and from who has it."""
    if record.state is not None and record.state is not State.NEW:
        return record.state
    if record.state is None and record.closed_at:
        return State.CLOSED
    if record.state is None and record.resolved_at:
        return State.RESOLVED
    return State.OPEN if record.assignee else State.NEW


def _ends(record: TicketRecord, state: State, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When it was resolved and closed, if its state says that it was; an end without a date is told as of now."""
    if state is State.RESOLVED:
        return record.resolved_at or record.closed_at or now, None
    if state is State.CLOSED:
        return record.resolved_at, record.closed_at or record.resolved_at or now
    return None, None


def _fields(record: TicketRecord, state: State, names: Names, only_client: str | None) -> dict[str, Any]:
    team = names.team(record.team, names.tier(record.tier) if record.tier else None)
    impact, urgency = record.impact or Impact.ONE, record.urgency or Urgency.HAMPERED
    begins = State.OPEN if state in (State.RESOLVED, State.CLOSED) else state
    fields: dict[str, Any] = {
        "subject": record.subject,
        "body": record.body,
        "state": str(begins),
        "team": team,
        "tier": names.tier_of(team),
        "assignee": names.person(record.assignee, team) if record.assignee else None,
        "priority": str(record.priority or priority_of(impact, urgency)),
        "impact": str(impact),
        "urgency": str(urgency),
        "client": names.client(record.client) if record.client else only_client,
        "contact": record.contact,
        "component": _component(record.component),
        "external": identity(record),
        "tags": list(record.tags),
    }
    if state is State.WAITING:
        until = iso(record.waiting_until) if record.waiting_until else None
        on = record.waiting_for.value if record.waiting_for else "requester"
        fields["waiting"] = {"for": on, "reason": record.waiting_reason or "", "until": until}
    return {name: value for name, value in fields.items() if value}


@lru_cache(_REMEMBERED)
def _component(name: str | None) -> str | None:
    """What a ticket is about, by a name of one line that it can keep."""
    return as_key(name or "") or None


def retell_case(history: CaseHistory, names: Names, only_client: str | None) -> list[Event]:
    """An opening, then one event for each row of the log, with what it changed."""
    first = history.events[0]
    fields = _told(first, names, only_client)
    standing = {**fields, "state": State.NEW.value, "waiting": None, "assignee": None}
    opening = {"subject": history.subject, "external": history.case, **standing}
    events = [Event(1, first.at, None, Kind.OPENED, public=True, after=_filled(opening))]
    for logged in history.events:
        told = _told(logged, names, only_client)
        after = _changes(standing, told)
        if logged is first and not after:
            continue  # the opening has said it all
        before = {name: standing[name] for name in after}
        who = names.person(logged.who, told["team"]) if logged.who else None
        responds = who is not None and told["assignee"] == who
        kind = _kind(before, after, told)
        events.append(Event(len(events) + 1, logged.at, who, kind, False, logged.text, before, after, responds))
        standing = told
    return events


def _changes(standing: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """What is different now; another wait is told with its state, as every wait is."""
    changes = {name: value for name, value in told.items() if value != standing[name]}
    return changes | {"state": told["state"]} if changes.get("waiting") else changes


def _told(logged: LogEvent, names: Names, only_client: str | None) -> dict[str, Any]:
    """How the ticket stands after a row, by the names that events use."""
    team = names.team(logged.team, logged.tier)
    impact = logged.impact or Impact.ONE
    on = logged.waiting_for if logged.state is State.WAITING else None
    return {
        "state": logged.state.value,
        "waiting": {"for": on.value, "reason": logged.text, "until": None} if on else None,
        "team": team,
        "tier": names.tier_of(team),
        "assignee": names.person(logged.assignee, team) if logged.assignee else None,
        "priority": (logged.priority or priority_of(impact, Urgency.HAMPERED)).value,
        "impact": impact.value,
        "component": _component(logged.component),
        "client": names.client(logged.client) if logged.client else only_client,
    }


_ENDINGS = {State.RESOLVED.value: Kind.RESOLVED, State.CLOSED.value: Kind.CLOSED, State.WAITING.value: Kind.WAITED}


def _kind(before: dict[str, Any], after: dict[str, Any], told: dict[str, Any]) -> Kind:
    """What a row of the log did above all: an end or a wait, then a move, a change of hands, a change of priority."""
    if after.get("state") in _ENDINGS:
        return _ENDINGS[after["state"]]
    if before.get("state") in (State.RESOLVED.value, State.CLOSED.value):
        return Kind.REOPENED
    if "team" in after:
        return Kind.MOVED
    if "waiting" in after:
        return Kind.RESUMED
    if "assignee" in after:
        return Kind.ASSIGNED if after["assignee"] is None else Kind.TAKEN
    if "priority" in after:
        return Kind.PRIORITISED
    # A row that changes nothing shows work, except where it only queues a ticket again.
    queued = told["assignee"] is None and told["state"] in (State.NEW.value, State.OPEN.value)
    return Kind.ASSIGNED if queued else Kind.LOGGED


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
