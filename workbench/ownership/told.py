"""Components, seams and what is known of them as JSON tells them; no key is ever left out."""

from typing import Any

from workbench.clock import iso
from workbench.ownership.card import Card, Neighbour, Reach


def card_told(card: Card) -> dict[str, Any]:
    """A component as `owner` and `owners` tell it; how a team is reached stands at the top where there is one owner."""
    component, team = card.component, card.team
    return {
        "component": component.slug,
        "kind": component.kind.value,
        "title": component.title or None,
        "description": component.description or None,
        "status": card.status.value,
        "owners": list(card.owners),
        "support_model": team.support_model if team else None,
        "on_support": team.on_support if team else None,
        "hands_over_at": _instant(team) if team else None,
        "contact": (team.contact or None) if team else None,
        "wants": (team.wants or None) if team else None,
        "teams": [_reach_told(each) for each in card.reach],
        "confirmed_at": iso(component.confirmed_at) if component.confirmed_at else None,
        "confirmed_by": component.confirmed_by,
        "aliases": list(component.aliases),
        "hosts": list(component.hosts),
        "urls": list(component.urls),
        "paths": [{"pattern": rule.pattern, "owners": _owners(rule.owners)} for rule in component.paths],
        "signatures": list(component.signatures),
        "source": component.source or None,
        "needs": [_neighbour_told(each) for each in card.needs],
        "needed_by": [_neighbour_told(each) for each in card.needed_by],
        "open_tickets": card.open_tickets,
        "runbooks": list(card.runbooks),
        "resolvers": [
            {"who": each.who, "resolved": each.resolved, "team": each.team, "is_owner": each.is_owner}
            for each in card.resolvers
        ],
    }


def _reach_told(reach: Reach) -> dict[str, Any]:
    return {
        "team": reach.team,
        "support_model": reach.support_model,
        "on_support": reach.on_support,
        "hands_over_at": _instant(reach),
        "contact": reach.contact or None,
        "wants": reach.wants or None,
    }


def _neighbour_told(each: Neighbour) -> dict[str, Any]:
    return {"component": each.component, "owners": list(each.owners), "seam": each.seam.value, "lead": each.lead}


def _owners(owners: tuple[str, ...] | None) -> list[str] | None:
    return None if owners is None else list(owners)


def _instant(reach: Reach) -> str | None:
    return iso(reach.hands_over_at) if reach.hands_over_at else None
