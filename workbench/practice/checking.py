"""Whether a scenario fits the workbench on which one practises: what it names has to be there, and its key to work."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from workbench.errors import nearest
from workbench.practice.acts import wrong_with
from workbench.practice.model import Fault, Scenario

_KIND: Final = {"level": "tier", "to": "team", "people": "person", "called": "team", "reading": "runbook"}
"""What a key names, where it is called otherwise."""


class Known(NamedTuple):
    """What a scenario may name; the runbooks with how many steps each has."""

    tiers: Collection[str]
    clients: Collection[str]
    teams: Collection[str]
    people: Collection[str]
    components: Collection[str]
    problems: Collection[str]
    runbooks: Mapping[str, int]


def doubts(scenario: Scenario, text: str, path: str, known: Known) -> tuple[Fault, ...]:
    """What a scenario names that is not there, and acts of its key that are none, each with the line of its text."""
    truth = scenario.truth
    named: list[tuple[str, str | None, Collection[str]]] = [
        ("level", scenario.level, known.tiers),
        ("client", scenario.client, known.clients),
        ("component", truth.component, known.components),
        ("to", truth.to, known.teams),
        *(("people", login, known.people) for login in truth.people),
        *(("called", slug, known.teams) for slug in truth.called),
        ("problem", truth.problem, known.problems),
        ("runbook", truth.runbook, known.runbooks),
        *(("reading", slug, known.runbooks) for slug in scenario.reading),
    ]
    faults = [
        Fault(path, _line(text, rf"{key}\s*:"), f"no {_KIND.get(key, key)} named {name!r}{_near(name, among)}")
        for key, name, among in named
        if name and name not in among
    ]
    faults += _hops(scenario, text, path, known.teams)
    faults += _steps(scenario, text, path, known.runbooks)
    faults += _acts(scenario, text, path)
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _hops(scenario: Scenario, text: str, path: str, teams: Collection[str]) -> Iterator[Fault]:
    for team in (hop.to for hop in scenario.hops if hop.to is not None and hop.to not in teams):
        line = _line(text, rf"##\s+Before\b[^:]*:\s*to {re.escape(team)}\s*$")
        yield Fault(path, line, f"no team named {team!r}{_near(team, teams)}")


def _steps(scenario: Scenario, text: str, path: str, runbooks: Mapping[str, int]) -> Iterator[Fault]:
    for slug, number in scenario.outputs:
        if not 1 <= number <= runbooks.get(slug, 0):
            wrong = f"has {runbooks[slug]} steps" if slug in runbooks else "is no runbook"
            yield Fault(path, _line(text, rf"##\s+Step:\s*{re.escape(slug)} {number}\b"), f"{slug} {wrong}")


def _acts(scenario: Scenario, text: str, path: str) -> Iterator[Fault]:
    heading = _line(text, r"##\s+(?i:Key)\b")
    lines = (number for number, line in enumerate(text.split("\n")[heading:], heading + 1) if line.strip())
    for act, line in zip(scenario.key, lines, strict=False):  # other sections may follow
        if reason := wrong_with(act, scenario):
            yield Fault(path, line, reason)


def _near(name: str, among: Iterable[str]) -> str:
    found = nearest(name, among)
    return f"; did you mean {found}?" if found else ""


def _line(text: str, pattern: str) -> int:
    """The line on which something begins; the first where it stands nowhere by itself."""
    found = re.search(rf"^\s*{pattern}", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1
