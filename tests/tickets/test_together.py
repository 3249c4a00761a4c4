"""Acts done together are one: all or none of them, and one undo with one sentence."""

import pytest

from tests.support.offices import Office
from workbench.errors import OutOfDate, Refused
from workbench.tickets.integrity import faults
from workbench.tickets.vocabulary import Kind, Priority, State, WaitingFor


@pytest.fixture
def four(office: Office) -> Office:
    """Four tickets of nobody's."""
    for _ in range(4):
        office.open()
    return office


def test_one_undo_takes_all_back(four: Office) -> None:
    tickets = four.desk().tickets
    tickets.prioritise(1004, Priority.P1, "boss")
    with tickets.together():
        for ref in (1001, 1002, 1003):
            tickets.take(ref)
    undone = tickets.undo()
    assert undone.told == "took back 3 changes: taken #1001, #1002, #1003"
    assert [(each.ref, each.assignee, each.state) for each in undone.tickets] == [
        (ref, None, State.NEW) for ref in (1001, 1002, 1003)
    ]
    assert tickets.undo().told == "took back: prioritised #1004"


def test_several_acts_on_one_ticket_are_taken_back_from_the_last(four: Office) -> None:
    tickets = four.desk().tickets
    with tickets.together():
        tickets.take(1001)
        tickets.note(1001, "looking")
        tickets.wait(1001, WaitingFor.VENDOR, "part")
        tickets.take(1002)
    assert tickets.undo().told == "took back 4 changes: waited #1001; noted #1001; taken #1001, #1002"
    ticket, timeline = tickets.with_timeline(1001)
    assert (ticket.state, ticket.assignee, ticket.waiting) == (State.NEW, None, None)
    assert [event.undoes for event in timeline[-3:]] == [4, 3, 2]
    desk = four.desk()
    found = faults(desk.database, desk.organisation.current(), tickets.limits, lambda done, total: None)
    assert list(found) == []


def test_one_refusal_and_nothing_was_done(four: Office) -> None:
    tickets = four.desk().tickets
    four.desk("ravi").tickets.take(1002)

    def take_both() -> None:
        with tickets.together():
            tickets.take(1001)
            tickets.take(1002)

    with pytest.raises(Refused, match="ravi has #1002"):
        take_both()
    assert tickets.get(1001).assignee is None
    tickets.take(1003)
    assert tickets.undo().told == "took back: taken #1003", "what follows is an act of its own"


def test_a_refusal_that_is_met_inside_leaves_the_rest_done(four: Office) -> None:
    tickets = four.desk().tickets
    four.desk("ravi").tickets.take(1002)
    with tickets.together():
        tickets.take(1001)
        with pytest.raises(Refused):
            tickets.take(1002)
        with tickets.together():
            tickets.take(1003)
    assert tickets.undo().told == "took back 2 changes: taken #1001, #1003"


def test_what_cannot_be_taken_back_keeps_all_of_it(four: Office) -> None:
    tickets = four.desk().tickets
    with tickets.together():
        tickets.take(1001)
        tickets.take(1002)
    four.desk("ravi").tickets.note(1002, "mine")
    with pytest.raises(Refused, match=r"#1002 \(taken\) stays: ravi has built on it"):
        tickets.undo()
    assert tickets.get(1001).assignee == "maya"


def test_what_others_did_is_not_mine_to_take_back(four: Office) -> None:
    four.desk().tickets.take(1001)
    with pytest.raises(Refused, match="no change of yours"):
        four.desk("ravi").tickets.undo()
    assert four.desk().tickets.get(1001).assignee == "maya"


def test_many_tickets_are_counted_rather_than_named(four: Office) -> None:
    for _ in range(4):
        four.open()
    tickets = four.desk().tickets
    with tickets.together():
        for ref in range(1001, 1009):
            tickets.take(ref)
    assert tickets.undo().told == "took back 8 changes: taken #1001, #1002, #1003, #1004, #1005 and 3 more"


def test_a_stale_save_brings_what_came_since(four: Office) -> None:
    version = four.desk().tickets.get(1001).version
    four.desk("ravi").tickets.take(1001)
    four.desk("lena").tickets.note(1001, "a word")
    with pytest.raises(OutOfDate) as caught:
        four.desk().tickets.comment(1001, "mine", version)
    assert [(event.who, event.kind) for event in caught.value.events] == [("ravi", Kind.TAKEN), ("lena", Kind.NOTED)]
