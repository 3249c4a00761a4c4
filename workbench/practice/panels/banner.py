"""The line above every screen of the practice workbench: that it is one, its clock, and the keys that are for it."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.widget import Widget

from workbench.practice.service import Status
from workbench.practice.session import SessionKind
from workbench.widgets.show import show_line

_NONE: Final = "no session is going; 5 begins one"
_GAP: Final = 2


class Banner(Widget):
    """PRACTICE in words and colour; where there is no room for all, the keys are left out first."""

    DEFAULT_CSS = """
    Banner { height: 1; split: top; background: $warning; color: auto 100%; text-style: bold; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._told = Text()
        self._keys: Sequence[Text] = ()

    def show(self, told: Text, keys: Sequence[Text]) -> None:
        """Where the session stands, and the keys that are for it, the first of them needed most."""
        if (told, keys) != (self._told, self._keys):
            self._told, self._keys = told, keys
            self.refresh()

    def render(self) -> Text:
        """What there is room for, the keys at the right."""
        line = Text.assemble(show_line("PRACTICE", "reverse"), "  ", no_wrap=True, overflow="ellipsis")
        line.append_text(self._told)
        room = self.size.width - line.cell_len
        if keys := _fitting(self._keys, room - _GAP):
            line.append(" " * (room - keys.cell_len)).append_text(keys)
        return line


def _fitting(keys: Sequence[Text], room: int) -> Text:
    """As many keys as there is room for, those at the end left out first."""
    for most in range(len(keys), 0, -1):
        told = Text(" " * _GAP).join(keys[:most])
        if told.cell_len <= room:
            return told
    return Text()


def standing(status: Status | None, zone: ZoneInfo) -> Text:
    """Where a session stands, in a line."""
    if status is None:
        return show_line(_NONE)
    session = status.session
    pace = "❚❚ paused" if session.paused else f"{session.speed} × as fast"
    what = session.kind if session.kind is SessionKind.SCENARIO else session.title  # its name may tell what it is about
    told = f"{status.now.astimezone(zone):%a %H:%M:%S}  {pace}  {what}"
    return show_line(f"{told}, {status.to_come} to come" if status.to_come else told)
