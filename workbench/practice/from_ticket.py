"""A ticket that was really worked on, told as a scenario about other people."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from workbench.duration import format_duration
from workbench.escalation.model import Handoff, Row
from workbench.practice.disguise import Disguise
from workbench.practice.model import Ending, Skill
from workbench.runbooks.runs.model import Run
from workbench.text import one_line, visible
from workbench.tickets.model import Event, Ticket
from workbench.tickets.vocabulary import Impact, Kind, Priority, Urgency, priority_of

_SHORTEST, _LONGEST, _STEP = 10, 240, 5
"""Minutes within which it should be done: what it really took, in fives, between these."""
_ASKING: Final = 4
"""Words of a question that bring its answer."""
_UNTOLD: Final = "to be told"
"""What stands in the key for a cause or a fix that nobody wrote down."""
_WORD: Final = re.compile(r"(?<!\w)(?=[^\W\d_]{5,30}(?!\w))[a-zà-ÿ]\w*")
"""Words by which a question is known: no short ones, and no names."""


class Place(NamedTuple):
    """Where it is played, on the workbench on which one practises: for whom, who asks, and what `to` may be."""

    client: str
    contact: str
    to: str | None
    component: str | None
    runbook: str | None


class Told(NamedTuple):
    """A ticket with everything that was done on it; hand-offs and runs in the order in which they came."""

    ticket: Ticket
    events: Sequence[Event]
    handoffs: Sequence[Handoff]
    runs: Sequence[Run]


def retell(told: Told, place: Place, disguise: Disguise) -> str:
    """The scenario's file, to be looked over: nobody but a person knows which other words tell of somebody."""
    lines = ["---", *_head(told, place, disguise), "---", ""]
    lines += [f"# {_line(disguise(told.ticket.subject)) or 'No subject'}", "", *_text(disguise(told.ticket.body))]
    lines += [line for section in _sections(told, place, disguise) for line in section]
    return "\n".join(lines).rstrip() + "\n"


def _head(told: Told, place: Place, disguise: Disguise) -> Iterator[str]:
    ticket, handoff = told.ticket, told.handoffs[0] if told.handoffs else None
    opening = told.events[0].after
    impact, urgency = _meant(ticket)
    skills = [Skill.TRIAGE, Skill.CLOCK, *([Skill.OWNERSHIP, Skill.HANDOFF] if handoff else [])]
    skills += [Skill.RUNBOOK] if place.runbook else []
    yield f"title: {_quoted(disguise(ticket.subject))}"
    yield f"level: {_quoted(ticket.stays[0].tier)}"
    yield f"skills: [{', '.join(skills)}]"
    yield f"client: {_quoted(place.client)}"
    yield f"contact: {_quoted(place.contact)}"
    yield f"impact: {impact}"
    yield f"urgency: {urgency}"
    yield f"said: {{ impact: {opening.get('impact', impact)}, urgency: {opening.get('urgency', urgency)} }}"
    yield f"ending: {Ending.HANDED_OFF if handoff else Ending.RESOLVED}"
    if handoff is not None:
        yield f"direction: {handoff.direction}"
        yield f"to: {_quoted(place.to or handoff.target)}"
    for key, slug in (("component", place.component), ("runbook", place.runbook)):
        if slug:
            yield f"{key}: {_quoted(slug)}"
    yield f"within: {_within(told)}"
    if handoff is not None:
        yield "handoff:"
        yield from (f"  {row}: []" for row in Row if not handoff.form.lacks(row))


def _sections(told: Told, place: Place, disguise: Disguise) -> Iterator[list[str]]:
    yield from _said(told, disguise)
    yield from _printed(told, place, disguise)
    resolved = next((event for event in reversed(told.events) if event.kind is Kind.RESOLVED), None)
    after = resolved.after if resolved else {}
    cause, fix = (disguise(str(after.get(name) or "")) for name in ("cause", "fix"))
    matter = [each for each in (cause, fix) if each] or ["What was really the matter: to be told."]
    notes = [f"- {_line(disguise(event.text))}" for event in told.events if event.kind is Kind.NOTED and event.text]
    yield _section("Debrief", "\n".join([*matter, "", *notes]))
    yield _section("Key", "\n".join(_key(told, place, disguise, cause, fix)))


def _said(told: Told, disguise: Disguise) -> Iterator[list[str]]:
    """What the requester wrote: answers to what they were asked, the rest by the clock."""
    asked: Event | None = None
    for event in told.events[1:]:
        if event.kind is Kind.COMMENTED:
            asked = event
        elif event.kind is Kind.REPLIED:
            words = dict.fromkeys(_WORD.findall(disguise(asked.text))) if asked else {}
            if words:
                head = f"Asked: {', '.join(sorted(words, key=len, reverse=True)[:_ASKING])}"
            else:
                head = f"After {_minutes(event.at - told.ticket.opened_at)}: reply"
            yield _section(head, disguise(event.text))
            asked = None


def _printed(told: Told, place: Place, disguise: Disguise) -> Iterator[list[str]]:
    outputs = {output.step: output for run in told.runs if run.runbook == place.runbook for output in run.outputs}
    for number, output in sorted(outputs.items()):
        yield _section(f"Step: {place.runbook} {number}", disguise(output.text))


def _key(told: Told, place: Place, disguise: Disguise, cause: str, fix: str) -> Iterator[str]:
    yield from ("take", "priority")
    if place.component:
        yield "component"
    if place.runbook:
        yield "run"
    said = next((event for event in reversed(told.events) if event.kind is Kind.COMMENTED), None)
    if told.handoffs:
        yield "hand off"
    if said is not None:
        yield f"say {_line(disguise(said.text))}"
    if not told.handoffs:
        yield f"resolve: {_line(cause) or _UNTOLD} | {_line(fix) or _UNTOLD}"


def _section(head: str, text: str) -> list[str]:
    return ["", f"## {head}", "", *_text(text)]


def _text(text: str) -> list[str]:
    """The lines of a text, of which none begins a section or a block of code."""
    lines = visible(text).replace("\r\n", "\n").strip().splitlines()
    return [f" {line}" if line.startswith(("#", "```")) else line for line in lines]


def _line(text: str) -> str:
    return one_line(" ".join(text.split()))


def _quoted(text: str) -> str:
    return json.dumps(_line(text), ensure_ascii=False)


def _meant(ticket: Ticket) -> tuple[Impact, Urgency]:
    """Impact and urgency behind the priority that it had at last, the ticket's own where they give it."""
    if priority_of(ticket.impact, ticket.urgency) is ticket.priority:
        return ticket.impact, ticket.urgency
    pairs = ((impact, urgency) for impact in Impact for urgency in Urgency)
    return next(pair for pair in pairs if _gives(pair, ticket.priority))


def _gives(pair: tuple[Impact, Urgency], priority: Priority) -> bool:
    return priority_of(*pair) is priority


def _within(told: Told) -> str:
    end: datetime = told.handoffs[0].sent_at if told.handoffs else told.ticket.resolved_at or told.ticket.touched_at
    took = -(-int((end - told.ticket.opened_at).total_seconds()) // (60 * _STEP)) * _STEP
    return format_duration(60 * min(max(took, _SHORTEST), _LONGEST))


def _minutes(length: timedelta) -> str:
    return format_duration(60 * max(1, min(_LONGEST, int(length.total_seconds()) // 60)))
