"""Each list walks an index in its order: SQLite's own plans, so that a page costs the same at any length."""

import re
from collections.abc import Callable
from functools import partial

import pytest

from tests.support.offices import Office
from workbench.queues.model import Queue
from workbench.queues.store import Order
from workbench.tickets.vocabulary import WaitingFor

INDEXES = {
    "tier:L1": {"ticket_tier", "ticket_woken"},
    "team:frontline": {"ticket_team", "ticket_woken"},
    "who:me": {"ticket_assignee", "ticket_woken_assignee"},
    "who:none": {"ticket_assignee", "ticket_woken_assignee"},
    "is:waiting": {"ticket_waiting"},
    "is:bouncing": {"ticket_bouncing", "ticket_woken"},
    "is:late": {"ticket_tier", "ticket_woken"},
    "is:late tier:L1": {"ticket_tier", "ticket_woken"},
    "is:late team:frontline": {"ticket_team", "ticket_woken"},
    "tier:L1 who:none -is:waiting": {"ticket_assignee", "ticket_woken_assignee"},
    "client:contoso age:>1h": {"ticket_tier", "ticket_woken"},
}


@pytest.fixture
def busy(office: Office) -> Office:
    """Tickets at two tiers, some of them waiting."""
    for _ in range(12):
        office.open()
    for ref in (1001, 1002):
        office.desk().tickets.move(ref, "second-line", "theirs")
    office.desk().tickets.wait(1003, WaitingFor.VENDOR, "part")
    return office


def plans(office: Office, read: Callable[[], object]) -> list[list[tuple[int, str]]]:
    """The plan of each query that reading makes: how deep each step lies, and what it is."""
    database, queries = office.desk().database, list[str]()
    database.connection.set_trace_callback(queries.append)
    read()
    database.connection.set_trace_callback(None)
    found = []
    for query in queries:
        if re.search(r"FROM ticket\b", query):
            depth: dict[int, int] = {0: 0}
            steps = []
            for number, parent, _, words in database.rows(f"EXPLAIN QUERY PLAN {query}"):
                depth[number] = depth[parent] + 1
                steps.append((depth[number], words))
            found.append(steps)
    return found


def indexes(steps: list[tuple[int, str]]) -> set[str]:
    return {name for _, words in steps for name in re.findall(r"INDEX (ticket_\w+)", words)}


def walks_in_order(steps: list[tuple[int, str]]) -> bool:
    """No table is read from end to end, and only what an index has already cut to a page is sorted."""
    reads = [words for _, words in steps if re.match(r"(SCAN|SEARCH) ticket\b", words)]
    sorts = [depth for depth, words in steps if "TEMP B-TREE" in words]
    return all("USING" in words for words in reads) and all(depth <= 2 for depth in sorts)


@pytest.mark.parametrize(("text", "expected"), INDEXES.items(), ids=INDEXES)
def test_a_page_walks_its_index(busy: Office, text: str, expected: set[str]) -> None:
    queues = busy.desk().queues
    selection = queues.select(queues.parse(text))
    line = queues.all_lines(queues.parse(""))[3]
    reads: list[Callable[[], object]] = [partial(selection.page, 5)]
    reads += [partial(selection.beyond, line, 5, backwards=backwards) for backwards in (False, True)]
    for read in reads:
        # Of late ones those that nobody accepted are a list of their own: few, and found by their numbers.
        found = [steps for steps in plans(busy, read) if "is:late" not in text or indexes(steps)]
        assert [indexes(steps) for steps in found] == [expected]
        assert all(map(walks_in_order, found))


@pytest.mark.parametrize(
    ("order", "expected"),
    [(Order.AGE, {"ticket_opened"}), (Order.TOUCHED, {"ticket_touched"}), (Order.NUMBER, set[str]())],
)
@pytest.mark.parametrize("down", [False, True])
def test_other_orders_walk_theirs_among_many(
    busy: Office, order: Order, expected: set[str], down: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.queues.walks.SORTED", 0)
    queues = busy.desk().queues
    selection = queues.select(queues.parse("tier:L1"), order, down=down)
    (plan,) = plans(busy, lambda: selection.page(5))
    assert indexes(plan) == expected
    assert all(depth <= 2 for depth, words in plan if "TEMP B-TREE" in words)


def test_late_is_counted_by_ranges_of_each_tier(busy: Office) -> None:
    queues = busy.desk().queues
    selection = queues.select(queues.parse("is:late"))
    found = [words for plan in plans(busy, selection.count) for _, words in plan if "ticket_tier" in words]
    assert len(found) == 2, "one for each tier with tickets"
    assert all("(tier=? AND due_at<?)" in words for words in found)


def test_counts_look_at_no_ticket_but_those_that_turned(busy: Office) -> None:
    queues = busy.desk().queues
    plan = plans(busy, lambda: queues.store.cells(queues.clock.now(), queues.tickets.limits))
    assert [indexes(steps) for steps in plan] == [{"ticket_turns"}]
    assert plan[0][0][1] == "SEARCH ticket USING INDEX ticket_turns (turns_at<?)"


@pytest.mark.parametrize("text", ["#1004", "external:INC-1", "jams", "is:stale", "is:graveyard"])
def test_what_is_rare_is_fetched_by_what_makes_it_so(busy: Office, text: str) -> None:
    queues = busy.desk().queues
    selection = queues.select(queues.parse(text))
    for plan in plans(busy, lambda: selection.page(5)):
        assert not [words for _, words in plan if words == "SCAN ticket"]


@pytest.mark.parametrize("text", ["owner:none", "owner:second-line"])
def test_whose_component_it_is_needs_no_look_at_the_others(busy: Office, text: str) -> None:
    queues = busy.desk().queues
    queue = Queue("theirs", "saved", queues.parse(text))
    for steps in plans(busy, lambda: queues.counts([queue])):
        reads = [words for _, words in steps if re.match(r"(SCAN|SEARCH) ticket\b", words)]
        assert not any(words.startswith("SCAN") for words in reads)
