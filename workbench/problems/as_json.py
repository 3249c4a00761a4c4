"""Problems as JSON."""

from datetime import datetime
from typing import Any

from workbench.clock import iso
from workbench.problems.model import Problem
from workbench.problems.store import Counts, LinkedTicket


def problem_told(problem: Problem, counts: Counts | None, now: datetime) -> dict[str, Any]:
    """A problem with how many tickets it has."""
    linked, unresolved, matching = counts or (0, 0, 0)
    return {
        "problem": problem.number,
        "title": problem.title,
        "state": problem.seen(now).value,
        "rule": {
            "words": list(problem.rule.words),
            "signature": problem.rule.signature or None,
            "component": problem.rule.component or None,
            "pattern": problem.rule.pattern or None,
        },
        "cause": problem.cause or None,
        "workaround": problem.workaround or None,
        "answer": problem.answer or None,
        "root_cause": problem.root_cause or None,
        "permanent_fix": problem.permanent_fix or None,
        "expected_at": iso(problem.expected_at) if problem.expected_at else None,
        "fixed_at": iso(problem.fixed_at) if problem.fixed_at else None,
        "created_at": iso(problem.created_at),
        "created_by": problem.created_by,
        "linked": linked,
        "unresolved": unresolved,
        "matching": matching,
    }


def linked_told(ticket: LinkedTicket) -> dict[str, Any]:
    """A ticket of a problem."""
    return {"ref": ticket.ref, "subject": ticket.subject, "state": ticket.state.value}
