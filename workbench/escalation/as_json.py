"""Hand-offs, and forms as they stand, as JSON."""

from collections.abc import Sequence
from typing import Any, Final

from workbench.clock import iso
from workbench.escalation.around import Around
from workbench.escalation.forms import Outlook
from workbench.escalation.model import Handoff, Status
from workbench.escalation.reading import form_told

PREVIEW_KEYS: Final = frozenset(
    {
        *("handoff", "ref", "from", "status", "required", "filled", "missing", "warnings"),
        *("known_problems", "similar", "runbooks_not_tried", "owner", "suggested"),
    }
)
"""What a preview has besides the form; it may stand in a form that is sent, and then says nothing."""


def sent_told(handoff: Handoff, warnings: Sequence[str] = ()) -> dict[str, Any]:
    """What became of a form that was sent."""
    return {
        "handoff": handoff.number,
        "ref": handoff.ref,
        "from": handoff.source,
        "to": handoff.target,
        "direction": handoff.direction.value,
        "status": (Status.OWED if handoff.missing else Status.SENT).value,
        "required": handoff.required,
        "filled": handoff.required - len(handoff.missing),
        "missing": [row.value for row in handoff.missing],
        "warnings": list(warnings),
    }


def handoff_told(handoff: Handoff) -> dict[str, Any]:
    """One hand-off of a list; `missing` is what it still owes."""
    return {
        "handoff": handoff.number,
        "ref": handoff.ref,
        "from": handoff.source,
        "to": handoff.target,
        "person": handoff.person,
        "direction": handoff.direction.value,
        "by": handoff.by,
        "sent_at": iso(handoff.sent_at),
        "status": handoff.status.value,
        "code": handoff.code.value if handoff.code else None,
        "words": handoff.words,
        "missing": [row.value for row in handoff.owed],
        "ended_by": handoff.ended_by,
        "ended_at": iso(handoff.ended_at) if handoff.ended_at else None,
    }


def preview_told(outlook: Outlook, around: Around) -> dict[str, Any]:
    """A form as it stands and all that is shown beside it; it can be filled in and sent as it is."""
    proposal = outlook.proposal
    return form_told(outlook.form) | {
        "handoff": None,
        "ref": outlook.ticket.ref,
        "from": outlook.ticket.team,
        "status": None,
        "required": len(outlook.done.required),
        "filled": outlook.done.filled,
        "missing": [row.value for row in outlook.done.missing],
        "warnings": list(outlook.warnings),
        "known_problems": [{"problem": each.number, **_without(each, "number")} for each in around.problems],
        "similar": [each._asdict() for each in around.similar],
        "runbooks_not_tried": [each._asdict() for each in around.runbooks],
        "owner": around.owner,
        "suggested": {"direction": proposal.direction.value, "to": proposal.to or None, "because": proposal.because},
    }


def _without(known: Any, name: str) -> dict[str, Any]:
    return {key: value for key, value in known._asdict().items() if key != name}
