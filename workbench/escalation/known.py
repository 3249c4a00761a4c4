"""What a ticket's own words already say of its hand-off, so that nobody has to type it again."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.escalation.model import Form
from workbench.tickets.messages import told_message
from workbench.tickets.model import Event, Ticket


def from_ticket(ticket: Ticket, events: Sequence[Event], earlier: Form | None = None) -> Form:
    """The form as the ticket fills it, over what its last hand-off said: how hard it hits, whom, and the error."""
    form = replace(earlier, direction=None, to="", why_up="", category=None, words="", lead="") if earlier else Form()
    found = told_message(events)
    return replace(
        form,
        impact=ticket.impact.value,
        urgency=ticket.urgency.value,
        account=form.account or (ticket.contact or ""),
        error_message=form.error_message or (found.text if found else ""),
        error_at=form.error_at or (found.at if found else ""),
        components=form.components or ((ticket.component,) if ticket.component else ()),
    )
