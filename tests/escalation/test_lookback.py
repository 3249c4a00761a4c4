"""Reading at an earlier instant shows hand-offs, swarms and problems as they stood then."""

from datetime import datetime
from typing import Any

import pytest

from tests.escalation.forms import SWARM
from tests.escalation.test_recording import lived
from tests.escalation.test_service import L2, send
from tests.support.offices import Office
from workbench.desk import Desk
from workbench.escalation.model import Return, ReturnCode, Row
from workbench.problems.model import NewProblem, Rule
from workbench.tickets.rules import Resolution


def seen(desk: Desk, now: datetime) -> dict[str, Any]:
    """All that the rooms tell of themselves."""
    number = {problem.number: desk.problems.events(problem.number) for problem in desk.problems.all()}
    return {
        "handoffs": [
            (each.seq, each.status, each.owed, each.code, each.words, each.ended_by, each.ended_at, each.form)
            for each in desk.escalation.handoffs()
        ],
        "standing": [each.number for each in desk.escalation.standing()],
        "swarms": [(swarm, swarm.hours(now)) for swarm in desk.escalation.swarms.all()],
        "problems": [(each.number, each.state, each.fixed_at, number[each.number]) for each in desk.problems.all()],
        "counts": desk.problems.counts(),
        "repeats": desk.problems.repeats(),
    }


def test_each_moment_is_seen_again_as_it_was(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    memories: list[tuple[datetime, dict[str, Any]]] = []
    passing = office.pass_time

    def remember(**length: int) -> datetime:
        memories.append((office.clock.at, seen(office.desk(), office.clock.at)))
        return passing(**length)

    monkeypatch.setattr(office, "pass_time", remember)
    number = office.desk().problems.write(NewProblem("502", Rule(words=("down",)))).number
    office.pass_time(minutes=1)
    lived(office)
    office.pass_time(minutes=1)
    office.desk().problems.begin_fix(number)
    office.pass_time(minutes=1)
    office.desk().problems.fix(number, "a fan")
    office.pass_time(minutes=1)
    again = office.open("server down").ref
    office.pass_time(minutes=1)
    office.desk().problems.link(again, number)
    send(office, again, L2)
    office.pass_time(minutes=1)
    office.desk("omar").escalation.give_back(again, Return(ReturnCode.INFORMATION_MISSING, "?", (Row.ERROR,)))
    office.pass_time(minutes=1)
    office.desk().tickets.resolve(again, Resolution("a", "b", "c"))
    office.pass_time(minutes=1)
    office.desk().tickets.undo()
    office.pass_time(minutes=1)
    assert len(memories) > 20
    for then, was in memories:
        with office.at(then) as desk:
            assert seen(desk, then) == was


def test_a_swarm_is_seen_as_it_stood_though_its_events_were_undone_since(office: Office) -> None:
    memories: list[tuple[datetime, dict[str, Any]]] = []

    def remember() -> None:
        memories.append((office.clock.at, seen(office.desk(), office.clock.at)))
        office.pass_time(minutes=10)

    ref = office.open().ref
    send(office, ref, SWARM)
    remember()
    ines = office.desk("ines")
    ines.escalation.swarms.join(ref)
    remember()
    ines.escalation.swarms.drive(ref, "ravi")
    remember()
    ines.escalation.swarms.close(ref, "both caches [b] expire at once")
    remember()
    while office.desk("ines").escalation.swarms.get(ref).present != ("omar",):
        ines.tickets.undo()
        remember()
    ines.escalation.swarms.join(ref)
    ines.escalation.swarms.close(ref, "something else")
    remember()
    for then, was in memories:
        with office.at(then) as desk:
            assert seen(desk, then) == was
