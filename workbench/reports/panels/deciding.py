"""What one decides about the report: of which period and whose tickets, compared with what, kept, written to a file."""

from datetime import timedelta
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.screen import Screen

from workbench.errors import Refused
from workbench.reports.baselines import Baseline
from workbench.reports.definitions import BY_NAME
from workbench.reports.model import EVERYBODY, Figure, Period, Unit
from workbench.reports.page import Page
from workbench.reports.panels.choosing import ChoiceScreen, CompareScreen, scopes
from workbench.reports.panels.works import Opener, Reckoning, beside, keeping, supposing
from workbench.reports.panels.writing import write
from workbench.reports.reckoning import COST_HANGS_ON, WhatIf, portion
from workbench.reports.service import Diagnosis, Report, ReportService
from workbench.reports.words import listed, value_words
from workbench.text import one_line
from workbench.tickets.dialogs.means import Means
from workbench.widgets.ask import AskLine
from workbench.widgets.background import Background

LENGTHS: Final = (30, 90, 7)
"""Days of a period, in the order in which a key goes round."""
THE_PERIOD_BEFORE: Final = "the period before"
"""What figures are compared with unless a baseline is chosen."""


class DecidingScreen(Screen[None]):
    """A screen with one report, which is taken again for what one decides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "length", "Period", id="reports.length", tooltip="The last 7, 30 or 90 days"),
        Binding("less_than_sign", "shift(1)", "Earlier", id="reports.earlier", tooltip="The period before"),
        Binding("greater_than_sign", "shift(-1)", "", id="reports.later", tooltip="The period after", show=False),
        Binding("s", "scope", "Whose", id="reports.scope", tooltip="Only those of a tier, team, client or component"),
        Binding("w", "suppose", "If", id="reports.suppose", tooltip="What it would cost if this share were another"),
        Binding("b", "keep", "Keep", id="reports.keep", tooltip="Keep these figures under a name"),
        Binding("c", "compare", "Compare", id="reports.compare", tooltip="Compare with kept figures, or delete some"),
        Binding("e", "export", "Export", id="reports.export", tooltip="Write it to a file, as HTML or Markdown"),
        Binding("R", "take", "Again", id="reports.again", tooltip="Take the figures again", show=False),
    ]

    def __init__(self, service: ReportService, means: Means, opener: Opener) -> None:
        super().__init__()
        self.service = service
        self.means = means
        self.opener = opener
        self.keeping = Background(self, "keeping")
        self.supposing = Background(self, "supposing")
        self.days, self.back, self.scope = LENGTHS[0], 0, EVERYBODY
        self.report: Report | None = None
        self.diagnosis: Diagnosis | None = None
        self.against: Baseline | None = None
        self.what_if: WhatIf | None = None
        self.components: set[str] = set()
        """Those that anything came about, as far as a diagnosis has told."""

    def begin(self, background: Background, reckoning: Reckoning) -> None:
        """Has something reckoned beside the screen."""
        background.begin(beside(self.opener, reckoning))

    def action_take(self) -> None:
        """Takes the report for what is decided now."""
        raise NotImplementedError

    def show_report(self) -> None:
        """Shows the report that was taken, compared with what is decided now."""
        raise NotImplementedError

    @property
    def figure(self) -> Figure | None:
        """The figure under the cursor; None where there is none."""
        raise NotImplementedError

    @property
    def period(self) -> Period:
        """The period that is wanted: the last days up to now, or as long before."""
        length = timedelta(days=self.days)
        end = self.service.clock.now() - self.back * length
        return Period(end - length, end)

    def shown(self) -> Report:
        """The report that was taken; Refused while there is none."""
        if self.report is None:
            raise Refused("there are no figures yet", "they are being taken; wait a moment")
        return self.report

    def page(self, report: Report) -> Page:
        """All that is to be said."""
        organisation = self.means.organisation
        return Page(organisation.name, organisation.zone, report, self.against, self.what_if, self.diagnosis)

    def action_length(self) -> None:
        """The next length of the period."""
        self.days, self.back = LENGTHS[(LENGTHS.index(self.days) + 1) % len(LENGTHS)], 0
        self.action_take()

    def action_shift(self, step: int) -> None:
        """The period before or after."""
        if self.back + step < 0:
            raise Refused("nothing is later than now", "< goes back in time")
        self.back += step
        self.action_take()

    def action_scope(self) -> None:
        """Asks whose tickets count."""
        known = scopes(self.means.organisation, sorted(self.components))

        def chosen(name: str | None) -> None:
            if name is not None:
                self.scope = known[name]
                self.action_take()

        self.app.push_screen(ChoiceScreen("Whose tickets?", list(known)), chosen)

    def action_suppose(self) -> None:
        """Asks what the share under the cursor is supposed to be, and has it reckoned what that would cost."""
        self.shown()
        figure = self.figure
        if figure is None or figure.definition.name not in COST_HANGS_ON:
            shares = listed(BY_NAME[name].title for name in COST_HANGS_ON)
            raise Refused("the cost does not hang on what is under the cursor", f"it does on {shares}: go to one")
        if not figure.value:
            raise Refused("there is nothing yet that could be more or less", "choose another period")
        name, present = figure.definition.name, value_words(figure.value, Unit.SHARE)

        async def said(text: str | None) -> None:
            if text is not None and text.strip():
                self._supposed = name, text
                await self.run_action("reckon")

        question = f"What if “{figure.definition.title}” were not {present} but"
        self.app.push_screen(AskLine(question, present, take=portion), said)

    def action_reckon(self) -> None:
        """Has it reckoned what was supposed."""
        (name, text), report = self._supposed, self.shown()
        self.begin(self.supposing, supposing({name: portion(text)}, report.period, report.scope))

    def action_keep(self) -> None:
        """Asks for the name under which the figures are kept."""
        self.means.require_now()
        report = self.shown()

        def named(name: str | None) -> None:
            if name and name.strip():
                self.begin(self.keeping, keeping(name, report.period, report.scope))

        self.app.push_screen(AskLine("Keep these figures as a baseline, under which name?"), named)

    def action_compare(self) -> None:
        """Asks with which figures these are compared; what was kept may be deleted there."""
        self.shown()

        def chosen(name: str | None) -> None:
            wanted = name or (self.against.name if self.against else None)
            self.against = next((kept for kept in self.service.baselines() if kept.name == wanted), None)
            self.show_report()

        def forget(name: str) -> None:
            self.means.require_now()
            self.service.forget(name)

        names = [kept.name for kept in self.service.baselines()]
        self.app.push_screen(CompareScreen(THE_PERIOD_BEFORE, names, forget), chosen)

    def action_export(self) -> None:
        """Asks for the file, whose name says in which form."""
        page = self.page(self.shown())

        def take(name: str) -> None:
            if name.strip():
                self.notify(one_line(f"written to {write(page, name.strip())}"), markup=False)

        self.app.push_screen(AskLine("To which file? (.html or .md)", "report.html", take=take))
