"""Forms that are complete, for tests of what becomes of a hand-off."""

from typing import Any

from tests.support.offices import HOSTILE, Office
from workbench.errors import FileProblem
from workbench.escalation.model import Handoff

L2: dict[str, Any] = {
    "to": "second-line",
    "summary": HOSTILE[1],
    "reason": {"category": "no_runbook", "words": "none [fits]"},
    "steps": [{"what": "restarted", "outcome": "failed", "note": "[/b] no change"}],
    "diagnostics": [{"what": "load", "value": "9", "at": "14:05"}],
}
"""All that the second line requires."""
SWARM: dict[str, Any] = L2 | {
    "to": "",
    "direction": "swarm",
    "components": ["web01", "mail"],
    "lead": "omar",
    "reason": {"category": "cross_system", "words": "nobody [owns] both"},
}
"""All that a swarm requires, with omar as its driver."""


def send(office: Office, ref: int, told: dict[str, Any], who: str = "maya") -> Handoff:
    """Hands that ticket off."""
    service = office.desk(who).escalation
    return service.send(ref, service.forms.read(ref, told))


def broken(*_: object, **named: object) -> Any:
    """Stands in for what reads the file: it cannot."""
    raise FileProblem("the file is [b] broken", "take a copy")
