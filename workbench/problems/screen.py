"""Known problems: how far each is, how many tickets it has, and what is said of the one under the cursor."""

from collections.abc import Iterator
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList

from workbench.errors import Refused
from workbench.problems.model import Problem, ProblemState
from workbench.problems.service import ProblemService
from workbench.problems.store import Counts
from workbench.tickets.asking import AskingScreen
from workbench.tickets.dialogs.means import Means
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.looking import Changes, keep_looking
from workbench.widgets.options import Options, moves, option
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths

LINKED_SHOWN = 50
"""Tickets of a problem that are shown with it."""
MARKS = {
    ProblemState.KNOWN: ("● known", "bold yellow"),
    ProblemState.UNDER_WAY: ("◐ fix under way", "cyan"),
    ProblemState.FIXED: ("✓ fixed", "green"),
    ProblemState.PROVEN: ("✓ proven", "dim"),
}
"""How states are shown."""
_NONE = "Nobody has written a problem down yet.\n\nN writes one: its cause, how it is recognised, and the way round it."


class ProblemList(Options, inherit_bindings=False):
    """The problems, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [*moves("problems")]


class ProblemsScreen(AskingScreen):
    """All of them; opened from a ticket (`ref`) it stands on the one that fits, which `l` links."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "ProblemList"
    HORIZONTAL_BREAKPOINTS = widths("wide")
    VERTICAL_BREAKPOINTS = heights("low", high=16)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "app.leave", "Back", id="problems.back", tooltip="Back to where one came from"),
        Binding("N", "new", "New", id="problems.new", tooltip="Write a problem down"),
        Binding("enter,c", "change", "Change", id="problems.change", tooltip="Write it anew; try its rule"),
        Binding("l", "link", "Link", id="problems.link", tooltip="Link a ticket to it"),
        Binding("x", "unlink", "Unlink", id="problems.unlink", tooltip="A ticket is none of it"),
        Binding("w", "begin_fix", "Under way", id="problems.under_way", tooltip="Its fix is under way"),
        Binding("f", "fix", "Fixed", id="problems.fixed", tooltip="It is fixed: tell and resolve its tickets"),
        Binding("r", "reopen", "Reopen", id="problems.reopen", tooltip="It is not fixed after all"),
        Binding("u", "undo", "Undo", id="problems.undo", tooltip="Take back my latest change", show=False),
        Binding("tab", "app.focus_next", "Read", id="problems.read", tooltip="To what is said of it", show=False),
    ]

    def __init__(self, service: ProblemService, means: Means, ref: int = 0) -> None:
        super().__init__(means)
        self.service = service
        self.ref = ref
        self._problems: list[Problem] = []
        self._changes = Changes()

    def compose(self) -> ComposeResult:
        """The header, the list, what is said of one, the keys."""
        yield HeaderLine()
        with Vertical():
            yield ProblemList()
            yield Reader(id="problem")
        yield KeyLine()
        yield TooSmall()

    async def on_mount(self) -> None:
        """Looks now, and every second."""
        where = f"Workbench · problems{f' for #{self.ref}' if self.ref else ''}"
        self.query_one(HeaderLine).show_left(show_line(where), show_line(self.service.who))
        keep_looking(self)
        await self.run_action("look")

    def action_look(self) -> None:
        """Reads the list again where somebody has changed something, at this desk or another."""
        if self.is_current and self._changes.turned(self.service.database.generation()):
            self.read_again()

    def action_new(self) -> None:
        """Opens the box of a new one."""
        from workbench.problems.panels.writing import ProblemDialog

        self.means.require_now()
        begun = {"title": self.means.tickets.get(self.ref).subject} if self.ref else None
        self.app.push_screen(ProblemDialog(self.means, self.service, self.read_again, begun=begun))

    def action_change(self) -> None:
        """Opens the box of this one."""
        from workbench.problems.panels.writing import ProblemDialog

        self.means.require_now()
        self.app.push_screen(ProblemDialog(self.means, self.service, self.read_again, self._problem()))

    def action_fix(self) -> None:
        """Opens the box that tells and resolves its tickets."""
        from workbench.problems.panels.fixing import FixDialog

        self.means.require_now()
        self.app.push_screen(FixDialog(self.means, self.service, self.read_again, self._problem()))

    def action_begin_fix(self) -> None:
        """Says that its fix is under way."""
        number = self._problem().number
        self.act(lambda: self.service.begin_fix(number))

    def action_reopen(self) -> None:
        """Asks why it is not fixed."""
        number = self._problem().number
        self.ask("Why is it not fixed?", lambda said: self.service.reopen(number, said))

    def action_link(self) -> None:
        """Links the ticket one came from; else asks which."""
        number = self._problem().number
        if self.ref:
            self.act(lambda: self.service.link(self.ref, number))
            self.notify(f"#{self.ref:d} linked to PRB-{number:d}", markup=False)
        else:
            self.ask("Which ticket?", lambda said: self.service.link(self.means.tickets.number(said), number))

    def action_unlink(self) -> None:
        """Takes the ticket one came from away; else asks which."""
        if self.ref:
            self.act(lambda: self.service.unlink(self.ref))
            self.notify(f"#{self.ref:d} is linked to no problem any more", markup=False)
        else:
            self.ask("Which ticket?", lambda said: self.service.unlink(self.means.tickets.number(said)))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show()

    def _problem(self) -> Problem:
        at = self.query_one(ProblemList).highlighted
        if at is None or at >= len(self._problems):
            raise Refused("there is no problem here", "N writes one down")
        return self._problems[at]

    def read_again(self) -> None:
        """Shows what stands in the file now."""
        options = self.query_one(ProblemList)
        at = options.highlighted
        was = self._problems[at].number if at is not None and at < len(self._problems) else self._fitting()
        self._problems, counts = self.service.all(), self.service.counts()
        options.clear_options()
        options.add_options([option(self._line(each, counts[each.number])) for each in self._problems])
        if not self._problems:
            options.add_options([option(show(_NONE, "dim"), enabled=False)])
        else:
            numbers = [each.number for each in self._problems]
            options.highlighted = numbers.index(was) if was is not None and was in numbers else 0
        self._show()

    def _fitting(self) -> int | None:
        """The number of the problem that the ticket one came from is linked to or matches."""
        found = self.service.of_ticket(self.ref) if self.ref else []
        return found[0].number if found else None

    def _line(self, problem: Problem, counts: Counts) -> Text:
        mark, style = MARKS[problem.seen(self.service.clock.now())]
        linked = f"{counts.linked:>3} linked {counts.unresolved:>3} open "
        matching = f"{counts.matching:>3} match  " if counts.matching else " " * len("  1 match  ")
        return Text.assemble(
            show_line(f"PRB-{problem.number:<4}", "bold"),
            show_line(f"{mark:<16}", style),
            show_line(linked, "dim"),
            show_line(matching, "bold"),
            show_line(problem.title),
            no_wrap=True,
            overflow="ellipsis",
        )

    def _show(self) -> None:
        reader, at = self.query_one("#problem", Reader), self.query_one(ProblemList).highlighted
        if at is None or at >= len(self._problems):
            reader.show_paragraphs([])
            return
        problem = self._problems[at]
        reader.border_title = show_line(f"PRB-{problem.number} {problem.title}")
        told = _told(problem, self.means.zone)
        reader.show_paragraphs([*told, *self._spared(problem.number), *self._tickets(problem.number)])

    def _spared(self, number: int) -> Iterator[Text]:
        if spared := self.service.spared(number):
            yield _part("Spared", f"{spared:,} hand-off{'s' * (spared > 1)}")

    def _tickets(self, number: int) -> Iterator[Text]:
        for title, found in (("Linked", self.service.linked(number)), ("Match", self.service.matching(number))):
            if found:
                yield show_line(f"{title} ({len(found):,})", "bold")
            for ticket in found[:LINKED_SHOWN]:
                yield show_line(f"  #{ticket.ref} {ticket.state} {ticket.subject}")


def _told(problem: Problem, zone: ZoneInfo) -> Iterator[Text]:
    """What is said of a problem, a paragraph for each part that is said."""
    expected = f"{problem.expected_at.astimezone(zone):%a %Y-%m-%d %H:%M}" if problem.expected_at else ""
    parts = {
        "Rule": problem.rule.told,
        "Workaround": problem.workaround,
        "Tell them": problem.answer,
        "Cause": problem.cause,
        "Root cause": problem.root_cause,
        "Expected": expected,
        "Fix": problem.permanent_fix,
    }
    for name, said in parts.items():
        if said:
            yield _part(name, said)


def _part(name: str, said: str) -> Text:
    return Text.assemble(show_line(f"{name:<12}", "dim"), show(said))
