"""What time alone brings about: the stage a ticket has reached at a moment, its wake-up, its closing."""

import math
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from workbench.tickets.model import ClockState, Ticket
from workbench.tickets.vocabulary import UNRESOLVED, State


class Stage(StrEnum):
    """How far the clock that runs out first has come."""

    FRESH = "fresh"
    AGING = "aging"
    DUE = "due"
    LATE = "late"
    PAUSED = "paused"
    NONE = "none"
    DONE = "done"


class Thresholds(NamedTuple):
    """The numbers of DOMAIN.md that the setup may change; shares are of a clock's target."""

    aging_share: float = 0.5
    due_share: float = 0.8
    stale_after: timedelta = timedelta(days=7)
    graveyard_after_open: timedelta = timedelta(days=90)
    graveyard_after_untouched: timedelta = timedelta(days=30)
    close_after: timedelta = timedelta(days=7)


class Standing(NamedTuple):
    """Where a ticket stands at a moment; `used` is a share of the target (past 1 when late)."""

    stage: Stage
    clock: str | None = None
    due_at: datetime | None = None
    used: float | None = None
    remaining_s: int | None = None


def moment_of(ticket: Ticket, now: datetime) -> datetime:
    """The present moment of a ticket: while the machine's clock is behind its history, its time stands still."""
    return max(now, ticket.touched_at)


def seen(ticket: Ticket, now: datetime, limits: Thresholds) -> Ticket:
    """The ticket as it is at `now`: a wake-up that has passed has opened it, seven days have closed it."""
    if ticket.state is State.WAITING and ticket.waiting and ticket.waiting.until and ticket.waiting.until <= now:
        return ticket._replace(state=State.OPEN, waiting=None)
    if ticket.state is State.RESOLVED and ticket.resolved_at and ticket.resolved_at + limits.close_after <= now:
        return ticket._replace(state=State.CLOSED, closed_at=ticket.resolved_at + limits.close_after)
    return ticket


def threshold(target_s: int, share: float) -> int:
    """The used seconds from which on `share` of the target is reached."""
    return math.ceil(target_s * share - 1e-9)


def leading(clocks: tuple[ClockState, ...], now: datetime) -> ClockState | None:
    """The running clock that runs out first; where none runs, the one with the least left; None without a target."""
    timed = [clock for clock in clocks if clock.target_s is not None and not clock.answered]
    running = [clock for clock in timed if clock.since is not None and clock.since <= now]
    if running:
        return min(running, key=lambda clock: clock.due_at() or _NEVER)
    return min(timed, key=lambda clock: (clock.target_s or 0) - clock.used_s, default=None)


def standing(state: State, lead: ClockState | None, now: datetime, limits: Thresholds) -> Standing:
    """The stage and figures of the leading clock; `state` is the one seen at `now`."""
    if lead is None or lead.target_s is None:
        return Standing(_without_clock(state))
    used = lead.used(now)
    running = lead.running(now) and state in UNRESOLVED
    stage = stage_of(used, lead.target_s, limits) if running else _without_clock(state)
    return Standing(
        stage,
        lead.name,
        lead.due_at() if running else None,
        used / lead.target_s if lead.target_s else 1.0,
        lead.target_s - used,
    )


def stage_of(used_s: int, target_s: int, limits: Thresholds) -> Stage:
    """fresh < 50 %, aging < 80 %, due < 100 %, late from 100 % on."""
    if used_s >= target_s:
        return Stage.LATE
    if used_s >= threshold(target_s, limits.due_share):
        return Stage.DUE
    if used_s >= threshold(target_s, limits.aging_share):
        return Stage.AGING
    return Stage.FRESH


def clock_word(clock: ClockState, state: State, now: datetime) -> str:
    """`running`, `paused`, `met`, `missed` or `none`, as `ticket show` prints it.

    `paused` is also the word for a respond clock that nobody had answered when the ticket was done.
    """
    used = clock.used(now)
    if state in UNRESOLVED and clock.target_s is not None and not clock.answered and used < clock.target_s:
        return "running" if clock.running(now) else "paused"
    return outcome_word(clock.name, clock.target_s, used, answered=clock.answered)


def outcome_word(name: str, target_s: int | None, used_s: int, *, answered: bool) -> str:
    """`met`, `missed`, `paused` or `none`: how a clock has ended that has used so many seconds.

    Resolving in time meets every clock but respond: what nobody answered only stands still, and counts as neither.
    """
    if target_s is None:
        return "none"
    if used_s >= target_s:
        return "missed"
    return "met" if answered or name != "respond" else "paused"


def stale_at(ticket: Ticket, limits: Thresholds) -> datetime:
    """From when on an unresolved ticket is stale if nobody touches it."""
    untouched = ticket.touched_at + limits.stale_after
    wakes = ticket.waiting.until if ticket.waiting else None
    return max(untouched, wakes) if wakes else untouched


def graveyard_at(opened_at: datetime, touched_at: datetime, limits: Thresholds) -> datetime:
    """From when on an unresolved ticket lies in the graveyard if nobody touches it."""
    return min(opened_at + limits.graveyard_after_open, touched_at + limits.graveyard_after_untouched)


def _without_clock(state: State) -> Stage:
    if state not in UNRESOLVED:
        return Stage.DONE
    return Stage.PAUSED if state is State.WAITING else Stage.NONE


_NEVER: Final = datetime.max.replace(tzinfo=UTC)
