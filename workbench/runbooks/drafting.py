"""The first draft of a runbook, made of what a ticket has told, to be gone over by who knows more."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from workbench.text import in_short, storable
from workbench.tickets.messages import told_message
from workbench.tickets.model import Event, Ticket
from workbench.tickets.replay import standing_events
from workbench.tickets.vocabulary import Kind

MOST_STEPS: Final = 20
"""Steps of a draft; of more notes the latest are taken, since they led to the fix."""
_LONGEST: Final = 500
"""Characters of a step or of the symptom; a runbook is no diary."""


def runbook_draft(ticket: Ticket, events: Sequence[Event]) -> str:
    """The text of a runbook for the next ticket of this kind, to be gone over by somebody who knows more.

    Its steps are the notes of those who worked on the ticket, the steps of runs that were done, what a swarm wrote
    down, and the fix.
    """
    standing = standing_events(events)
    message = told_message(standing)
    steps = list(_steps(standing))[-MOST_STEPS:] or ["**What to do first.** Where, and why."]
    resolved = [event for event in standing if event.kind is Kind.RESOLVED]
    fix, cause = (str(resolved[-1].after.get(name) or "") if resolved else "" for name in ("fix", "cause"))
    if fix.strip():
        steps.append(f"**{_short(fix)}**")
    lines = [
        "---",
        f"title: {json.dumps(_short(ticket.subject) or 'No title', ensure_ascii=False)}",
        "tags: []",
        f"components: {_listed(ticket.component)}",
        f"signatures: {_listed(message.text if message else None)}",
        "tier: L1",
        f"owner: {json.dumps(ticket.team)}",
        "---",
        "",
        f"Made of #{ticket.ref}. When to use this, in the requester's words:",
        "",
        f"> {_short(ticket.body or ticket.subject)}",
        "",
        *((f"Cause: {_short(cause)}", "") if cause.strip() else ()),
        "## Steps",
        "",
        *(line for number, step in enumerate(steps, 1) for line in (f"{number}. {step}", "")),
    ]
    return storable("\n".join(lines))


def _steps(events: Sequence[Event]) -> Iterator[str]:
    """What was noted and done, a line each."""
    return (_short(event.text) for before, event in pairwise(events) if _is_step(before, event))


def _is_step(before: Event, event: Event) -> bool:
    """Whether it tells something done; the note that a run leaves tells its steps a second time."""
    if event.kind is Kind.STEPPED:
        return bool(event.after["run"]["did"] == "done")
    if event.kind in (Kind.SWARM_LOGGED, Kind.SWARM_CLOSED):
        return True
    return event.kind is Kind.NOTED and not event.after and before.kind is not Kind.RUN


def _listed(text: str | None) -> str:
    return json.dumps([_short(text)] if text else [], ensure_ascii=False)


def _short(text: str) -> str:
    """The text on a line, so that nothing in it begins a structure of its own."""
    return in_short(text, _LONGEST)
