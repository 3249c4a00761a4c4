"""The box in which a problem is written down or written anew; its rule is tried before it is saved."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from workbench.problems.model import NewProblem, Problem, Rule
from workbench.problems.service import ProblemService
from workbench.tickets.dialogs.dialog import Dialog
from workbench.tickets.dialogs.means import Means
from workbench.tickets.wakeup import wakeup
from workbench.widgets.form import Row, Words
from workbench.widgets.line import Line
from workbench.widgets.show import show_line

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
        seed: str = "",
    ) -> None:
        super().__init__(means, done)
        self.service = service
        self._problem = problem
        self._seed = seed

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
        for name in ("words", "signature", "component", "pattern"):
            yield Row(_LINES[name], Line(id=name))
        for name, told in _TEXTS.items():
            yield Row(told, Words(id=name))
        yield Row("Expected", Line(id="expected"))

    def on_mount(self) -> None:
        """Shows what it says now, where there is no draft of it."""
        if self._problem is not None and not self._kept:
            self.fill(_fields_of(self._problem))
        elif self._seed and not self._kept:
            self.fill({"title": self._seed})
        self._kept = self._fields = self.fields()

    def action_try(self) -> None:
        """Tells what the rule would have done."""
        number = self._problem.number if self._problem else None
        self.tell(show_line(f"It {self.service.try_rule(self._rule(), number).told}.", "bold"))

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
            self.service.write(new)
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


def _fields_of(problem: Problem) -> dict[str, str]:
    rule = problem.rule
    fields = {"title": problem.title, "words": ", ".join(rule.words), "signature": rule.signature}
    fields |= {"component": rule.component, "pattern": rule.pattern}
    fields |= {name: getattr(problem, name) for name in _TEXTS}
    return fields | {"expected": f"{problem.expected_at:%Y-%m-%d %H:%M}" if problem.expected_at else ""}
