"""The screen of a run: one step at length, the others folded; what becomes of each is written at once."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from workbench.clock import FixedClock
from workbench.errors import FileProblem, OutOfDate, Refused
from workbench.runbooks.runs.model import Did, Run
from workbench.runbooks.runs.panels.boxes import FixedDialog, Verdict, WordsDialog
from workbench.runbooks.runs.panels.commands import CommandScreen
from workbench.runbooks.runs.panels.steps import StepRow, at_length, columns, rows
from workbench.runbooks.runs.service import RunService
from workbench.text import one_line
from workbench.tickets.dialogs.means import Means
from workbench.tickets.panels import others_here
from workbench.tickets.wishes import Wanted
from workbench.widgets.header import HeaderLine, clock_of_day
from workbench.widgets.held import HeldRows
from workbench.widgets.key_line import KeyLine
from workbench.widgets.looking import Changes, keep_looking
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths
from workbench.widgets.virtual_list import VirtualList


class RunScreen(CommandScreen):
    """One run, begun by whoever; it may be left at any moment, since nothing of it is only here."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#steps"
    HORIZONTAL_BREAKPOINTS = widths("slim", narrow=72, wide=100)
    VERTICAL_BREAKPOINTS = heights("low", high=18)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "done", "Done", id="run.done", tooltip="This step is done"),
        Binding("f", "failed", "No help", id="run.failed", tooltip="This step did not help"),
        Binding("s", "skip", "Skip", id="run.skip", tooltip="This step is skipped, with a word why"),
        Binding("b", "step_back", "Back a step", id="run.back", tooltip="To the step before, to be done again"),
        Binding("C", "note", "Note", id="run.note", tooltip="Write something down at this step"),
        Binding("e", "end", "End", id="run.end", tooltip="Say whether it fixed the trouble"),
        Binding("right,l", "focus_step", "Step", id="run.step", tooltip="To the step, to scroll it", show=False),
        Binding("left,h", "focus_steps", "Steps", id="run.steps", tooltip="To the list of steps", show=False),
        Binding("escape,q", "leave", "Leave", id="run.leave", tooltip="Leave it; it can be taken up again"),
    ]

    def __init__(self, runs: RunService, means: Means, run: Run) -> None:
        super().__init__(runs, means, run)
        self._changes = Changes()

    def compose(self) -> ComposeResult:
        """The header, the steps with the one in view, the keys."""
        yield HeaderLine()
        with Horizontal():
            yield VirtualList(columns(), HeldRows(rows(self.run_)), empty=show("It has no steps."), id="steps")
            yield Reader(id="step")
        yield KeyLine()
        yield TooSmall()

    async def on_mount(self) -> None:
        """Shows the step to be done now, and looks every second for what others did."""
        self._show(to_current=True)
        keep_looking(self)
        await self.run_action("look")

    def on_unmount(self) -> None:
        """Ends what runs, and tells the others that one looks no longer."""
        self.stop_command()
        with suppress(FileProblem):
            self.means.personal.look_at(None)

    @property
    def steps(self) -> "VirtualList[StepRow]":
        """The list of steps."""
        return self.query_one("#steps", VirtualList)

    @property
    def number(self) -> int:
        """The number of the step in view."""
        return self.steps.row.number if self.steps.row is not None else 1

    @on(VirtualList.Highlighted, "#steps")
    async def _highlighted(self) -> None:
        await self.run_action("show_step")

    @on(VirtualList.Chosen, "#steps")
    def _chosen(self) -> None:
        self.query_one("#step").focus()

    def action_look(self) -> None:
        """Ticks, tells who else is here, and reads the run again where somebody has gone on with it."""
        if self.run_.ticket is not None:
            with suppress(FileProblem):  # where nothing can be written, nobody is told
                self.means.personal.look_at(self.run_.ticket)
        if not self.is_current:
            return
        if self._changes.turned(self.means.tickets.database.generation()):
            self._tell_news(self.runs.get(self.run_.number))
        self._tick()

    def action_show_step(self) -> None:
        """Shows the step under the cursor at length."""
        number = self.number
        command = self.runs.command(self.run_, number)
        self.has_command = command is not None
        reader = self.query_one("#step", Reader)
        reader.border_title = show_line(f"Step {number} of {len(self.run_.steps)}")
        reader.show_paragraphs(at_length(self.run_, number, command, self.going, self.means.zone))

    def show_printed(self) -> None:
        """Brings the end of the step into sight, where it stands what a command has printed."""
        self.call_after_refresh(self.query_one("#step", Reader).show_end)

    def action_done(self) -> None:
        """This step is done."""
        self._take(Did.DONE)

    def action_failed(self) -> None:
        """This step did not help."""
        self._take(Did.FAILED)

    def action_skip(self) -> None:
        """Asks why this step is skipped."""
        number = self.number
        self._ask_words(f"Why is step {number} skipped?", lambda run, why: self.runs.skip(run, why, number))

    def action_note(self) -> None:
        """Asks for a note at this step."""
        number = self.number
        self._ask_words(f"Note at step {number}", lambda run, text: self.runs.note(run, number, text))

    def action_step_back(self) -> None:
        """To the step before, to be done again."""
        self._act(lambda: self.runs.back(self.run_))

    def action_end(self) -> None:
        """Asks whether it fixed the trouble."""
        self.means.require_now()
        self.require_quiet()
        if self.run_.is_over:
            raise Refused(f"the run is over: {self.run_.standing}", "begin another one if the trouble is back")
        self.app.push_screen(Verdict(self.run_), self._judged)

    def action_conclude(self) -> None:
        """Ends the run as was said."""
        assert self._verdict is not None
        ref = self.run_.ticket
        if self._verdict is Did.FIXED and ref is not None and self.means.tickets.get(ref).unresolved:
            self.app.push_screen(FixedDialog(self.means, self.runs, self.run_, ref, self._ended))
            return
        verdict = self._verdict
        self._act(lambda: self.runs.end(self.run_, verdict))
        self._ended()
        if verdict is Did.NOT_FIXED and ref is not None:
            self.app.post_message(Wanted("escalation", ref))

    def action_focus_step(self) -> None:
        """To the step, to scroll it."""
        self.query_one("#step").focus()

    def action_focus_steps(self) -> None:
        """To the list of steps."""
        self.steps.focus()

    async def action_leave(self) -> None:
        """Back to where one came from; the run stays open."""
        self.require_quiet()
        if not self.run_.is_over:
            self.notify(one_line(f"Run {self.run_.number} stays open, {self.run_.standing}."), markup=False)
        await self.app.run_action("leave")

    def changed(self, run: Run) -> None:
        """Shows the run as it stands now."""
        self.run_ = run
        self._show(to_current=False)

    def _take(self, outcome: Did) -> None:
        number = self.number
        self._act(lambda: self.runs.step(self.run_, outcome, "", number))

    def _act(self, act: Callable[[], Run]) -> None:
        """Does it, and goes to the step that is to be done now; where somebody was faster, shows that first."""
        self.means.require_now()
        try:
            self.run_ = act()
        except OutOfDate:
            self.run_ = self.runs.get(self.run_.number)
            self._show(to_current=False)
            raise
        self._moved_on()

    def _moved_on(self) -> None:
        self._show(to_current=True)
        if self.run_.current is None and not self.run_.is_over and self.run_.ending is None:
            self.call_later(self.run_action, "end")

    def _ask_words(self, heading: str, act: Callable[[Run, str], object]) -> None:
        self.means.require_now()
        renew = partial(self.runs.get, self.run_.number)
        self.app.push_screen(WordsDialog(self.means, self.run_, heading, act, renew, self._words_said))

    def _words_said(self) -> None:
        self.run_ = self.runs.get(self.run_.number)
        self._moved_on()

    def _judged(self, verdict: Did | None) -> None:
        self._verdict = verdict
        if verdict is not None:
            self.call_later(self.run_action, "conclude")

    _verdict: Did | None = None

    def _ended(self) -> None:
        run = self.runs.get(self.run_.number)
        place = f" on #{run.ticket}" if run.ticket else ""
        self.app.notify(one_line(f"{run.title}{place}: {run.standing}"), markup=False)
        self.dismiss()

    def _tell_news(self, fresh: Run) -> None:
        """Shows what somebody else has done, and says it."""
        if fresh == self.run_:
            return
        me = self.means.tickets.who
        news = [act.told for act in fresh.acts if act not in self.run_.acts and act.who != me]
        if news:
            self.notify(one_line(f"Meanwhile {'; '.join(news)}"), severity="warning", markup=False)
        self.run_ = fresh
        self._show(to_current=False)

    def _show(self, *, to_current: bool) -> None:
        wanted = self.run_.current if to_current else self.number
        place = (wanted or len(self.run_.steps)) - 1
        self.steps.show_source(HeldRows(rows(self.run_)), key=place)
        self.steps.border_title = show_line(self.run_.title)
        self.steps.border_subtitle = show_line(self.run_.standing)
        self.action_show_step()
        if to_current:
            self.query_one("#step", Reader).scroll_home(animate=False)

    def _tick(self) -> None:
        organisation, clock = self.means.organisation, self.means.tickets.clock
        time = clock_of_day(clock.now(), organisation.zone, standing_still=isinstance(clock, FixedClock))
        place = f" · #{self.run_.ticket}" if self.run_.ticket else ""
        header = self.query_one(HeaderLine)
        who = Text.assemble(show_line(f"{self.means.tickets.who} · "), time)
        header.show_left(show_line(f"Workbench · Run {self.run_.number}{place}"), who)
        if self.run_.ticket is not None:
            header.show_right(others_here(self.means.personal.others_at(self.run_.ticket)))
