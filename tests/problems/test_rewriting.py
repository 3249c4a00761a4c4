"""Two who write the same problem anew: neither loses what the other said."""

import pytest

from tests.support.driver import SMALL, seated
from tests.support.offices import START, Office
from workbench.errors import OutOfDate
from workbench.problems.model import NewProblem, Rule

BADGES = NewProblem("Badges [/b]", Rule(words=("badge",)), workaround="turn [it] round")


@pytest.fixture
def known(office: Office) -> Office:
    """A problem, and a ticket on which one stands."""
    office.desk().problems.write(BADGES)
    office.open("mail")
    return office


def test_what_others_said_meanwhile_stays_unless_it_is_the_same(known: Office) -> None:
    maya, ravi = known.desk().problems, known.desk("ravi").problems
    _, seen = maya.as_it_stands(1)
    ravi.rewrite(1, lambda now: now._replace(workaround="use the [other] door"))
    ravi.begin_fix(1, START)
    anew = maya.rewrite(1, lambda now: now._replace(title="Badge printers"), seen)
    assert (anew.title, anew.workaround, anew.expected_at) == ("Badge printers", "use the [other] door", START)
    with pytest.raises(OutOfDate, match=r"PRB-1 has changed since you looked \(ravi: changed workaround\)") as refused:
        maya.rewrite(1, lambda now: now._replace(workaround="knock"), seen)
    assert [event.who for event in refused.value.events] == ["ravi"]
    with pytest.raises(OutOfDate, match="ravi: under way"):
        maya.rewrite(1, lambda now: now._replace(expected_at=None), seen)
    assert maya.rewrite(1, lambda now: now._replace(workaround="use the [other] door"), seen) == anew
    assert maya.rewrite(1, lambda now: now._replace(workaround="knock"), maya.as_it_stands(1)[1]).workaround == "knock"


async def test_a_box_sends_what_was_changed_in_it(known: Office) -> None:
    async with seated(known) as maya:
        await maya.press("P", "c", "end", *" jam")
        known.desk("ravi").problems.rewrite(1, lambda now: now._replace(workaround="knock", rule=Rule(words=("door",))))
        await maya.press("ctrl+s")
        maya.sees_no("Meanwhile")
    problem = known.desk().problems.get(1)
    assert (problem.title, problem.workaround, problem.rule.words) == ("Badges [/b] jam", "knock", ("door",))


async def test_a_box_shows_what_others_did_to_the_same_and_keeps_what_was_typed(known: Office) -> None:
    async with seated(known, size=SMALL) as maya:
        await maya.press("P", "c", "end", *" jam")
        rule = Rule(words=("[door]",))
        known.desk("ravi").problems.rewrite(1, lambda now: now._replace(title="Doors [/b]", rule=rule))
        await maya.press("ctrl+s")
        maya.sees("Meanwhile:", "ravi changed title, rule: Doors [/b]; words “[door]”", "Badges [/b] jam")
        assert known.desk().problems.get(1).title == "Doors [/b]"
        await maya.press("ctrl+s")
        maya.sees_no("Meanwhile")
    problem = known.desk().problems.get(1)
    assert (problem.title, problem.rule.words) == ("Badges [/b] jam", ("[door]",))


async def test_what_was_left_in_a_box_is_not_sent_over_what_came_since(known: Office) -> None:
    async with seated(known, size=SMALL) as maya:
        await maya.press("P", "c", "end", *" jam", "escape")
        known.desk("ravi").problems.rewrite(1, lambda now: now._replace(title="Doors", workaround="knock"))
        await maya.press("c")
        maya.sees("here again", "Badges [/b] jam", "knock")
        await maya.press("shift+tab")
        maya.sees("here again", "Expected")
        await maya.press("ctrl+s")
        maya.sees("Meanwhile:", "ravi changed title, workaround: Doors; knock")
        await maya.press("ctrl+s")
        maya.sees_no("Meanwhile")
        assert known.desk().problems.get(1).title == "Badges [/b] jam"
        await maya.press("c", "end", *"s", "escape", "c")
        maya.sees("Badges [/b] jams")
        await maya.press("ctrl+n", "ctrl+s")
        maya.sees_no("here again", "Problem ·")
    problem = known.desk().problems.get(1)
    assert (problem.title, problem.workaround) == ("Badges [/b] jam", "knock")
    assert known.desk().personal.drafts() == []


async def test_the_box_tells_times_by_the_clocks_on_the_walls(known: Office) -> None:
    known.desk().problems.begin_fix(1, START)
    async with seated(known) as maya:
        await maya.press("P", "c")
        await maya.press("shift+tab")
        maya.sees("2026-03-02 11:00")
        await maya.press("end", "backspace", "5", "ctrl+s")
        maya.sees_no("is past")
    assert known.desk().problems.get(1).expected_at == START.replace(minute=5)
