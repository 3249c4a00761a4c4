"""The ways to each feature's screens; each is loaded when it is opened, since the first frame needs none of them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol

from textual.screen import Screen

from workbench.desk import Desk
from workbench.tickets.dialogs.means import Means
from workbench.tickets.rules import require_unresolved
from workbench.tickets.wishes import ProblemWanted

if TYPE_CHECKING:
    from workbench.practice.service import PracticeService
    from workbench.reports.service import ReportService


class Program(Protocol):
    """What the doors need of the program."""

    desk: Desk
    means: Means

    @property
    def screen(self) -> Screen[Any]:
        """The present screen."""

    def push_screen(self, screen: Screen[Any], callback: Callable[[Any], None] | None = None) -> object:
        """Shows a screen over the present one; what it gives when it is left goes to `callback`."""

    def pop_screen(self) -> object:
        """Leaves the present screen."""

    def acted(self, done: bool | None) -> None:
        """Has the screens behind show what was done, if something was."""

    def open_ticket(self, ref: int) -> None:
        """Shows a ticket whole."""


def load_ahead() -> None:
    """Loads the form of a hand-off, the largest of the screens that one key opens, in a thread that keeps none waiting.

    It takes 40 ms, of the 100 in which the form is to stand there.
    """
    import_module("workbench.queues.likeness")
    import_module("workbench.escalation.screen")


def _owners(program: Program) -> Screen[Any]:
    from workbench.ownership.screen import OwnersScreen

    return OwnersScreen(program.desk.ownership, program.means)


def _escalation(program: Program, ref: int, _: str) -> None:
    from workbench.escalation.screen import FormScreen

    program.means.require_now()
    require_unresolved(program.desk.tickets.get(ref), "handed off")
    program.desk.escalation.require_passable(ref)
    before = program.screen

    def handed_off(done: bool | None) -> None:
        """Leaves the runbooks that were looked through for the ticket: with it, one is done with them."""
        program.acted(done)
        if done and program.screen is before and _is_library_for(before, ref):
            program.pop_screen()

    program.push_screen(FormScreen(program.desk.escalation, ref, program.means.zone), handed_off)


def _is_library_for(screen: Screen[Any], ref: int) -> bool:
    from workbench.runbooks.screen import LibraryScreen

    return isinstance(screen, LibraryScreen) and screen.ref == ref


def look_up(program: Program, text: str) -> None:
    """Asks on the owners' screen whose something is."""
    from workbench.ownership.screen import OwnersScreen

    program.push_screen(OwnersScreen(program.desk.ownership, program.means, text=text))


def _owner(program: Program, ref: int, _: str) -> None:
    from workbench.ownership.screen import OwnersScreen

    program.push_screen(OwnersScreen(program.desk.ownership, program.means, ref), program.acted)


def _handoffs(program: Program, ref: int, _: str) -> None:
    from workbench.escalation.panels.handoffs import HandoffsScreen

    program.push_screen(HandoffsScreen(program.desk.escalation, program.means, ref))


def _swarm(program: Program, ref: int, _: str) -> None:
    from workbench.escalation.panels.swarm import SwarmScreen

    program.push_screen(SwarmScreen(program.desk.escalation.swarms, program.means, ref))


def runbooks(program: Program, ref: int | None = None, slug: str | None = None) -> Screen[Any]:
    """The library, for a ticket or by itself, with a runbook shown first."""
    from workbench.runbooks.screen import LibraryScreen

    return LibraryScreen(program.desk.runbooks, program.desk.runs, program.means, ref, slug)


def _runbook(program: Program, ref: int, named: str) -> None:
    """The library for a ticket; where a runbook is named, at the first step of its run."""
    library = runbooks(program, ref, named or None)
    program.push_screen(library)
    if named:
        library.call_after_refresh(library.run_action, "begin")


def _problems(program: Program, ref: int, _: str) -> None:
    from workbench.problems.screen import ProblemsScreen

    program.push_screen(ProblemsScreen(program.desk.problems, program.means, ref))


def _draft(program: Program, ref: int, _: str) -> None:
    """A new runbook, begun from what a ticket has taught."""
    from workbench.runbooks.drafting import runbook_draft
    from workbench.runbooks.screen import LibraryScreen

    library = LibraryScreen(program.desk.runbooks, program.desk.runs, program.means, ref)
    library.draft = runbook_draft(*program.desk.tickets.with_timeline(ref))
    program.push_screen(library)
    library.call_after_refresh(library.run_action, "new")


def write_problem(program: Program, wish: ProblemWanted) -> None:
    """A new problem, begun from what a ticket has taught."""
    from workbench.problems.drafting import problem_draft
    from workbench.problems.panels.writing import LearnedDialog

    desk = program.desk
    draft = problem_draft(*desk.tickets.with_timeline(wish.ref), wish.cause, wish.fix)
    program.push_screen(LearnedDialog(program.means, desk.problems, wish.ref, draft, wish.written))


def _reports(program: Program) -> Screen[Any]:
    from workbench.reports.screen import ReportsScreen

    desk = program.desk

    @contextmanager
    def beside() -> Iterator["ReportService"]:
        """The reports once more, for another thread."""
        with desk.beside() as other:
            yield other.reports

    return ReportsScreen(desk.reports, desk.queues, program.means, beside)


def _practice(program: Program) -> Screen[Any]:
    from workbench.practice.screen import PracticeScreen

    desk = program.desk
    return PracticeScreen(partial(_practising, desk), desk.who, program.means.zone)


@contextmanager
def _practising(desk: Desk) -> "Iterator[PracticeService]":
    """The practice workbench of the one at this desk, open for a moment."""
    from workbench.practice_desk import PracticeDesk, practice_file

    with PracticeDesk.practise(practice_file(), desk.clock, desk.who) as there:
        yield there.practice


MODES: Final[Mapping[str, Callable[[Program], Screen[Any]]]] = {
    "owners": _owners,
    "runbooks": runbooks,
    "practice": _practice,
    "reports": _reports,
}
"""The screens that have a number key, by the name of their mode."""

WISHES: Final[Mapping[str, Callable[[Program, int, str], object]]] = {
    "ticket": lambda program, ref, _: program.open_ticket(ref),
    "owner": _owner,
    "runbook": _runbook,
    "draft": _draft,
    "escalation": _escalation,
    "handoffs": _handoffs,
    "problems": _problems,
    "swarm": _swarm,
}
"""What can be wanted for a ticket, be it one that is named, by what `Wanted` calls it."""
