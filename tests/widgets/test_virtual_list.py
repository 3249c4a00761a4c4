"""The long list: its cursor, its columns, and what others change under it."""

from contextlib import AbstractAsyncContextManager

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.pilot import Pilot

from tests.support.screens import screen_lines
from tests.widgets.rows import ListSource, Row
from workbench.widgets.columns import Column
from workbench.widgets.show import show_line
from workbench.widgets.virtual_list import VirtualList


class ListApp(App[None]):
    """A screen with nothing but a list."""

    def __init__(self, source: ListSource) -> None:
        super().__init__()
        self.source = source
        self.heard: list[str] = []
        self.clock = "4m left"
        self.columns: list[Column[Row]] = [
            Column("#", 6, lambda row, width: Text(str(row.number)), right=True),
            Column("Clock", 8, lambda row, width: Text(self.clock if row.number < 4 else "–")),
            Column("Subject", 10, lambda row, width: show_line(row.subject), flexible=True),
            Column("Who", 6, lambda row, width: show_line("maya"), drop_order=1),
        ]

    def compose(self) -> ComposeResult:
        """The list."""
        yield VirtualList(self.columns, self.source, empty=show_line("Nothing here: press n for a new ticket"))

    @property
    def list(self) -> VirtualList[Row]:
        """The list."""
        return self.query_one(VirtualList)

    def on_virtual_list_highlighted(self, event: VirtualList.Highlighted) -> None:
        """Notes where the cursor stands."""
        self.heard.append(f"at {event.row and event.row.number}")

    def on_virtual_list_chosen(self, event: VirtualList.Chosen) -> None:
        """Notes which row was opened."""
        self.heard.append(f"open {event.row.number}")

    def run_small(self) -> AbstractAsyncContextManager[Pilot[None]]:
        """Runs with titles and nine rows in sight."""
        return self.run_test(size=(60, 10), notifications=True, tooltips=True)


@pytest.fixture
def app() -> ListApp:
    """A list of a thousand rows."""
    return ListApp(ListSource.of(1_000))


def number(app: ListApp) -> int:
    """The number of the row under the cursor."""
    assert app.list.row is not None
    return app.list.row.number


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("j", 2),
        ("down down k", 2),
        ("k", 1),
        ("G", 1_000),
        ("end j", 1_000),
        ("end home", 1),
        ("G k k g", 1),
        ("pagedown", 9),
        ("pagedown pagedown pageup", 9),
        ("G pageup", 992),
    ],
)
async def test_keys_move_the_cursor_and_keep_it_in_sight(app: ListApp, keys: str, expected: int) -> None:
    async with app.run_small() as pilot:
        await pilot.press(*keys.split())
        assert number(app) == expected
        assert any(line.split()[:1] == [str(expected)] for line in screen_lines(app))


async def test_the_titles_stay_on_top(app: ListApp) -> None:
    async with app.run_small() as pilot:
        for keys in ((), ("G",), ("pageup",)):
            await pilot.press(*keys)
            assert screen_lines(app)[0].split() == ["#", "Clock", "Subject", "Who"]


async def test_moving_and_opening_are_told(app: ListApp) -> None:
    async with app.run_small() as pilot:
        await pilot.press("j", "enter")
        await pilot.pause()
        assert app.heard == ["at 1", "at 2", "open 2"]


async def test_the_mouse_selects_then_opens(app: ListApp) -> None:
    async with app.run_small() as pilot:
        await pilot.click(VirtualList, offset=(10, 0))
        await pilot.click(VirtualList, offset=(10, 4))
        await pilot.pause()
        assert app.heard == ["at 1", "at 4"]
        await pilot.click(VirtualList, offset=(10, 4))
        await pilot.pause()
        assert app.heard == ["at 1", "at 4", "open 4"]


async def test_the_wheel_scrolls_and_leaves_the_cursor(app: ListApp) -> None:
    async with app.run_small() as pilot:
        wheel = MouseScrollDown(app.list, 5, 5, 0, 0, 0, False, False, False)
        app.list.post_message(wheel)
        await pilot.pause()
        assert screen_lines(app)[1].split()[0] == str(1 + app.scroll_sensitivity_y)[:1]
        assert number(app) == 1
        await pilot.press("j")
        assert number(app) == 2
        assert any(line.split()[:1] == ["2"] for line in screen_lines(app))


async def test_another_sessions_change_leaves_the_cursor_and_its_line_where_they_are(app: ListApp) -> None:
    async with app.run_small() as pilot:
        await pilot.press("G", "pageup", "pageup")
        app.list.scroll_to(y=980, animate=False)
        await pilot.pause()
        line = next(place for place, text in enumerate(screen_lines(app)) if "984" in text)
        app.source.rows = sorted([*app.source.rows, *(Row(0, 5_000 + n, "arrived") for n in range(7))])
        app.list.refresh_rows()
        await pilot.pause()
        assert (number(app), app.list.index, app.list.count) == (984, 990, 1_007)
        assert "984" in screen_lines(app)[line]


