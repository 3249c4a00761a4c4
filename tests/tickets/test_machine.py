"""Anything anybody may do in any order: the file, the replay, the counts and the lists always tell the same."""

import atexit
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.support.offices import HOSTILE, Office, copied, make_file
from workbench.clock import NEVER, iso
from workbench.desk import Desk
from workbench.errors import WorkbenchError
from workbench.queues.as_json import line_told, queue_told
from workbench.queues.model import Cell, Line
from workbench.queues.store import Order
from workbench.tickets.as_json import ticket_told
from workbench.tickets.clocks import Stage, graveyard_at, leading, stale_at, standing
from workbench.tickets.model import Ticket
from workbench.tickets.replay import replay
from workbench.tickets.rows import (
    COLUMNS,
    RESOLUTION_COLUMNS,
    RESPONSE_COLUMNS,
    resolution_rows,
    response_row,
    row_of,
)
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Impact, Priority, State, Urgency, WaitingFor

WHO = st.sampled_from(("maya", "ravi"))
ANYBODY = st.sampled_from((None, "maya", "ravi", "omar", "stranger"))
TEAM = st.sampled_from(("frontline", "service-desk", "second-line", "engineering"))
_RESOLUTIONS = f"SELECT {', '.join(RESOLUTION_COLUMNS)} FROM resolution WHERE ticket_id = ? ORDER BY seq"
_RESPONSE = f"SELECT {', '.join(RESPONSE_COLUMNS)} FROM first_response WHERE ticket_id = ?"
LENGTHS = ({"seconds": 1}, {"minutes": 8}, {"minutes": 31}, {"hours": 1}, {"hours": 20}, {"days": 7}, {"days": 31})


@cache
def office_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, folder)
    return make_file(folder)


class Sight:
    """A ticket as worked out in Python, for one moment."""

    def __init__(self, office: Office, ticket: Ticket) -> None:
        now, limits = office.clock.at, office.desk().tickets.limits
        where = standing(ticket.state, leading(ticket.clocks, now), now, limits)
        self.ticket = ticket
        self.stage = where.stage
        self.waiting = ticket.state is State.WAITING
        self.stale = ticket.unresolved and stale_at(ticket, limits) <= now
        self.grave = ticket.unresolved and graveyard_at(ticket.opened_at, ticket.touched_at, limits) <= now
        self.hour_old = ticket.opened_at < now - timedelta(hours=1)
        due = iso(where.due_at) if where.due_at else NEVER
        self.place = (due, ticket.priority.value, iso(ticket.opened_at), ticket.ref)

    @property
    def cell(self) -> Cell:
        marks = f"{'w' * self.waiting}{'s' * self.stale}{'g' * self.grave}"
        ticket = self.ticket
        return Cell(ticket.tier, ticket.team, ticket.assignee or "", ticket.bounces > 0, f"{self.stage}/{marks}")


FILTERS: tuple[tuple[str, Callable[[Sight], bool]], ...] = (
    ("", lambda seen: True),
    ("tier:L1", lambda seen: seen.ticket.tier == "L1"),
    ("team:second-line", lambda seen: seen.ticket.team == "second-line"),
    ("who:me", lambda seen: seen.ticket.assignee == "maya"),
    ("who:none", lambda seen: seen.ticket.assignee is None),
    ("is:waiting", lambda seen: seen.waiting),
    ("is:late", lambda seen: seen.stage is Stage.LATE),
    ("is:late tier:L1", lambda seen: seen.stage is Stage.LATE and seen.ticket.tier == "L1"),
    ("is:stale", lambda seen: seen.stale),
    ("is:graveyard", lambda seen: seen.grave),
    ("is:bouncing", lambda seen: seen.ticket.bounces > 0),
    ("-is:waiting age:>1h", lambda seen: not seen.waiting and seen.hour_old),
    ("is:open,due is:unassigned", lambda seen: _open_or_due(seen) and seen.ticket.assignee is None),
    ("down", lambda seen: "down" in seen.ticket.subject),
    ("-printer priority:<=P3", lambda seen: "Printer" not in seen.ticket.subject and seen.ticket.priority <= "P3"),
)


def _open_or_due(seen: Sight) -> bool:
    return seen.ticket.state is State.OPEN or seen.stage is Stage.DUE


