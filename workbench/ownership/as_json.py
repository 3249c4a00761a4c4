"""Components, seams and what is known of them as JSON tells them; no key is ever left out."""

from collections.abc import Mapping
from typing import Any

from workbench.clock import iso
from workbench.ownership.card import Card, Neighbour, Reach
from workbench.ownership.changes import CatalogueEvent
from workbench.ownership.corrections import Correction
from workbench.ownership.knowledge import Knowledge
from workbench.ownership.matching.findings import Answer
from workbench.ownership.model import Seam
from workbench.ownership.service import Looked, SeamTickets


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
        "retired": component.retired,
        "needs": [_neighbour_told(each) for each in card.needs],
        "needed_by": [_neighbour_told(each) for each in card.needed_by],
        "open_tickets": card.open_tickets,
        "runbooks": list(card.runbooks),
        "resolvers": [
            {"who": each.who, "resolved": each.resolved, "team": each.team, "is_owner": each.is_owner}
            for each in card.resolvers
        ],
    }


def looked_told(looked: Looked) -> dict[str, Any]:
    """What a lookup found, as `owner` tells it; `nearest` names are there where nothing was found."""
    found = looked.found
    return {
        "query": found.query,
        "answers": [_answer_told(*each) for each in zip(found.answers, looked.cards, strict=True)],
        "seams": [_seam(each) for each in found.seams],
        "nearest": found.nearest,
        "cut": found.cut,
    }


def seam_told(each: SeamTickets) -> dict[str, Any]:
    """A seam as `owners seams` tells it."""
    return _seam(each.seam) | {"open_tickets": each.open_tickets}


def correction_told(correction: Correction) -> dict[str, Any]:
    """What may be wrong about an owner, as `owners corrections` tells it."""
    return correction._asdict() | {
        "owners": list(correction.owners),
        "tickets": list(correction.tickets),
        "at": iso(correction.at),
    }


def event_told(event: CatalogueEvent) -> dict[str, Any]:
    """A change of a component, as `owners history` tells it."""
    return {
        "id": event.id,
        "at": iso(event.at),
        "who": event.who,
        "kind": event.kind.value,
        "component": event.component,
        "before": dict(event.before),
        "after": dict(event.after),
        "undoes": event.undoes,
    }


def knowledge_told(known: Knowledge) -> dict[str, Any]:
    """What a team owns and who knows it, as `owners team` tells it."""
    return {
        "team": known.team,
        "open_tickets": known.open_tickets,
        "owns": [
            {
                "component": each.component,
                "status": each.status.value,
                "open_tickets": each.open_tickets,
                "resolvers": _people(each.resolvers),
                "only": each.only,
            }
            for each in known.owns
        ],
        "people": _people(known.people),
    }


def _answer_told(answer: Answer, card: Card) -> dict[str, Any]:
    match = answer.match
    why = {"how": match.how, "text": match.text, "score": match.score, "pattern": match.pattern, "tied": answer.tied}
    told = card_told(card)
    del told["paths"]  # those of a repository are hundreds, and `owners show` tells them
    return {"component": told.pop("component"), "kind": told.pop("kind"), "match": why, **told}


def _seam(seam: Seam) -> dict[str, Any]:
    return {"teams": list(seam.teams), "components": list(seam.components), "lead": seam.lead}


def _people(resolvers: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"who": who, "resolved": count} for who, count in resolvers.items()]


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
