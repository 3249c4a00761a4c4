"""The sessions of one trainee, the latest first, and from there their sheets."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from workbench.practice.panels.choices import Past, line
from workbench.practice.panels.sheet import Seen, SheetScreen
from workbench.practice.panels.words import told
from workbench.practice.progress import Progress
from workbench.practice.service import PracticeService
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.options import Options, moves
from workbench.widgets.reader import Reader
from workbench.widgets.show import show_line
from workbench.widgets.too_small import TooSmall, heights, widths


class SessionList(Options, inherit_bindings=False):
    """One session a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *moves("sessions", "the session"),
        Binding("enter", "select", "Sheet", id="sessions.open", tooltip="What was done in it, and its points"),
    ]


class SessionsScreen(Screen[None]):
    """`enter` opens the practice workbench for as long as something is asked of it."""

    CSS_PATH = "sessions.tcss"
    AUTO_FOCUS = "SessionList"
    HORIZONTAL_BREAKPOINTS = widths("slim", wide=72)
    VERTICAL_BREAKPOINTS = heights("high")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Back", id="sessions.back", tooltip="Back to everybody"),
        Binding("tab", "app.focus_next", "Read", id="sessions.read", tooltip="To what is said of it"),
    ]

    def __init__(
        self, progress: Progress, enter: Callable[[], AbstractContextManager[PracticeService]], zone: ZoneInfo
    ) -> None:
        super().__init__()
        self._trainee = progress.trainee
        self._sessions = [Past(result) for result in reversed(progress.results)]
        self._enter = enter
        self._zone = zone

    def compose(self) -> ComposeResult:
        """The header, the sessions, what is said of the one under the cursor, the keys."""
        yield HeaderLine()
        with Container():
            yield SessionList(*(Option(line(each)) for each in self._sessions))
            yield Reader()
        yield KeyLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Says whose they are."""
        self.query_one(HeaderLine).show_left(show_line("Workbench · Practice"), show_line(self._trainee))
        self.query_one(SessionList).border_title = show_line(f"Sessions of {self._trainee}")

    def action_sheet(self) -> None:
        """Shows the sheet of the session under the cursor."""
        number = self._session().result.session.number
        self.app.push_screen(SheetScreen(partial(self._seen, number), self._zone))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self.query_one(Reader).show_paragraphs(told(self._session(), self._zone))

    @on(OptionList.OptionSelected)
    async def _selected(self) -> None:
        await self.run_action("sheet")

    def _session(self) -> Past:
        return self._sessions[self.query_one(SessionList).highlighted or 0]

    def _seen(self, number: int) -> Seen:
        with self._enter() as practice:
            return Seen.of(practice, number)
