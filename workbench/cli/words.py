"""Tickets and queues in words for a terminal."""

from collections.abc import Sequence
from datetime import datetime

from workbench.cli.layout import cut, screen_width, table
from workbench.clock import stored
from workbench.desk import Desk
from workbench.duration import elapsed, short
from workbench.queues.model import Line, QueueCount
from workbench.tickets.clocks import Stage, Standing

_NAME_CELLS = 12
"""Cells that a person's name gets in a list."""


def since(at: str | datetime, now: datetime) -> str:
    """How long ago, at a glance: `12m`."""
    then = stored(at) if isinstance(at, str) else at
    return short(elapsed(then, now))


def clock_words(where: Standing, state: str, waiting_for: str | None) -> str:
    """The clock that runs out first: `12m left`, `3h over`, `4h left, vendor`, `waiting: vendor`, `resolved`."""
    if where.stage is Stage.DONE:
        return state
    if where.stage is Stage.PAUSED:
        return f"waiting: {waiting_for}"
    if where.remaining_s is None:
        return "no target"
    for_whom = f", {waiting_for}" if waiting_for else ""  # the update clock runs on while others are waited for
    return f"{short(where.remaining_s)} {'left' if where.remaining_s > 0 else 'over'}{for_whom}"


def lines_told(desk: Desk, lines: Sequence[Line]) -> list[str]:
    """Tickets as a table that fits the screen: number, priority, clock, age, who has it, subject."""
    now = desk.now()
    rows = [("#", "P", "CLOCK", "AGE", "WHO", "SUBJECT")]
    for line in lines:
        where = desk.queues.standing(line, now)
        clock = clock_words(where, line.state, line.waiting_for)
        if line.unaccepted and where.stage is Stage.LATE:
            clock = f"{clock}, unaccepted"
        who = cut(line.assignee, _NAME_CELLS) if line.assignee else "-"
        rows.append((f"#{line.ref}", line.priority, clock, since(line.opened_at, now), who, line.subject))
    return table(rows, right=frozenset({0, 3}), flexible=5, width=screen_width())


def counts_told(counts: Sequence[QueueCount], now: datetime) -> list[str]:
    """Queues with their aging as a table that fits the screen."""
    shown = (Stage.FRESH, Stage.AGING, Stage.DUE, Stage.LATE, Stage.PAUSED)
    rows = [("QUEUE", "OPEN", *(stage.upper() for stage in shown), "FREE", "GRAVE", "OLDEST")]
    for total in counts:
        oldest = since(total.oldest_at, now) if total.oldest_at else "-"
        numbers = (total.open, *(total.stages[stage] for stage in shown), total.unassigned, total.graveyard)
        rows.append((total.queue.name, *map(str, numbers), oldest))
    return table(rows, right=frozenset(range(1, 10)), flexible=0, width=screen_width())
