"""What was learned from a ticket, as a draft of the runbook by which the first line does it next time."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from workbench.escalation.known import error_message
from workbench.runbooks.runs.model import Did
from workbench.runbooks.runs.telling import FIELD
from workbench.tickets.model import Event, Kind, Ticket
from workbench.tickets.replay import standing_events

_TOLD: Final = frozenset({Kind.OPENED, Kind.REPLIED})
_DONE: Final = frozenset({Kind.NOTED, Kind.STEPPED, Kind.SWARM_LOGGED, Kind.SWARM_CLOSED})
LONGEST: Final = 2_000
"""Characters of one event that go into the draft; whoever writes it shortens further."""


def runbook_draft(ticket: Ticket, events: Sequence[Event]) -> str:
    """A runbook's page, to be put right by hand: the symptom, the signature, the steps that worked, the fix last.

    A step that was taken back, that failed or that was skipped is left out.
    """
    return "\n".join(_lines(ticket, standing_events(events))).rstrip() + "\n"


def _lines(ticket: Ticket, events: Sequence[Event]) -> Iterator[str]:
    found = error_message(event.text for event in events if event.kind in _TOLD | {Kind.COMMENTED, Kind.NOTED})
    yield "---"
    yield f"title: {_quoted(ticket.subject)}"
    if ticket.component:
        yield f"components: [{_quoted(ticket.component)}]"
    if found is not None:
        yield f"signatures: [{_quoted(found.text)}]"
    yield from ("---", "", "## Symptom", "")
    yield _indented(next((event.text for event in events if event.kind is Kind.OPENED), "")) or _flat(ticket.subject)
    yield from ("", "## Steps", "")
    yield from (f"{number}. {step}" for number, step in enumerate(_steps(events), 1))


def _steps(events: Iterable[Event]) -> Iterator[str]:
    """What worked, in order; the fix of the last resolve closes the list."""
    fix = cause = ""
    for event in events:
        did = event.after.get(FIELD, {}).get("did", Did.DONE.value)
        if event.kind in _DONE and event.text.strip() and did in (Did.DONE.value, Did.NOTED.value):
            yield _flat(event.text)
        elif event.kind is Kind.RESOLVED:
            fix, cause = _flat(event.text), _flat(str(event.after.get("cause", "")))
    if cause:
        yield f"Check whether this is the cause: {cause}"
    yield fix or "…"


def _quoted(text: str) -> str:
    """The text as a quoted scalar of YAML on one line, whatever stands in it."""
    escaped = _flat(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _flat(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))[:LONGEST]


def _indented(text: str) -> str:
    """The text as a block of code, so that nothing in it is taken for a heading or a step."""
    return "\n".join(f"    {_flat(line)}" for line in text.strip().splitlines()[:20])
