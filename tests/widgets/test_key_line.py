"""Tests of the line of keys at the foot of a screen."""

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from workbench.widgets.key_line import KeyLine


class Keys(App[None]):
    """An app with a key that works, one that is gray, one that is not told, and one action with two keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "press('t')", "Take", tooltip="Make it mine"),
        Binding("m", "gray", "Move", tooltip="To another team"),
        Binding("z", "press('z')", "Zero", show=False),
        Binding("q,escape", "press('q')", "[b]Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.movable = False

    def compose(self) -> ComposeResult:
        """The line alone."""
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grays the key to move by."""
        return None if action == "gray" and not self.movable else super().check_action(action, parameters)

    def action_press(self, key: str) -> None:
        """Notes which key was pressed."""
        self.pressed.append(key)


def told(app: Keys) -> str:
    """What stands on the line."""
    return app.query_one(KeyLine).render().plain.rstrip()


async def test_each_action_that_is_shown_is_named_once_with_its_key() -> None:
    async with (app := Keys()).run_test():
        assert told(app).startswith("t Take m Move q [b]Back")
        assert "Zero" not in told(app)


@pytest.mark.parametrize(("cell", "pressed"), [(0, ["t"]), (5, ["t"]), (6, []), (14, ["q"]), (70, [])])
async def test_a_click_presses_the_key_under_it(cell: int, pressed: list[str]) -> None:
    async with (app := Keys()).run_test() as pilot:
        await pilot.click(KeyLine, offset=(cell, 0))
        await pilot.pause()
        assert app.pressed == pressed


async def test_what_makes_no_sense_is_dim_until_it_does() -> None:
    async with (app := Keys()).run_test() as pilot:
        line = app.query_one(KeyLine)
        assert "dim" in [str(span.style) for span in line.render().spans]
        app.movable = True
        app.screen.refresh_bindings()
        await pilot.pause()
        assert "dim" not in [str(span.style) for span in line.render().spans]


async def test_the_mouse_at_rest_tells_more() -> None:
    async with (app := Keys()).run_test(tooltips=True) as pilot:
        await pilot.hover(KeyLine, offset=(8, 0))
        assert str(app.query_one(KeyLine).tooltip) == "To another team"
        await pilot.hover(KeyLine, offset=(70, 0))
        assert app.query_one(KeyLine).tooltip is None
