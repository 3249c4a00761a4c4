"""Lists sorted by any column: pages, neighbours and ranks agree with Python's own sorting, ties and nobody included."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.offices import Office, copied
from workbench.errors import Refused
from workbench.ownership.model import Component
from workbench.queues.model import Line
from workbench.queues.store import Order
from workbench.tickets.vocabulary import Impact, Urgency, WaitingFor

SUBJECTS = ("printer", "Printer", "[/b] vpn", "VPN", "ärger", "Zug", "vpn drops", "10 of them")

BY: dict[Order, Callable[[Line], Any]] = {
    Order.AGE: lambda line: (line.opened_at,),
    Order.TOUCHED: lambda line: (line.touched_at,),
    Order.NUMBER: lambda line: (),
    Order.SUBJECT: lambda line: (ascii_lower(line.subject), line.due_at),
    Order.CLIENT: lambda line: (line.client or "", line.due_at),
    Order.TEAM: lambda line: (line.team, line.due_at),
    Order.WHO: lambda line: (line.assignee or "", line.due_at),
    Order.PRIORITY: lambda line: (line.priority, line.due_at),
    Order.HOPS: lambda line: (-line.hops, line.due_at),
    Order.HERE: lambda line: (line.arrived_at, line.due_at),
    Order.PROGRESS: lambda line: (line.progress_at, line.due_at),
    Order.UNANSWERED: lambda line: (line.unanswered_since or "9", line.due_at),
    Order.CONTACT: lambda line: (ascii_lower(line.contact or ""), line.due_at),
    Order.COMPONENT: lambda line: (line.component or "", line.due_at),
    Order.OWNER: lambda line: (line.owners or "", line.due_at),
}


def ascii_lower(text: str) -> str:
    return "".join(each.lower() if each.isascii() else each for each in text)


@pytest.fixture(scope="module")
def many(office_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Forty-eight tickets alike in many ways; some wait, some have woken up."""
    office = Office(copied(office_file, tmp_path_factory.mktemp("orders")))
    desk = office.desk()
    desk.ownership.put_all([Component("vpn", owners=("second-line",)), Component("printer"), Component("mail")])
    desk.ownership.put(Component("mail", owners=("engineering", "second-line")))
    tickets = desk.tickets
    for place in range(48):
        ticket = office.open(
            SUBJECTS[place % 8],
            client=("contoso", "fabrikam", None)[place % 3],
            contact=("Dana", "dana b", "Ann", None)[place % 4],
            component=("vpn", "printer", "mail", None, "unheard")[place % 5],
            impact=list(Impact)[place % 4],
            urgency=list(Urgency)[place % 3],
        )
        if place % 5 == 0:
            tickets.move(ticket.ref, ("second-line", "service-desk")[place % 2], "theirs")
        if place % 20 == 0:
            tickets.move(ticket.ref, "frontline", "back")
        if place % 4 == 2:
            tickets.comment(ticket.ref, "We look into it.")
        if place % 4 == 1:
            tickets.assign(ticket.ref, ("ravi", "maya")[place % 3 % 2])
        if place % 6 == 2:
            tickets.wait(ticket.ref, WaitingFor.VENDOR, "part", office.clock.now() + timedelta(minutes=place + 1))
        if place % 2:
            office.pass_time(minutes=1)
    yield office
    office.close()


@given(
    st.sampled_from(list(BY)),
    st.booleans(),
    st.sampled_from(["", "tier:L1", "team:frontline", "who:none", "client:none", "vpn", "is:waiting", "P2 -is:late"]),
    st.integers(1, 20),
    st.integers(0, 47),
)
def test_any_order_is_what_sorting_gives(
    many: Office, order: Order, down: bool, text: str, limit: int, at: int
) -> None:
    queues = many.desk().queues
    wanted = queues.parse(text)
    selection = queues.select(wanted, order, down=down)
    lines = [line for line in queues.all_lines(wanted) if line.state != "resolved"]
    lines.sort(key=lambda line: (*BY[order](line), line.ref), reverse=down)
    expected = [line.ref for line in lines]
    assert selection.count() == len(expected)
    assert selection.refs(limit) == expected[:limit]
    assert refs(selection.page(limit)) == expected[:limit]
    assert refs(selection.page(limit, offset=at)) == expected[at : at + limit]
    assert refs(selection.page(limit, backwards=True)) == expected[-limit:]
    if at < len(lines):
        assert selection.rank(lines[at]) == at
        assert refs(selection.beyond(lines[at], limit)) == expected[at + 1 : at + 1 + limit]
        assert refs(selection.beyond(lines[at], limit, backwards=True)) == expected[max(0, at - limit) : at]


def refs(lines: list[Line]) -> list[int]:
    return [line.ref for line in lines]


def test_every_order_is_tried() -> None:
    assert {Order.URGENCY, *BY} == set(Order)


def test_what_no_index_sorts_is_refused_where_it_is_long(many: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.queues.service.SORTED", 20)
    queues = many.desk().queues
    everything = queues.parse("")
    with pytest.raises(Refused, match="48 tickets are too many to be sorted by subject; filter first: up to 20"):
        queues.select(everything, Order.SUBJECT)
    for allowed in (
        partial(queues.select, everything, Order.AGE),
        partial(queues.select, queues.parse("tier:L2"), Order.SUBJECT),
    ):
        assert allowed().page(3)
