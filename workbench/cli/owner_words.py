"""The catalogue in words for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from workbench.cli.layout import screen_width, table
from workbench.cli.words import since
from workbench.clock import local
from workbench.desk import Desk
from workbench.ownership import words
from workbench.ownership.card import Card, Reach
from workbench.ownership.changes import CatalogueEvent
from workbench.ownership.corrections import Correction
from workbench.ownership.knowledge import Knowledge
from workbench.ownership.matching.findings import Answer
from workbench.ownership.matching.scores import SURE
from workbench.ownership.service import Looked, SeamTickets
from workbench.text import one_line

_WHOLE: Final = 3
"""Answers of a lookup that are told in full, as long as they are sure; the rest is a line each."""


def looked_lines(desk: Desk, looked: Looked) -> Iterator[str]:
    """What a lookup found: the best answers in full, the rest as a table, the seams between them."""
    found = looked.found
    pairs = list(zip(found.answers, looked.cards, strict=True))
    if not pairs:
        yield one_line(f"nothing in the catalogue fits {found.query[:80]!r}")
        if found.nearest:
            yield one_line(f"the nearest names are {', '.join(found.nearest)}")
        yield "`workbench owners add NAME` notes it as unowned"
        return
    whole = [pair for pair in pairs[:_WHOLE] if pair[0].match.score >= SURE] or pairs[:1]
    for answer, card in whole:
        yield from card_lines(desk, card, answer)
        yield ""
    yield from _rest(pairs[len(whole) :])
    for seam in found.seams:
        yield one_line(f"seam       {words.seam(seam)}")
    if found.cut:
        yield "only the beginning of the text was looked at"


def card_lines(desk: Desk, card: Card, answer: Answer | None = None) -> Iterator[str]:
    """One component with how its owner is reached, what is beside it, and its tickets; with why it was found."""
    component = card.component
    yield one_line(f"{component.slug}  {component.kind}{f', {component.title}' if component.title else ''}")
    fields = {
        "why": words.why(answer) if answer else "",
        "what": component.description,
        "owner": words.owner(card),
        **_reach_fields(desk, card),
        "confirmed": _confirmed(desk, card),
        "needs": ", ".join(map(words.neighbour, card.needs)),
        "needed by": ", ".join(map(words.neighbour, card.needed_by)),
        "open": f"{card.open_tickets:,} ticket{'' if card.open_tickets == 1 else 's'}",
        "runbooks": ", ".join(card.runbooks),
        "resolved": ", ".join(map(words.resolver, card.resolvers)),
    }
    yield from _told(fields)


def found_by_lines(card: Card) -> Iterator[str]:
    """The names and patterns that a component is found by, and where it was read from."""
    component = card.component
    fields = {
        "aliases": ", ".join(component.aliases),
        "hosts": ", ".join(component.hosts),
        "urls": ", ".join(component.urls),
        "paths": ", ".join(
            rule.pattern if rule.owners is None else f"{rule.pattern} ({' '.join(rule.owners) or words.NOBODY})"
            for rule in component.paths
        ),
        "signatures": ", ".join(component.signatures),
        "source": component.source,
    }
    yield from _told(fields)


def table_lines(cards: Sequence[Card]) -> list[str]:
    """Components as a table: name, kind, owners, state, open tickets, title."""
    rows = [
        (
            card.component.slug,
            card.component.kind.value,
            ", ".join(card.owners) or words.NOBODY,
            card.status.value,
            f"{card.open_tickets:,} open",
            card.component.title,
        )
        for card in cards
    ]
    return table(rows, right=frozenset({4}), flexible=5, width=screen_width())


def seam_lines(seams: Sequence[SeamTickets]) -> list[str]:
    """Seams as a table: the components, their teams, who leads, open tickets that went to and fro."""
    rows = [
        (
            f"{each.seam.components[0]} needs {each.seam.components[1]}",
            " | ".join(each.seam.teams),
            f"{each.seam.lead} leads" if each.seam.lead else "nobody leads",
            f"{each.open_tickets:,} open",
        )
        for each in seams
    ]
    return table(rows, right=frozenset({3}), flexible=0, width=screen_width())


def knowledge_lines(known: Knowledge) -> Iterator[str]:
    """What a team owns as a table, and who knows it."""
    rows = [
        (
            each.component,
            each.status.value,
            f"{each.open_tickets:,} open",
            f"only {each.only} ever resolved it" if each.only else words.people(each.resolvers) or "never resolved",
        )
        for each in known.owns
    ]
    yield from table(rows, right=frozenset({2}), flexible=3, width=screen_width())
    people = words.people(known.people)
    yield one_line(f"{known.team}: {len(rows):,} components, {known.open_tickets:,} open tickets")
    if people:
        yield one_line(f"resolved by {people}")


def correction_line(correction: Correction) -> str:
    """What may be wrong, why, and what tickets show it."""
    tickets = " ".join(f"#{ref}" for ref in correction.tickets[:5])
    now = ", ".join(correction.owners) or words.NOBODY
    return f"{correction.component}: {now} → {correction.team or words.NOBODY}?  {correction.why} {tickets}".rstrip()


def event_line(event: CatalogueEvent, zone: str) -> str:
    """One change of a component."""
    changes = ", ".join(
        f"{name} {_value(event.before.get(name))} → {_value(after)}" for name, after in event.after.items()
    )
    return f"{local(event.at, zone)}  {event.who}: {event.kind}  {changes}"


def _rest(pairs: Sequence[tuple[Answer, Card]]) -> list[str]:
    rows = [
        (card.component.slug, ", ".join(card.owners) or words.NOBODY, card.status.value, words.why(answer))
        for answer, card in pairs
    ]
    return table(rows, flexible=3, width=screen_width())


def _reach_fields(desk: Desk, card: Card) -> dict[str, str]:
    if card.team:
        each = card.team
        return {"on support": _on_support(desk, each), "contact": each.contact, "wants": each.wants}
    return {
        f"{each.team}": ", ".join(part for part in (_on_support(desk, each), each.contact) if part) or "no contact"
        for each in card.reach
    }


def _on_support(desk: Desk, reach: Reach) -> str:
    if reach.on_support is None:
        return ""
    person = desk.organisation.current().people.find(reach.on_support)
    name = f"{reach.on_support} ({person.name})" if person else reach.on_support
    return f"{name} until {local(reach.hands_over_at, reach.zone)}" if reach.hands_over_at else name


def _confirmed(desk: Desk, card: Card) -> str:
    at, who = card.component.confirmed_at, card.component.confirmed_by
    if at is None:
        return "never"
    return f"{since(at, desk.now())} ago{f' by {who}' if who else ''}"


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(each if isinstance(each, str) else str(each[0]) for each in value) or "none"
    return str(value) if value not in (None, "") else "none"


def _told(fields: Mapping[str, str]) -> Iterator[str]:
    for name, value in fields.items():
        if value:
            yield one_line(f"{name:<10} {value}")
