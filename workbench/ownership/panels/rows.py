"""The lines of the owners' list: components, teams, people, and what is to be put right."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from rich.text import Text

from workbench.organisation.model import Person, Team
from workbench.ownership.card import Card
from workbench.ownership.matching.findings import Answer
from workbench.ownership.model import Status
from workbench.ownership.todo import Task, ToDo
from workbench.ownership.words import NOBODY
from workbench.widgets.columns import Column
from workbench.widgets.show import show_line


class Of(StrEnum):
    """What a line is about."""

    COMPONENT = "component"
    TEAM = "team"
    PERSON = "person"
    SEAM = "seam"
    CORRECTION = "correction"


class Row(NamedTuple):
    """One line: `other` is the component across the seam, or the proposed team; `sign` is a key of `SIGNS`."""

    of: Of
    name: str
    sign: str
    told: str
    other: str = ""

    @property
    def label(self) -> str:
        """What it is called: both ends of a seam."""
        return f"{self.name} ⇄ {self.other}" if self.of is Of.SEAM else self.name


SIGNS: Final = {
    Status.OWNED.value: ("●", "owned", "green"),
    Status.UNOWNED.value: ("?", "unowned", "bold red"),
    Status.DISPUTED.value: ("≠", "disputed", "bold yellow"),
    Status.STALE.value: ("~", "stale", "yellow"),
    "open": ("⇄", "open seam", "bold magenta"),
    "correction": ("→", "proposed", "bold cyan"),
    "team": ("▣", "team", "bold blue"),
    "person": ("@", "person", "blue"),
}
"""Glyph, word and colour of what a line tells; each says it without the others."""

_TASK_SIGNS: Final = {
    Task.CORRECTION: "correction",
    Task.DISPUTED: Status.DISPUTED.value,
    Task.UNOWNED: Status.UNOWNED.value,
    Task.SEAM: "open",
    Task.STALE: Status.STALE.value,
}


def sign(name: str) -> Text:
    """The glyph and the word of a sign, in its colour."""
    glyph, word, style = SIGNS[name]
    return show_line(f"{glyph} {word}", style)


def columns() -> list[Column[Row]]:
    """What the list shows; where it is narrow it tells the owner only on the card."""
    return [
        Column("", 1, lambda row, _: show_line(SIGNS[row.sign][0], SIGNS[row.sign][2])),
        Column("Name", 14, lambda row, _: show_line(row.label), flexible=True),
        Column("", 9, lambda row, _: show_line(SIGNS[row.sign][1], SIGNS[row.sign][2])),
        Column("Whose", 16, lambda row, _: show_line(row.told), drop_order=1),
    ]


def component_row(card: Card) -> Row:
    """A component that was found."""
    return Row(Of.COMPONENT, card.component.slug, card.status.value, " | ".join(card.owners) or NOBODY)


def team_row(team: Team) -> Row:
    """A team that is called so."""
    return Row(Of.TEAM, team.slug, "team", team.name)


def person_row(person: Person, teams: Sequence[Team]) -> Row:
    """A person who is called so."""
    return Row(Of.PERSON, person.login, "person", ", ".join(team.slug for team in teams) or person.name)


def todo_row(todo: ToDo) -> Row:
    """Something to be put right."""
    kind = {Task.CORRECTION: Of.CORRECTION, Task.SEAM: Of.SEAM}.get(todo.task, Of.COMPONENT)
    told = f"{todo.other or NOBODY}?" if todo.task is Task.CORRECTION else " | ".join(todo.owners) or _waiting(todo)
    return Row(kind, todo.component, _TASK_SIGNS[todo.task], told, todo.other)


def found_rows(pairs: Sequence[tuple[Answer, Card]], others: Sequence[Row], sure: float) -> Iterator[Row]:
    """What was found for certain, then teams and people, then what only looks like it."""
    yield from (component_row(card) for answer, card in pairs if answer.match.score >= sure)
    yield from others
    yield from (component_row(card) for answer, card in pairs if answer.match.score < sure)


def _waiting(todo: ToDo) -> str:
    return f"{todo.open_tickets:,} open" if todo.open_tickets else NOBODY
