"""The window of pages shows the list itself, and reads it the cheap way."""

from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.rows import ListSource, Row
from workbench.widgets.pages import HELD, SIZE, Pages


@given(count=st.integers(0, 1_000), walk=st.lists(st.integers(-5, 1_005), max_size=60))
def test_every_row_is_the_lists_own_whatever_the_walk(count: int, walk: list[int]) -> None:
    source = ListSource.of(count)
    pages = Pages(source)
    for index in walk:
        assert pages.row(index) == (source.rows[index] if 0 <= index < count else None)


def test_walking_down_and_up_again_never_jumps() -> None:
    source = ListSource.of(40 * SIZE)
    pages = Pages(source)
    for index in (*range(2 * HELD * SIZE), *reversed(range(2 * HELD * SIZE))):
        assert pages.row(index) == source.rows[index]
    assert [asked for asked in source.asked if asked.startswith("page")] == ["page 0"]


def test_the_end_is_read_from_the_end() -> None:
    source = ListSource.of(40 * SIZE + 5)
    pages = Pages(source)
    assert pages.row(40 * SIZE + 4) == source.rows[-1]
    assert pages.row(40 * SIZE - 1) == source.rows[-6]
    assert all(asked in ("last", "before") for asked in source.asked)


def test_only_a_few_pages_are_held() -> None:
    source = ListSource.of(100 * SIZE)
    pages = Pages(source)
    for index in range(0, 100 * SIZE, SIZE):
        pages.row(index)
    assert len(pages._held) == HELD


@given(count=st.integers(1, 500), data=st.data())
def test_an_anchored_row_stands_at_its_index(count: int, data: st.DataObject) -> None:
    source = ListSource.of(count)
    place = data.draw(st.integers(0, count - 1))
    pages = Pages(source)
    assert pages.anchor(source.rows[place]) == place
    for index in range(max(0, place - 70), min(count, place + 70)):
        assert pages.row(index) == source.rows[index]


def test_a_list_that_became_shorter_unseen_shows_nothing_there() -> None:
    source = ListSource.of(10)
    pages = Pages(source)
    source.rows = [Row(1, 1, "the only one left")]
    assert pages.row(9) is None
    pages.recount()
    assert (pages.count, pages.row(0)) == (1, source.rows[0])
