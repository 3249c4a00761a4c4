"""The searches of a screen: which of them runs, and which waits."""

from collections.abc import Callable
from threading import Event
from typing import Any, cast

import pytest
from textual.screen import Screen

from tests.support.offices import Office
from workbench.queues.finding import Search
from workbench.queues.panels.finder import Finder
from workbench.queues.store import Order


class Bench:
    """Stands in for a screen, and runs nothing."""

    def __init__(self) -> None:
        self.begun: list[Search] = []
        self._given_up: list[Event] = []

    def run_worker(self, work: Callable[[], None], **_: Any) -> None:
        """Notes what is looked for."""
        search, given_up = cast("Any", work).args
        self.begun.append(search)
        self._given_up.append(given_up)

    @property
    def wanted(self) -> list[Search]:
        """What was begun and not given up."""
        return [search for search, given_up in zip(self.begun, self._given_up, strict=True) if not given_up.is_set()]


@pytest.fixture
def searches(office: Office) -> list[Search]:
    """For three words."""
    queues = office.desk().queues
    return [
        Search(queues.parse(text), Order.URGENCY, False, office.clock.at, "maya", queues.tickets.limits)
        for text in ("v", "vp", "vpn")
    ]


def test_one_search_runs_at_a_time_and_the_latest_wish_is_next(office: Office, searches: list[Search]) -> None:
    bench = Bench()
    finder, (first, second, third) = Finder(cast("Screen[None]", bench), office.desk().database.again), searches
    for search in searches:
        finder.find(search)
    assert (bench.begun, bench.wanted) == ([first], [])
    assert [finder.is_for(search) for search in (first, second, third)] == [False, False, True]
    finder.ended(first)
    assert (bench.begun, bench.wanted) == ([first, third], [third])
    finder.ended(third)
    assert (bench.begun, finder.busy) == ([first, third], False)


def test_nothing_follows_where_nobody_wants_it_any_more(office: Office, searches: list[Search]) -> None:
    bench = Bench()
    finder = Finder(cast("Screen[None]", bench), office.desk().database.again)
    finder.find(searches[0])
    finder.stop()
    assert not finder.busy
    finder.ended(searches[0])
    assert bench.begun == searches[:1]
    finder.find(searches[1])
    assert bench.begun == searches[:2]
