"""Queues and their lines as JSON tells them."""

import json
from datetime import datetime
from typing import Any

from workbench.clock import stored
from workbench.duration import elapsed
from workbench.queues.model import Line, QueueCount
from workbench.tickets.as_json import instant_told
from workbench.tickets.clocks import Stage, Standing


def queue_told(total: QueueCount, now: datetime) -> dict[str, Any]:
    """How full a queue is; the stages and those without a clock add up to `open`."""
    return {
        "name": total.queue.name,
        "kind": total.queue.kind,
        "open": total.open,
        "fresh": total.stages[Stage.FRESH],
        "aging": total.stages[Stage.AGING],
        "due": total.stages[Stage.DUE],
        "late": total.stages[Stage.LATE],
        "paused": total.stages[Stage.PAUSED],
        "none": total.stages[Stage.NONE],
        "unassigned": total.unassigned,
        "graveyard": total.graveyard,
        "oldest_s": elapsed(total.oldest_at, now) if total.oldest_at else None,
    }


def line_told(line: Line, where: Standing, now: datetime) -> dict[str, Any]:
    """A ticket without its body, clocks and timeline."""
    waiting = None
    if line.waiting_for:
        waiting = {"for": line.waiting_for, "reason": line.waiting_reason, "until": line.wakes_at}
    return {
        "ref": line.ref,
        "external": line.external,
        "subject": line.subject,
        "state": line.state,
        "waiting": waiting,
        "tier": line.tier,
        "team": line.team,
        "assignee": line.assignee,
        "priority": line.priority,
        "impact": line.impact,
        "urgency": line.urgency,
        "client": line.client,
        "contact": line.contact,
        "component": line.component,
        "tags": json.loads(line.tags),
        "opened_at": line.opened_at,
        "resolved_at": line.resolved_at,
        "closed_at": line.closed_at,
        "stage": where.stage.value,
        "clock": where.clock,
        "due_at": instant_told(where.due_at),
        "used": where.used,
        "remaining_s": where.remaining_s,
        "age_s": elapsed(stored(line.opened_at), now),
        "age_in_queue_s": elapsed(stored(line.arrived_at), now),
        "age_since_progress_s": elapsed(stored(line.progress_at), now),
        "untouched_s": elapsed(stored(line.touched_at), now),
        "unanswered_since": line.unanswered_since,
        "hops": line.hops,
        "bounces": line.bounces,
        "reopens": line.reopens,
        "version": line.version,
    }
