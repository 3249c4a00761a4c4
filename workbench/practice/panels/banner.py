"""The line above every screen of the practice workbench: that it is one, its clock, and the keys that are for it."""

from typing import Final
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.widget import Widget

from workbench.practice.service import Status
from workbench.widgets.show import show_line

_NONE: Final = "no session is going; 5 begins one"
_GAP: Final = 2


class Banner(Widget):
    """PRACTICE in words and colour; where there is no room for all, the keys are left out first."""

    DEFAULT_CSS = """
    Banner { height: 1; split: top; background: $warning; color: black; text-style: bold; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._told = self._keys = Text()

    def show(self, told: Text, keys: Text) -> None:
        """Where the session stands, and the keys that are for it."""
        if (told, keys) != (self._told, self._keys):
            self._told, self._keys = told, keys
            self.refresh()

    def render(self) -> Text:
        """What there is room for, the keys at the right."""
        width = self.size.width
        line = Text.assemble(show_line("PRACTICE", "reverse"), "  ", no_wrap=True, overflow="ellipsis")
        line.append_text(self._told)
        room = width - line.cell_len - _GAP
        if self._keys.cell_len <= room:
            line.append(" " * (room + _GAP - self._keys.cell_len)).append_text(self._keys)
        return line


def standing(status: Status | None, zone: ZoneInfo) -> Text:
    """Where a session stands, in a line."""
    if status is None:
        return show_line(_NONE)
    session = status.session
    pace = "❚❚ paused" if session.paused else f"{session.speed} × as fast"
    told = f"{status.now.astimezone(zone):%a %H:%M:%S}  {pace}  {session.title}"
    return show_line(f"{told}, {status.to_come} to come" if status.to_come else told)
