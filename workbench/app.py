"""The screens put together: modes, the messages between features, and the one place where errors are told."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from workbench.clock import Clock
from workbench.desk import Desk
from workbench.errors import WorkbenchError
from workbench.queues.screen import QueueScreen
from workbench.terminal import TerminalApp
from workbench.text import visible
from workbench.tickets.screen import TicketScreen
from workbench.widgets.help import HelpScreen


class WorkbenchApp(TerminalApp):
    """The workbench on one screen at a time."""

    TITLE = "Workbench"
    CSS_PATH = "app.tcss"
    DEFAULT_MODE = "queues"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "queues", "Queues", id="mode.queues", tooltip="The queues, at one's own tier", show=False),
        Binding("ctrl+p", "command_palette", "Palette", id="palette", tooltip="Every command by name", show=False),
        Binding("question_mark", "help", "Help", id="help", tooltip="Every key that works here"),
        Binding("q", "leave", "Quit", id="quit", tooltip="Back, or out of the program"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._told: str | None = None
        self.add_mode("queues", partial(QueueScreen, desk.queues))

    @on(QueueScreen.TicketWanted)
    def _ticket_wanted(self, wish: QueueScreen.TicketWanted) -> None:
        self.push_screen(TicketScreen(self.desk.tickets, wish.ref))

    async def action_queues(self) -> None:
        """To the queues, the first of them one's own tier's."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        await self.run_action("screen.home")

    def action_help(self) -> None:
        """Every key that works here."""
        self.push_screen(HelpScreen(self.screen))

    def action_leave(self) -> None:
        """Back to the screen before, or out of the program."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.exit(return_code=0)

    async def run_action(self, *args: object, **options: object) -> bool:
        """Every key, click and timer comes through here, so that an error of ours is told and ends nothing."""
        try:
            return await super().run_action(*args, **options)  # type: ignore[arg-type]
        except WorkbenchError as error:
            self._tell(error)
            return True

    def _tell(self, error: WorkbenchError) -> None:
        told = visible(str(error))
        if told != self._told:  # a file that is gone would be told every second
            self._told = told
            self.set_timer(5, self._forget)
            self.notify(told, severity="error", markup=False)

    def _forget(self) -> None:
        self._told = None


def run(path: Path, clock: Clock, who: str) -> int:
    """Shows the screens on a workbench file until the user leaves; gives the exit status, raises FileProblem."""
    with Desk.open(path, clock, who, for_reading=True) as desk:
        return WorkbenchApp(desk).run_in_terminal()
