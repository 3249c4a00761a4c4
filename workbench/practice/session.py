"""What a session of practice is: whose, what it brings and when, and how far its time has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Final, NamedTuple

from workbench.errors import NotFound
from workbench.practice.model import Scenario, Skill

DRILLED: Final = 5
"""Tickets of a drill, where there are so many scenarios for its skill."""
SHIFTED: Final = 8
"""Tickets of a shift."""
_APART: Final = (4, 12)
"""Minutes between two tickets, at least and at most."""


class SessionKind(StrEnum):
    """What is practised in one go."""

    SCENARIO = "scenario"
    """One ticket."""
    DRILL = "drill"
    """One skill, on several tickets."""
    SHIFT = "shift"
    """Several tickets of one tier, one after the other."""


@dataclass(frozen=True, slots=True)
class Session:
    """One session; `name` is that of the scenario, the skill or the tier. Instants are simulated but for `began_at`.

    `sim_at` is how far its time had come when that was last kept.
    """

    number: int
    trainee: str
    kind: SessionKind
    name: str
    seed: int
    began_at: datetime
    started_at: datetime
    sim_at: datetime
    speed: int
    paused: bool
    ended_at: datetime | None = None

    @property
    def counts(self) -> frozenset[Skill]:
        """The skills that count: in a drill the one that it is for, and runbooks are looked for against the clock."""
        if self.kind is not SessionKind.DRILL:
            return frozenset(Skill)
        skill = Skill(self.name)
        return frozenset({skill, Skill.CLOCK} if skill is Skill.RUNBOOK else {skill})

    @property
    def title(self) -> str:
        """In words: `drill triage`."""
        return f"{self.kind} {self.name}"


class Arrival(NamedTuple):
    """One ticket that a session brings: the scenario with its text, when it comes, and its number once it has."""

    session: int
    place: int
    scenario: str
    text: str
    due_at: datetime
    ref: int | None


class Happening(NamedTuple):
    """Something that has happened to an arrival: `later 0`, `answer 5`, `answer 2 of 1003` to one who called about it.

    `ref` is the ticket that it opened.
    """

    place: int
    what: str
    at: datetime
    ref: int | None


class Planned(NamedTuple):
    """A scenario, and how long after the beginning its ticket comes."""

    after: timedelta
    scenario: Scenario


def plan(kind: SessionKind, name: str, scenarios: Iterable[Scenario], seed: int) -> list[Planned]:
    """What a session brings and when, the same for the same seed and scenarios; NotFound where that is nothing."""
    known = {scenario.name: scenario for scenario in scenarios}
    if kind is SessionKind.SCENARIO:
        if name not in known:
            raise NotFound.among("scenario", name, known)
        return [Planned(timedelta(), known[name])]
    fitting = [known[each] for each in sorted(known) if _fits(known[each], kind, name)]
    if not fitting:
        raise NotFound(f"no scenario for a {kind} of {name!r}", "`workbench practice list` shows those there are")
    chance = Random(f"{seed} {kind} {name}")
    most = DRILLED if kind is SessionKind.DRILL else SHIFTED
    chosen = chance.sample(fitting, min(most, len(fitting)))
    planned, after = [], timedelta()
    for scenario in chosen:
        planned.append(Planned(after, scenario))
        after += timedelta(seconds=chance.randint(_APART[0] * 60, _APART[1] * 60))
    return planned


def _fits(scenario: Scenario, kind: SessionKind, name: str) -> bool:
    return name in scenario.skills if kind is SessionKind.DRILL else scenario.level == name
