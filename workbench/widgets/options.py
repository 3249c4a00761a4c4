"""A list of a few rows, whose cursor is read in whatever colours a row is told."""

from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.binding import Binding
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


def moves(room: str, one: str = "the one") -> list[Binding]:
    """The keys of the cursor in such a list, named `room.up` and so on; `one` is what a row stands for."""
    keys = (
        ("up,k", "cursor_up", "Up", "up", f"To {one} above"),
        ("down,j", "cursor_down", "Down", "down", f"To {one} below"),
        ("pageup", "page_up", "Page up", "page_up", "A screen up"),
        ("pagedown", "page_down", "Page down", "page_down", "A screen down"),
        ("home,g", "first", "First", "first", "To the top"),
        ("end,G", "last", "Last", "last", "To the bottom"),
    )
    return [
        Binding(key, action, told, id=f"{room}.{name}", tooltip=does, show=False)
        for key, action, told, name, does in keys
    ]


def option(told: Table | Text, *, enabled: bool = True) -> Option:
    """A row of such a list; one that is not `enabled` only says something, and cannot be chosen."""
    return Option(told, disabled=not enabled)
