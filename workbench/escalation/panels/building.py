"""How each part of the form is typed: made, and read back by its name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from textual.widget import Widget

from workbench.escalation.model import CATEGORY_WORDS, Category, Diagnostic, Form, StepTaken
from workbench.escalation.noting import noted
from workbench.escalation.panels.asked import Asked, Typed
from workbench.escalation.panels.entries import Entries, Kind, told_diagnostic, told_step
from workbench.escalation.panels.fields import FIELDS
from workbench.organisation.model import Person
from workbench.organisation.service import OrganisationService
from workbench.text import one_line, visible
from workbench.tickets.vocabulary import Impact, Urgency
from workbench.widgets.form import Choice, Words
from workbench.widgets.line import Line
from workbench.widgets.picker import Picker, Suggestion
from workbench.widgets.show import show_line

_CHOICES: Final[Mapping[str, Sequence[str]]] = {"impact": tuple(Impact), "urgency": tuple(Urgency)}
_CATEGORIES: Final = {words: category for category, words in CATEGORY_WORDS.items()}


def suggest_targets(organisation: OrganisationService, letters: str) -> Sequence[Suggestion]:
    """Teams and people that a few letters may mean, those first whose very name begins with them.

    The people of a team that is named follow, since after some returns one of them has to be.
    """
    like = organisation.teams_like(letters)
    teams = [Suggestion(team.slug, show_line(f"{team.slug:<16} {team.tier:<4} {team.name}")) for team in like]
    found = [*teams, *suggest_people(organisation, letters)]
    found.sort(key=lambda each: not each.value.startswith(letters.lower()))
    if letters and like and like[0].slug.startswith(letters.lower()):
        everyone, named = organisation.current().people, {each.value for each in found}
        found += [_person(everyone.named(login)) for login in like[0].people if login not in named]
    return found


def suggest_people(organisation: OrganisationService, letters: str) -> list[Suggestion]:
    """People that a few letters may mean."""
    return [_person(person) for person in organisation.people_like(letters)]


def _person(person: Person) -> Suggestion:
    return Suggestion(person.login, show_line(f"{person.login:<16} {'':4} {person.name}"))


def suggest_categories(_: OrganisationService, letters: str) -> Sequence[Suggestion]:
    """Reasons that a few letters may mean."""
    wanted = letters.lower().split()
    return [
        Suggestion(words, show_line(words))
        for words in _CATEGORIES
        if all(any(word.startswith(each) for word in words.split()) for each in wanted)
    ]


SUGGEST: Final[Mapping[str, Callable[[OrganisationService, str], Sequence[Suggestion]]]] = {
    "to": suggest_targets,
    "category": suggest_categories,
    "lead": suggest_people,
}
"""What a few letters may mean, by the part of the form."""


def form_parts(organisation: OrganisationService, form: Form, now: Callable[[], str]) -> Iterator[Asked]:
    """Every part below the target; a value that is added was looked up `now`, until somebody says when."""
    for name, field in FIELDS.items():
        match field.how:
            case "choice":
                choices = _CHOICES[name]
                yield Asked(name, field.told, Choice(choices, getattr(form, name) or choices[0], id=name))
            case "entries":
                yield Asked(name, field.told, _entries(name, getattr(form, name), now, organisation.current().zone))
            case _:
                yield typed(name, field.told, field.how, organisation, form)


def typed(name: str, told: str, how: str, organisation: OrganisationService, form: Form) -> Typed:
    """A part that is typed: a `line`, `words`, or letters of a `picker`."""
    boxes: Mapping[str, Callable[[], Line | Words | Picker]] = {
        "line": partial(Line, id=name),
        "words": partial(Words, id=name),
        "picker": lambda: Picker(partial(SUGGEST[name], organisation), id=name),
    }
    return Typed(name, told, told_part(name, form, organisation.current().zone), boxes[how], how)


def _entries(name: str, rows: Sequence[Any], now: Callable[[], str], zone: str) -> Entries:
    if name == "steps":
        parts, none = {"what": "What", "note": "Note"}, "nothing tried yet: a adds a step"
        return Entries(Kind(lambda: StepTaken(""), parts, told_step, none, has_outcome=True), rows, id=name)
    parts, none = {"what": "What", "value": "Value", "at": "When"}, "nothing collected: a adds a value"
    told = partial(told_diagnostic, zone=zone)
    return Entries(Kind(lambda: Diagnostic("", "", now()), parts, told, none, says=partial(_says, zone)), rows, id=name)


def _says(zone: str, row: Diagnostic, name: str) -> str:
    return noted(row.at, zone) if name == "at" else str(getattr(row, name))


def part_read(field: Widget, name: str, form: Form, zone: str) -> Any:
    """What a field says by what was typed in it; what nobody touched stays as it was, to the letter."""
    if isinstance(field, Entries):
        return field.rows
    if isinstance(field, Choice):
        return field.value
    typed = field.text if isinstance(field, Words) else field.letters if isinstance(field, Picker) else None
    if typed is None:
        typed = field.value if isinstance(field, Line) else ""
    told = told_part(name, form, zone)
    if typed == (visible(told) if isinstance(field, Words) else one_line(told)):
        return getattr(form, name)
    if name == "category":
        return _CATEGORIES.get(typed.strip())
    if name == "components":
        return tuple(part for part in typed.replace(",", " ").split() if part)
    return typed


def told_part(name: str, form: Form, zone: str) -> str:
    """What a part says, as it is typed; a time by the clocks of that zone."""
    value = getattr(form, name)
    if name == "error_at":
        return noted(form.error_at, zone)
    if isinstance(value, Category):
        return CATEGORY_WORDS[value]
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")
