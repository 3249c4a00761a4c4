"""The program itself: its first screen, its colours and keys, and what can be done from anywhere."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path, PurePath
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.dom import DOMNode

from workbench.clock import Clock
from workbench.desk import Desk
from workbench.errors import FileProblem, Moved
from workbench.personal.model import told_drafts
from workbench.program.doors import load_ahead
from workbench.program.keymap import key_file, read_keys
from workbench.program.ways import WaysApp
from workbench.queues.screen import QueueScreen
from workbench.text import one_line
from workbench.tickets.dialogs.means import SIMILAR_SHOWN, Means
from workbench.tickets.model import Ticket
from workbench.widgets.themes import (
    BLACK_LETTERS,
    CONTRAST,
    DARK,
    DAY_LETTERS,
    DAYLIGHT,
    NIGHT,
    NIGHT_LETTERS,
    THEMES,
    WHITE_LETTERS,
)

_HERE = Path(__file__).parent
LOAD_AFTER = 1.0
"""Seconds after the start until what is opened by one key is loaded: the first frame stands by then, and is read."""
LOOK_EVERY = 2.0
"""Seconds between two looks whether the file is still the one that was opened."""


def _finder(name: str) -> type[Provider]:
    """A finder of the palette, loaded when that is opened: what the first frame does not show, it need not wait for."""
    found: type[Provider] = getattr(import_module("workbench.palette"), name)
    return found


class WorkbenchApp(WaysApp):
    """The workbench on one screen at a time."""

    TITLE = "Workbench"
    CSS_PATH: ClassVar[list[str | PurePath]] = [_HERE / "app.tcss", _HERE / "queues" / "screen.tcss"]
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

    def __init__(self, desk: Desk, keys: Mapping[str, str] | None = None, *, start: str = WaysApp.DEFAULT_MODE) -> None:
        queues = desk.queues
        means = Means(desk.tickets, desk.personal, queues.loads, self._similar, queues.why, desk.hints, desk.looks_back)
        super().__init__(desk, means)
        self._start = start
        self._keys = keys or {}
        for theme in (CONTRAST, NIGHT, DAYLIGHT):
            self.register_theme(theme)
        letters = (WHITE_LETTERS, BLACK_LETTERS) if self.no_color else (NIGHT_LETTERS, DAY_LETTERS)
        self.ansi_theme_dark, self.ansi_theme_light = letters
        self.animation_level = "none"  # a glide of a second is a second of waiting, and a lot to send by ssh

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

    def _similar(self, subject: str, client: str | None) -> list[tuple[int, str]]:
        found = self.desk.queues.similar(subject, client, SIMILAR_SHOWN)
        return [(line.ref, line.subject) for line in found]

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
