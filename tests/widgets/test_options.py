"""Tests of the lists of a few rows."""

import pytest
from textual.app import App, ComposeResult
from textual.widgets.option_list import Option

from tests.readme import PLACES
from workbench.widgets.options import Options

ROWS = 60
LISTS = [place for _, place in PLACES if issubclass(place, Options)]


class Alone(App[None]):
    """One list, taller than the window."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options

    def compose(self) -> ComposeResult:
        """The list alone."""
        yield self.options.clear_options().add_options(Option(str(row)) for row in range(ROWS))


@pytest.mark.parametrize("kind", LISTS)
async def test_every_such_list_moves_by_the_same_keys(kind: type[Options]) -> None:
    async with (app := Alone(kind())).run_test(size=(80, 24)) as pilot:
        app.options.focus()
        app.options.highlighted = 0

        async def at(key: str) -> int | None:
            await pilot.press(key)
            return app.options.highlighted

        assert (await at("down"), await at("j"), await at("up"), await at("k")) == (1, 2, 1, 0)
        assert (await at("pagedown") or 0) > 2
        assert await at("pageup") == 0
        assert (await at("end"), await at("home"), await at("G"), await at("g")) == (ROWS - 1, 0, ROWS - 1, 0)
