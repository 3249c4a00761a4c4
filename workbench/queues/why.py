"""In a sentence, why a ticket stands where it stands."""

from datetime import datetime
from zoneinfo import ZoneInfo

from workbench.duration import elapsed, short
from workbench.tickets.clocks import Stage, Thresholds, graveyard_at, leading, moment_of, stale_at, standing
from workbench.tickets.model import ClockState, Ticket, Waiting
from workbench.tickets.vocabulary import WaitingFor


def why(ticket: Ticket, now: datetime, limits: Thresholds, zone: str) -> str:
    """The clock that rules its place, what is used and what stood still, and what else marks it; times as in `zone`."""
    if not ticket.unresolved:
        return f"#{ticket.ref} is {ticket.state}: it stands in no queue."
    now = moment_of(ticket, now)
    lead = leading(ticket.clocks, now)
    parts = [_clock(ticket, lead, now, limits, zone), _having(ticket)]
    parts += _marks(ticket, now, limits)
    return f"#{ticket.ref} {'; '.join(part for part in parts if part)}."


def _clock(ticket: Ticket, lead: ClockState | None, now: datetime, limits: Thresholds, zone: str) -> str:
    waits = _waits(ticket.waiting, zone) if ticket.waiting else ""
    besides = f"{waits} and " if waits else ""
    if lead is None or lead.target_s is None:
        behind = "so it stands after those that have one, by priority and age"
        return f"{besides}has no running clock at {ticket.tier}, {behind}"
    told = standing(ticket.state, lead, now, limits)
    clock = f"{lead.name} clock of {ticket.tier}, {ticket.priority}"
    spent = f"{clock}: {_about(lead.target_s)}, {_about(lead.used(now))} used{_paused(lead)}"
    if told.stage is Stage.PAUSED:
        return f"{waits}: {spent}"
    left = told.remaining_s or 0
    return f"{besides}is {_STAGES[told.stage]}: {spent}, {_about(abs(left))} {'left' if left > 0 else 'over'}"


def _waits(waiting: Waiting, zone: str) -> str:
    until = f" until {waiting.until.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}" if waiting.until else ""
    return f"waits for {_WHOM[waiting.on]}{until} ({waiting.reason})"


def _paused(lead: ClockState) -> str:
    if not lead.paused_s:
        return ""
    return f", {_about(lead.paused_s)} paused for {' and '.join(_WHOM[on] for on, _ in lead.paused_for)}"


def _having(ticket: Ticket) -> str:
    return f"{ticket.assignee} has it" if ticket.assignee else "nobody has it"


def _marks(ticket: Ticket, now: datetime, limits: Thresholds) -> list[str]:
    marks = []
    if ticket.bounces:
        marks.append(
            f"it came back {ticket.bounces} times in {ticket.hops} hops" if ticket.bounces > 1 else "it came back once"
        )
    if graveyard_at(ticket.opened_at, ticket.touched_at, limits) <= now:
        marks.append(f"it lies in the graveyard, open for {short(elapsed(ticket.opened_at, now))}")
    if stale_at(ticket, limits) <= now:
        marks.append(f"nobody has touched it for {short(elapsed(ticket.touched_at, now))}")
    return marks


_STAGES = {Stage.FRESH: "fresh", Stage.AGING: "aging", Stage.DUE: "due soon", Stage.LATE: "late"}
_WHOM = {
    WaitingFor.REQUESTER: "the requester",
    WaitingFor.VENDOR: "vendor",
    WaitingFor.CHANGE: "a change window",
    WaitingFor.TICKET: "another ticket",
}


def _about(seconds: int) -> str:
    """Minutes where they matter, else hours and minutes, else days and hours: `27 min`, `2 h 5 min`, `3 d 4 h`."""
    minutes = seconds // 60
    if seconds < 60:
        return f"{seconds} s"
    if minutes < 120:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, rest = divmod(hours, 24)
    return f"{days} d {rest} h" if rest else f"{days} d"
