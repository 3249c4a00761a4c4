"""Late tickets that nobody has accepted stand on top of the late ones, and say so, in every list that shows them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.escalation.forms import L2, send
from tests.support.driver import SMALL, seated
from tests.support.offices import Office, copied
from workbench.queues.model import Line


@pytest.fixture(scope="module")
def many(office_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Forty tickets, most of them late; of those that were handed off some are accepted, some late, one is neither."""
    office = Office(copied(office_file, tmp_path_factory.mktemp("headed")))
    for place in range(40):
        ref = office.open(f"VPN drops {place}").ref
        if place % 3 == 0:
            send(office, ref, L2)
        if place % 6 == 0:
            office.desk("omar").escalation.accept(ref)
        office.pass_time(minutes=7)
    office.pass_time(minutes=60)
    send(office, office.open("VPN drops now").ref, L2)
    yield office
    office.close()


def plainly(many: Office, text: str, *, down: bool = False) -> list[Line]:
    """The list as Python sorts it."""
    queues = many.desk().queues
    lines = [line for line in queues.all_lines(queues.parse(text)) if line.state not in ("resolved", "closed")]
    return sorted(lines, key=lambda line: (not line.unaccepted, line.key), reverse=down)


@given(
    st.sampled_from(["is:late", "is:late tier:L2", "is:late vpn", "is:late is:unaccepted", "is:late -is:unaccepted"]),
    st.booleans(),
    st.integers(1, 45),
    st.integers(0, 39),
    st.integers(0, 39),
)
def test_pages_and_places_are_what_sorting_gives(
    many: Office, text: str, down: bool, limit: int, at: int, to: int
) -> None:
    queues = many.desk().queues
    selection = queues.select(queues.parse(text), down=down)
    lines = plainly(many, text, down=down)
    expected = refs(lines)
    assert selection.count() == len(expected)
    assert selection.refs(limit) == expected[:limit]
    assert refs(selection.page(limit)) == expected[:limit]
    assert refs(selection.page(limit, offset=at)) == expected[at : at + limit]
    assert refs(selection.page(limit, backwards=True)) == expected[-limit:]
    assert refs(selection.page(limit, offset=at, backwards=True)) == expected[: max(0, len(expected) - at)][-limit:]
    at, to = at % len(lines), to % len(lines)
    assert refs(selection.beyond(lines[at], limit)) == expected[at + 1 :][:limit]
    assert refs(selection.beyond(lines[at], limit, backwards=True)) == expected[:at][-limit:]
    for most in (5, 100):
        assert selection.rank(lines[at], most) == min(most, at)
        assert selection.rest(lines[at], most) == min(most, len(lines) - at)
        assert selection.between(lines[at], lines[to], most) == min(most, max(0, to - at))


@pytest.mark.parametrize("text", ["is:late", "tier:L2 is:late", "is:late vpn", "tier:L2", "is:fresh,late"])
def test_a_filter_gives_one_order_wherever_it_is_asked(many: Office, text: str) -> None:
    queues = many.desk().queues
    wanted = queues.parse(text)
    assert refs(queues.all_lines(wanted)) == refs(queues.select(wanted).page(50))
    assert refs(queues.all_lines(wanted, 7)) == refs(queues.select(wanted).page(7))


async def test_the_list_says_where_what_nobody_accepted_stands(many: Office) -> None:
    async with seated(many, size=SMALL) as maya:
        maya.sees("─ by urgency ─")
        await maya.press("slash")
        await maya.type("is:late")
        await maya.press("enter")
        maya.sees("─ by urgency, not accepted first ─")
        await maya.press("R")
        maya.sees("─ by urgency, the least first, not accepted last ─")


def refs(lines: list[Line]) -> list[int]:
    return [line.ref for line in lines]


def test_there_is_something_of_each_kind(many: Office) -> None:
    late = plainly(many, "is:late")
    assert 3 < sum(line.unaccepted for line in late) < len(late) - 3
    assert [line.subject for line in plainly(many, "is:unaccepted -is:late")] == ["VPN drops now"]


@pytest.mark.parametrize(("who", "queue"), [("omar", "second-line"), ("maya", "Hand-offs")])
async def test_both_queues_say_by_glyph_and_word_what_nobody_accepted(office: Office, who: str, queue: str) -> None:
    ref = office.open("VPN drops").ref
    send(office, ref, L2)
    async with seated(office, who=who) as person:
        person.app.show_queue(office.desk(who).queues.find(queue))
        await person.press("g")
        person.sees_no("unaccepted")
    office.pass_time(hours=3)
    async with seated(office, who=who) as person:
        person.app.show_queue(office.desk(who).queues.find(queue))
        await person.press("g")
        person.sees("⚑ unaccepted 2h")
    office.desk("omar").escalation.accept(ref)
    async with seated(office, who=who) as person:
        await person.press("g")
        person.sees_no("unaccepted")
