"""The box that says a problem is fixed: each of its tickets is shown before all of them are told and resolved."""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from workbench.problems.model import Problem
from workbench.problems.service import ProblemService
from workbench.problems.store import LinkedTicket
from workbench.tickets.dialogs.dialog import Dialog
from workbench.tickets.dialogs.means import Means
from workbench.widgets.form import Row, Words
from workbench.widgets.show import show, show_line


class FixDialog(Dialog):
    """What fixed it, what the requesters are told, and whose tickets are resolved with it; space leaves one out."""

    kind: ClassVar[str] = "problem fix"
    AUTO_FOCUS = "#fix"
    DEFAULT_CSS = """
    FixDialog {
        & Words { height: 3; }
        & OptionList { height: auto; max-height: 8; border: none; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+x", "leave_out", "Leave out", id="fix.leave_out", tooltip="This ticket stays as it is, or not"),
    ]

    def __init__(self, means: Means, service: ProblemService, done: Callable[[], None], problem: Problem) -> None:
        super().__init__(means, done)
        self.service = service
        self._problem = problem
        self._tickets: list[LinkedTicket] = service.linked(problem.number, unresolved=True)
        self._out: set[int] = set()

    def heading(self) -> Text:
        """Which one it is."""
        return show_line(f"Fixed · PRB-{self._problem.number} {self._problem.title}")

    def draft_ticket(self) -> int | None:
        """A draft for each problem."""
        return self._problem.number

    def parts(self) -> Iterable[Widget]:
        """The fix, the words, the tickets."""
        yield Row("Fix", Words(id="fix"))
        yield Row("Tell them", Words(id="answer"))
        yield Static(id="done", classes="hint")
        yield OptionList(*map(Option, map(self._line, self._tickets)), id="linked")

    def begin(self) -> None:
        """Offers the answer that the problem has."""
        self.query_one("#answer", Words).fill(self._problem.answer)
        self._tell_done()

    @on(TextArea.Changed, "#answer")
    def _tell_done(self) -> None:
        """Says what becomes of the tickets: without an answer nobody hears of the fix."""
        tickets = "1 ticket is" if len(self._tickets) == 1 else f"{len(self._tickets):,} tickets are"
        answered = bool(self.query_one("#answer", Words).text.strip())
        done = "told and resolved" if answered else "resolved; nobody is told, since there is no answer"
        self.query_one("#done", Static).update(show(f"{tickets} {done}:"))

    def action_leave_out(self) -> None:
        """Leaves the ticket under the cursor out, or takes it in again."""
        linked = self.query_one("#linked", OptionList)
        if linked.highlighted is not None:
            ticket = self._tickets[linked.highlighted]
            self._out ^= {ticket.ref}
            linked.replace_option_prompt_at_index(linked.highlighted, self._line(ticket))

    def fields(self) -> Mapping[str, str]:
        """The words."""
        return {words.id or "": words.text for words in self.query(Words)}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back."""
        for words in self.query(Words):
            words.fill(fields.get(words.id or "", ""))

    def act(self) -> None:
        """Tells and resolves them."""
        typed = self.fields()
        chosen = [ticket.ref for ticket in self._tickets if ticket.ref not in self._out]
        self.service.fix(self._problem.number, typed["fix"], typed["answer"], chosen)

    def _line(self, ticket: LinkedTicket) -> Text:
        mark = "–" if ticket.ref in self._out else "✓"
        return show_line(f"{mark} #{ticket.ref} {ticket.state} {ticket.subject}", "dim" if mark == "–" else "")
