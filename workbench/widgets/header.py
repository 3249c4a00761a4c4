"""The line at the top of a screen: where one is on the left, who and when and what is burning on the right."""

from datetime import datetime
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.widget import Widget

from workbench.widgets.show import show_line

_GAP = 2
"""Cells between two parts."""
_LEAST = 12
"""Cells below which a part is left out rather than cut."""


class HeaderLine(Widget):
    """One line; where it is too long, first the place gives way, then who, and what is burning never."""

    DEFAULT_CSS = """
    HeaderLine { height: 1; dock: top; background: $panel; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.auto_links = False  # what can be clicked on keeps its colour, which says how bad it is
        self._where = self._who = self._burning = Text()

    def show_left(self, where: Text, who: Text) -> None:
        """Which workbench and screen, and who looks at it when."""
        if (where, who) != (self._where, self._who):
            self._where, self._who = where, who
            self.refresh()

    def show_right(self, burning: Text) -> None:
        """What needs somebody now."""
        if burning != self._burning:
            self._burning = burning
            self.refresh()

    def render(self) -> Text:
        """The parts that fit, the first one at the left and the others at the right."""
        width = self.size.width
        burning = _fitting(self._burning, width)
        who = _fitting(self._who, width - burning.cell_len - _GAP)
        right = Text(" " * _GAP).join([part for part in (who, burning) if part])
        where = _fitting(self._where, width - right.cell_len - _GAP)
        where.stylize("bold")
        where.truncate(max(0, width - right.cell_len), pad=True)
        return where.append_text(right)


def _fitting(part: Text, width: int) -> Text:
    """The part in at most that many cells; nothing where too little of it would be left."""
    if width < min(_LEAST, part.cell_len):
        return Text()
    fitting = part.copy()
    fitting.truncate(width, overflow="ellipsis")
    return fitting


def clock_of_day(now: datetime, zone: str, *, standing_still: bool) -> Text:
    """Weekday and time in the workbench's zone; the whole date where the clock was set to look from there."""
    local = now.astimezone(ZoneInfo(zone))
    if standing_still:
        return show_line(f"as of {local:%Y-%m-%d %H:%M}", "reverse")
    return show_line(f"{local:%a %H:%M}")
