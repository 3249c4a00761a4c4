"""What a ticket's row says at the moment `:now`, as SQL.

`:closes` is `:now` less the time from resolving to closing, `:closing` that time as SQLite adds it.
"""

from datetime import datetime
from typing import Any, Final

from workbench.clock import NEVER, iso
from workbench.tickets.clocks import Thresholds

STATE: Final = """CASE
    WHEN state = 'waiting' AND wakes_at <= :now THEN 'open'
    WHEN state = 'resolved' AND resolved_at <= :closes THEN 'closed'
    ELSE state END"""
"""The state, with the wake-up or the closing that time alone has brought."""

CLOSED_AT: Final = """CASE
    WHEN state = 'resolved' AND resolved_at <= :closes THEN strftime('%Y-%m-%dT%H:%M:%SZ', resolved_at, :closing)
    ELSE closed_at END"""
"""When it was closed, by somebody or by time alone."""

DUE: Final = "CASE WHEN wakes_at <= :now THEN woken_due_at ELSE due_at END"
"""When the running clock that runs out first does so."""

STAGE: Final = """CASE
    WHEN live = 0 THEN 'done'
    WHEN wakes_at <= :now THEN CASE
        WHEN woken_ticking = 0 THEN 'none'
        WHEN woken_due_at <= :now THEN 'late'
        WHEN woken_soon_at <= :now THEN 'due'
        WHEN woken_aging_at <= :now THEN 'aging'
        ELSE 'fresh' END
    WHEN ticking = 0 THEN CASE state WHEN 'waiting' THEN 'paused' ELSE 'none' END
    WHEN due_at <= :now THEN 'late'
    WHEN soon_at <= :now THEN 'due'
    WHEN aging_at <= :now THEN 'aging'
    ELSE 'fresh' END"""
"""How far that clock has come."""

WAITS: Final = "state = 'waiting' AND (wakes_at IS NULL OR wakes_at > :now)"
"""Whether it waits for somebody and its wake-up, if it has one, is still to come."""

COUNTED: Final = f"""({STAGE}) || '/' || iif({WAITS}, 'w', '')
    || iif(stale_at <= :now, 's', '') || iif(grave_at <= :now, 'g', '')"""
"""How the tally counts it: stage, then w waiting, s stale, g graveyard."""

_INSTANTS = (
    "aging_at",
    "soon_at",
    "due_at",
    "woken_aging_at",
    "woken_soon_at",
    "woken_due_at",
    "coalesce(wakes_at, '')",
    "stale_at",
    "grave_at",
)
_TO_COME = [f"iif({at} > :now, {at}, '{NEVER}')" for at in _INSTANTS]

TURNS: Final = f"min({', '.join(_TO_COME)})"
"""From when on time alone makes `COUNTED` another."""


def moment_parameters(now: datetime, limits: Thresholds) -> dict[str, Any]:
    """The parameters that these expressions take."""
    closing = f"+{limits.close_after.total_seconds():.0f} seconds"
    return {"now": iso(now), "closes": iso(now - limits.close_after), "closing": closing}
