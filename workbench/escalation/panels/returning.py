"""The box in which the receiver gives back what was handed off: why, in a code and in words, and what helps."""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Final

from textual import on
from textual.widget import Widget
from textual.widgets import Static

from workbench.escalation.handing import fields_named
from workbench.escalation.model import Return, ReturnCode, Row
from workbench.escalation.service import EscalationService
from workbench.number import problem_number
from workbench.tickets.dialogs.dialog import TargetDialog
from workbench.tickets.dialogs.means import Means, Targets
from workbench.widgets.form import Choice, Words
from workbench.widgets.form import Row as Named
from workbench.widgets.line import Line
from workbench.widgets.picker import Picker, Suggestion
from workbench.widgets.show import show, show_line

ASKED: Final[Mapping[str, tuple[str, str]]] = {
    ReturnCode.WRONG_OWNER: ("owner", "The team that really owns it, if you know; the catalogue gets a proposal."),
    ReturnCode.INFORMATION_MISSING: ("fields", f"Fields that say too little: {', '.join(Row)}."),
    ReturnCode.KNOWN_PROBLEM: ("problem", "The number of the problem; the ticket is linked to it."),
    ReturnCode.L1_CAN_DO: ("runbook", "The runbook by which they can do it themselves."),
}
"""By code, what is asked besides, and what becomes of it."""


class ReturnDialog(TargetDialog):
    """The code is chosen on top, and what belongs to it is asked below."""

    kind: ClassVar[str] = "return"
    verb: ClassVar[str] = "Return"
    AUTO_FOCUS = "#code"
    DEFAULT_CSS = """
    ReturnDialog { & Words { height: 4; } }
    """

    def __init__(self, means: Means, service: EscalationService, ref: int, done: Callable[[], None]) -> None:
        super().__init__(means, Targets(means.tickets, [ref]), done)
        self.service = service

    def parts(self) -> Iterable[Widget]:
        """The code, what it asks, the words."""
        codes = tuple(ReturnCode)
        yield Named("Why", Choice(codes, codes[0], id="code", told=lambda code: ReturnCode(code).words))
        yield Named("Owner", Picker(self._teams, id="owner"), id="ask-owner")
        yield Named("Fields", Line(id="fields"), id="ask-fields")
        yield Named("Problem", Picker(self._problems, id="problem"), id="ask-problem")
        yield Named("Runbook", Picker(self._runbooks, id="runbook"), id="ask-runbook")
        yield Named("", Static(id="asked", classes="hint"))
        yield Named("In words", Words(id="words"))

    def on_mount(self) -> None:
        """Shows what the first code asks."""
        self._show_asked()

    @on(Choice.Changed, "#code")
    def _show_asked(self) -> None:
        asked, told = ASKED[self._code]
        for name, _ in ASKED.values():
            self.query_one(f"#ask-{name}").display = name == asked
        self.query_one("#asked", Static).update(show(told))

    @on(Choice.Submitted)
    @on(Picker.Picked)
    def _next(self) -> None:
        self.focus_next()

    def fields(self) -> Mapping[str, str]:
        """What was typed; a code that was only chosen is no draft."""
        typed = {name: self._typed_in(name) for name in ("owner", "fields", "problem", "runbook", "words")}
        return typed | {"code": self._code} if any(typed.values()) else {}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back."""
        self.query_one("#code", Choice).fill(fields.get("code", ""))
        for name in ("owner", "fields", "problem", "runbook", "words"):
            field = self.query_one(f"#{name}")
            if isinstance(field, Line | Words | Picker):
                field.fill(fields.get(name, ""))

    def act(self) -> None:
        """Gives it back."""
        asked = ASKED[self._code][0]
        said = self._typed_in(asked).strip()
        back = Return(ReturnCode(self._code), self._typed_in("words"))
        match asked:
            case "owner":
                back = back._replace(owner=said)
            case "fields":
                back = back._replace(fields=fields_named(said))
            case "problem":
                back = back._replace(problem=problem_number(said))
            case _:
                back = back._replace(runbook=said)
        self.targets.each(lambda ref, version: self.service.give_back(ref, back, version))

    @property
    def _code(self) -> ReturnCode:
        return ReturnCode(self.query_one("#code", Choice).value)

    def _typed_in(self, name: str) -> str:
        field = self.query_one(f"#{name}")
        if isinstance(field, Picker):
            return field.letters
        return field.text if isinstance(field, Words) else field.value if isinstance(field, Line) else ""

    def _teams(self, letters: str) -> list[Suggestion]:
        found = self.means.tickets.organisation.teams_like(letters)
        return [Suggestion(team.slug, show_line(f"{team.slug:<16} {team.tier:<4} {team.name}")) for team in found]

    def _problems(self, letters: str) -> list[Suggestion]:
        wanted = letters.casefold()
        return [
            Suggestion(str(each.number), show_line(f"PRB-{each.number} {each.title}"))
            for each in self.service.gathering.problems.all()
            if wanted in f"prb-{each.number} {each.title}".casefold()
        ][:20]

    def _runbooks(self, letters: str) -> list[Suggestion]:
        library, ticket = self.service.gathering.runbooks, self.targets.first
        found = library.search(letters, ticket, limit=8) if letters else library.fitting(ticket)
        return [Suggestion(each.entry.slug, show_line(each.entry.title)) for each in found]
