"""Escalated is what was handed off, or what a log had at two tiers: the rule of resolving and the filter agree."""

from datetime import timedelta

import pytest

from tests.escalation.forms import L2, SWARM, send
from tests.support.offices import START, Office
from workbench.desk import Desk
from workbench.errors import Refused
from workbench.tickets.model import Event
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Kind, State

BESIDE = L2 | {"to": "service-desk", "direction": "sideways"}


def escalated(desk: Desk) -> list[int]:
    """The tickets that the filter finds, which are those that say so themselves."""
    found = [line.ref for line in desk.queues.all_lines(desk.queues.parse("is:escalated"))]
    assert [line.ref for line in desk.queues.all_lines(desk.queues.parse("")) if told(desk, line.ref)] == found
    return found


def told(desk: Desk, ref: int) -> bool:
    return desk.tickets.get(ref).escalated


@pytest.mark.parametrize(
    "form", [L2, BESIDE, SWARM | {"to": "frontline", "lead": "maya"}], ids=["up", "beside", "swarm"]
)
def test_whatever_way_it_was_handed_off_it_teaches_something(office: Office, form: dict[str, object]) -> None:
    ref, tickets = office.open().ref, office.desk().tickets
    send(office, ref, form)
    assert escalated(office.desk()) == [ref]
    if form["to"] == "frontline":
        office.desk().escalation.swarms.close(ref, "heat")
    with pytest.raises(Refused, match="was escalated, and cause and fix"):
        tickets.resolve(ref)
    assert tickets.resolve(ref, Resolution("heat", "a fan", one_off="one site")).state is State.RESOLVED


def test_what_was_only_moved_or_taken_back_was_not_escalated(office: Office) -> None:
    ref, tickets = office.open().ref, office.desk().tickets
    tickets.move(ref, "second-line", "theirs [/b]")
    assert tickets.get(ref).tier == "L2"
    send(office, ref, BESIDE, "ravi")
    office.desk("ravi").tickets.undo()
    assert escalated(office.desk()) == []
    assert tickets.resolve(ref).state is State.RESOLVED


def test_a_log_that_knows_no_hand_offs_tells_it_by_tiers(office: Office) -> None:
    opened = {"subject": "x", "state": "new", "team": "frontline", "tier": "L1", "priority": "P3"}
    beside, up = {"team": "service-desk"}, {"team": "engineering", "tier": "L3"}
    desk, later = office.desk(), START + timedelta(minutes=5)
    with desk.database.transaction():
        once, twice = desk.tickets.record(
            [Event(1, START, None, Kind.OPENED, after=opened), Event(2, later, "maya", Kind.MOVED, after=after)]
            for after in (beside, up)
        )
    office.pass_time(minutes=10)
    desk.tickets.move(once, "second-line", "theirs")
    assert escalated(desk) == [twice]


def test_an_earlier_moment_knows_what_was_escalated_by_then(office: Office) -> None:
    ref = office.open().ref
    opened, _ = office.clock.at, office.pass_time(minutes=5)
    send(office, ref, BESIDE)
    sent, _ = office.clock.at, office.pass_time(minutes=5)
    office.desk().tickets.undo()
    office.pass_time(minutes=5)
    assert escalated(office.desk()) == []
    for moment, found in ((opened, []), (sent, [ref])):
        with office.at(moment) as desk:
            assert escalated(desk) == found
