"""What a window shows that has no room for a screen."""

from typing import Any

from textual.screen import Screen
from textual.widgets import Static

from workbench.widgets.show import show

LEAST_WIDTH, LEAST_HEIGHT = 36, 8
"""Cells; a screen in less has its number, clock and subject cut."""


def take_size(screen: Screen[Any]) -> None:
    """Gives a screen the classes of its breakpoints before it has its first styles.

    Textual gives them with the first resize, and works out the styles of everything on the screen a second time.
    """
    for length, breakpoints in zip(
        screen.app.size, (screen.HORIZONTAL_BREAKPOINTS, screen.VERTICAL_BREAKPOINTS), strict=True
    ):
        fitting = [name for least, name in sorted(breakpoints or ()) if least <= length]
        screen.add_class(*fitting[-1:], update=False)


class TooSmall(Static):
    """Stands in for a whole screen whose class is `-tiny`, until there is room again; app.tcss hides the rest."""

    DEFAULT_CSS = """
    TooSmall { display: none; width: 100%; height: 100%; content-align: center middle; text-align: center; }
    """

    def __init__(self) -> None:
        super().__init__(show(f"This window is too small. Make it {LEAST_WIDTH} × {LEAST_HEIGHT} or more."))