@settings(max_examples=40, stateful_step_count=50)
class Workday(RuleBasedStateMachine):
    """Two people at two desks on one file, with time passing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="workday-"))
        self.office = Office(copied(office_file(), self.folder))
        self.patched = pytest.MonkeyPatch()
        self.refs: list[int] = []
        self.versions: dict[int, int] = {}
        self.steps = 0
        self.memories: list[tuple[Any, dict[str, Any]]] = []

    def teardown(self) -> None:
        self.patched.undo()
        self.office.close()
        shutil.rmtree(self.folder)

    def act(self, act: Callable[[], object]) -> None:
        """Does it; what is refused has changed nothing."""
        database = self.office.desk().database
        before = database.value("SELECT count(*) FROM event")
        try:
            act()
        except WorkbenchError:
            assert database.value("SELECT count(*) FROM event") == before

    def ref(self, choice: int) -> int:
        return self.refs[choice % len(self.refs)]

    @initialize(many=st.booleans())
    def first_ticket(self, many: bool) -> None:
        """`many`: lists are walked as if there were too many tickets to sort them."""
        if many:
            self.patched.setattr("workbench.queues.walks.FEW", 0)
            self.patched.setattr("workbench.queues.walks.SORTED", 0)
        self.open("maya", HOSTILE[0], "contoso", Impact.ONE, Urgency.HAMPERED)

    @rule(
        who=WHO,
        subject=st.sampled_from(HOSTILE),
        client=st.sampled_from(("contoso", "fabrikam")),
        impact=st.sampled_from(Impact),
        urgency=st.sampled_from(Urgency),
    )
    def open(self, who: str, subject: str, client: str, impact: Impact, urgency: Urgency) -> None:
        ticket = self.office.open(subject, who, client=client, impact=impact, urgency=urgency, contact="Dana")
        self.refs.append(ticket.ref)

    @rule(who=WHO, choice=st.integers(0, 99), stale=st.booleans())
    def take(self, who: str, choice: int, stale: bool) -> None:
        ref = self.ref(choice)
        version = self.versions.get(ref) if stale else None
        self.act(lambda: self.office.desk(who).tickets.take(ref, version))

    @rule(who=WHO, queue=st.sampled_from((None, "L1", "Late", "Unassigned", "engineering")))
    def take_next(self, who: str, queue: str | None) -> None:
        self.act(lambda: self.office.desk(who).queues.take_next(queue))

    @rule(choice=st.integers(0, 99))
    def look(self, choice: int) -> None:
        ref = self.ref(choice)
        self.versions[ref] = self.office.desk().tickets.get(ref).version

    @rule(who=WHO, choice=st.integers(0, 99), to=ANYBODY)
    def assign(self, who: str, choice: int, to: str | None) -> None:
        self.act(lambda: self.office.desk(who).tickets.assign(self.ref(choice), to))

    @rule(
        who=WHO,
        choice=st.integers(0, 99),
        on=st.sampled_from(WaitingFor),
        minutes=st.none() | st.sampled_from((0, 8, 60, 3000)),
    )
    def wait(self, who: str, choice: int, on: WaitingFor, minutes: int | None) -> None:
        until = None if minutes is None else self.office.clock.at + timedelta(minutes=minutes)
        self.act(lambda: self.office.desk(who).tickets.wait(self.ref(choice), on, "[/b] their turn", until))

    @rule(who=WHO, choice=st.integers(0, 99), text=st.sampled_from(("", *HOSTILE)))
    def comment(self, who: str, choice: int, text: str) -> None:
        self.act(lambda: self.office.desk(who).tickets.comment(self.ref(choice), text))

    @rule(who=WHO, choice=st.integers(0, 99), kind=st.sampled_from(("note", "reply", "resume", "close", "reopen")))
    def small_act(self, who: str, choice: int, kind: str) -> None:
        tickets, ref = self.office.desk(who).tickets, self.ref(choice)
        acts: dict[str, Callable[[], object]] = {
            "note": lambda: tickets.note(ref, "looked"),
            "reply": lambda: tickets.reply(ref, "and now?"),
            "resume": lambda: tickets.resume(ref),
            "close": lambda: tickets.close(ref),
            "reopen": lambda: tickets.reopen(ref, "again"),
        }
        self.act(acts[kind])

    @rule(who=WHO, choice=st.integers(0, 99), team=TEAM)
    def move(self, who: str, choice: int, team: str) -> None:
        self.act(lambda: self.office.desk(who).tickets.move(self.ref(choice), team, "theirs"))

    @rule(who=WHO, choice=st.integers(0, 99), priority=st.sampled_from(Priority))
    def prioritise(self, who: str, choice: int, priority: Priority) -> None:
        self.act(lambda: self.office.desk(who).tickets.prioritise(self.ref(choice), priority, "the boss"))

    @rule(who=WHO, choice=st.integers(0, 99), learned=st.booleans())
    def resolve(self, who: str, choice: int, learned: bool) -> None:
        told = Resolution("heat", "a fan", "one site") if learned else Resolution()
        self.act(lambda: self.office.desk(who).tickets.resolve(self.ref(choice), told))

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        self.act(lambda: self.office.desk(who).tickets.undo())

    @rule(length=st.sampled_from(LENGTHS))
    def tick(self, length: dict[str, int]) -> None:
        self.office.pass_time(**length)

    @precondition(lambda self: len(self.memories) < 4)
    @rule()
    def remember(self) -> None:
        self.memories.append((self.office.clock.at, self.told(self.office.desk())))
        self.office.pass_time(seconds=1)

    @precondition(lambda self: self.memories)
    @rule(choice=st.integers(0, 99))
    def look_back(self, choice: int) -> None:
        then, seen_then = self.memories[choice % len(self.memories)]
        with self.office.at(then) as desk:
            assert self.told(desk) == seen_then

    def told(self, desk: Desk) -> dict[str, Any]:
        now, lines = desk.now(), desk.queues.all_lines(desk.queues.parse(""))
        return {
            "queues": [queue_told(total, now) for total in desk.queues.counts()],
            "lines": [line_told(line, desk.queues.standing(line, now), now) for line in lines],
            "tickets": [self.ticket_told(desk, ref) for ref in sorted(line.ref for line in lines)[:3]],
        }

    def ticket_told(self, desk: Desk, ref: int) -> dict[str, Any]:
        ticket, timeline = desk.tickets.with_timeline(ref)
        return ticket_told(ticket, timeline, desk.now(), desk.tickets.limits)

    @invariant()
    def rows_are_what_the_events_make_of_them(self) -> None:
        desk, now = self.office.desk(), self.office.clock.at
        terms, limits = desk.organisation.current().terms, desk.tickets.limits
        for row in desk.database.rows(f"SELECT {', '.join(COLUMNS)} FROM ticket"):
            ticket = replay(row[0], desk.tickets.store.events(row[0]), terms, limits.close_after)
            anew = row_of(ticket, now, limits)
            assert row[:-2] == anew[:-2]
            if row[-1] > iso(now):
                assert row[-2:] == anew[-2:]
            assert desk.database.rows(_RESOLUTIONS, (row[0],)) == resolution_rows(ticket)
            assert desk.database.row(_RESPONSE, (row[0],)) == response_row(ticket)
            told = desk.tickets.get(row[0])
            assert [(stay.seq, stay.left_at, stay.outcome) for stay in ticket.stays] == [
                (stay.seq, stay.left_at, stay.outcome) for stay in told.stays
            ]

    @invariant()
    def a_list_tells_of_a_ticket_what_the_ticket_tells(self) -> None:
        desk, now = self.office.desk(), self.office.clock.at
        for line in desk.queues.all_lines(desk.queues.parse("")):
            whole = self.ticket_told(desk, line.ref)
            told = line_told(line, desk.queues.standing(line, now), now)
            assert told == {name: whole[name] for name in told}
            assert whole.keys() - told.keys() == {"body", "clocks", "stays", "timeline"}

    @invariant()
    def counts_and_lists_are_what_looking_at_each_ticket_gives(self) -> None:
        desk = self.office.desk()
        sights = [Sight(self.office, desk.tickets.get(ref)) for ref in self.refs]
        live = [seen for seen in sights if seen.ticket.unresolved]
        cells = desk.queues.store.cells(desk.now(), desk.tickets.limits)
        assert dict(cells) == Counter(seen.cell for seen in live)
        self.steps += 1
        text, holds = FILTERS[self.steps % len(FILTERS)]
        wanted = [seen for seen in live if holds(seen)]
        expected = [seen.ticket.ref for seen in sorted(wanted, key=lambda seen: seen.place)]
        assert desk.queues.size(desk.queues.parse(text)) == len(expected)
        self.walk(text, Order.URGENCY, expected)
        if self.steps % 4 == 0:
            self.walk(text, Order.NUMBER, sorted(expected))
            by_age = sorted(wanted, key=lambda seen: seen.place[2:])
            self.walk(text, Order.AGE, [seen.ticket.ref for seen in by_age])

    def walk(self, text: str, order: Order, expected: list[int]) -> None:
        """Pages forward and backward, places and single lines of one list."""
        queues = self.office.desk().queues
        selection = queues.select(queues.parse(text), order)
        lines = _walked(selection, 2)
        assert [line.ref for line in lines] == expected
        assert [line.ref for line in _walked(selection, 3, backwards=True)] == expected
        assert [selection.rank(line) for line in lines] == list(range(len(expected)))
        assert selection.count() == len(expected)
        assert [line.ref for line in selection.page(2, offset=1)] == expected[1:3]
        falling = queues.select(queues.parse(text), order, down=True)
        assert [line.ref for line in _walked(falling, 2)] == expected[::-1]
        found = [selection.find(ref) for ref in self.refs]
        assert [line for line in found if line] == sorted(lines, key=lambda line: line.ref)


def _walked(selection: Any, size: int, *, backwards: bool = False) -> list[Line]:
    lines: list[Line] = selection.page(size, backwards=backwards)
    while lines and (more := selection.beyond(lines[0 if backwards else -1], size, backwards=backwards)):
        lines = [*more, *lines] if backwards else [*lines, *more]
    return lines


TestWorkday = Workday.TestCase
