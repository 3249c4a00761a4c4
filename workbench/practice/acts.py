"""The acts of a scenario's key in words: what a good technician would have done, as a trainee reads it."""

from collections.abc import Callable, Mapping
from typing import Final

from workbench.practice.model import Scenario, Truth


def _handed_off(truth: Truth) -> str:
    by_name = f", by name: {' or '.join(truth.people)}" if truth.people else ""
    return f"hand it off {truth.direction} to {truth.to}{by_name}"


_WHOLE: Final[Mapping[str, Callable[[Truth], str]]] = {
    "take": lambda _: "take it",
    "priority": lambda truth: f"make it {truth.priority}: {truth.impact}, {truth.urgency}",
    "component": lambda truth: f"say that it is about {truth.component}",
    "run": lambda truth: f"follow the runbook {truth.runbook} to its end",
    "link": lambda truth: f"link it to the known problem “{truth.problem}”",
    "hand off": _handed_off,
    "call in": lambda truth: f"call somebody of {', '.join(truth.called)} into the swarm",
    "tell callers": lambda _: "tell the others who called about the same",
}
"""Acts that are one word or two."""
_BEGUN: Final[Mapping[str, Callable[[str], str]]] = {
    "say": lambda rest: f"tell the requester: {rest}",
    "wait": lambda rest: f"{rest} later",
    "resolve:": lambda rest: "resolve it: " + "; ".join(each.strip() for each in rest.split("|")),
}
"""Acts that go on after their first word."""


def acts_told(scenario: Scenario) -> list[str]:
    """The acts in their order; one that nobody knows stands there as it was written."""
    return [_told(act, scenario.truth) for act in scenario.key]


def _told(act: str, truth: Truth) -> str:
    verb, _, rest = act.partition(" ")
    if act in _WHOLE:
        return _WHOLE[act](truth)
    return _BEGUN[verb](rest) if verb in _BEGUN else act
