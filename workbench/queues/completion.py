"""What a half-typed filter can go on with: names of fields, and the values that a field knows."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from workbench.organisation.model import Organisation
from workbench.queues.filters import FIELDS

MOST: Final = 12
"""Choices told at once: a line of them."""

_PIECE = re.compile(r'-?(?:[^\s"]|"[^"]*(?:"|$))*$')
"""The last piece of a text; a quotation mark keeps spaces in it."""
_OF_FIELD = re.compile(r'(?P<minus>-?)(?P<field>[A-Za-z]+):(?:[<>]=?|=)?(?:(?:"[^"]*"|[^",])*,)*(?P<value>"?[^,"]*)$')


class Choice(NamedTuple):
    """A value of a field, and what else people call it."""

    value: str
    called: str = ""


Names = Mapping[str, Sequence[Choice]]
"""By field, its values, in the order in which they are offered."""


class Completion(NamedTuple):
    """What can stand in a text from `start` on, in place of what stands there."""

    start: int
    choices: tuple[str, ...]


def names_of(organisation: Organisation) -> dict[str, Sequence[Choice]]:
    """Every field that has a stated set of values, with those in use here."""
    found: dict[str, Sequence[Choice]] = {
        name: [Choice(value) for value in field.values] for name, field in FIELDS.items() if field.values
    }
    none = Choice("none")
    found["tier"] = [Choice(tier.name, tier.title) for tier in organisation.tiers]
    found["team"] = [Choice(team.slug, team.name) for team in organisation.teams]
    found["client"] = [*(Choice(client.slug, client.name) for client in organisation.clients), none]
    found["owner"] = [none, *found["team"]]
    found["who"] = [Choice("me"), none, *(Choice(person.login, person.name) for person in organisation.people)]
    return found


def completion(text: str, names: Names) -> Completion:
    """What the last piece of the text can become; no choices where it can become anything, or is whole already."""
    piece = _PIECE.search(text)
    start = piece.start() if piece else len(text)
    last = text[start:]
    told = _OF_FIELD.match(last)
    if told is None:
        minus = last.startswith("-")
        return _offered(start + minus, last[minus:], [Choice(f"{name}:") for name in FIELDS])
    typed = told["value"]
    return _offered(len(text) - len(typed), typed, names.get(told["field"].lower(), ()))


def _offered(start: int, typed: str, choices: Sequence[Choice]) -> Completion:
    """Those that begin with what was typed, then those where a later word of them, or of their other name, does."""
    wanted = typed.strip('"').lower()
    if not wanted and choices and choices[0].value.endswith(":"):
        return Completion(start, ())
    first = [each for each in choices if each.value.lower().startswith(wanted)]
    then = [each for each in choices if each not in first and _has_word(each, wanted)]
    offered = tuple(_quoted(each.value) for each in [*first, *then][:MOST])
    return Completion(start, () if offered == (typed,) else offered)


def _has_word(choice: Choice, beginning: str) -> bool:
    words = re.split(r"[\s_.-]+", f"{choice.value} {choice.called}".lower())
    return any(word.startswith(beginning) for word in words)


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s,]", value) else value
