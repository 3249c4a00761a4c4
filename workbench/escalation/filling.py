"""Filling in what a hand-off still owes, and that alone: what was sent stays, and each word added is in an event."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Final, NamedTuple

from workbench.errors import Incomplete
from workbench.escalation.model import Form, Handoff, Row
from workbench.escalation.reading import parts_told, read_form
from workbench.escalation.required import told_missing
from workbench.tickets.model import Event
from workbench.tickets.rules import Change
from workbench.tickets.vocabulary import Kind

_WORDS: Final = "form"
"""What an event keeps the words under, as JSON of those parts of the form: before it and after it."""
_ROWS: Final = {part: row.value for row in Row for part in row.parts}


class Filling(NamedTuple):
    """A form as it stands then, what of it is still owed, the event that says so, and what was left as it was."""

    form: Form
    owed: tuple[Row, ...]
    change: Change
    left: tuple[str, ...]


def filling(handoff: Handoff, form: Form, mine: Collection[str]) -> Filling:
    """What the parts of a form that somebody has written fill in; Incomplete where that fills no row that is owed."""
    asked = {part for row in handoff.owed for part in row.parts}
    then = handoff.form.taking(asked.intersection(mine), form)
    changed = then.differs(handoff.form)
    filled = [row for row in handoff.owed if not then.lacks(row) and not changed.isdisjoint(row.parts)]
    owed = tuple(row for row in handoff.owed if row not in filled)
    if not filled:
        raise Incomplete(f"still missing: {told_missing(then, owed)}", "fill in at least one of them", owed)
    after = {"filled": [row.value for row in filled], _WORDS: parts_told(then, changed)}
    before = {_WORDS: parts_told(handoff.form, changed)}
    change = Change(Kind.COMPLETED, after, f"filled in: {', '.join(filled)}", before=before)
    return Filling(then, owed, change, tuple(_named(form.differs(then).intersection(mine))))


def stays(left: Collection[str]) -> str:
    """What was left as it was, in words."""
    return f"not owed, so left as it was: {', '.join(left)}"


def form_at(form: Form, completions: Iterable[Event], moment: datetime) -> Form:
    """A form as it was told at a moment, by the events, in order, that have filled it in since it was sent."""
    for event in reversed(list(completions)):
        if event.at > moment:
            form = read_form(event.before.get(_WORDS, {}), form)
    return form


def told_again(form: Form, completions: Iterable[Event]) -> Form:
    """A form with what these events, in order, have filled in."""
    for event in completions:
        form = read_form(event.after.get(_WORDS, {}), form)
    return form


def _named(parts: Collection[str]) -> Iterator[str]:
    """Parts by their rows, in the form's order."""
    yield from dict.fromkeys(_ROWS.get(part.name, part.name) for part in fields(Form) if part.name in parts)
