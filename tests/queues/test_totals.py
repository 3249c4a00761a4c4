"""Tests of counts that are moved on by what has changed: they must be what counting anew gives."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.queues.filters import only, parse
from workbench.queues.model import SMART, Cell, Queue, count, countable
from workbench.queues.totals import Totals

QUEUES = [
    Queue("L1", "tier", only("tier", "L1")),
    Queue("frontline", "team", only("team", "frontline")),
    *(Queue(name, "smart", parse(text)) for name, text in SMART.items() if countable(parse(text))),
    Queue("others", "saved", parse("-who:me -is:waiting tier:L1,L2")),
]

cells = st.dictionaries(
    st.builds(
        Cell,
        st.sampled_from(("L1", "L2")),
        st.sampled_from(("frontline", "second-line")),
        st.sampled_from(("", "maya", "ravi")),
        st.integers(0, 1),
        st.sampled_from(("fresh/", "late/g", "late/sg", "paused/w", "none/s")),
    ),
    st.integers(1, 9),
    max_size=12,
)


@given(st.lists(cells, min_size=1, max_size=5))
def test_moved_on_is_counted_anew(looks: list[dict[Cell, int]]) -> None:
    totals = Totals("maya")
    for look in looks:
        totals.move_on(look)
        assert [totals.of(queue) for queue in QUEUES] == [count(queue, list(look.items()), "maya") for queue in QUEUES]


def test_what_is_given_out_is_not_what_is_kept() -> None:
    totals = Totals("maya")
    totals.move_on({Cell("L1", "frontline", "", 0, "fresh/"): 2})
    given_out = totals.of(QUEUES[0])
    given_out.stages["fresh"] = 7
    assert totals.of(QUEUES[0]).stages["fresh"] == 2


def test_the_first_of_each_is_looked_for_no_further_than_it_takes() -> None:
    totals = Totals("maya")
    free, mine = Cell("L1", "frontline", "", 0, "fresh/"), Cell("L1", "frontline", "maya", 1, "late/g")
    totals.move_on({free: 2})
    queues = {queue.name: queue for queue in QUEUES}
    for queue in QUEUES:
        totals.of(queue)
    totals.move_on({free: 2, mine: 2})
    tickets = iter([("1", *free), ("2", *free), ("3", *mine), ("4", *mine)])
    asked = [queues[name] for name in ("L1", "Mine", "Bouncing", "Unassigned")]
    assert totals.first(asked, tickets) == {"L1": "1", "Unassigned": "1", "Mine": "3", "Bouncing": "3"}
    assert next(tickets)[0] == "4"
    assert totals.first([queues["Waiting"]], tickets) == {}