async def test_at_the_top_a_new_row_is_seen_above_the_cursor(app: ListApp) -> None:
    async with app.run_small() as pilot:
        app.source.rows.insert(0, Row(0, 5_000, "arrived"))
        app.list.refresh_rows()
        await pilot.pause()
        assert number(app) == 1
        assert screen_lines(app)[1].split()[0] == "5000"


async def test_the_cursor_stays_on_a_row_that_went_far_and_the_scroll_bar_follows(
    app: ListApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.widgets.virtual_list.SETTLED_AFTER", 0.001)  # a timer of none divides by it
    async with app.run_small() as pilot:
        await pilot.press("pagedown", "pagedown")
        row, app.source.near = app.source.rows[app.list.index], 100
        app.source.rows = sorted([*(each for each in app.source.rows if each != row), Row(801, row.number, "went far")])
        app.list.refresh_rows()
        while app.list.index != 799:
            await pilot.pause()
        assert number(app) == row.number
        assert "went far" in "\n".join(screen_lines(app))


async def test_a_row_that_left_hands_the_cursor_to_the_next(app: ListApp) -> None:
    async with app.run_small() as pilot:
        await pilot.press("j", "j")
        del app.source.rows[2]
        app.list.refresh_rows()
        await pilot.pause()
        assert (number(app), app.list.index) == (4, 2)
        assert app.heard[-1] == "at 4"


async def test_the_last_row_that_left_hands_the_cursor_to_the_one_before(app: ListApp) -> None:
    async with app.run_small() as pilot:
        await pilot.press("G")
        app.source.rows.pop()
        app.list.refresh_rows()
        await pilot.pause()
        assert number(app) == 999


async def test_a_changed_row_is_told_again(app: ListApp) -> None:
    async with app.run_small() as pilot:
        app.source.rows[0] = Row(1, 1, "another subject")
        app.list.refresh_rows()
        await pilot.pause()
        assert app.heard == ["at 1", "at 1"]
        assert "another subject" in screen_lines(app)[1]


async def test_an_empty_list_says_what_to_do_next_and_takes_every_key() -> None:
    app = ListApp(ListSource([]))
    async with app.run_small() as pilot:
        assert "press n for a new ticket" in "\n".join(screen_lines(app))
        await pilot.press("j", "k", "g", "G", "pageup", "pagedown", "enter")
        await pilot.click(VirtualList, offset=(3, 2))
        assert (app.list.row, app.heard) == (None, [])


async def test_a_list_that_became_empty_and_filled_again(app: ListApp) -> None:
    async with app.run_small() as pilot:
        await pilot.press("G")
        rows, app.source.rows = app.source.rows, []
        app.list.refresh_rows()
        await pilot.pause()
        assert app.heard[-1] == "at None"
        assert "press n" in "\n".join(screen_lines(app))
        app.source.rows = rows
        app.list.refresh_rows()
        await pilot.pause()
        assert number(app) == 1


async def test_another_list_opens_on_the_remembered_row(app: ListApp) -> None:
    async with app.run_small() as pilot:
        app.list.show_source(ListSource.of(300), key=250)
        await pilot.pause()
        assert (number(app), app.list.index) == (250, 249)
        assert any("250" in line for line in screen_lines(app))
        app.list.show_source(ListSource.of(20), key=250)
        await pilot.pause()
        assert number(app) == 1


async def test_a_tick_shows_the_clock_without_reading_the_list(app: ListApp) -> None:
    async with app.run_small() as pilot:
        app.clock = "3m left"
        asked = len(app.source.asked)
        app.list.tick(1)
        await pilot.pause()
        assert "3m left" in screen_lines(app)[1]
        app.clock = "2m left"
        app.list.tick(1)
        await pilot.pause()
        assert "3m left" in screen_lines(app)[1]
        app.list.tick(2)
        await pilot.pause()
        assert "2m left" in screen_lines(app)[1]
        assert len(app.source.asked) == asked


async def test_a_narrow_terminal_loses_the_column_that_goes_first(app: ListApp) -> None:
    async with app.run_small() as pilot:
        await pilot.resize_terminal(34, 10)
        await pilot.pause()
        assert screen_lines(app)[0].split() == ["#", "Clock", "Subject"]
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        assert screen_lines(app)[0].split() == ["#", "Clock", "Subject", "Who"]


async def test_hostile_text_is_shown_literally_on_every_line(app: ListApp) -> None:
    async with app.run_test(size=(120, 20)):
        shown = "\n".join(screen_lines(app))
        for literal in ("[/b] [/] [x='y]", "[@click=app.quit]x[/]", "[$primary]x[/] :bomb:", "one↵line two"):
            assert literal in shown
        assert not any(ord(character) < 32 for line in screen_lines(app) for character in line)


def test_every_key_of_the_list_is_explained() -> None:
    for binding in VirtualList.BINDINGS:
        assert not isinstance(binding, tuple)
        assert binding.id
        assert binding.tooltip
