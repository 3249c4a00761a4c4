"""A list of a few rows, whose cursor is read in whatever colours a row is told."""

from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Options(OptionList, inherit_bindings=False):
    """Textual's list; the letters of the row under the cursor have the cursor's colour instead of their own."""

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        strip = super().render_line(y)
        line = self.scroll_offset.y + y
        if line >= len(self._lines) or self._lines[line][0] != self.highlighted:
            return strip
        cursor = self.get_component_rich_style("option-list--option-highlighted")
        return Strip(Segment.apply_style(strip, post_style=Style(color=cursor.color, dim=False)), strip.cell_length)


def option(told: Table | Text, *, enabled: bool = True) -> Option:
    """A row of such a list; one that is not `enabled` only says something, and cannot be chosen."""
    return Option(told, disabled=not enabled)
