"""What a window shows that has no room for a screen."""

from collections.abc import Mapping
from typing import Any

from textual.screen import Screen
from textual.widgets import Static

from workbench.widgets.show import show

LEAST_WIDTH, LEAST_HEIGHT = 36, 8
"""Cells; a screen in less has its number, clock and subject cut."""


def widths(first: str, **further: int) -> list[tuple[int, str]]:
    """The classes of a screen by its width: `-tiny`, where there is room `-first`, the `further` from so many cells."""
    return _classes(LEAST_WIDTH, first, further)


def heights(first: str, **further: int) -> list[tuple[int, str]]:
    """The classes of a screen by its height, in the same way."""
    return _classes(LEAST_HEIGHT, first, further)


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


def _classes(least: int, first: str, further: Mapping[str, int]) -> list[tuple[int, str]]:
    return [(0, "-tiny"), (least, f"-{first}"), *((cells, f"-{name}") for name, cells in further.items())]
