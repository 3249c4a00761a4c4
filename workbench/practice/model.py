"""What a scenario holds: what the requester says, what can be found out, and what a good technician would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from workbench.errors import InvalidInput
from workbench.escalation.model import Direction, ReturnCode, Row
from workbench.practice.asking import asks
from workbench.tickets.vocabulary import Impact, Priority, Urgency, priority_of


class Skill(StrEnum):
    """What is practised, and told apart in every score."""

    TRIAGE = "triage"
    OWNERSHIP = "ownership"
    RUNBOOK = "runbook"
    HANDOFF = "handoff"
    CLOCK = "clock"
    COMMUNICATION = "communication"


class Ending(StrEnum):
    """How a ticket should leave the trainee's hands."""

    RESOLVED = "resolved"
    HANDED_OFF = "handed_off"
    LINKED = "linked"


class Surprise(StrEnum):
    """What happens while one works."""

    REPLY = "reply"
    """The requester writes again."""
    CALL = "call"
    """Somebody else opens a ticket about the same."""
    ALERT = "alert"
    """A machine reports something, as an internal note."""


class Answer(NamedTuple):
    """What the requester says when a comment asks for any of these words, also in another way."""

    words: tuple[str, ...]
    text: str


class Output(NamedTuple):
    """What the command of a runbook's step would print; a misleading one points the wrong way."""

    text: str
    misleading: bool = False


class Later(NamedTuple):
    """What happens so long after the opening."""

    after: timedelta
    kind: Surprise
    text: str


class Hop(NamedTuple):
    """What was done with the ticket so long before it comes to the trainee: sent to a team, or returned with a code."""

    before: timedelta
    to: str | None
    code: ReturnCode | None
    text: str


class Telling(NamedTuple):
    """What the requester has to be told: any of these words, and what it is in a sentence."""

    words: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What is really the matter, and what a good technician does about it.

    `to` is the team that it goes to, or whose driver a swarm gets, `direction` which way; both None where it is not
    handed off. `people` are those of whom one has to get it by name, `called` the teams of which somebody has to be
    called into the swarm. `rows` are words, any of which a row of the hand-off should hold. `within` is from when it
    comes to the trainee to the end.
    """

    impact: Impact
    urgency: Urgency
    ending: Ending
    within: timedelta
    component: str | None = None
    direction: Direction | None = None
    to: str | None = None
    people: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    runbook: str | None = None
    problem: str | None = None
    rows: Mapping[Row, tuple[str, ...]] = field(default_factory=dict)
    told: tuple[Telling, ...] = ()

    @property
    def priority(self) -> Priority:
        """The priority that follows from what is really the matter."""
        return priority_of(self.impact, self.urgency)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One made-up ticket; `impact` and `urgency` are what it is opened with, `level` is the tier that practises it.

    It is opened `since` before it comes to the trainee, and `hops` are where it has been until then.
    """

    name: str
    title: str
    level: str
    skills: tuple[Skill, ...]
    client: str
    contact: str
    subject: str
    body: str
    impact: Impact
    urgency: Urgency
    truth: Truth
    debrief: str
    """What was really the matter, and what a good technician would have done."""
    key: tuple[str, ...]
    """The acts that earn full points, one a line."""
    answers: tuple[Answer, ...] = ()
    outputs: Mapping[tuple[str, int], Output] = field(default_factory=dict)
    later: tuple[Later, ...] = ()
    since: timedelta = timedelta()
    hops: tuple[Hop, ...] = ()
    hints: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()

    @property
    def opened_with(self) -> Priority:
        """The priority that follows from what is said at the opening."""
        return priority_of(self.impact, self.urgency)

    @property
    def lesson(self) -> str:
        """The debrief, and which commands led astray: a trainee who believed them could not know."""
        astray = [f"step {number} of {slug}" for (slug, number), output in self.outputs.items() if output.misleading]
        return f"{self.debrief}\n\nWhat {' and '.join(astray)} printed led astray here." if astray else self.debrief

    def answer(self, said: str) -> str | None:
        """What the requester answers to a comment; None where it asks nothing that they know."""
        told = [answer.text for answer in self.answers if asks(said, answer.words)]
        return "\n\n".join(told) or None


UNABLE: Final = "I am afraid I do not know that."
"""What a requester says who is asked what the scenario does not hold."""


class Fault(NamedTuple):
    """What is wrong with a scenario's file, and on which line (from 1)."""

    path: str
    line: int
    reason: str

    @property
    def told(self) -> str:
        """In a line, as compilers tell it."""
        return f"{self.path}:{self.line}: {self.reason}"


class BadScenario(InvalidInput):
    """A file that is no scenario; `faults` are all that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(fault.told for fault in faults), "mend the file, then try again")
        self.faults = faults
