"""The acts of a scenario's key: what a good technician would have done, as a trainee reads it, and whether one can."""

from collections.abc import Callable, Mapping
from typing import Final

from workbench.duration import parse_duration
from workbench.errors import InvalidInput
from workbench.practice.model import Scenario, Surprise, Truth


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
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "component": ("component",),
    "run": ("runbook",),
    "link": ("problem",),
    "hand off": ("direction", "to"),
    "call in": ("called",),
}
"""What the head has to say for an act."""
_KNOWN: Final = (*_WHOLE, "say …", "wait 7m", "resolve: cause | fix")


def acts_told(scenario: Scenario) -> list[str]:
    """The acts in their order; one that nobody knows stands there as it was written."""
    return [_told(act, scenario.truth) for act in scenario.key]


def _told(act: str, truth: Truth) -> str:
    verb, _, rest = act.partition(" ")
    if act in _WHOLE:
        return _WHOLE[act](truth)
    return _BEGUN[verb](rest) if verb in _BEGUN else act


def wrong_with(act: str, scenario: Scenario) -> str:
    """Why nobody can do an act of the scenario's key; empty where one can."""
    verb, _, rest = act.partition(" ")
    if act in _WHOLE:
        return _missing_for(act, scenario)
    if verb == "say":
        return "" if rest else "what is said is missing: `say It is known.`"
    if verb == "wait":
        return _no_length(rest)
    if verb == "resolve:":
        cause, _, fix = (part.strip() for part in rest.partition("|"))
        return "" if cause and fix else "it is resolved by a cause and a fix: `resolve: cause | fix`"
    return f"{act!r} is no act; there are {', '.join(_KNOWN)}"


def _missing_for(act: str, scenario: Scenario) -> str:
    missing = [key for key in _NEEDED.get(act, ()) if not getattr(scenario.truth, key)]
    if missing:
        return f"{act!r} needs {' and '.join(missing)} in the head"
    if act == "tell callers" and all(later.kind is not Surprise.CALL for later in scenario.later):
        return f"{act!r} needs somebody who calls: `## After 10m: call`"
    return ""


def _no_length(text: str) -> str:
    try:
        parse_duration(text)
    except InvalidInput as error:
        return f"wait: {error}"
    return ""
