"""The long text: what is in sight stands there first, and all of it soon."""

from textual.app import App, ComposeResult

from tests.support.screens import screen_lines
from tests.widgets.rows import HOSTILE
from workbench.widgets.reader import Reader
from workbench.widgets.show import show


class ReaderApp(App[None]):
    """A screen with nothing but a text."""

    def compose(self) -> ComposeResult:
        """The text."""
        yield Reader()

    @property
    def reader(self) -> Reader:
        """The text."""
        return self.query_one(Reader)


async def test_every_line_is_reached_and_reads_as_it_would_wrapped_at_once() -> None:
    app = ReaderApp()
    paragraphs = [show(f"{number} {HOSTILE[number % len(HOSTILE)]}") for number in range(300)]
    async with app.run_test(size=(40, 12)) as pilot:
        app.reader.show_paragraphs(paragraphs)
        width = app.reader.scrollable_content_region.width
        first = app.reader.virtual_size.height
        await pilot.pause()
        lines = [line for paragraph in paragraphs for line in paragraph.wrap(app.console, width, tab_size=4)]
        assert 12 <= first < len(lines) == app.reader.virtual_size.height
        app.reader.focus()
        await pilot.press("G")
        await pilot.pause()
        assert [line.rstrip() for line in screen_lines(app)] == [line.plain.rstrip() for line in lines[-12:]]


async def test_where_one_was_reading_stays_when_the_text_is_shown_anew() -> None:
    app = ReaderApp()
    paragraphs = [show(f"line {number}") for number in range(300)]
    async with app.run_test(size=(40, 12)) as pilot:
        app.reader.show_paragraphs(paragraphs)
        await pilot.pause()
        app.reader.scroll_to(y=200, animate=False)
        await pilot.pause()
        app.reader.show_paragraphs([*paragraphs, show("one more")])
        assert app.reader.scroll_offset.y == 200
        await pilot.pause()
        assert (screen_lines(app)[0].rstrip(), app.reader.virtual_size.height) == ("line 200", 301)


async def test_the_end_stays_in_sight_though_the_text_is_shown_anew_in_that_moment() -> None:
    app = ReaderApp()
    paragraphs = [show(f"line {number}") for number in range(300)]
    async with app.run_test(size=(40, 12)) as pilot:
        app.reader.show_paragraphs(paragraphs)
        app.reader.show_end()
        app.reader.show_paragraphs(paragraphs)
        await pilot.pause()
        assert screen_lines(app)[-1].rstrip() == "line 299"
