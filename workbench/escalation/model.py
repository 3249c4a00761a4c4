"""The form of a hand-off: what the receiver has to know so as to start where the sender stopped."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple


class Direction(StrEnum):
    """Which way a hand-off goes."""

    UP = "up"
    """The next tier knows more."""
    SIDEWAYS = "sideways"
    """Another team owns the thing."""
    SWARM = "swarm"
    """Several teams together."""


class Category(StrEnum):
    """Why it exceeds the team that hands it off."""

    NO_RUNBOOK = "no_runbook"
    RUNBOOK_FAILED = "runbook_failed"
    ACCESS_MISSING = "access_missing"
    SUSPECTED_DEFECT = "suspected_defect"
    SECURITY = "security"
    INFRASTRUCTURE = "infrastructure"
    OWNED_ELSEWHERE = "owned_elsewhere"
    CROSS_SYSTEM = "cross_system"


CATEGORY_WORDS: Final = {
    Category.NO_RUNBOOK: "no runbook fits",
    Category.RUNBOOK_FAILED: "the runbook did not fix it",
    Category.ACCESS_MISSING: "access or permission missing",
    Category.SUSPECTED_DEFECT: "suspected defect",
    Category.SECURITY: "security incident",
    Category.INFRASTRUCTURE: "infrastructure or design",
    Category.OWNED_ELSEWHERE: "owned elsewhere (sideways)",
    Category.CROSS_SYSTEM: "cross-system (swarm)",
}
"""How a person reads them."""


class Outcome(StrEnum):
    """What became of a step that was tried."""

    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


class ReturnCode(StrEnum):
    """Why a receiver gives a ticket back."""

    WRONG_OWNER = "wrong_owner"
    INFORMATION_MISSING = "information_missing"
    KNOWN_PROBLEM = "known_problem"
    L1_CAN_DO = "l1_can_do"

    @property
    def words(self) -> str:
        """How a person reads it: `information missing`."""
        return self.value.replace("_", " ").replace("l1", "L1")


class Status(StrEnum):
    """What became of a hand-off; *owed* is sent while required fields are still to come."""

    SENT = "sent"
    OWED = "owed"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Row(StrEnum):
    """The rows of what a hand-off requires; one of two parts is filled when both are."""

    SUMMARY = "summary"
    IMPACT = "impact"
    STEPS = "steps"
    DIAGNOSTICS = "diagnostics"
    REASON = "reason"
    ERROR = "error"
    REPRODUCTION = "reproduction"
    ACCOUNT = "account"
    ENVIRONMENT = "environment"
    CHANGES = "changes"
    COMPONENTS = "components"

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the form that fill it, by their names there."""
        return _PARTS.get(self, (self.value,))


_PARTS: Final = {
    Row.IMPACT: ("impact", "urgency"),
    Row.REASON: ("category", "words"),
    Row.ERROR: ("error_message", "error_at"),
    Row.REPRODUCTION: ("reproduction", "not_reproducible"),
    Row.ACCOUNT: ("account", "permissions"),
    Row.ENVIRONMENT: ("environment", "version"),
    Row.CHANGES: ("recent_changes", "recent_actions"),
    Row.COMPONENTS: ("components", "lead"),
}


class StepTaken(NamedTuple):
    """A step that was tried, with what came of it; the outcome is empty until somebody says it."""

    what: str
    outcome: str = ""
    note: str = ""


class Diagnostic(NamedTuple):
    """A value that was looked up: what, what it was, and when, in words or as an instant."""

    what: str
    value: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A hand-off as far as it is filled in; texts are empty where nothing is said, and "none" is an answer.

    `to` is a team or a person. `error_at` and the diagnostics' times are words or instants, as people note them.
    """

    direction: Direction | None = None
    to: str = ""
    why_up: str = ""
    category: Category | None = None
    words: str = ""
    summary: str = ""
    impact: str = ""
    urgency: str = ""
    steps: tuple[StepTaken, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    error_message: str = ""
    error_at: str = ""
    reproduction: str = ""
    not_reproducible: str = ""
    account: str = ""
    permissions: str = ""
    environment: str = ""
    version: str = ""
    recent_changes: str = ""
    recent_actions: str = ""
    components: tuple[str, ...] = ()
    lead: str = ""

    def lacks(self, row: Row) -> tuple[str, ...]:
        """The parts of a row that nobody has filled in, by their names in the form; none where it is filled."""
        return tuple(_LACKING[row](self)) if row in _LACKING else _empty(self, *row.parts)

    def differs(self, other: "Form") -> frozenset[str]:
        """The names of the parts in which it says something else than another form."""
        return frozenset(part.name for part in fields(self) if getattr(self, part.name) != getattr(other, part.name))

    def taking(self, names: Iterable[str], other: "Form") -> "Form":
        """The same, but for the named parts, which say what they say in another form."""
        return replace(self, **{name: getattr(other, name) for name in names})

    def over(self, other: "Form") -> "Form":
        """The same, but for the parts in which it says nothing: they say what they say in the other form."""
        return self.taking((part.name for part in fields(self) if not getattr(self, part.name)), other)


def _empty(form: Form, *names: str) -> tuple[str, ...]:
    return tuple(name for name in names if not str(getattr(form, name) or "").strip())


def _steps(form: Form) -> Iterator[str]:
    if not form.steps:
        yield "steps"
    elif any(not step.what.strip() or not step.outcome for step in form.steps):
        yield "an outcome for each step"


def _diagnostics(form: Form) -> Iterator[str]:
    if not form.diagnostics:
        yield "diagnostics"
    elif any(not part.strip() for diagnostic in form.diagnostics for part in diagnostic):
        yield "what, value and time of each"


def _reproduction(form: Form) -> Iterator[str]:
    if not form.reproduction.strip() and not form.not_reproducible.strip():
        yield "the steps, or not_reproducible with what was tried"


def _components(form: Form) -> Iterator[str]:
    if not form.components:
        yield "components"
    yield from _empty(form, "lead")


_LACKING: Final = {
    Row.STEPS: _steps,
    Row.DIAGNOSTICS: _diagnostics,
    Row.REPRODUCTION: _reproduction,
    Row.COMPONENTS: _components,
}


class Return(NamedTuple):
    """Why a receiver gives a ticket back, in a code and in words, and what helps the sender.

    `fields` are rows that say too little, `problem` is the known one, `runbook` the one that the sender's tier can
    follow, `owner` the team that really owns it.
    """

    code: ReturnCode
    words: str
    fields: tuple[Row, ...] = ()
    problem: int | None = None
    runbook: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Handoff:
    """One hand-off that was sent, and what became of it; `seq` is its event in the ticket's timeline.

    `missing` are the rows that were required and not filled when it was sent, `owed` what of them is still to come.
    `code` and `words` say why it was returned.
    """

    number: int
    ref: int
    seq: int
    source: str
    target: str
    person: str | None
    direction: Direction
    by: str
    sent_at: datetime
    status: Status
    form: Form
    required: int
    missing: tuple[Row, ...] = ()
    owed: tuple[Row, ...] = ()
    code: ReturnCode | None = None
    words: str | None = None
    ended_by: str | None = None
    ended_at: datetime | None = None
