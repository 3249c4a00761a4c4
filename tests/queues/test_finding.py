"""Filters that no counter answers: found at once, or in peace."""

from datetime import timedelta

import pytest

from tests.queues.searches import numbers, search
from tests.support.offices import Office
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.errors import Moved
from workbench.queues import finding
from workbench.queues.finding import Found, FoundSource, at_once, in_peace


@pytest.mark.parametrize("text", ["mail", "client:contoso", "zzz", "-mail age:>1m"])
def test_what_is_found_is_what_the_list_would_show(busy: Office, text: str) -> None:
    asked = search(busy, text)
    database = busy.desk().database
    told: list[Found] = []
    in_peace(busy.desk().database.again, asked, lambda: False, told.append)
    found = at_once(database, asked, patience=60)
    assert found == told[-1] == Found(numbers(busy, text), more=False)


def test_a_search_that_takes_too_long_or_is_wanted_no_more_says_nothing(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = search(busy, "client:contoso")
    told: list[Found] = []
    monkeypatch.setattr(finding, "SOON", 1)
    assert at_once(busy.desk().database, asked, patience=-1) is None
    in_peace(busy.desk().database.again, asked, lambda: True, told.append)
    assert told == []


def test_looking_back_takes_its_time_since_nobody_else_sees_what_it_sees(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = search(busy, "client:contoso")
    monkeypatch.setattr(finding, "SOON", 1)
    with Desk.open(busy.path, FixedClock(busy.clock.at - timedelta(minutes=1)), "maya", for_reading=True) as earlier:
        assert earlier.looks_back
        assert at_once(earlier.database, asked, patience=-1) is not None


def test_the_first_are_told_before_all(busy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "FIRST", 1)
    monkeypatch.setattr(finding, "MOST", 3)
    told: list[Found] = []
    in_peace(busy.desk().database.again, search(busy, "client:contoso"), lambda: False, told.append)
    everything = numbers(busy, "client:contoso")
    assert told == [Found(everything[:1], more=True), Found(everything[:3], more=True)]


def test_the_found_are_read_like_any_list(busy: Office) -> None:
    asked = search(busy, "client:contoso")
    found = at_once(busy.desk().database, asked, patience=60)
    assert found is not None
    first, second, *_ = refs = list(found.refs)
    source = FoundSource(busy.desk().queues, asked, found, frozenset({second}))
    rest = [ref for ref in refs if ref != second]
    lines = source.page(0, 100)
    assert [line.ref for line in lines] == rest
    assert source.count() == len(rest)
    assert [line.ref for line in source.after(lines[0], 2)] == rest[1:3]
    assert [line.ref for line in source.before(lines[2], 1)] == rest[1:2]
    assert [line.ref for line in source.last(2)] == rest[-2:]
    assert source.rank(lines[2]) == 2
    assert source.find(second) is None
    line = source.find(first)
    assert line is not None
    assert source.key(line) == first


def test_a_file_that_was_just_taken_away_is_told(busy: Office) -> None:
    asked, database = search(busy, "client:contoso"), busy.desk().database
    busy.path.rename(busy.path.with_name("elsewhere.db"))
    with pytest.raises(Moved, match="was replaced or removed"):
        in_peace(database.again, asked, lambda: False, list[Found]().append)
