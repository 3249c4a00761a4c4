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
    asked = len(source.asked)
    for index in range((100 - HELD) * SIZE, 100 * SIZE, SIZE):
        pages.row(index)
    assert len(source.asked) == asked, "those are held"
    pages.row((99 - HELD) * SIZE)
    assert len(source.asked) > asked, "and those before are not"


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


@given(
    count=st.integers(1, 300), place=st.integers(0, 299), to=st.none() | st.integers(-1, 301), in_place=st.booleans()
)
def test_a_row_that_moved_is_found_again_or_gives_way_to_the_next(
    count: int, place: int, to: int | None, in_place: bool
) -> None:
    source = ListSource.of(count)
    place %= count
    row, following = source.rows[place], [*source.rows, None][place + 1]
    pages = Pages(source)
    others = [each for each in source.rows if each is not row]
    moved = None if to is None else Row(min(to, count + 1), row.number, row.subject)
    source.rows = sorted([*others, moved] if moved else others)
    pages.recount()
    index = pages.again(row, place, in_place=in_place)
    stays = moved is not None and (not in_place or source.rows.index(moved) == place)
    expected = moved if stays or (following is None and in_place and moved is source.rows[-1]) else following
    assert pages.row(index) == (expected or (source.rows[-1] if source.rows else None))
    assert not pages.is_guess


def test_where_a_row_went_far_its_index_is_guessed_at_first() -> None:
    source = ListSource.of(1_000)
    source.near = 100
    pages = Pages(source)
    row = source.rows[200]
    source.rows = sorted([*source.rows[:200], *source.rows[201:], Row(701, row.number, "went far")])
    pages.recount()
    found = source.find(row.number)
    assert found is not None
    assert (pages.row(pages.again(row, 200, in_place=False)), pages.is_guess) == (found, True)
    assert (pages.anchor(found), pages.is_guess) == (source.rows.index(found), False)
