"""The box in which a problem is written down or written anew; its rule is tried before it is saved."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from workbench.errors import InvalidInput, NotFound
from workbench.problems.model import NewProblem, Problem, Rule
from workbench.problems.service import ProblemService
from workbench.problems.trying import BEFORE_SAVED, WHILE_TYPED
from workbench.tickets.dialogs.dialog import KEEP_AFTER, Dialog
from workbench.tickets.dialogs.means import Means
from workbench.tickets.wakeup import wakeup
from workbench.widgets.form import Row, Words
from workbench.widgets.line import Line
from workbench.widgets.show import show_line

_RULE: Final = ("words", "signature", "component", "pattern")
"""The fields that the rule is made of."""
_LINES: Final[Mapping[str, str]] = {
    "title": "Title",
    "words": "Words",
    "signature": "Signature",
    "component": "Component",
    "pattern": "Pattern",
}
_TEXTS: Final[Mapping[str, str]] = {
    "cause": "Cause",
    "workaround": "Workaround",
    "answer": "Tell them",
    "root_cause": "Root cause",
    "permanent_fix": "Fix for good",
}


class ProblemDialog(Dialog):
    """What it is, how the next ticket of it is recognised, and what helps until it is fixed."""

    kind: ClassVar[str] = "problem"
    AUTO_FOCUS = "#title"
    DEFAULT_CSS = """
    ProblemDialog { & Words { height: 2; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "try", "Try", id="problem.try", tooltip="What the rule would have done to past tickets"),
    ]

    def __init__(
        self,
        means: Means,
        service: ProblemService,
        done: Callable[[], None],
        problem: Problem | None = None,
        begun: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(means, done)
        self.service = service
        self._problem = problem
        self._said = _fields_of(problem) if problem else begun or {}
        self._trying: Timer | None = None
        self.number = problem.number if problem else 0
        """Its number; 0 until it has one."""

    def heading(self) -> Text:
        """Which one it is."""
        return show_line(f"Problem · PRB-{self._problem.number}" if self._problem else "New problem")

    def draft_ticket(self) -> int | None:
        """A draft for each problem that there is, and one for a new one."""
        return self._problem.number if self._problem else None

    def parts(self) -> Iterable[Widget]:
        """The title, the rule, what is known, when it is expected to be fixed."""
        yield Row(_LINES["title"], Line(id="title"))
        yield Static("A ticket is one of it when all that is said here holds; a comma parts the words.", classes="hint")
        for name in _RULE:
            yield Row(_LINES[name], Line(id=name))
        yield Static(id="trial", classes="hint")
        for name, told in _TEXTS.items():
            yield Row(told, Words(id=name))
        yield Row("Expected", Line(id="expected"))

    def begin(self) -> None:
        """Shows what it says now, or begins with, and what its rule would have done."""
        self.fill(self._said)
        self._tell_trial()

    @on(Input.Changed)
    def _rule_changed(self, event: Input.Changed) -> None:
        if event.input.id in _RULE:
            if self._trying is not None:
                self._trying.stop()
            self._trying = self.set_timer(KEEP_AFTER, partial(self.run_action, "try"))

    def action_try(self) -> None:
        """Tells what the rule would have done."""
        self._tell_trial()

    def action_send(self) -> None:
        """Tries the rule, while nobody waits for it, before it is written down."""
        self._tell_trial(BEFORE_SAVED)
        super().action_send()

    def _tell_trial(self, seconds: float = WHILE_TYPED) -> None:
        number = self._problem.number if self._problem else None
        rule, told = self._rule(), Text()
        if not rule.empty:
            try:
                told = show_line(f"It {self.service.try_rule(rule, number, seconds=seconds).told}.")
            except (InvalidInput, NotFound) as error:  # of a rule that is half typed, which is no mistake yet
                told = show_line(str(error), "yellow")
        self.query_one("#trial", Static).update(told)

    def fields(self) -> Mapping[str, str]:
        """What was typed."""
        lines = {line.id or "": line.value for line in self.query(Line)}
        return lines | {words.id or "": words.text for words in self.query(Words)}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back."""
        for field in (*self.query(Line), *self.query(Words)):
            if field.id in fields:
                field.fill(fields[field.id])

    def act(self) -> None:
        """Writes it down."""
        typed = self.fields()
        texts: dict[str, Any] = {name: typed[name] for name in _TEXTS}
        new = NewProblem(typed["title"], self._rule(), **texts)._replace(expected_at=self._expected(typed["expected"]))
        if self._problem is None:
            self.number = self.service.write(new).number
        else:
            self.service.rewrite(self._problem.number, new)

    def _expected(self, said: str) -> datetime | None:
        """When the fix is expected: what it was where nobody touched it, else as a wake-up is said."""
        if self._problem is not None and said == _fields_of(self._problem)["expected"]:
            return self._problem.expected_at
        zone = ZoneInfo(self.means.organisation.zone)
        return wakeup(said.strip(), self.service.clock.now(), zone) if said.strip() else None

    def _rule(self) -> Rule:
        typed = self.fields()
        words = tuple(word.strip() for word in typed["words"].split(",") if word.strip())
        return Rule(words, typed["signature"], typed["component"], typed["pattern"])


class LearnedDialog(ProblemDialog):
    """The problem behind a ticket that is about to be resolved; who asked for it is told its number."""

    kind: ClassVar[str] = "new problem"

    def __init__(
        self,
        means: Means,
        service: ProblemService,
        ref: int,
        begun: Mapping[str, str],
        written: Callable[[int], None],
    ) -> None:
        super().__init__(means, service, lambda: written(self.number), begun=begun)
        self._ref = ref

    def heading(self) -> Text:
        """Of which ticket it is."""
        return show_line(f"New problem · behind #{self._ref}")

    def draft_ticket(self) -> int | None:
        """A draft for each ticket."""
        return self._ref


def _fields_of(problem: Problem) -> dict[str, str]:
    rule = problem.rule
    fields = {"title": problem.title, "words": ", ".join(rule.words), "signature": rule.signature}
    fields |= {"component": rule.component, "pattern": rule.pattern}
    fields |= {name: getattr(problem, name) for name in _TEXTS}
    return fields | {"expected": f"{problem.expected_at:%Y-%m-%d %H:%M}" if problem.expected_at else ""}
