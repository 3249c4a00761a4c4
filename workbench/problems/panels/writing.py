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
from workbench.problems.history import in_words
from workbench.problems.model import NewProblem, Problem, Rule
from workbench.problems.service import ProblemService
from workbench.problems.store import ProblemEvent
from workbench.problems.trying import BEFORE_SAVED, WHILE_TYPED
from workbench.text import one_line
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
_SEEN: Final = "seen"
"""What a draft calls the place of the last event that its writer had seen."""
_QUOTED: Final = 60
"""Characters of what others wrote that are quoted."""


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
        self._begins_with = begun or {}
        self._shown: Mapping[str, str] = {}  # what a problem that is there said when it was looked at
        self._seen = 0  # the place of its last event then
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
        if self._problem is None:
            self.fill(self._begins_with)
        else:
            self._look(self._problem.number)
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
        """What was typed; of a problem that is there what was changed, with what its writer had seen of it."""
        typed = self._standing_here()
        if self._problem is None:
            return typed
        mine = {name: text for name, text in typed.items() if text != self._shown[name]}
        return mine | {_SEEN: str(self._seen)} if mine else {}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back."""
        self._seen = int(fields.get(_SEEN, self._seen))
        for field in (*self.query(Line), *self.query(Words)):
            if field.id in fields:
                field.fill(fields[field.id])

    def action_begin_anew(self) -> None:
        """Puts everything as it was, or as it stands by now."""
        super().action_begin_anew()
        if self._problem is not None:
            self._look(self._problem.number)

    def act(self) -> None:
        """Writes it down."""
        if self._problem is None:
            self.number = self.service.write(self._anew(NewProblem("", Rule()))).number
        else:
            self.service.rewrite(self._problem.number, self._anew, self._seen)

    def out_of_date(self) -> list[str]:
        """Looks at the problem again; what was typed stays."""
        assert self._problem is not None
        mine = {name: text for name, text in self.fields().items() if name != _SEEN}
        newer = [each for each in self.service.events(self._problem.number) if each.seq > self._seen]
        self._look(self._problem.number)
        self.fill(mine)
        return [_news(each) for each in newer]

    def _look(self, number: int) -> None:
        """Shows what is said of it now."""
        problem, self._seen = self.service.as_it_stands(number)
        self.fill(_fields_of(problem, self.means.zone))
        self._shown = self._standing_here()

    def _standing_here(self) -> dict[str, str]:
        lines = {line.id or "": line.value for line in self.query(Line)}
        return lines | {words.id or "": words.text for words in self.query(Words)}

    def _anew(self, stands: NewProblem) -> NewProblem:
        """What stands, with what was typed in the place of what it is about."""
        typed = self.fields()
        said: dict[str, Any] = {name: typed[name] for name in ("title", *_TEXTS) if name in typed}
        if not typed.keys().isdisjoint(_RULE):
            said["rule"] = self._rule()
        if "expected" in typed:
            said["expected_at"] = self._expected(typed["expected"].strip())
        return stands._replace(**said)

    def _expected(self, said: str) -> datetime | None:
        """When the fix is expected, as a wake-up is said."""
        return wakeup(said, self.service.clock.now(), self.means.zone) if said else None

    def _rule(self) -> Rule:
        typed = self._standing_here()
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


def _fields_of(problem: Problem, zone: ZoneInfo) -> dict[str, str]:
    rule = problem.rule
    fields = {"title": problem.title, "words": ", ".join(rule.words), "signature": rule.signature}
    fields |= {"component": rule.component, "pattern": rule.pattern}
    fields |= {name: getattr(problem, name) for name in _TEXTS}
    expected = problem.expected_at
    return fields | {"expected": f"{expected.astimezone(zone):%Y-%m-%d %H:%M}" if expected else ""}


def _news(event: ProblemEvent) -> str:
    """What somebody did to a problem, with what they wrote."""
    said = "; ".join(one_line(in_words(event.after[name])) for name in NewProblem._fields if event.after.get(name))
    quoted = f": {said[:_QUOTED]}{'…' if len(said) > _QUOTED else ''}" if said else ""
    return f"{event.who} {event.told}{quoted}"
