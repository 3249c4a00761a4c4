"""Reads what the card of a line tells."""

from rich.text import Text

from workbench.ownership.cards import CardMaker
from workbench.ownership.model import Seam
from workbench.ownership.panels.answers import Shown
from workbench.ownership.panels.card import (
    Light,
    component_lines,
    found_seams,
    person_lines,
    seam_lines,
    team_lines,
)
from workbench.ownership.panels.rows import Of, Row
from workbench.ownership.service import OwnershipService, SeamTickets
from workbench.tickets.dialogs.means import Means
from workbench.widgets.show import show_line


def card_of(ownership: OwnershipService, means: Means, row: Row | None, shown: Shown) -> list[Text]:
    """Everything about one line; nothing for none."""
    light = Light(ownership.organisation.current(), ownership.clock.now())
    if row is None:
        return []
    match row.of:
        case Of.TEAM:
            maker = CardMaker(ownership.store, ownership.experience, light.organisation, light.now)
            held = ownership.experience.held_by(row.name)
            return team_lines(row.name, maker.reach(row.name), ownership.knowledge(row.name), light, held)
        case Of.PERSON:
            return person_lines(row.name, light, means.loads().get(row.name, (0, 0)))
        case Of.SEAM:
            found = seam_of(ownership, row)
            cards = [ownership.card(each) for each in found.seam.components] if found else []
            return seam_lines(*found, cards, light) if found else []
        case _:
            answer, card = shown.found.get(row.name, (None, None))
            lines = component_lines(card or ownership.card(row.name), light, answer, ownership.corrections(row.name))
            return [*lines, *_between(shown, row)]


def seam_of(ownership: OwnershipService, row: Row) -> SeamTickets | None:
    """The seam that a line is about; None where it is none any more."""
    ends = {row.name, row.other}
    return next((each for each in ownership.seams() if set(each.seam.components) == ends), None)


def seams_at(ownership: OwnershipService, component: str) -> list[Seam]:
    """The seams that one component lies at."""
    return [each.seam for each in ownership.seams() if component in each.seam.components]


def _between(shown: Shown, row: Row) -> list[Text]:
    seams = [seam for seam in shown.seams if row.name in seam.components]
    return [Text(), show_line("Between what was found:", "bold"), *found_seams(seams)] if seams else []
