"""What a trainee types into the form of a hand-off, and which part of it the cursor is in."""

from collections.abc import Mapping
from typing import Final

from textual.widget import Widget

from tests.practice.player import category_of
from workbench.escalation.model import CATEGORY_WORDS, Direction, Row
from workbench.escalation.panels.entries import EntryList
from workbench.escalation.panels.fields import FIELDS
from workbench.practice.model import Scenario

PARTS: Final[Mapping[Row, tuple[str, ...]]] = {
    row: tuple(name for name, field in FIELDS.items() if field.row is row and name != "not_reproducible") for row in Row
}
"""The parts of the form that a row has; what can be reproduced says nothing of what was tried instead."""
PAGE: Final = ("direction", "to", "why_up", *FIELDS)
"""All parts of the form, from its top to its bottom."""


def form_of(scenario: Scenario, lead: str) -> dict[str, str]:
    """What is typed into which part of the form: the first word that the truth has for its row, else "none".

    `lead` drives, where it is a swarm. Parts of rows that the truth does not ask for are left as they are.
    """
    truth = scenario.truth
    said = {part: words[0] if words else "none" for row, words in truth.rows.items() for part in PARTS[row]}
    said["category"] = CATEGORY_WORDS[category_of(scenario)].split()[0]
    if truth.direction is Direction.SWARM:
        said["lead"] = lead
    elif truth.people:
        said["to"] = truth.people[0]
    elif truth.to == "security":  # the form proposes whoever owns the place where it happened
        said["to"] = truth.to
    return {part: said[part] for part in PAGE if part in said}


def part_of(widget: Widget | None) -> str:
    """The part of the form that has the focus."""
    if isinstance(widget, EntryList) and widget.parent is not None:
        return str(widget.parent.id)
    return str(widget.id if widget is not None else "").removesuffix("-letters").removeprefix("asked-")
