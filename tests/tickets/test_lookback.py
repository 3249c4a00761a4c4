"""Looking back: everything is told as it was at that moment, whatever came later."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.support.offices import START, Office
from workbench.desk import Desk
from workbench.errors import FileProblem, NotFound
from workbench.queues.as_json import line_told, queue_told
from workbench.tickets.as_json import ticket_told
from workbench.tickets.model import Event
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Kind, Priority, State, WaitingFor


def told(desk: Desk) -> dict[str, Any]:
    """All that the desk tells of queues and tickets at its moment."""
    now, queues = desk.now(), desk.queues
    lines = queues.all_lines(queues.parse(""))
    escalated = queues.all_lines(queues.parse("is:escalated"))
    return {
        "queues": [queue_told(total, now) for total in queues.counts()],
        "lines": [line_told(line, queues.standing(line, now), now) for line in lines],
        "escalated": [line.ref for line in escalated],
        "tickets": [
            ticket_told(*desk.tickets.with_timeline(line.ref), now, desk.tickets.limits) for line in sorted_by(lines)
        ],
        "why": [queues.why(line.ref) for line in sorted_by(lines)],
    }


def sorted_by(lines: list[Any]) -> list[Any]:
    return sorted(lines, key=lambda line: line.ref)


LATER: dict[str, Callable[[Office], object]] = {
    "opened later": lambda office: office.open("later"),
    "taken later": lambda office: office.desk("ravi").tickets.take(1002),
    "moved later": lambda office: office.desk().tickets.move(1003, "engineering", "theirs"),
    "undone later": lambda office: office.desk().tickets.undo(),
    "resolved later": lambda office: office.desk().tickets.resolve(1001, Resolution("a", "b", "c")),
    "waiting later": lambda office: office.desk().tickets.wait(1002, WaitingFor.VENDOR, "part"),
    "another priority later": lambda office: office.desk().tickets.prioritise(1002, Priority.P1, "boss"),
    "a reply later": lambda office: office.desk().tickets.reply(1001, "and now?"),
}


@pytest.mark.parametrize("change", LATER.values(), ids=LATER)
def test_what_happened_later_is_not_seen(office: Office, change: Callable[[Office], object]) -> None:
    tickets = office.desk().tickets
    office.open("vpn", contact="Dana")
    office.open("printer", who="ravi")
    office.open("mail")
    office.pass_time(minutes=20)
    tickets.wait(1001, WaitingFor.REQUESTER, "which?", office.clock.at + timedelta(hours=1))
    tickets.move(1001, "second-line", "theirs")
    seen_then, then = told(office.desk()), office.pass_time(hours=0)
    office.pass_time(hours=3)
    change(office)
    office.pass_time(days=20)
    office.open("much later")
    with office.at(then) as desk:
        assert told(desk) == seen_then


def test_a_ticket_of_later_is_not_there(office: Office) -> None:
    office.pass_time(hours=1)
    office.open()
    with office.at(START) as desk:
        assert desk.queues.all_lines(desk.queues.parse("")) == []
        with pytest.raises(NotFound):
            desk.tickets.get(1001)


def test_who_looks_back_cannot_write(office: Office) -> None:
    office.open()
    office.pass_time(hours=1)
    office.desk().tickets.take(1001)
    with office.at(START) as desk, pytest.raises(FileProblem):
        desk.tickets.note(1001, "too late")
    assert office.desk().tickets.get(1001).version == 2


def test_a_look_at_the_latest_moment_reads_the_file_itself(office: Office) -> None:
    office.open()
    with office.at(START) as desk:
        assert desk.database.value("SELECT count(*) FROM sqlite_temp_master") == 0


def test_recorded_history_of_a_later_day_is_not_seen_before_it(office: Office) -> None:
    def event(seq: int, at: datetime, kind: Kind, **after: Any) -> Event:
        return Event(seq, at, "ravi", kind, after=after)

    opened = {"subject": "old", "state": "new", "team": "frontline", "tier": "L1", "priority": "P3"}
    history = [
        event(1, START, Kind.OPENED, **opened),
        event(2, START + timedelta(days=1), Kind.RESOLVED, state="resolved"),
    ]
    desk = office.desk()
    with desk.database.transaction():
        assert desk.tickets.record([history]) == [1001]
    with office.at(START + timedelta(hours=1)) as earlier:
        assert earlier.tickets.get(1001).state is State.NEW
        (line,) = earlier.queues.select(earlier.queues.parse("")).page(5)
        assert line.state == "new"
