"""Whose a ticket is, in a line beside it."""

from workbench.ownership.card import Card
from workbench.ownership.guessing import guess
from workbench.ownership.model import SeamState, Status
from workbench.ownership.service import OwnershipService
from workbench.ownership.words import MODELS, NOBODY
from workbench.tickets.model import Hint, Ticket


def hints(ownership: OwnershipService, ticket: Ticket) -> list[Hint]:
    """The owner of what the ticket is about, or of the surest that it names; none where it names nothing known."""
    if not ticket.unresolved:
        return []
    cards = guess(ownership, ticket, limit=1).cards
    return [_hint(cards[0])] if cards else []


def _hint(card: Card) -> Hint:
    whose = f"{card.component.slug}: {_owner(card)}{_seams(card)}"
    return Hint("Owner", whose, "o", pressing=card.status in (Status.UNOWNED, Status.DISPUTED))


def _owner(card: Card) -> str:
    if card.status is Status.UNOWNED:
        return f"? {NOBODY} owns it"
    if card.status is Status.DISPUTED:
        return f"≠ disputed by {' and '.join(card.owners)}"
    team = card.team
    named = f"{team.name} ({MODELS[team.support_model].partition(':')[0]})" if team else card.owners[0]
    return f"{named} ~ stale" if card.status is Status.STALE else named


def _seams(card: Card) -> str:
    """The open seams of what it needs: where nobody leads, a ticket goes to and fro."""
    teams = dict.fromkeys(each.owners[0] for each in card.needs if each.seam is SeamState.OPEN)
    return "".join(f" ⇄ {team}: open seam" for team in teams)
