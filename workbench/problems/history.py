"""What the events of a problem tell: which of them stand, and what the problem said and was before they happened."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from workbench.clock import iso, stored
from workbench.problems.model import NewProblem, Problem, Rule
from workbench.problems.store import ProblemEvent

FIXED: Final = "fixed"
"""The kind of event that tells of a fix."""
WRITTEN: Final = "written"
"""The kind of event with which it begins."""
UNDONE: Final = "undone"
"""The kind of event that takes back the one that it `undoes`."""
REOPENED: Final = "reopened"
"""The kind of event that tells that it is not fixed."""
CAME_BACK: Final = "came back with #"
"""With these words begins a reopening that is nobody's act; the number of the ticket that showed it follows."""


def not_undone(events: Iterable[ProblemEvent]) -> list[ProblemEvent]:
    """Of a problem's events those that tell what is true: neither taken back nor taking back."""
    told = list(events)
    undone = {each.after["undoes"] for each in told if each.kind == UNDONE}
    return [each for each in told if each.kind != UNDONE and each.seq not in undone]


def came_back(event: ProblemEvent) -> bool:
    """Whether it tells that a ticket has shown that the problem is not fixed."""
    return event.kind == REOPENED and event.act is None and event.text.startswith(CAME_BACK)


def last_fixed(events: Iterable[ProblemEvent]) -> datetime | None:
    """When these events tell of a fix for the last time."""
    return max((each.at for each in not_undone(events) if each.kind == FIXED), default=None)


def fields_told(problem: Problem | NewProblem, names: Iterable[str]) -> dict[str, Any]:
    """Some of what is said of a problem, as its history keeps it."""
    told: dict[str, Any] = {name: getattr(problem, name) for name in names}
    if "rule" in told:
        told["rule"] = asdict(problem.rule)
    if told.get("expected_at"):
        told["expected_at"] = iso(told["expected_at"])
    return told


def with_fields(said: NewProblem, told: Mapping[str, Any]) -> NewProblem:
    """What is said of a problem with what an event keeps of it.

    Events of older files keep a rule only in words that nobody can take apart again: it stays as it is said.
    """
    fields = {name: value for name, value in told.items() if name in NewProblem._fields}
    if "rule" in fields:
        fields["rule"] = _rule(fields["rule"]) or said.rule
    if fields.get("expected_at"):
        fields["expected_at"] = stored(fields["expected_at"])
    return said._replace(**fields)


def in_words(told: Mapping[str, Any] | str) -> str:
    """One part of a problem, as an event keeps it, in words."""
    rule = _rule(told)
    return str(told) if rule is None else rule.told


def _rule(told: Mapping[str, Any] | str) -> Rule | None:
    """The rule that an event keeps; None for words."""
    return None if isinstance(told, str) else Rule(**{**told, "words": tuple(told["words"])})
