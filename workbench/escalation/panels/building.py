"""How each part of the form is typed: made, filled and read back by its name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from textual.screen import Screen
from textual.widget import Widget

from workbench.escalation.model import CATEGORY_WORDS, Category, Diagnostic, Form, StepTaken
from workbench.escalation.panels.entries import Entries, Kind, told_diagnostic, told_step
from workbench.escalation.panels.fields import FIELDS, Asked
from workbench.organisation.service import OrganisationService
from workbench.text import one_line, visible
from workbench.tickets.model import Impact, Urgency
from workbench.widgets.form import Choice, Words
from workbench.widgets.line import Line
from workbench.widgets.picker import Picker, Suggestion
from workbench.widgets.show import show_line

_CHOICES: Final[Mapping[str, Sequence[str]]] = {"impact": tuple(Impact), "urgency": tuple(Urgency)}
_CATEGORIES: Final = {words: category for category, words in CATEGORY_WORDS.items()}


def suggest_targets(organisation: OrganisationService, letters: str) -> Sequence[Suggestion]:
    """Teams and people that a few letters may mean."""
    teams = [
        Suggestion(team.slug, show_line(f"{team.slug:<16} {team.tier:<4} {team.name}"))
        for team in organisation.teams_like(letters)
    ]
    people = [
        Suggestion(person.login, show_line(f"{person.login:<16} {'':4} {person.name}"))
        for person in organisation.people_like(letters)
    ]
    return [*teams, *people]


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
}
"""What a few letters may mean, by the part of the form."""


def form_parts(organisation: OrganisationService, form: Form, now: Callable[[], str]) -> Iterator[Asked]:
    """Every part below the target; a value that is added was looked up `now`, until somebody says when."""
    for name, field in FIELDS.items():
        yield Asked(name, field.told, _widget(name, field.how, organisation, form, now))


def _entries(name: str, now: Callable[[], str]) -> Entries:
    if name == "steps":
        parts, none = {"what": "What", "note": "Note"}, "nothing tried yet: a adds a step"
        return Entries(Kind(lambda: StepTaken(""), parts, told_step, none, has_outcome=True), id=name)
    parts, none = {"what": "What", "value": "Value", "at": "When"}, "nothing collected: a adds a value"
    return Entries(Kind(lambda: Diagnostic("", "", now()), parts, told_diagnostic, none), id=name)


def _widget(name: str, how: str, organisation: OrganisationService, form: Form, now: Callable[[], str]) -> Widget:
    match how:
        case "picker":
            return Picker(partial(SUGGEST[name], organisation), id=name)
        case "choice":
            choices = _CHOICES[name]
            return Choice(choices, getattr(form, name) or choices[0], id=name)
        case "entries":
            return _entries(name, now)
        case "words":
            return Words(id=name)
        case _:
            return Line(id=name)


def show_part(screen: Screen[Any], name: str, form: Form) -> None:
    """Shows what the form says in that part."""
    widget = screen.query_one(f"#{name}")
    if isinstance(widget, Entries | Choice):
        widget.fill(getattr(form, name))
    elif isinstance(widget, Words):
        widget.fill(_told(name, form))
    elif isinstance(widget, Line | Picker):
        widget.fill(one_line(_told(name, form)))


def read_part(screen: Screen[Any], name: str, form: Form) -> Any:
    """What the form says in that part by what was typed; what nobody touched stays as it was, to the letter."""
    widget = screen.query_one(f"#{name}")
    if isinstance(widget, Entries):
        return widget.rows
    if isinstance(widget, Choice):
        return widget.value
    typed = widget.text if isinstance(widget, Words) else widget.letters if isinstance(widget, Picker) else None
    if typed is None:
        typed = widget.value if isinstance(widget, Line) else ""
    told = _told(name, form)
    if typed == (visible(told) if isinstance(widget, Words) else one_line(told)):
        return getattr(form, name)
    if name == "category":
        return _CATEGORIES.get(typed.strip())
    if name == "components":
        return tuple(part for part in typed.replace(",", " ").split() if part)
    return typed


def _told(name: str, form: Form) -> str:
    value = getattr(form, name)
    if isinstance(value, Category):
        return CATEGORY_WORDS[value]
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")
