"""Where one can go from anywhere in the program, what a screen wishes to have opened, and the ways back."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from textual import on
from textual.screen import Screen

from workbench.desk import Desk
from workbench.practice.wishes import PractiseWanted, RunbookWanted
from workbench.program.doors import MODES, WISHES, look_up, runbooks, write_problem
from workbench.program.errors_shown import TellingApp
from workbench.queues.model import Queue
from workbench.queues.screen import QueueScreen
from workbench.queues.wishes import QueueWanted
from workbench.text import one_line
from workbench.tickets.acting import ActingScreen
from workbench.tickets.dialogs.means import Means
from workbench.tickets.wishes import ProblemWanted, Wanted


class WaysApp(TellingApp):
    """A program of several screens, of which the queues are home."""

    DEFAULT_MODE = "queues"

    def __init__(self, desk: Desk, means: Means) -> None:
        super().__init__()
        self.desk = desk
        self.means = means
        self.leaves_to_practise = False
        self._problem_wish: ProblemWanted | None = None

    def doors(self) -> Mapping[str, Callable[[], Screen[Any]]]:
        """The screens that have a number key, by the name of their mode."""
        return {name: partial(build, self) for name, build in MODES.items()}

    def practise(self) -> None:
        """Leaves for the practice workbench, which is another program on another file."""
        self.leaves_to_practise = True
        self.exit(return_code=0)

    @on(PractiseWanted)
    def _practise_wanted(self) -> None:
        self.practise()

    @on(RunbookWanted)
    async def _runbook_wanted(self, wish: RunbookWanted) -> None:
        await self.run_action(f"read_runbook({wish.slug!r})")

    def action_read_runbook(self, slug: str) -> None:
        """Shows a runbook; NotFound where the library has none of that name, since practice has one of its own."""
        self.desk.runbooks.get(slug)
        self.open_runbook(slug)

    @on(Wanted)
    async def _wanted(self, wish: Wanted) -> None:
        await self.run_action(f"open({wish.what!r}, {wish.ref:d}, {wish.named!r})")

    @on(ProblemWanted)
    async def _problem_wanted(self, wish: ProblemWanted) -> None:
        self._problem_wish = wish
        await self.run_action("write_problem")

    def action_write_problem(self) -> None:
        """Opens the box of a problem that a ticket has shown."""
        if self._problem_wish is not None:
            write_problem(self, self._problem_wish)

    @on(QueueWanted)
    def _queue_wanted(self, wish: QueueWanted) -> None:
        mode = self.current_mode
        self.switch_mode(self.DEFAULT_MODE)
        self._leave_all()
        if isinstance(self.screen, QueueScreen):
            self.screen.lead_to(wish.queue, mode)

    def action_open(self, what: str, ref: int, named: str = "") -> None:
        """Opens what is wanted for a ticket."""
        WISHES[what](self, ref, named)

    def action_mode(self, name: str) -> None:
        """To a mode as it was left; where one is there already, to its first screen."""
        if name == self.current_mode:
            self._leave_all()
        self.switch_mode(name)

    async def action_queues(self) -> None:
        """To the queues as they were left; where one is there already, to the queue of one's own tier."""
        if self.current_mode == self.DEFAULT_MODE:
            self._leave_all()
            await self.run_action("screen.home")
        self.switch_mode(self.DEFAULT_MODE)

    def acted(self, done: bool | None) -> None:
        """Has the screens behind show what was done, if something was."""
        for screen in self.screen_stack:
            if done and isinstance(screen, ActingScreen):
                screen.acted()

    def action_leave(self) -> None:
        """Back to the screen before or to the one that led here, to the queues, or out of the program."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self.current_mode != self.DEFAULT_MODE:
            self.switch_mode(self.DEFAULT_MODE)
        elif isinstance(self.screen, QueueScreen) and self.screen.way_back:
            mode, queue = self.screen.way_back
            self.screen.go_to(queue)
            self.switch_mode(mode)
        else:
            self.exit(return_code=0)

    def action_help_quit(self) -> None:
        """Tells who presses ctrl+c which key leaves; Textual would name one that stands in no foot."""
        leaving = [each.binding for each in self.active_bindings.values() if each.binding.id == "quit"]
        key = self.get_key_display(leaving[0]) if leaving else "esc"
        self.notify(one_line(f"{key} goes back, and from the queues out of the program"), markup=False)

    def open_ticket(self, ref: int) -> None:
        """Shows a ticket whole."""
        from workbench.tickets.screen import TicketScreen

        self.push_screen(TicketScreen(self.means, ref))

    def look_up(self, text: str) -> None:
        """Asks whose something is."""
        look_up(self, text)

    def open_runbook(self, slug: str) -> None:
        """Shows the library with that runbook."""
        self.push_screen(runbooks(self, slug=slug))

    def _leave_all(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def show_queue(self, queue: Queue) -> None:
        """Goes to the queues and shows one of them, or a list of tickets that is none of them."""
        self.switch_mode(self.DEFAULT_MODE)
        self._leave_all()
        if isinstance(self.screen, QueueScreen):
            self.screen.go_to(queue)
