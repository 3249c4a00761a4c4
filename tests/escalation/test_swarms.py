"""Swarms: called together by a hand-off, one driver, a shared log, and no end without its learning."""

from typing import Any

import pytest

from tests.escalation.test_service import L2
from tests.support.offices import HOSTILE, Office
from workbench.errors import Incomplete, NotFound, Refused
from workbench.escalation.model import Direction, Handoff, Status
from workbench.escalation.swarms import SwarmService
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Kind

FORM: dict[str, Any] = L2 | {
    "to": "frontline",
    "direction": "swarm",
    "lead": "ravi",
    "components": ["checkout", "identity [/b]"],
}


def start(office: Office, **changes: Any) -> tuple[int, Handoff]:
    ref = office.open(HOSTILE[2]).ref
    service = office.desk().escalation
    return ref, service.send(ref, service.forms.read(ref, FORM | changes))


def swarms(office: Office, who: str = "maya") -> SwarmService:
    return office.desk(who).escalation.swarms


def test_a_hand_off_to_a_swarm_starts_it_with_its_driver(office: Office) -> None:
    ref, handoff = start(office)
    swarm = swarms(office).get(ref)
    assert (swarm.driver, swarm.why, swarm.components) == ("ravi", "none fits", ("checkout", "identity [/b]"))
    assert (swarm.present, handoff.direction, handoff.status) == (("ravi",), Direction.SWARM, Status.ACCEPTED)
    assert (handoff.required, handoff.missing) == (6, ())
    assert office.desk().tickets.get(ref).assignee == "ravi"
    service = office.desk().escalation
    again = service.forms.read(ref, FORM)
    with pytest.raises(Refused, match="drives a swarm on"):
        service.send(ref, again)


def test_components_and_a_lead_are_required(office: Office) -> None:
    with pytest.raises(Incomplete) as raised:
        start(office, components=[])
    assert raised.value.missing == ("components",)


@pytest.mark.parametrize(("to", "lead"), [("second-line", "inez"), ("ines", "inez"), ("second-line", "frontline")])
def test_a_lead_whom_nobody_knows_is_named(office: Office, to: str, lead: str) -> None:
    with pytest.raises(NotFound, match=f"no person named '{lead}'"):
        start(office, to=to, lead=lead)
    with pytest.raises(NotFound, match="no swarm"):
        swarms(office).get(1001)


def test_helpers_come_and_go_and_all_write_one_log(office: Office) -> None:
    ref, _ = start(office)
    swarms(office, "omar").join(ref)
    office.pass_time(hours=1)
    swarms(office, "omar").log(ref, "[/b] found it")
    swarms(office, "omar").leave(ref)
    swarms(office).join(ref, "ines")
    office.pass_time(hours=2)
    swarm = swarms(office).get(ref)
    assert set(swarm.present) == {"ravi", "ines"}
    assert swarm.hours(office.clock.now()) == {"ravi": 3 * 3600, "ines": 2 * 3600, "omar": 3600}
    kinds = [event.kind for event in swarms(office).log_of(swarm)]
    assert kinds == [
        Kind.SWARM_STARTED,
        Kind.SWARM_JOINED,
        Kind.SWARM_LOGGED,
        Kind.SWARM_LEFT,
        Kind.SWARM_JOINED,
    ]
    with pytest.raises(Refused, match="you are not in"):
        swarms(office, "omar").leave(ref)


def test_there_is_always_one_driver(office: Office) -> None:
    ref, _ = start(office)
    with pytest.raises(Refused, match="you drive"):
        swarms(office, "ravi").leave(ref)
    assert swarms(office).drive(ref, "omar").driver == "omar"
    assert swarms(office, "ravi").leave(ref).present == ("omar",)


def test_handing_the_driving_on_is_one_act(office: Office) -> None:
    ref, _ = start(office)
    before = swarms(office).get(ref)
    assert swarms(office).drive(ref, "ines").present == ("ravi", "ines")
    office.desk().tickets.undo()
    assert swarms(office).get(ref) == before


def test_what_follows_the_end_is_not_in_the_log_though_it_is_of_the_same_second(office: Office) -> None:
    ref, _ = start(office)
    swarms(office, "ravi").close(ref, "learned")
    office.desk().tickets.note(ref, "not of the swarm")
    kinds = [event.kind for event in swarms(office).log_of(swarms(office).get(ref))]
    assert kinds == [Kind.SWARM_STARTED, Kind.SWARM_CLOSED]


def test_it_closes_only_with_its_learning_and_before_the_ticket_is_resolved(office: Office) -> None:
    ref, _ = start(office)
    told = Resolution("both expire at once", "spread them", one_off="one release")
    with pytest.raises(Refused, match="close it first"):
        office.desk("ravi").tickets.resolve(ref, told)
    assert office.desk().tickets.get(ref).unresolved
    closed = swarms(office, "ravi").close(ref, "both caches expire at once")
    assert (closed.learning, closed.present) == ("both caches expire at once", ())
    office.desk("ravi").tickets.resolve(ref, told)
    with pytest.raises(Refused):
        swarms(office).join(ref)


def test_undo_takes_back_the_end_and_the_beginning(office: Office) -> None:
    ref, _ = start(office)
    swarms(office, "omar").join(ref)
    swarms(office, "omar").close(ref, "x")
    office.desk("omar").tickets.undo()
    assert set(swarms(office).get(ref).present) == {"ravi", "omar"}
    office.desk("omar").tickets.undo()
    assert swarms(office).get(ref).present == ("ravi",)
    office.desk().tickets.undo()
    assert swarms(office).of_ticket(ref) is None
    with pytest.raises(NotFound):
        swarms(office).get(ref)


def test_a_swarm_on_what_can_wait_or_what_one_team_owns_is_warned_of(office: Office) -> None:
    ref = office.open().ref
    forms = office.desk().escalation.forms
    assert "P3" in forms.outlook(ref, forms.read(ref, FORM)).warnings[0]
