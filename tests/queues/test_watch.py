"""What one is told between two looks."""

import pytest

from tests.support.driver import seated
from tests.support.offices import Office
from workbench.queues import watch
from workbench.queues.watch import Lookout, Mine, News, mine


def test_news_are_of_tickets_that_were_ones_own_before() -> None:
    before = Mine(frozenset({1, 2, 3}), frozenset({1}), frozenset({2}))
    now = Mine(frozenset({1, 2, 3, 4}), frozenset({1, 3, 4}), frozenset({1, 2, 4}))
    assert now.news_since(before) == [News(1, "was answered"), News(3, "is late now")]
    assert now.news_since(now) == []


def test_the_requester_waits_until_one_writes(office: Office) -> None:
    ref = office.open("mail").ref
    desk = office.desk()
    desk.tickets.take(ref)
    assert mine(desk.queues) == Mine(frozenset({ref}), frozenset(), frozenset({ref}))
    desk.tickets.comment(ref, "on it")
    assert mine(desk.queues) == Mine(frozenset({ref}), frozenset(), frozenset())
    office.pass_time(hours=2)
    assert mine(desk.queues).late == {ref}


def test_where_only_the_most_urgent_are_watched_there_may_be_more_who_wait(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "MOST", 3)
    desk = office.desk()
    told = [Lookout(desk.queues).unanswered]
    for number in range(4):
        desk.tickets.take(office.open(f"mail {number}").ref)
        told.append(Lookout(desk.queues).unanswered)
    assert told == ["", "1", "2", "3+", "3+"]


async def test_one_is_told_when_something_of_ones_own_turns_late_or_is_answered(office: Office) -> None:
    maya = office.desk()
    first, second = (office.open(f"[b]{name}").ref for name in ("mail", "printer"))
    for ref in (first, second):
        maya.tickets.take(ref)
        maya.tickets.comment(ref, "on it")
    async with seated(office) as seat:
        seat.sees_no("unanswered")
        office.desk("ravi").tickets.reply(second, "still broken")
        await seat.wait_a_look(seconds=1)
        seat.sees(f"#{second} was answered: [b]printer", "✉ 1 unanswered")
        await seat.press("enter")
        await seat.wait_a_look_behind(minutes=70)
        seat.sees(f"#{first} is late now: [b]mail")
