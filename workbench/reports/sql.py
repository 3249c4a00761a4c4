"""What belongs to a period and a scope, as SQL over the rows that each ticket's events leave behind.

The parameters are `:from` and `:to`, of which the latter is the moment; those of the scope; and `:first`, `:second` and
`:third`, the tiers L1 to L3, and `:alone`, the way of a ticket that was only at the first.
"""

from typing import Any, Final

from workbench.clock import iso
from workbench.reports.model import Question, Scope
from workbench.tickets.rows import as_json

_OF_TICKET: Final = {
    "client": "(SELECT client FROM ticket WHERE id = {ref}) = :client",
    "component": "(SELECT component FROM ticket WHERE id = {ref}) = :component",
}
_BEEN_WITH: Final = _OF_TICKET | {
    "team": "EXISTS (SELECT 1 FROM stay WHERE ticket_id = {ref} AND entered_at < :to AND team = :team)",
    "tier": "EXISTS (SELECT 1 FROM stay WHERE ticket_id = {ref} AND entered_at < :to AND tier = :tier)",
}
_OWED: Final = _OF_TICKET | {
    "team": "team = :team",
    "tier": "(SELECT tier FROM stay WHERE ticket_id = {ref} AND seq = 1) = :tier",
}
_SENT_BY: Final = _OF_TICKET | {
    "team": "from_team = :team",
    "tier": "(SELECT tier FROM stay WHERE ticket_id = {ref} AND stay.seq < handoff.seq ORDER BY stay.seq DESC LIMIT 1)"
    " = :tier",
}
_ARRIVED: Final = _OF_TICKET | {
    "team": "EXISTS (SELECT 1 FROM stay WHERE ticket_id = {ref} AND stay.seq <= new.seq AND team = :team)",
    "tier": "EXISTS (SELECT 1 FROM stay WHERE ticket_id = {ref} AND stay.seq <= new.seq AND tier = :tier)",
}

RESOLVED: Final = "at >= :from AND at < :to AND since < :to AND (until IS NULL OR until >= :to)"
"""Resolved or closed at the moment, the last resolve in the period; one row of `resolution` for each such ticket."""

OPENED: Final = "opened_at >= :from AND opened_at < :to"
"""Of `first_response`."""

MET: Final = "missed_at IS NULL AND answered_at < :to"
"""The first respond clock was met by the moment."""

MISSED: Final = "missed_at <= :to"
"""It had run out by the moment, answered later or never."""

SENT: Final = "sent_at >= :from AND sent_at < :to AND status <> 'withdrawn'"
"""Of `handoff`; what the sender took back was never sent."""

COMPLETE: Final = "missing = '[]'"
"""No required field was missing when it was sent."""

RETURNED: Final = "status = 'returned' AND ended_at < :to"
"""It had come back by the moment."""

_PREVIOUS: Final = "(SELECT max(seq) FROM stay WHERE ticket_id = new.ticket_id AND seq < new.seq)"
"""The number of the stay before `stay AS new`."""

OLD: Final = f"JOIN stay AS old ON old.ticket_id = new.ticket_id AND old.seq = {_PREVIOUS}"
"""That stay, as `old`; with CROSS before it SQLite looks it up after whatever stands before."""

ARRIVED: Final = f"""
    new.tier = :third AND new.entered_at >= :from AND new.entered_at < :to AND NOT EXISTS (
        SELECT 1 FROM stay AS old WHERE old.ticket_id = new.ticket_id AND old.tier = new.tier AND old.seq = {_PREVIOUS}
    )
"""
"""Of `stay AS new`: it came to L3 from another tier, or was opened there; not from one team of L3 to another."""

_CAME: Final = "new.tier IN (SELECT name FROM tier) AND new.entered_at >= :from AND new.entered_at < :to"
"""Named by tier, so that the index of arrivals finds them."""

ALONE: Final = "path = :alone"
"""Of `resolution`: it was never anywhere but at L1."""

ESCALATED: Final = "json_array_length(path) > 1"
"""Of `resolution`: it was at more than one tier."""

REPEATED: Final = """
    EXISTS (
        SELECT 1 FROM problem_match JOIN problem ON problem.id = problem
        WHERE ticket_id = new.ticket_id AND created_at <= new.entered_at AND problem_match.at < :to
        AND (problem_match.until IS NULL OR problem_match.until >= :to)
    )
"""
"""It matches at the moment a problem that was known when it arrived."""


def resolved(scope: Scope) -> str:
    """Condition on `resolution`."""
    return f"{RESOLVED}{_within(scope, _BEEN_WITH, 'resolution.ticket_id')}"


def opened(scope: Scope) -> str:
    """Condition on `first_response`."""
    return f"{OPENED}{_within(scope, _OWED, 'first_response.ticket_id')}"


def sent(scope: Scope) -> str:
    """Condition on `handoff`."""
    return f"{SENT}{_within(scope, _SENT_BY, 'handoff.ticket_id')}"


def arrived(scope: Scope) -> str:
    """Condition on `stay AS new`."""
    return f"{ARRIVED}{_within(scope, _ARRIVED, 'new.ticket_id')}"


def came(scope: Scope, *, by_hop: bool = False) -> str:
    """Stays that began in the period, by ticket and number, as a table for a FROM; the first of a ticket is no hop.

    In the order of the tables that are looked into with them, which takes a third of the time of the order of arrivals;
    the limit keeps SQLite from leaving the order out.
    """
    within = _within(scope, _ARRIVED, "new.ticket_id") + " AND new.seq > 1" * by_hop
    return f"(SELECT ticket_id, seq FROM stay AS new WHERE {_CAME}{within} ORDER BY ticket_id, seq LIMIT -1)"


def done(scope: Scope) -> str:
    """Resolved tickets and who resolved each, as a table for a FROM; in order for the same reason."""
    return f"(SELECT ticket_id, who FROM resolution WHERE {resolved(scope)} ORDER BY ticket_id LIMIT -1)"


def sent_by(scope: Scope) -> str:
    """Condition on `handoff`, whenever it was sent; it begins with AND unless everybody's tickets count."""
    return _within(scope, _SENT_BY, "handoff.ticket_id")


def about(scope: Scope, ref: str) -> str:
    """Condition on whatever names a ticket by `ref`; it begins with AND unless everybody's tickets count."""
    return _within(scope, _BEEN_WITH, ref)


def parameters(asked: Question) -> dict[str, Any]:
    """What these conditions go by."""
    period, ladder = asked.period, asked.ladder
    moments = {"from": iso(period.start), "to": iso(period.end)}
    tiers = {"first": ladder.first, "second": ladder.second, "third": ladder.third, "alone": as_json([ladder.first])}
    return moments | tiers | asked.scope._asdict()


def _within(scope: Scope, conditions: dict[str, str], ref: str) -> str:
    wanted = [name for name, value in scope._asdict().items() if value is not None]
    return "".join(f" AND {conditions[name].format(ref=ref)}" for name in wanted)
