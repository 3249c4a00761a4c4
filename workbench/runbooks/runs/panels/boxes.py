"""What is asked in a run: words at a step, whether a command is to run here, whether it fixed the trouble."""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Final

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from workbench.runbooks.panels.markdown import code
from workbench.runbooks.runs.execution import Execution
from workbench.runbooks.runs.model import Did, Run
from workbench.runbooks.runs.service import RunService
from workbench.runbooks.runs.timeline import resolution_of
from workbench.tickets.dialogs.dialog import Dialog
from workbench.tickets.dialogs.means import Means, Targets
from workbench.tickets.dialogs.state import StateDialog
from workbench.widgets.box import Box
from workbench.widgets.form import Words
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line

REALLY: Final = "Run this here, on the machine that this program runs on?"
SEEMINGLY: Final = "Seem to run this? In practice nothing is run."
SEEMS: Final = "Nothing is started: it prints what it would print in this story, and that is kept like any output."


class WordsDialog(Dialog):
    """Some words at a step: a note, or why it is skipped. They are kept while somebody else goes on with the run."""

    kind: ClassVar[str] = "step note"
    DEFAULT_CSS = """
    WordsDialog { & Words { height: 6; } }
    """
    AUTO_FOCUS = "Words"

    def __init__(
        self,
        means: Means,
        run: Run,
        heading: str,
        act: Callable[[Run, str], object],
        renew: Callable[[], Run],
        done: Callable[[], None],
    ) -> None:
        super().__init__(means, done)
        self._run = run
        self._heading = heading
        self._act = act
        self._renew = renew

    def heading(self) -> Text:
        """What the words are for."""
        return show_line(self._heading)

    def parts(self) -> Iterable[Widget]:
        """The words."""
        yield Words(id="text")

    def fields(self) -> Mapping[str, str]:
        """The words."""
        return {"text": self.query_one(Words).text}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts the words back."""
        self.query_one(Words).fill(fields.get("text", ""))

    def draft_ticket(self) -> int | None:
        """The ticket of the run."""
        return self._run.ticket

    def act(self) -> None:
        """Says it."""
        self._act(self._run, self.query_one(Words).text)

    def out_of_date(self) -> list[str]:
        """Looks at the run again; what others did meanwhile."""
        before, self._run = self._run, self._renew()
        return [act.told for act in self._run.acts if act not in before.acts]


class FixedDialog(StateDialog):
    """Resolves the ticket of a run that fixed it, with what the run tells filled in; the cause is for people to say."""

    kind: ClassVar[str] = "fix"
    verb: ClassVar[str] = "Fixed"
    AUTO_FOCUS = "#cause"

    def __init__(self, means: Means, runs: RunService, run: Run, ref: int, done: Callable[[], None]) -> None:
        super().__init__(means, Targets(means.tickets, [ref]), done)
        self._can = ("resolve",)
        self._runs, self._run = runs, run

    def begin(self) -> None:
        """Fills in what the run tells, its beginning in sight."""
        told = resolution_of(self._run)
        self.fill({"do": "resolve", "fix": told.fix, "runbook": told.runbook})
        self.query_one("#fix", Words).move_cursor((0, 0))

    def act(self) -> None:
        """Ends the run, and resolves the ticket with these words."""
        self._runs.end(self._run, Did.FIXED, self._resolution())

    def out_of_date(self) -> list[str]:
        """Looks at the run and its ticket again."""
        self._run = self._runs.get(self._run.number)
        return super().out_of_date()


class AskRun(Box[bool]):
    """Shows exactly what would run, and takes no other key than y for a yes."""

    DEFAULT_CSS = """
    AskRun {
        & > .box { width: 100; border: round $warning; }
        & Reader { height: 8; margin: 1 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes, run it", id="run.yes", tooltip="Run exactly this, here"),
        Binding("escape,n,q", "dismiss(False)", "No", id="run.no", tooltip="Run nothing"),
    ]

    def __init__(self, execution: Execution) -> None:
        super().__init__(REALLY if execution.is_real else SEEMINGLY)
        self._execution = execution

    def parts(self) -> Iterable[Widget]:
        """The command, where and how long it runs."""
        limit = self._execution.time_limit
        told = f"By /bin/sh, without input, for {limit:,} seconds at most. x stops it; its output is kept."
        yield Reader(id="command")
        yield Static(show(told if self._execution.is_real else SEEMS))

    def on_mount(self) -> None:
        """Shows the command."""
        self.query_one(Reader).show_paragraphs(code(self._execution.command, ""))
        self.query_one(Reader).focus()


class Verdict(Box[Did | None]):
    """Asks whether it fixed the trouble."""

    DEFAULT_CSS = """
    Verdict > .box { width: 64; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,1", "verdict('fixed')", "Fixed it", id="verdict.yes", tooltip="It fixed the trouble"),
        Binding("n,2", "verdict('not_fixed')", "Did not", id="verdict.no", tooltip="It did not fix the trouble"),
        Binding("l,3", "verdict('left')", "Later", id="verdict.later", tooltip="Leave it, to be taken up again"),
        Binding("escape,q", "dismiss", "Back", id="verdict.leave", tooltip="Back to the steps"),
    ]

    def __init__(self, run: Run) -> None:
        super().__init__("Did it fix the trouble?")
        self._run = run

    def parts(self) -> Iterable[Widget]:
        """What each answer does."""
        on_ticket = self._run.ticket is not None
        yield Static(Text.assemble(("y", "bold"), "  fixed it", show(": resolves the ticket" if on_ticket else "")))
        told = ": hand it off, with the steps filled in" if on_ticket else ""
        yield Static(Text.assemble(("n", "bold"), "  did not", show(told)))
        yield Static(Text.assemble(("l", "bold"), "  later: anybody may take it up where it stands"))

    def action_verdict(self, word: str) -> None:
        """That is how it ended."""
        self.dismiss(Did(word))
