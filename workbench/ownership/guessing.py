"""What a ticket may be about: its component where that is known, and whatever its words name."""

from dataclasses import replace
from typing import Final

from workbench.errors import Refused
from workbench.ownership.matching.findings import Answer, Match
from workbench.ownership.model import Component
from workbench.ownership.service import Looked, OwnershipService
from workbench.tickets.model import Ticket

GUESSES: Final = 5
"""Components that a guess names at most."""
SURE: Final = frozenset({"host", "url", "path", "signature", "alias", "name"})
"""How a component must have been found for a guess to stand where nobody asked; a misspelt name may be any word."""


def guess(ownership: OwnershipService, ticket: Ticket, limit: int = GUESSES) -> Looked:
    """The components that a ticket names, its own first; what only looks like a name is left out."""
    text = "\n".join(filter(None, (ticket.component, ticket.subject, ticket.body)))
    looked = ownership.lookup(text, limit)
    sure = [(answer, card) for answer, card in zip(looked.found.answers, looked.cards, strict=True) if _sure(answer)]
    own = _own(ownership, ticket)
    if own is not None:
        rest = [pair for pair in sure if pair[0].component != own.slug]
        match = Match("name", ticket.component or own.slug, 1.0, own.slug)
        sure = [(Answer(own.slug, match), ownership.card(own.slug)), *rest[: limit - 1]]
    found = replace(looked.found, answers=[answer for answer, _ in sure])
    return Looked(found, [card for _, card in sure])


def _own(ownership: OwnershipService, ticket: Ticket) -> Component | None:
    try:
        return ownership.find(ticket.component) if ticket.component else None
    except Refused:  # an alias of several, none of which can be preferred
        return None


def _sure(answer: Answer) -> bool:
    return answer.match.how in SURE
