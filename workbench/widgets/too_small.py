"""What a window shows that has no room for a screen."""

from textual.widgets import Static

from workbench.widgets.show import show

LEAST_WIDTH, LEAST_HEIGHT = 36, 8
"""Cells; a screen in less has its number, clock and subject cut."""


class TooSmall(Static):
    """Stands in for a whole screen whose class is `-tiny`, until there is room again; app.tcss hides the rest."""

    DEFAULT_CSS = """
    TooSmall { display: none; width: 100%; height: 100%; content-align: center middle; text-align: center; }
    """

    def __init__(self) -> None:
        super().__init__(show(f"This window is too small. Make it {LEAST_WIDTH} × {LEAST_HEIGHT} or more."))
