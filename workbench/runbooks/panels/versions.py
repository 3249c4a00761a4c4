"""The versions of a runbook, each against the one before."""

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from workbench.runbooks.model import Version
from workbench.widgets.key_line import KeyLine
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line


class VersionsScreen(ModalScreen[None]):
    """What a version has changed: `-` what was, `+` what came."""

    DEFAULT_CSS = """
    VersionsScreen { & > Reader { border: round $accent; padding: 0 1; background: $surface; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "step(1)", "Older", id="versions.older", tooltip="What the version before did"),
        Binding("right_square_bracket", "step(-1)", "Newer", id="versions.newer", tooltip="What the next version did"),
        Binding("escape,q,V", "dismiss", "Back", id="versions.leave", tooltip="Back to the runbooks"),
    ]

    def __init__(self, title: str, versions: Sequence[Version], zone: ZoneInfo) -> None:
        super().__init__()
        self._title, self._versions, self._zone = title, versions, zone
        self._at = 0

    def compose(self) -> ComposeResult:
        """The difference and the keys."""
        yield Reader(id="difference")
        yield KeyLine()

    def on_mount(self) -> None:
        """Shows the latest change."""
        self._show()
        self.query_one(Reader).focus()

    def action_step(self, step: int) -> None:
        """To an older or a newer version."""
        self._at = max(0, min(self._at + step, len(self._versions) - 1))
        self._show()

    def _show(self) -> None:
        version = self._versions[self._at]
        before = self._versions[self._at + 1] if self._at + 1 < len(self._versions) else None
        reader = self.query_one(Reader)
        at = version.at.astimezone(self._zone)
        reader.border_title = show_line(f"{self._title} · version {version.number} of {len(self._versions)}")
        reader.border_subtitle = show_line(f"by {version.who}, {at:%Y-%m-%d %H:%M}")
        reader.show_paragraphs(list(_difference(before.text if before else "", version.text)))
        reader.scroll_home(animate=False)


def _difference(before: str, after: str) -> Iterator[Text]:
    styles = {"+": "bold green", "-": "bold red", "@": "dim"}
    lines = unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=3)
    for number, line in enumerate(lines):
        if number >= 2:  # the first two name files
            yield show(line, styles.get(line[:1], ""))
