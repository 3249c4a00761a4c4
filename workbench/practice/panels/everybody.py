"""How everybody who practises comes on, skill by skill, for who leads them: a table, and the sessions behind it."""

from asyncio import sleep
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.screen import Screen
from textual.widgets import DataTable, Static

from workbench.errors import Refused
from workbench.practice.model import Skill
from workbench.practice.panels.sessions import SessionsScreen
from workbench.practice.panels.words import SHOWN, in_cells, in_sentences, sessions_ended
from workbench.practice.progress import Progress
from workbench.practice.service import PracticeService
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths

NOBODY: Final = (
    "Nobody has practised in this file yet. Press escape, choose a scenario and press enter.\n"
    "To see your trainees here, let all of them practise in one file: set WORKBENCH_PRACTICE to its path."
)
SKILLS: Final = tuple(Skill)
_NAME: Final = 12
"""Cells of a trainee's name, with the gap after it."""
_LINES: Final = 2
"""Lines of a row."""
_LEAST: Final = 8
"""Cells of a skill, below which one scrolls."""


class Courses(DataTable[Text], inherit_bindings=False):
    """A row for each trainee, after the name a column for each skill."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", id="everybody.up", tooltip="To the trainee above", show=False),
        Binding("down,j", "cursor_down", "Down", id="everybody.down", tooltip="To the trainee below", show=False),
        Binding("left,h", "cursor_left", "Left", id="everybody.left", tooltip="To the skill at the left", show=False),
        Binding(
            "right,l", "cursor_right", "Right", id="everybody.right", tooltip="To the skill at the right", show=False
        ),
        Binding("pageup", "page_up", "Page up", id="everybody.page_up", tooltip="A screen up", show=False),
        Binding("pagedown", "page_down", "Page down", id="everybody.page_down", tooltip="A screen down", show=False),
        Binding("home,g", "scroll_top", "First", id="everybody.first", tooltip="To the first trainee", show=False),
        Binding("end,G", "scroll_bottom", "Last", id="everybody.last", tooltip="To the last trainee", show=False),
        Binding("enter", "select_cursor", "Sessions", id="everybody.open", tooltip="The trainee's sessions"),
    ]

    def __init__(self) -> None:
        super().__init__(cell_padding=0, fixed_columns=1)

    @property
    def skill(self) -> Skill | None:
        """The one under the cursor; None on the name, which stands for all together."""
        return SKILLS[self.cursor_column - 1] if self.cursor_column else None

    def show_all(self, everybody: list[Progress]) -> None:
        """Shows these trainees in the room there is, the cursor where it was."""
        was = self.cursor_coordinate
        self.clear(columns=True)
        if not everybody:
            return
        room = self.size.width - _NAME - self.styles.scrollbar_size_vertical
        each = max(_LEAST, room // len(SKILLS))
        cells = dict.fromkeys(SKILLS, each) | {SKILLS[-1]: max(each, room - each * (len(SKILLS) - 1))}
        self.add_column(show_line("trainee"), width=_NAME)
        for skill, width in cells.items():
            self.add_column(_cut(skill, width - 1), width=width)
        for progress in everybody:
            told = (in_cells(progress.courses[skill], width - 1) for skill, width in cells.items())
            self._add([_named(progress), *told])
        self.cursor_coordinate = Coordinate(min(was.row, len(everybody) - 1), was.column)

    def _add(self, told: Sequence[Text]) -> None:
        self.add_row(*told, height=_LINES)


class EverybodyScreen(Screen[None]):
    """`enter` opens the practice workbench for as long as something is asked of it."""

    CSS_PATH = "everybody.tcss"
    AUTO_FOCUS = "Courses"
    HORIZONTAL_BREAKPOINTS = widths("wide")
    VERTICAL_BREAKPOINTS = heights("low", high=16)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Back", id="everybody.back", tooltip="Back to what there is to practise"),
    ]

    def __init__(self, enter: Callable[[], AbstractContextManager[PracticeService]], who: str, zone: ZoneInfo) -> None:
        super().__init__()
        self._enter = enter
        self._who = who
        self._zone = zone
        self._everybody: list[Progress] = []
        self._read = False

    def compose(self) -> ComposeResult:
        """The header, the table, what is said of the cell under the cursor, the keys."""
        yield HeaderLine()
        yield Courses()
        yield Static(id="told")
        yield KeyLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Reads beside the screen, since that takes longer than a key may."""
        where = f"Workbench · Practice · everybody, the latest {SHOWN} sessions of each"
        self.query_one(HeaderLine).show_left(show_line(where), show_line(self._who))
        self.run_worker(self.run_action("read"))

    async def action_read(self) -> None:
        """Reads one trainee after the other; keys come in between."""
        with self._enter() as practice:
            for trainee in practice.trainees():
                self.query_one("#told", Static).update(show_line(f"reading {trainee} …"))
                await sleep(0)
                self._everybody.append(Progress.of(trainee, practice.progress(trainee, SHOWN)))
        self._read = True
        self._show()

    def on_resize(self) -> None:
        """Uses the room there is."""
        self.call_after_refresh(self._show)

    @on(DataTable.CellHighlighted)
    def _highlighted(self) -> None:
        self._tell()

    @on(DataTable.CellSelected)
    async def _selected(self) -> None:
        await self.run_action("sessions")

    def action_sessions(self) -> None:
        """Shows the sessions of the trainee under the cursor."""
        progress = self._progress()
        if progress is None or not progress.results:
            raise Refused("no session has ended here yet", "end one, then come back")
        self.app.push_screen(SessionsScreen(progress, self._enter, self._zone))

    def _show(self) -> None:
        if self._read:
            self.query_one(Courses).show_all(self._everybody)
            self._tell()

    def _tell(self) -> None:
        told, progress = self.query_one("#told", Static), self._progress()
        if progress is not None:
            told.update(Text("\n").join(in_sentences(progress, self.query_one(Courses).skill)))
        else:
            told.update(show(NOBODY))

    def _progress(self) -> Progress | None:
        row = self.query_one(Courses).cursor_row
        return self._everybody[row] if row < len(self._everybody) else None


def _cut(name: str, most: int) -> Text:
    text = show_line(name)
    text.truncate(most, overflow="ellipsis")
    return text


def _named(progress: Progress) -> Text:
    return Text("\n").join([_cut(progress.trainee, _NAME - 1), show_line(sessions_ended(len(progress.results)))])
