"""Practice: what there is to practise, how fast its time goes, and how far one has come."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from workbench.errors import FileProblem, Refused
from workbench.practice.panels.choices import Begin, Broken, Choice, Lobby, Past, TakeUp, Tour, choices, line
from workbench.practice.panels.everybody import EverybodyScreen
from workbench.practice.panels.sheet import Seen, SheetScreen
from workbench.practice.panels.words import SHOWN, by_skill, told
from workbench.practice.progress import Progress
from workbench.practice.service import PracticeService
from workbench.practice.tour import begin_tour
from workbench.practice.wishes import PractiseWanted
from workbench.widgets.ask import AskYes
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.options import Options, moves
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths

SPEEDS: Final = (1, 2, 5, 10, 20, 30, 60)
"""Times as fast as the world's clock, to be stepped through."""


def next_speed(speed: int, step: int) -> int:
    """The neighbour of a speed among those that are stepped through, upward or downward."""
    if step > 0:
        return min((each for each in SPEEDS if each > speed), default=SPEEDS[-1])
    return max((each for each in SPEEDS if each < speed), default=SPEEDS[0])


class ChoiceList(Options, inherit_bindings=False):
    """What can be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *moves("practice"),
        Binding("enter", "select", "Begin", id="practice.choose", tooltip="Begin it, take it up, or show its sheet"),
    ]


class PracticeScreen(Screen[None]):
    """Chooses; `enter` opens the practice workbench for as long as something is asked of it."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "ChoiceList"
    HORIZONTAL_BREAKPOINTS = widths("slim", wide=72)
    VERTICAL_BREAKPOINTS = heights("low", high=18)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "faster(1)", "Faster", id="practice.faster", tooltip="Let the time of a new session go faster"),
        Binding("minus", "faster(-1)", "Slower", id="practice.slower", tooltip="Let it go slower"),
        Binding("p", "everybody", "Everybody", id="practice.everybody", tooltip="How all trainees come on, by skill"),
        Binding("x", "end", "End", id="practice.end", tooltip="End the open session, and show its points"),
        Binding("tab", "app.focus_next", "Read", id="practice.read", tooltip="To what is said of it", show=False),
    ]

    def __init__(
        self,
        enter: Callable[[], AbstractContextManager[PracticeService]],
        who: str,
        zone: ZoneInfo,
        *,
        is_here: bool = False,
    ) -> None:
        """`is_here` where the practice workbench is the one in which one chooses, so that its clock goes on."""
        super().__init__()
        self._is_here = is_here
        self._enter = enter
        self._who = who
        self._zone = zone
        self._choices: list[Choice] = []
        self._speed = SPEEDS[0]

    def compose(self) -> ComposeResult:
        """The header; what can be chosen, what is said of it, how far one has come; the keys."""
        yield HeaderLine()
        with Horizontal():
            yield ChoiceList()
            with Vertical():
                yield Reader(id="told")
                yield Reader(id="progress")
        yield KeyLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Says where one is."""
        self.query_one("#progress", Reader).border_title = "How you come on"
        self.query_one(HeaderLine).show_left(show_line("Workbench · Practice"), show_line(self._who))
        self._show_speed()

    async def on_screen_resume(self) -> None:
        """Looks again at what there is, since a session may have begun or ended meanwhile."""
        await self.run_action("look")

    def action_look(self) -> None:
        """Reads the scenarios, and the sessions of the one who looks; FileProblem, which stays in sight."""
        try:
            with self._enter() as practice:
                progress = Progress.of(self._who, practice.progress(self._who, SHOWN))
                going = practice.result() if practice.going() else None
                lobby = Lobby(practice.shelf(), going, progress.results, self._is_here)
        except FileProblem as problem:
            self.query_one("#told", Reader).show_paragraphs([show(problem.wrong, "bold red"), show(problem.advice)])
            raise
        self._choices = list(choices(lobby))
        options = self.query_one(ChoiceList)
        at = options.highlighted or 0
        options.clear_options()
        options.add_options(_grouped(self._choices))
        options.highlighted = min(at, len(self._choices) - 1) if self._choices else None
        self.query_one("#progress", Reader).show_paragraphs(by_skill(progress))
        self._show()

    def action_faster(self, step: int) -> None:
        """Lets the time of what is begun go faster, or slower."""
        self._speed = next_speed(self._speed, step)
        self._show_speed()

    def action_choose(self) -> None:
        """Begins it, takes it up, or shows its sheet."""
        match self._choice():
            case Begin(kind, name):
                with self._enter() as practice:
                    practice.begin(kind, name, speed=self._speed)
                self.post_message(PractiseWanted())
            case Tour():
                with self._enter() as practice:
                    begin_tour(practice)
                self.post_message(PractiseWanted())
            case TakeUp():
                self.post_message(PractiseWanted())
            case Past(result):
                self._show_sheet(result.session.number)
            case Broken(fault):
                raise Refused(fault.told, "mend the file, then come back")

    def action_everybody(self) -> None:
        """Shows how all who practise in this file come on; FileProblem."""
        with self._enter():
            pass  # what is wrong with the file is better said here than over an empty table
        self.app.push_screen(EverybodyScreen(self._enter, self._who, self._zone))

    def action_end(self) -> None:
        """Asks whether the open session shall end."""
        with self._enter() as practice:
            practice.status()  # says so where there is no session
            title = practice.result().title

        async def answered(yes: bool | None) -> None:
            if yes:
                await self.run_action("end_now")

        self.app.push_screen(AskYes(f"End {title}?", "What is still worked on counts as it stands."), answered)

    def action_end_now(self) -> None:
        """Ends the open session, and shows its points."""
        with self._enter() as practice:
            ended = practice.end().session.number
        self._show_sheet(ended)

    @on(OptionList.OptionSelected)
    async def _selected(self) -> None:
        await self.run_action("choose")

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show()

    def _show_sheet(self, number: int) -> None:
        self.app.push_screen(SheetScreen(partial(self._seen, number), self._zone))

    def _seen(self, number: int) -> Seen:
        with self._enter() as practice:
            return Seen.of(practice, number)

    def _show_speed(self) -> None:
        self.query_one(ChoiceList).border_subtitle = show_line(f"new ones go {self._speed} × as fast")

    def _choice(self) -> Choice:
        at = self.query_one(ChoiceList).highlighted
        if at is None or at >= len(self._choices):
            raise Refused("there is nothing to choose from", "`workbench practice list` tells why")
        return self._choices[at]

    def _show(self) -> None:
        if self._choices:
            self.query_one("#told", Reader).show_paragraphs(told(self._choice(), self._zone))


def _grouped(found: list[Choice]) -> Iterator[Option | None]:
    """Their lines, with a rule between those of different kinds."""
    before: object = None
    for choice in found:
        kind = (type(choice), choice.kind if isinstance(choice, Begin) else None)
        if before is not None and kind != before:
            yield None
        before = kind
        yield Option(line(choice))
