"""The line above every screen of the practice workbench: that it is one, its clock, and the keys that are for it."""

from collections.abc import Sequence
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.widget import Widget

from workbench.practice.service import Status
from workbench.practice.session import SessionKind
from workbench.widgets.show import show_line

_NONE: Final = "no session is going; 5 begins one"
_PAUSED: Final = "❚❚ paused"
_GAP: Final = 2


class Banner(Widget):
    """PRACTICE in words and colour; where there is no room for all it is told shorter, and then keys are left out."""

    DEFAULT_CSS = """
    Banner { height: 1; split: top; background: $warning; color: auto 100%; text-style: bold; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: Sequence[Text] = (Text(),)
        self._keys: Sequence[Text] = ()

    def show(self, told: Sequence[Text], keys: Sequence[Text]) -> None:
        """Where the session stands, at length first, then shorter; the keys that are for it, most needed first."""
        if (told, keys) != (self._told, self._keys):
            self._told, self._keys = told, keys
            self.refresh()

    def render(self) -> Text:
        """What there is room for: as many keys as can be, at the right, and with as many the most that can be told."""
        lines = [self._line(told) for told in self._told]
        return max(lines, key=lambda line: (line.text.cell_len <= self.size.width, line.keys)).text

    def _line(self, told: Text) -> "_Line":
        """The line that tells it so, with the keys for which there is room then."""
        line = Text.assemble(show_line("PRACTICE", "reverse"), "  ", told, no_wrap=True, overflow="ellipsis")
        room = self.size.width - line.cell_len
        for most in range(len(self._keys), 0, -1):
            keys = Text(" " * _GAP).join(self._keys[:most])
            if keys.cell_len <= room - _GAP:
                line.append(" " * (room - keys.cell_len)).append_text(keys)
                return _Line(line, most)
        return _Line(line, 0)


class _Line(NamedTuple):
    """A way to tell it all on one line, with so many keys."""

    text: Text
    keys: int


def banner_line(status: Status | None, zone: ZoneInfo) -> Sequence[Text]:
    """Where a session stands, in a line; then shorter, without what the header and the queues show as well."""
    if status is None:
        return (show_line(_NONE),)
    session, now = status.session, status.now.astimezone(zone)
    to_come = f"{status.to_come} to come" if status.to_come else ""
    what = session.kind if session.kind is SessionKind.SCENARIO else session.title  # its name may tell what it is about
    whole = f"{now:%a %H:%M:%S}  {_PAUSED if session.paused else f'{session.speed} × as fast'}  {what}"
    brief = f"{now:%H:%M:%S}  {_PAUSED if session.paused else f'{session.speed} ×'}"
    return show_line(f"{whole}, {to_come}" if to_come else whole), show_line(f"{brief}  {to_come}".rstrip())
