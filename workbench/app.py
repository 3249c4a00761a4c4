"""The screens put together: modes, and the messages between features."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.dom import DOMNode
from textual.screen import Screen

from workbench.clock import Clock
from workbench.desk import Desk
from workbench.doors import MODES, WISHES, load_ahead, look_up, runbooks, write_problem
from workbench.errors import FileProblem, Moved
from workbench.keymap import key_file, read_keys
from workbench.personal.model import told_drafts
from workbench.practice.wishes import PractiseWanted, RunbookWanted
from workbench.queues.model import Queue
from workbench.queues.screen import QueueScreen
from workbench.queues.wishes import QueueWanted
from workbench.telling import TellingApp
from workbench.text import one_line
from workbench.tickets.acting import ActingScreen
from workbench.tickets.dialogs.means import SIMILAR_SHOWN, Means
from workbench.tickets.model import Ticket
from workbench.tickets.wishes import ProblemWanted, Wanted
from workbench.widgets.themes import BLACK_LETTERS, CONTRAST, DARK, DAYLIGHT, THEMES, WHITE_LETTERS

_HERE = Path(__file__).parent
LOAD_AFTER = 1.0
"""Seconds after the start until what is opened by one key is loaded: the first frame stands by then, and is read."""
LOOK_EVERY = 2.0
"""Seconds between two looks whether the file is still the one that was opened."""


def _finder(name: str) -> type[Provider]:
    """A finder of the palette, loaded when that is opened: what the first frame does not show, it need not wait for."""
    found: type[Provider] = getattr(import_module("workbench.palette"), name)
    return found


class WorkbenchApp(TellingApp):
    """The workbench on one screen at a time."""

    TITLE = "Workbench"
    CSS_PATH: ClassVar[list[str | PurePath]] = [_HERE / "app.tcss", _HERE / "queues" / "screen.tcss"]
    DEFAULT_MODE = "queues"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        partial(_finder, f"{kind}Finder")
        for kind in ("Ticket", "Queue", "Person", "Owner", "Runbook", "Action", "Theme")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "1", "queues", "Queues", id="mode.queues", tooltip="To the queues; there, to one's own tier", show=False
        ),
        Binding("2", "mode('owners')", "Owners", id="mode.owners", tooltip="Whose something is", show=False),
        Binding("3", "mode('runbooks')", "Runbooks", id="mode.runbooks", tooltip="Procedures for troubles", show=False),
        Binding("4", "mode('reports')", "Reports", id="mode.reports", tooltip="How the work goes", show=False),
        Binding(
            "5", "mode('practice')", "Practice", id="mode.practice", tooltip="Learn on made-up tickets", show=False
        ),
        Binding("n", "new_ticket", "New", id="act.new", tooltip="A new ticket, from anywhere", show=False),
        Binding("ctrl+p", "command_palette", "Palette", id="palette", tooltip="Find a command by name", show=False),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="Every key that works here; f1 also in a box"),
        Binding("q", "leave", "Quit", id="quit", tooltip="Back, or out of the program"),
    ]

    def __init__(self, desk: Desk, keys: Mapping[str, str] | None = None, *, start: str = DEFAULT_MODE) -> None:
        super().__init__()
        self.leaves_to_practise = False
        self._start = start
        self._problem_wish: ProblemWanted | None = None
        self._keys = keys or {}
        for theme in (CONTRAST, DAYLIGHT):
            self.register_theme(theme)
        if self.no_color:
            self.ansi_theme_dark, self.ansi_theme_light = WHITE_LETTERS, BLACK_LETTERS
        self.animation_level = "none"  # a glide of a second is a second of waiting, and a lot to send by ssh
        self.desk = desk
        queues = desk.queues
        self.means = Means(
            desk.tickets, desk.personal, queues.loads, self._similar, queues.why, desk.hints, desk.looks_back
        )

    def get_default_screen(self) -> QueueScreen:
        """The queues; as a mode's screen they would have all styles read again, twice, before the first frame."""
        return QueueScreen(self.desk.queues, self.means)

    def on_mount(self) -> None:
        """Takes up keys and colours, says what was typed and not sent, and looks now and then for the file."""
        self.add_mode(self.DEFAULT_MODE, self.get_default_screen)
        for name, build in self.doors().items():
            self.add_mode(name, build)
        self.set_keymap(self._keys)
        preferred = self.desk.personal.preference("theme", DARK)
        self.theme = preferred if preferred in THEMES.values() else DARK
        self.set_interval(LOOK_EVERY, partial(self.run_action, "check_file"))
        self.set_timer(LOAD_AFTER, partial(self.run_worker, load_ahead, thread=True))
        if drafts := told_drafts(self.desk.personal.drafts()):
            self.notify(one_line(f"Typed and not sent yet: {drafts}."), markup=False)
        if self._start != self.DEFAULT_MODE:
            self.switch_mode(self._start)

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

    def choose_theme(self, name: str) -> None:
        """Shows everything in other colours, from now on."""
        self.theme = name
        with suppress(FileProblem):  # where nothing can be written it holds until the program ends
            self.desk.personal.prefer("theme", name)

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: DOMNode) -> None:
        """Says which actions have lost their key to one that the key file gave it to."""
        lost = ", ".join(sorted(binding.id for binding in clashed_bindings if binding.id))
        if lost:
            self.notify(one_line(f"{lost}: no key any more; give it another one in the key file"), markup=False)

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

    def action_help(self) -> None:
        """Every key that works here."""
        from workbench.widgets.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def action_new_ticket(self) -> None:
        """Opens the form of a new ticket."""
        from workbench.tickets.dialogs.new import NewTicketDialog

        self.means.require_now()
        self.push_screen(NewTicketDialog(self.means, self._opened))

    def _opened(self, ticket: Ticket) -> None:
        self.notify(f"#{ticket.ref:d} opened: {one_line(ticket.subject)}", markup=False)
        self.acted(True)

    def acted(self, done: bool | None) -> None:
        """Has the screens behind show what was done, if something was."""
        for screen in self.screen_stack:
            if done and isinstance(screen, ActingScreen):
                screen.acted()

    def _similar(self, subject: str, client: str | None) -> list[tuple[int, str]]:
        found = self.desk.queues.similar(subject, client, SIMILAR_SHOWN)
        return [(line.ref, line.subject) for line in found]

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

    def action_leave_for_good(self) -> None:
        """Out of the program, because it cannot go on."""
        self.exit(return_code=1)

    def action_check_file(self) -> None:
        """Says so when the file was replaced or removed: what is read would be what nobody else sees."""
        if self.desk.database.moved():
            raise Moved(
                f"{self.desk.database.path} was replaced or removed while it was open",
                "What stands behind this was read last. Start again to use the file that is there now.",
            )

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


class Left(NamedTuple):
    """How somebody left: with which exit status, and whether to practise and come back."""

    status: int
    to_practise: bool


def run(path: Path, clock: Clock, who: str, start: str = WorkbenchApp.DEFAULT_MODE) -> Left:
    """Shows the screens on a workbench file until the user leaves; `start` is the mode that comes first.

    Raises FileProblem, and what is wrong with the user's key file.
    """
    keys = read_keys(key_file())
    with Desk.open(path, clock, who, for_reading=True) as desk:
        app = WorkbenchApp(desk, keys, start=start)
        return Left(app.run_in_terminal(), app.leaves_to_practise)
