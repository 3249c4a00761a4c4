"""Queues, the lines in them, and how they are counted."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from workbench.clock import stored
from workbench.organisation.model import Calendar
from workbench.queues.filters import Filter, Operator, Term, parse
from workbench.tickets.clocks import Stage
from workbench.tickets.model import ClockState

SMART: Final = {
    "Mine": "who:me",
    "Unassigned": "who:none",
    "Waiting": "is:waiting",
    "Late": "is:late",
    "Stale": "is:stale",
    "Graveyard": "is:graveyard",
    "Bouncing": "is:bouncing",
    "Unowned": "owner:none",
    "Hand-offs": "is:handoff",
}
"""The queues every workbench has, as filters."""


SAVE: Final = "save"
"""The word after `workbench queue` that keeps a filter instead of showing a queue."""


class Queue(NamedTuple):
    """Unresolved tickets that a filter lets through, in urgency order; kind is tier, team, smart or saved."""

    name: str
    kind: str
    filter: Filter
    title: str = ""


@cache
def smart_queues() -> tuple[Queue, ...]:
    """The smart queues; their filters are read once, since queues are listed at each look."""
    return tuple(Queue(name, "smart", parse(text)) for name, text in SMART.items())


class Key(NamedTuple):
    """The place of a line in urgency order."""

    due_at: str
    priority: str
    opened_at: str
    ref: int


class Line(NamedTuple):
    """A ticket as a list shows it, read at one moment; instants as stored.

    `owners` are the teams of its component with ` | ` between, none at all where nobody owns it; None where the
    catalogue does not know it.
    """

    ref: int
    external: str | None
    subject: str
    state: str
    waiting_for: str | None
    waiting_reason: str | None
    wakes_at: str | None
    tier: str
    team: str
    assignee: str | None
    priority: str
    impact: str
    urgency: str
    client: str | None
    contact: str | None
    component: str | None
    owners: str | None
    tags: str
    opened_at: str
    arrived_at: str
    touched_at: str
    progress_at: str
    unanswered_since: str | None
    resolved_at: str | None
    closed_at: str | None
    hops: int
    bounces: int
    reopens: int
    version: int
    lead: str | None
    due_at: str
    stale_at: str
    grave_at: str
    unaccepted: int
    """1 where it was handed off and nobody has accepted it, else 0."""
    problem: int | None
    """The number of the known problem that it is linked to, else of the latest whose rule it matches."""

    @property
    def answered(self) -> bool:
        """Whether the team that holds it has taken it or written to the requester, as far as the row tells."""
        return not self.unaccepted and (self.lead is None or json.loads(self.lead)[0] != "respond")

    @property
    def key(self) -> Key:
        """Its place in urgency order."""
        return Key(self.due_at, self.priority, self.opened_at, self.ref)

    def clock(self, calendar: Callable[[str], Calendar]) -> ClockState | None:
        """The clock that runs out first."""
        if self.lead is None:
            return None
        name, target_s, calendar_name, used_s, since, ran_out_at = json.loads(self.lead)
        return ClockState(
            name,
            target_s,
            calendar(calendar_name),
            used_s,
            stored(since) if since else None,
            ran_out_at=stored(ran_out_at) if ran_out_at else None,
        )


class Cell(NamedTuple):
    """Tickets that count alike: `counted` is their stage, then w waiting, s stale, g graveyard."""

    tier: str
    team: str
    assignee: str
    bouncing: int
    counted: str


Cells: TypeAlias = list[tuple[Cell, int]]
"""Cells with how many tickets each has."""

_MARKS: Final = {"waiting": "w", "stale": "s", "graveyard": "g"}

CELL_CONDITIONS: Final = frozenset(
    ("unresolved", "waiting", "stale", "graveyard", "unassigned", "mine", "bouncing")
) | frozenset(stage.value for stage in Stage)


def countable(wanted: Filter) -> bool:
    """Whether the tally's cells alone can tell how many tickets the filter lets through."""
    return not wanted.words and all(
        term.operator is Operator.EQUAL
        and (term.field in ("tier", "team", "who") or (term.field == "is" and CELL_CONDITIONS.issuperset(term.values)))
        for term in wanted.terms
    )


def let_through(wanted: Filter, cells: Cells, me: str) -> Cells:
    """Those of the cells whose tickets a countable filter lets through."""
    for term in wanted.terms:
        test = _test(term, me)
        cells = [each for each in cells if test(each[0]) is not term.negated]
    return cells


def person_named(value: object, me: str) -> str | None:
    """Whom `who:` means: me, none (or nobody), or a login."""
    return {"me": me, "none": None, "nobody": None}.get(str(value), str(value))


_Test: TypeAlias = Callable[[Cell], bool]


def _test(term: Term, me: str) -> _Test:
    """Whether a cell has one of the values that a term names."""
    match term.field:
        case "tier":
            return lambda cell: cell.tier in term.values
        case "team":
            return lambda cell: cell.team in term.values
        case "who":
            people = {person_named(value, me) or "" for value in term.values}
            return lambda cell: cell.assignee in people
        case _:
            tests = [_condition(str(value), me) for value in term.values]
            return tests[0] if len(tests) == 1 else lambda cell: any(test(cell) for test in tests)


def _condition(name: str, me: str) -> _Test:
    if name in _MARKS:
        mark = _MARKS[name]
        return lambda cell: mark in cell.counted.partition("/")[2]
    match name:
        case "unresolved":
            return lambda cell: True
        case "unassigned":
            return lambda cell: not cell.assignee
        case "mine":
            return lambda cell: cell.assignee == me
        case "bouncing":
            return lambda cell: bool(cell.bouncing)
        case _:
            return lambda cell: cell.counted.startswith(f"{name}/")


@dataclass(slots=True)
class QueueCount:
    """How full a queue is; `open` counts every unresolved ticket, `oldest_at` is the opening of the oldest.

    Not `known`: to count it would have taken longer than somebody waits. Not `dated`: the oldest was not looked for.
    """

    queue: Queue
    open: int = 0
    stages: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Stage, 0))
    unassigned: int = 0
    graveyard: int = 0
    oldest_at: datetime | None = None
    known: bool = True
    dated: bool = False

    def add(self, cell: Cell, tickets: int) -> None:
        """Counts a cell in."""
        stage, _, flags = cell.counted.partition("/")
        self.open += tickets
        self.stages[stage] += tickets
        self.unassigned += 0 if cell.assignee else tickets
        self.graveyard += tickets if "g" in flags else 0


def count(queue: Queue, cells: Cells, me: str) -> QueueCount:
    """Counts a queue; where its filter is not countable, the cells must be its own tickets' already."""
    total = QueueCount(queue)
    for cell, tickets in let_through(queue.filter, cells, me) if countable(queue.filter) else cells:
        total.add(cell, tickets)
    return total
