"""First drafts, made of what a ticket has told: of a runbook and of a problem, to be gone over by who knows more."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from workbench.escalation.known import error_message
from workbench.search.words import words as words_of
from workbench.text import one_line, storable
from workbench.tickets.model import Event, Ticket
from workbench.tickets.replay import standing_events
from workbench.tickets.vocabulary import Kind

MOST_STEPS: Final = 20
"""Steps of a draft; of more notes the latest are taken, since they led to the fix."""
RULE_WORDS: Final = 2
"""Words of a subject by which the next ticket of its kind is recognised, until somebody says it better."""
_LONGEST: Final = 500
"""Characters of a step or of the symptom; a runbook is no diary."""
_TOLD: Final = frozenset({Kind.OPENED, Kind.REPLIED, Kind.NOTED, Kind.COMMENTED})


def runbook_draft(ticket: Ticket, events: Sequence[Event]) -> str:
    """The text of a runbook for the next ticket of this kind, to be gone over by somebody who knows more.

    Its steps are the notes of those who worked on the ticket, the steps of runs that were done, what a swarm wrote
    down, and the fix.
    """
    standing = standing_events(events)
    message = error_message(event.text for event in standing if event.kind in _TOLD)
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


def problem_draft(ticket: Ticket, events: Sequence[Event], cause: str, fix: str) -> dict[str, str]:
    """What a box of a problem begins with, by the names of its fields; what has fixed this one is a way round the next.

    Its rule is the error message, else the longest words of the subject, which tell the most, of the same component.
    """
    message = error_message(event.text for event in standing_events(events) if event.kind in _TOLD)
    words = [] if message else sorted(dict.fromkeys(words_of(ticket.subject)), key=len)[-RULE_WORDS:]
    return {
        "title": _short(ticket.subject),
        "words": ", ".join(words),
        "signature": _short(message.text) if message else "",
        "component": ticket.component or "",
        "cause": cause,
        "workaround": fix,
    }


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
    """The text on one line, cut, with nothing that would begin a structure of its own."""
    flat = one_line(" ".join(text.split()))
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
