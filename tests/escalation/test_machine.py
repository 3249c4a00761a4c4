"""Hand-offs in any order by several people: each row always says what the ticket's events say."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.offices import HOSTILE, Office, copied, make_file
from workbench.errors import WorkbenchError
from workbench.escalation.integrity import faults
from workbench.escalation.model import Form, Return, ReturnCode, Row
from workbench.escalation.reading import read_form
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Impact, State, Urgency

WHO = st.sampled_from(("maya", "ravi", "omar", "ines"))
TO = st.sampled_from(("frontline", "service-desk", "second-line", "engineering", "omar", "ines"))
TOLD = {
    "summary": HOSTILE[0],
    "impact": "one",
    "urgency": "hampered",
    "reason": {"category": "access_missing", "words": "[/b] no rights"},
    "steps": [{"what": "restarted", "outcome": "failed"}],
    "diagnostics": [{"what": "load", "value": "9", "at": "14:05"}],
    "why_up": "they asked",
}


@cache
def office_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="handoffs-"))
    atexit.register(shutil.rmtree, folder)
    return make_file(folder)


@settings(max_examples=60, stateful_step_count=40)
class PassingOn(RuleBasedStateMachine):
    """Four people at one file, who hand two tickets about."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="passing-"))
        self.office = Office(copied(office_file(), self.folder))
        self.refs: list[int] = []

    def teardown(self) -> None:
        self.office.close()
        shutil.rmtree(self.folder)

    @initialize()
    def tickets(self) -> None:
        pressing = {"impact": Impact.EVERYONE, "urgency": Urgency.BLOCKED}
        self.refs = [self.office.open(HOSTILE[1]).ref, self.office.open(HOSTILE[2], "maya", **pressing).ref]

    def act(self, act: Callable[[], object]) -> None:
        """Does it; what is refused has changed nothing."""
        database = self.office.desk().database
        count = "SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM handoff)"
        before = database.value(count)
        try:
            act()
        except WorkbenchError:
            assert database.value(count) == before
        self.office.clock.at += timedelta(minutes=1)

    @rule(who=WHO, second=st.booleans(), to=TO, swarm=st.booleans(), whole=st.booleans())
    def send(self, who: str, second: bool, to: str, swarm: bool, whole: bool) -> None:
        told = (TOLD if whole else {"why_up": "x"}) | {"to": to}
        form = read_form(told | ({"direction": "swarm", "lead": "ines", "components": ["x"]} if swarm else {}), Form())
        self.act(lambda: self.office.desk(who).escalation.send(self.refs[second], form))

    @rule(who=WHO, second=st.booleans())
    def accept(self, who: str, second: bool) -> None:
        self.act(lambda: self.office.desk(who).escalation.accept(self.refs[second]))

    @rule(who=WHO, second=st.booleans(), code=st.sampled_from(ReturnCode))
    def give_back(self, who: str, second: bool, code: ReturnCode) -> None:
        fields = (Row.ERROR, Row.ACCOUNT) if code is ReturnCode.INFORMATION_MISSING else ()
        back = Return(code, "[/b] not ours", fields)
        self.act(lambda: self.office.desk(who).escalation.give_back(self.refs[second], back))

    @rule(who=WHO, second=st.booleans(), told=st.sampled_from((TOLD, {"account": "dana", "permissions": "all"})))
    def complete(self, who: str, second: bool, told: dict[str, object]) -> None:
        escalation = self.office.desk(who).escalation
        latest = escalation.handoffs(self.refs[second])
        if latest:
            self.act(lambda: escalation.complete(latest[0].number, told))

    @rule(who=WHO, second=st.booleans(), kind=st.sampled_from(("take", "drop", "note", "reopen", "join", "leave")))
    def small_act(self, who: str, second: bool, kind: str) -> None:
        desk, ref = self.office.desk(who), self.refs[second]
        acts: dict[str, Callable[[], object]] = {
            "take": lambda: desk.tickets.take(ref),
            "drop": lambda: desk.tickets.assign(ref, None),
            "note": lambda: desk.tickets.note(ref, "looked"),
            "reopen": lambda: desk.tickets.reopen(ref, "again"),
            "join": lambda: desk.escalation.swarms.join(ref),
            "leave": lambda: desk.escalation.swarms.leave(ref),
        }
        self.act(acts[kind])

    @rule(who=WHO, second=st.booleans(), driver=st.none() | WHO)
    def drive_or_close_the_swarm(self, who: str, second: bool, driver: str | None) -> None:
        swarms, ref = self.office.desk(who).escalation.swarms, self.refs[second]
        self.act(lambda: swarms.drive(ref, driver) if driver else swarms.close(ref, "[/b] learned"))

    @rule(who=WHO, second=st.booleans(), avoidable=st.sampled_from(("", "access", "no")))
    def resolve(self, who: str, second: bool, avoidable: str) -> None:
        told = Resolution("heat", "a fan", "one site", avoidable=avoidable)
        self.act(lambda: self.office.desk(who).tickets.resolve(self.refs[second], told))

    @rule(who=WHO, second=st.booleans(), to=st.sampled_from(("frontline", "service-desk", "second-line")))
    def move(self, who: str, second: bool, to: str) -> None:
        self.act(lambda: self.office.desk(who).tickets.move(self.refs[second], to, "[/b] theirs"))

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        self.act(lambda: self.office.desk(who).tickets.undo())

    @rule()
    def undo_the_latest(self) -> None:
        database = self.office.desk().database
        [(who,)] = database.rows("SELECT who FROM event WHERE who <> 'Dana' ORDER BY act DESC, seq DESC LIMIT 1")
        self.act(lambda: self.office.desk(who).tickets.undo())

    @invariant()
    def rows_are_what_the_events_make_of_them(self) -> None:
        assert list(faults(self.office.desk().database)) == []

    @invariant()
    def what_was_escalated_is_found_as_that(self) -> None:
        queues, tickets = self.office.desk().queues, self.office.desk().tickets
        found = {line.ref for line in queues.all_lines(queues.parse("is:escalated"))}
        assert found == {ref for ref in self.refs if tickets.get(ref).escalated}

    @invariant()
    def what_waits_to_be_accepted_lies_with_its_receivers(self) -> None:
        desk = self.office.desk()
        for ref in self.refs:
            pending, ticket = desk.escalation.pending(ref), desk.tickets.get(ref)
            if pending is not None and ticket.state is not State.CLOSED:
                assert ticket.team == pending.target


TestPassingOn = PassingOn.TestCase
