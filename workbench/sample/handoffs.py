"""The forms of the sample's hand-offs: what the story says, over what its ticket had told by then."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any, Final
from zoneinfo import ZoneInfo

from workbench.desk import Desk
from workbench.escalation.known import from_ticket
from workbench.escalation.model import Category, Diagnostic, Form, Outcome, StepTaken
from workbench.escalation.projection import ToldHandoff, told_by
from workbench.sample.words import Words
from workbench.tickets.model import Event
from workbench.tickets.replay import replay

_ZONE: Final = ZoneInfo("Europe/Berlin")
_JUST_BEFORE: Final = timedelta(minutes=4)
"""So long before it was sent the values of a form were looked up."""

Scene = tuple[str, Words]
"""Which story a ticket tells, and its words for names and things."""


def record(desk: Desk, refs: Sequence[int], scenes: Sequence[Scene]) -> int:
    """Writes the hand-offs and swarms that the tickets' events tell of; how many hand-offs there were."""
    scene_of = dict(zip(refs, scenes, strict=True))
    sent: dict[tuple[int, int], Form] = {}

    def form_of(ref: int, told: ToldHandoff) -> Form:
        events = desk.tickets.store.events(ref)
        place = [each.seq for each in told_by(events).handoffs].index(told.seq)
        earlier = sent.get((ref, place - 1))
        sent[ref, place] = _form(desk, ref, told, events, _said(*scene_of[ref], place), earlier)
        return sent[ref, place]

    return desk.escalation.record(refs, form_of)


def _form(
    desk: Desk, ref: int, told: ToldHandoff, events: list[Event], said: dict[str, Any], earlier: Form | None
) -> Form:
    before = [event for event in events if event.seq < told.seq]
    ticket = replay(ref, before, desk.organisation.current().terms, desk.tickets.limits.close_after)
    known = from_ticket(ticket, before, earlier)
    runs = (step for step in desk.runs.steps_of(ref) if step.at <= told.sent_at) if earlier is None else ()
    steps = [StepTaken(f"{step.what} ({step.runbook})", Outcome(step.outcome.value).value, step.note) for step in runs]
    steps += [_step(text) for text in said.pop("steps", ())]
    looked_up = f"{(told.sent_at - _JUST_BEFORE).astimezone(_ZONE):%H:%M}"
    found = [Diagnostic(what, value, looked_up) for what, value in map(_parts, said.pop("diagnostics", ()))]
    opened = f"{ticket.opened_at.astimezone(_ZONE):%H:%M}"
    message = said.pop("error_message", known.error_message)
    category, _, words = said.pop("reason").partition(": ")
    components = tuple(said.pop("components", known.components))
    form = replace(
        known,
        summary=told.said,
        error_at=said.pop("error_at", known.error_at or opened if message else ""),
        error_message=message,
        category=Category(category),
        words=words,
        steps=(*known.steps, *steps),
        diagnostics=(*known.diagnostics, *found),
        components=components,
    )
    return replace(form, **said)


def _said(story: str, words: Words, place: int) -> dict[str, Any]:
    told = _library()[story][place]
    return {
        key: [words.said(text) for text in value] if isinstance(value, list) else words.said(value)
        for key, value in told.items()
    }


def _parts(text: str) -> tuple[str, str]:
    what, _, value = text.partition(" | ")
    return what, value


def _step(text: str) -> StepTaken:
    what, outcome, *note = text.split(" | ")
    return StepTaken(what, Outcome(outcome).value, *note)


@cache
def _library() -> dict[str, list[dict[str, Any]]]:
    file = resources.files("workbench.sample").joinpath("handoffs.toml")
    return tomllib.loads(file.read_text("utf-8"))
