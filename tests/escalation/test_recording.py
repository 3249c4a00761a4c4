"""Hand-offs and swarms of recorded histories are those that were lived, and `check` sees where they are not."""

from typing import Any

import pytest

from tests.escalation.test_service import L2, send
from tests.support.offices import HOSTILE, Office
from workbench.escalation.integrity import faults
from workbench.escalation.model import Direction, Form, Return, ReturnCode, Row, Status
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Impact, Urgency

TABLES = ("handoff", "swarm", "swarm_helper")


def lived(office: Office) -> list[int]:
    """Tickets on which everything happens that can happen to a hand-off."""
    first, urgent = office.open().ref, office.open(impact=Impact.EVERYONE, urgency=Urgency.BLOCKED).ref
    for act in (
        lambda: send(office, first, L2),
        lambda: office.desk("omar").escalation.give_back(
            first, Return(ReturnCode.INFORMATION_MISSING, HOSTILE[1], (Row.ERROR, Row.ACCOUNT))
        ),
        lambda: office.desk().escalation.complete(1, {"error": {"message": "x", "at": "now"}}),
        lambda: send(office, first, L2),
        lambda: office.desk().tickets.undo(),
        lambda: send(office, first, L2 | {"to": "omar"}),
        lambda: office.desk("omar").escalation.accept(first),
        lambda: send(office, urgent, {"to": "second-line", "summary": "now"}),
        lambda: office.desk("omar").tickets.take(urgent),
        lambda: send(
            office, urgent, L2 | {"direction": "swarm", "to": "omar", "components": ["x"], "lead": "omar"}, "omar"
        ),
        lambda: office.desk("ines").escalation.swarms.join(urgent),
        lambda: office.desk("omar").escalation.swarms.drive(urgent, "ines"),
        lambda: office.desk("omar").escalation.swarms.leave(urgent),
        lambda: office.desk("ines").escalation.swarms.close(urgent, HOSTILE[1]),
        lambda: office.desk("omar").tickets.resolve(first, Resolution("a", "b", "c", avoidable="access")),
    ):
        office.pass_time(minutes=3)
        act()
    return [first, urgent]


def rows(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    database = office.desk().database
    handoffs = "SELECT * FROM handoff WHERE status <> 'withdrawn' ORDER BY ticket_id, seq"
    return {
        "handoff": [row[1:] for row in database.rows(handoffs)],
        "swarm": [row[1:] for row in database.rows("SELECT * FROM swarm WHERE withdrawn = 0 ORDER BY ticket_id, seq")],
        "helpers": [row[1:] for row in database.rows("SELECT * FROM swarm_helper ORDER BY joined_seq, person")],
    }


def forget(office: Office) -> None:
    for table in reversed(TABLES):
        office.desk().database.execute(f"DELETE FROM {table}")


def test_what_is_recorded_is_what_was_lived(office: Office) -> None:
    refs = lived(office)
    told = rows(office)
    assert [row[13] for row in told["handoff"]] == ["returned", "accepted", "accepted", "accepted"]
    said: dict[tuple[int, int], Form] = {
        (each.ref, each.seq): each.form for each in office.desk().escalation.handoffs()
    }
    desk = office.desk()
    with desk.database.transaction():
        forget(office)
        assert desk.escalation.record(refs, lambda ref, handoff: said[ref, handoff.seq]) == 4
    assert rows(office) == told
    assert list(faults(desk.database)) == []


def test_of_what_nobody_knows_the_form_the_events_words_are_kept(office: Office) -> None:
    refs = lived(office)
    desk = office.desk()
    with desk.database.transaction():
        forget(office)
        desk.escalation.record(refs)
    [first, *_] = sorted(desk.escalation.handoffs(), key=lambda each: each.number)
    assert (first.form.summary, first.form.to, first.direction) == (HOSTILE[0], "second-line", Direction.UP)
    assert first.status is Status.RETURNED
    assert Row.STEPS in first.missing


@pytest.mark.parametrize(
    ("change", "of"),
    [
        ("UPDATE handoff SET status = 'sent', ended_seq = NULL WHERE status = 'accepted'", "hand-offs"),
        ("UPDATE handoff SET words = 'never said' WHERE status = 'returned'", "hand-offs"),
        ("UPDATE handoff SET avoidable = 'no' WHERE avoidable = 'access'", "hand-offs"),
        ("DELETE FROM handoff WHERE direction = 'up'", "hand-offs"),
        ("UPDATE swarm SET driver = 'maya'", "swarms"),
        ("UPDATE swarm_helper SET left_seq = NULL, left_at = NULL", "swarms"),
        ("DELETE FROM swarm_helper WHERE person = 'ines'", "swarms"),
    ],
)
def test_check_sees_a_row_that_differs(office: Office, change: str, of: str) -> None:
    lived(office)
    database = office.desk().database
    assert list(faults(database)) == []
    with database.transaction():
        database.execute(change)
    found = list(faults(database))
    assert found
    assert all(fault.startswith(f"the {of} of #") for fault in found)


def test_events_of_a_hand_off_without_a_row_are_seen(office: Office) -> None:
    lived(office)
    with office.desk().database.transaction():
        forget(office)
    assert len(list(faults(office.desk().database))) == 3
