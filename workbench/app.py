"""The screens put together: modes, the messages between features, and the one place where errors are told."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path, PurePath
from typing import ClassVar

from textual import on
from textual.actions import ActionParseResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.dom import DOMNode

from workbench.clock import Clock
from workbench.desk import Desk
from workbench.errors import Damaged, FileProblem, Moved, WorkbenchError
from workbench.keymap import key_file, read_keys
from workbench.queues.model import Queue
from workbench.queues.screen import QueueScreen
from workbench.terminal import TerminalApp
from workbench.text import one_line, visible
from workbench.tickets.acting import ActingScreen
from workbench.tickets.dialogs.means import SIMILAR_SHOWN, Means
from workbench.tickets.model import Ticket
from workbench.widgets.themes import BLACK_LETTERS, CONTRAST, DARK, THEMES, WHITE_LETTERS

_HERE = Path(__file__).parent
LOOK_EVERY = 2.0
"""Seconds between two looks whether the file is still the one that was opened."""
DRAFTS_NAMED = 3
"""Drafts that are named at the start; the others are a number."""
TOLD_AGAIN = 5.0
"""Seconds in which the same error is told once: a screen meets it again at each of its looks."""


def _finder(name: str) -> type[Provider]:
    """A finder of the palette, loaded when that is opened: what the first frame does not show, it need not wait for."""
    found: type[Provider] = getattr(import_module("workbench.palette"), name)
    return found


class WorkbenchApp(TerminalApp):
    """The workbench on one screen at a time."""

    TITLE = "Workbench"
    CSS_PATH: ClassVar[list[str | PurePath]] = [_HERE / "app.tcss", _HERE / "queues" / "screen.tcss"]
    DEFAULT_MODE = "queues"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        partial(_finder, f"{kind}Finder") for kind in ("Ticket", "Queue", "Person", "Action", "Theme")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "queues", "Queues", id="mode.queues", tooltip="To the queue of one's own tier", show=False),
        Binding("n", "new_ticket", "New", id="act.new", tooltip="A new ticket, from anywhere"),
        Binding("ctrl+p", "command_palette", "Palette", id="palette", tooltip="Find a command by name", show=False),
        Binding("question_mark", "help", "Help", id="help", tooltip="Every key that works here"),
        Binding("q", "leave", "Quit", id="quit", tooltip="Back, or out of the program"),
    ]

    def __init__(self, desk: Desk, keys: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._keys = keys or {}
        self.register_theme(CONTRAST)
        if self.no_color:
            self.ansi_theme_dark, self.ansi_theme_light = WHITE_LETTERS, BLACK_LETTERS
        self.animation_level = "none"  # a glide of a second is a second of waiting, and a lot to send by ssh
        self.desk = desk
        self._told: str | None = None
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
        self.set_keymap(self._keys)
        preferred = self.desk.personal.preference("theme", DARK)
        self.theme = preferred if preferred in THEMES.values() else DARK
        self.set_interval(LOOK_EVERY, partial(self.run_action, "check_file"))
        drafts = self.desk.personal.drafts()
        if drafts:
            told = ", ".join(draft.told for draft in drafts[:DRAFTS_NAMED])
            more = f" and {len(drafts) - DRAFTS_NAMED} more" if len(drafts) > DRAFTS_NAMED else ""
            self.notify(one_line(f"Typed and not sent yet: {told}{more}."), markup=False)

    @on(QueueScreen.TicketWanted)
    def _ticket_wanted(self, wish: QueueScreen.TicketWanted) -> None:
        self.open_ticket(wish.ref)

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

    async def action_queues(self) -> None:
        """To the queues, the first of them one's own tier's."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        await self.run_action("screen.home")

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
        for screen in self.screen_stack:
            if isinstance(screen, ActingScreen):
                screen.acted()

    def _similar(self, subject: str, client: str | None) -> list[tuple[int, str]]:
        found = self.desk.queues.similar(subject, client, SIMILAR_SHOWN)
        return [(line.ref, line.subject) for line in found]

    def action_leave(self) -> None:
        """Back to the screen before, or out of the program."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
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

    def show_queue(self, queue: Queue) -> None:
        """Goes to the queues and shows one of them, or a list of tickets that is none of them."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if isinstance(self.screen, QueueScreen):
            self.screen.go_to(queue)

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Keys, clicks, timers and events that read come through here: an error of ours is told and ends nothing."""
        try:
            done = await super().run_action(action, default_namespace, namespaces)
            if not done and isinstance(default_namespace, ActingScreen):
                return default_namespace.press_gray(str(action))
            return done
        except WorkbenchError as error:
            self._tell(error)
            return True

    def _tell(self, error: WorkbenchError) -> None:
        told = visible(str(error))
        if told == self._told:
            return
        self._told = told
        self.set_timer(TOLD_AGAIN, self._forget)
        if isinstance(error, Moved | Damaged):
            self._halt(error)
        else:
            self.notify(told, severity="error", markup=False)

    def _halt(self, problem: FileProblem) -> None:
        from workbench.widgets.halt import HaltScreen

        if not any(isinstance(screen, HaltScreen) for screen in self.screen_stack):
            self.push_screen(HaltScreen(problem))

    def _forget(self) -> None:
        self._told = None


def run(path: Path, clock: Clock, who: str) -> int:
    """Shows the screens on a workbench file until the user leaves; gives the exit status.

    Raises FileProblem, and what is wrong with the user's key file.
    """
    keys = read_keys(key_file())
    with Desk.open(path, clock, who, for_reading=True) as desk:
        return WorkbenchApp(desk, keys).run_in_terminal()
