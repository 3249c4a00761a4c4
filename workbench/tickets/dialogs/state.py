"""Changes the state: waiting with whom, why and until when; resolving with what was learned; resuming, reopening."""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from workbench.errors import InvalidInput, Refused
from workbench.tickets.dialogs.dialog import TargetDialog
from workbench.tickets.dialogs.means import Means, Targets
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Avoidable, State, WaitingFor
from workbench.tickets.wakeup import wakeup
from workbench.tickets.wishes import ProblemWanted, Wanted
from workbench.widgets.form import Choice, Row, Words
from workbench.widgets.line import Line
from workbench.widgets.show import show_line

NEXT: Final[Mapping[State, tuple[str, ...]]] = {
    State.NEW: ("wait", "resolve"),
    State.OPEN: ("wait", "resolve"),
    State.WAITING: ("resume", "wait", "resolve"),
    State.RESOLVED: ("reopen", "close"),
    State.CLOSED: ("reopen",),
}
"""What can be done in a state, the most frequent first."""
_FIELDS: Final = ("reason", "wakeup", "cause", "fix", "runbook", "problem", "one_off", "why")


class StateDialog(TargetDialog):
    """What is to be done is chosen on top, and what it needs to know is asked below."""

    kind: ClassVar[str] = "state"
    verb: ClassVar[str] = "State"
    enter_sends: ClassVar[bool] = True
    DEFAULT_CSS = """
    StateDialog {
        & .asked { height: auto; }
        & Words { height: 3; }
    }
    """
    AUTO_FOCUS = "#do"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+r", "write_runbook", "Write it down", id="state.runbook", tooltip="A new runbook from this ticket"
        ),
        Binding(
            "ctrl+l",
            "write_problem",
            "New problem",
            id="state.problem",
            tooltip="Write down the problem behind it, with a rule, and resolve it with that",
        ),
    ]

    def __init__(self, means: Means, targets: Targets, done: Callable[[], None]) -> None:
        super().__init__(means, targets, done)
        self._can = choices(targets)

    def parts(self) -> Iterable[Widget]:
        """What to do, and the fields of each."""
        yield Row("Do", Choice(self._can, self._can[0], id="do"))
        yield Vertical(
            Row("Waiting for", Choice(tuple(WaitingFor), WaitingFor.REQUESTER, id="for")),
            Row("Reason", Line(id="reason")),
            Row("Wake up", Line(id="wakeup")),
            Row("", Static(NO_WAKEUP, id="wakes", classes="hint")),
            id="wait",
            classes="asked",
        )
        yield Vertical(
            Row("Cause", Words(id="cause")),
            Row("Fix", Words(id="fix")),
            Row("Runbook", Line(id="runbook")),
            *self._learned(),
            Static(self._needed(), classes="hint"),
            id="resolve",
            classes="asked",
        )
        yield Vertical(Row("Reason", Line(id="why")), id="reopen", classes="asked")
        yield Vertical(Static("Its clocks run on.", classes="hint"), id="resume", classes="asked")
        yield Vertical(Static("It is over, and stands in no queue.", classes="hint"), id="close", classes="asked")

    def _learned(self) -> Iterable[Widget]:
        """What was learned besides; of what was escalated also whether the first line could have done it."""
        yield Row("Problem", Line(id="problem"))
        yield Row("One-off", Line(id="one_off"))
        if self._escalated:
            yield Row("Avoidable by", Choice(_AVOIDABLE, _AVOIDABLE[0], id="avoidable"))

    def on_mount(self) -> None:
        """Shows what the first choice asks."""
        self._show_asked()

    @on(Choice.Changed, "#do")
    def _show_asked(self) -> None:
        chosen = self._chosen
        for part in self.query(".asked"):
            part.display = part.id == chosen

    @on(Input.Changed, "#wakeup")
    def _tell_wakeup(self) -> None:
        self.query_one("#wakes", Static).update(self._wakeup_told())

    @on(Choice.Submitted)
    async def _choice_submitted(self) -> None:
        """To the field below; where there is none, does it."""
        if self._chosen in ("resume", "close"):
            await self.run_action("send")
        else:
            self.focus_next()

    def action_write_runbook(self) -> None:
        """Wishes a new runbook, begun from what was done here; this box stays as it is."""
        self.action_keep()
        self.app.post_message(Wanted("draft", self.targets.first.ref))

    def action_write_problem(self) -> None:
        """Wishes the box of a new problem, begun from what was found here; with that it is resolved at once."""
        do = self.query_one("#do", Choice)
        if "resolve" not in do.values:
            raise Refused(f"what is {self.targets.first.state} is resolved already", "reopen it first")
        do.fill("resolve")
        self.action_keep()
        ref, cause, fix = self.targets.first.ref, self._text("cause"), self._text("fix")
        self.app.post_message(ProblemWanted(ref, cause, fix, self._problem_written))

    def _problem_written(self, number: int) -> None:
        self.query_one("#problem", Line).fill(f"PRB-{number}")
        self.call_after_refresh(self.run_action, "send")

    def fields(self) -> Mapping[str, str]:
        """What was typed; what was only chosen is no draft."""
        typed = {name: self._text(name) for name in _FIELDS}
        chosen = {str(choice.id): choice.value for choice in self.query(Choice)}
        return typed | chosen if any(typed.values()) else {}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back."""
        for name in _FIELDS:
            field = self.query_one(f"#{name}")
            if isinstance(field, Line | Words):
                field.fill(fields.get(name, ""))
        for choice in self.query(Choice):
            choice.fill(fields.get(str(choice.id), ""))

    def act(self) -> None:
        """Does what was chosen."""
        service = self.targets.service
        acts: dict[str, Callable[[int, int], object]] = {
            "wait": self._wait,
            "resume": service.resume,
            "resolve": lambda ref, version: service.resolve(ref, self._resolution(), version),
            "close": service.close,
            "reopen": lambda ref, version: service.reopen(ref, self._text("why"), version),
        }
        self.targets.each(acts[self._chosen])

    @property
    def _chosen(self) -> str:
        return self.query_one("#do", Choice).value

    def _text(self, name: str) -> str:
        field = self.query_one(f"#{name}")
        return field.value if isinstance(field, Line) else field.text if isinstance(field, Words) else ""

    def _wait(self, ref: int, version: int) -> None:
        words, now = self._text("wakeup").strip(), self.targets.service.clock.now()
        until = wakeup(words, now, self.means.zone) if words else None
        on = WaitingFor(self.query_one("#for", Choice).value)
        self.targets.service.wait(ref, on, self._text("reason"), until, version)

    def _resolution(self) -> Resolution:
        judged = [choice.value for choice in self.query("#avoidable").results(Choice)]
        return Resolution(
            cause=self._text("cause"),
            fix=self._text("fix"),
            one_off=self._text("one_off"),
            runbook=self._text("runbook").strip(),
            problem=self._text("problem"),
            avoidable="" if judged in ([], [_AVOIDABLE[0]]) else judged[0],
        )

    @property
    def _escalated(self) -> bool:
        return any(ticket.escalated for ticket in self.targets.tickets)

    def _wakeup_told(self) -> Text:
        words = self._text("wakeup").strip()
        if not words:
            return show_line(NO_WAKEUP)
        try:
            at = wakeup(words, self.targets.service.clock.now(), self.means.zone)
        except InvalidInput as error:
            return show_line(str(error), "yellow")
        return show_line(f"wakes {at.astimezone(self.means.zone):%A %Y-%m-%d %H:%M}", "bold green")

    def _needed(self) -> Text:
        if self._escalated:
            return show_line("It was escalated: cause, fix, and its runbook, its problem or why it is a one-off.")
        return show_line("All may be left out; the fix is what helps the next one.")


_AVOIDABLE: Final = ("–", *Avoidable)
"""What the first line lacked; nothing is said of it unless somebody does."""


NO_WAKEUP: Final = 'until somebody acts; or say "2h", "tomorrow 9", "mon"'
"""What is told while no wake-up is named."""


def choices(targets: Targets) -> tuple[str, ...]:
    """What can be done with all of them; Refused where there is nothing."""
    found = [each for each in NEXT[targets.first.state] if all(each in NEXT[one.state] for one in targets.tickets)]
    if not found:
        states = ", ".join(sorted({ticket.state.value for ticket in targets.tickets}))
        raise Refused(f"what is {states} has no next state in common", "mark tickets of one state")
    return tuple(found)
