"""The report: figures against their targets, the diagnosis, who passes to whom, and the load of each team by week."""

from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import ContentSwitcher, DataTable, OptionList, Static

from workbench.errors import WorkbenchError
from workbench.queues.service import QueueService
from workbench.reports.baselines import Baseline
from workbench.reports.model import Figure
from workbench.reports.page import supposition
from workbench.reports.panels.behind import of_figure, of_item
from workbench.reports.panels.deciding import DecidingScreen
from workbench.reports.panels.figures import FigureList, FigureRow
from workbench.reports.panels.findings import FindingList
from workbench.reports.panels.maps import ShadedMap, hop_map, hops_title, load_map, load_title
from workbench.reports.panels.tickets import BehindScreen
from workbench.reports.panels.views import VIEWS, ViewLine
from workbench.reports.panels.words import figure_told
from workbench.reports.panels.works import Behind, Opener, Sought, Step, nothing_behind, seeking, taking
from workbench.reports.reckoning import WhatIf
from workbench.reports.service import Diagnosis, Report, ReportService
from workbench.reports.words import period_words, scope_words
from workbench.text import one_line
from workbench.tickets.dialogs.means import Means
from workbench.widgets.background import Background
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.looking import Changes
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths
from workbench.widgets.virtual_list import VirtualList

NO_TICKETS: Final = (
    "There is no ticket yet, so there are no data.\n"
    "`workbench import log FILE` takes in the history of another tool: then this says where you stand."
)


class ReportsScreen(DecidingScreen):
    """What is worked out stands there until something newer comes; where one leaves meanwhile it begins anew then."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "FigureList"
    HORIZONTAL_BREAKPOINTS = widths("wide")
    VERTICAL_BREAKPOINTS = heights("low", high=18)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.leave", "Back", id="reports.back", tooltip="Back to the queues", show=False),
        Binding(
            "o", "seek(True)", "", id="reports.of", tooltip="All the tickets that the figure is a share of", show=False
        ),
        Binding("right_square_bracket,tab", "view(1)", "View", id="reports.next", tooltip="The next view"),
        Binding(
            "left_square_bracket,shift+tab", "view(-1)", "", id="reports.before", tooltip="The view before", show=False
        ),
    ]

    def __init__(self, service: ReportService, queues: QueueService, means: Means, opener: Opener) -> None:
        super().__init__(service, means, opener)
        self.queues = queues
        self._taking = Background(self, "taking the report")
        self._seeking = Background(self, "seeking tickets")
        self._changes = Changes()
        self._has_none = False
        """Whether there was no ticket when the report was taken."""
        self._problem: WorkbenchError | None = None

    def compose(self) -> ComposeResult:
        """The header, the views, what is said of the number under the cursor, the keys."""
        yield HeaderLine()
        yield ViewLine()
        with Vertical():
            with ContentSwitcher(initial="figures"):
                yield FigureList()
                yield FindingList()
                yield ShadedMap(10, by_row=False, id="hops")
                yield ShadedMap(8, by_row=True, id="load")
            yield Static(id="told")
        yield KeyLine()
        yield TooSmall()

    async def on_screen_resume(self) -> None:
        """Takes the figures where somebody has changed something since."""
        await self.run_action("catch_up")

    def on_screen_suspend(self) -> None:
        """Gives up what is worked out where one goes elsewhere; a dialog or a list in front of it is no elsewhere."""
        if self in self.app.screen_stack:
            return
        if self._taking.busy:
            self._changes.forget()
        self._taking.stop()
        self._seeking.stop()
        self.supposing.stop()
        self._say("")

    @property
    def busy(self) -> bool:
        """Whether the report is being worked out."""
        return self._taking.busy

    @property
    def view(self) -> str:
        """The name of the view that is shown."""
        return str(self.query_one(ContentSwitcher).current)

    @property
    def figure(self) -> Figure | None:
        """The figure under the cursor; None in the other views."""
        row = self.query_one(FigureList).row if self.view == "figures" else None
        return None if row is None else row.row.figure

    def action_catch_up(self) -> None:
        """Takes the figures again where others or oneself have changed something; shows at once what there is."""
        if self._changes.turned(self.service.database.generation()):
            self._has_none = self.queues.highest_number() is None
            self.action_take()

    def action_take(self) -> None:
        """Takes the figures beside the screen; the last ones stand there until these come."""
        self.begin(self._taking, taking(self.period, self.scope))
        self.set_class(self.report is not None, "-stale")
        self._say("taking the figures …")
        self._show_where()

    def action_view(self, step: int) -> None:
        """To a neighbouring view, round at the ends."""
        names = list(VIEWS)
        self.show_view(names[(names.index(self.view) + step) % len(names)])

    def show_view(self, view: str) -> None:
        """Shows one of the views."""
        self.query_one(ContentSwitcher).current = view
        self.query_one(ViewLine).show_view(view)
        self.query_one(f"#{view}").focus()
        self._tell()

    def action_seek(self, whole: bool = False) -> None:
        """Has the tickets looked for that stand behind what is under the cursor; `whole`: all it is a share of."""
        report = self.shown()
        self.begin(self._seeking, seeking(self._whole(report) if whole else self._sought(report)))

    def action_tell_problem(self) -> None:
        """Raises the error that the work beside the screen met."""
        if self._problem is not None:
            raise self._problem

    @on(VirtualList.Chosen, "#figures")
    @on(OptionList.OptionSelected, "#diagnosis")
    @on(DataTable.CellSelected)
    async def _wanted(self) -> None:
        await self.run_action("seek")

    @on(VirtualList.Highlighted, "#figures")
    @on(DataTable.CellHighlighted)
    def _moved(self) -> None:
        self._tell()

    @on(ViewLine.Clicked)
    def _view_clicked(self, event: ViewLine.Clicked) -> None:
        self.show_view(event.view)

    @on(Background.Heard)
    def _heard(self, event: Background.Heard) -> None:
        if not self._heeds(event):
            return
        match event.told:
            case Step(words, done, total):
                self._say(f"{words} {f'{done:,} of {total:,}' if total else ''} …")
            case Report() as report:
                self.report, self.diagnosis, self.what_if = report, None, None
                self.supposing.stop()
                self.show_report()
            case Diagnosis() as found:
                self.diagnosis = found
                self.components |= found.loads.components.keys()
                self._show_diagnosis()
            case WhatIf() as supposed:
                self.what_if = supposed
                self.notify(one_line(supposition(supposed)), markup=False)
                self._tell()
            case Baseline() as kept:
                self.notify(one_line(f"kept as {kept.name}; c compares with it"), markup=False)
            case Behind() as behind:
                self.app.push_screen(BehindScreen(self.queues, self.means, behind))

    @on(Background.Ended)
    async def _ended(self, event: Background.Ended) -> None:
        if not self._heeds(event):
            return
        for background in self._works:
            background.end(event)
        self._say("")
        self.set_class(self._taking.busy, "-stale")
        self._problem = event.error
        await self.run_action("tell_problem")

    def _heeds(self, event: Background.About) -> bool:
        return any(background.is_present(event) for background in self._works)

    @property
    def _works(self) -> tuple[Background, ...]:
        return self._taking, self._seeking, self.keeping, self.supposing

    def _say(self, doing: str) -> None:
        self.query_one(ViewLine).show_doing(doing)

    def _show_where(self) -> None:
        zone = self.means.organisation.zone
        where = f"Reports · {period_words(self.period, zone)} · {scope_words(self.scope)}"
        self.query_one(HeaderLine).show_left(show_line(where), show_line(self.service.who))

    def show_report(self) -> None:
        """Shows the figures, compared with what is decided now."""
        page, figures = self.page(self.shown()), self.query_one(FigureList)
        figures.show_page(page)
        figures.border_title = show_line(page.then)
        self._tell()

    def _show_diagnosis(self) -> None:
        report, found, organisation = self.shown(), self.diagnosis, self.means.organisation
        if found is None:
            return
        teams = [team.slug for team in organisation.teams]
        self.query_one(FindingList).show_diagnosis(found)
        hops, load = self.query_one("#hops", ShadedMap), self.query_one("#load", ShadedMap)
        hops.border_title = show_line(hops_title(found.hops))
        hops.show_map(*hop_map(found.hops, teams, report), empty="No ticket was passed on in this period.")
        load.border_title = show_line(load_title(found.loads.teams))
        load.show_map(
            *load_map(found.loads.teams, teams, report, organisation.zone), empty="No ticket came to any team."
        )
        self._tell()

    def _tell(self) -> None:
        told = self.query_one("#told", Static)
        told.display = self.view != "diagnosis"
        told.update(self._told())

    def _told(self) -> Text:
        if self._has_none:
            return show(NO_TICKETS)
        if self.view == "figures":
            row: FigureRow | None = self.query_one(FigureList).row
            compared = "before" if self.against is None else self.against.name
            return Text() if row is None else Text("\n").join(figure_told(row.row, row.then, compared, self.what_if))
        cell = self.query_one(f"#{self.view}", ShadedMap).cell if self.view in ("hops", "load") else None
        return Text() if cell is None else show(cell.told)

    def _whole(self, report: Report) -> Sought:
        """The tickets that the figure under the cursor is a share of; Refused where it is of none."""
        figure = self.figure
        if figure is None or not figure.denominator:
            raise nothing_behind()
        return of_figure(figure.name, report, whole=True)

    def _sought(self, report: Report) -> Sought:
        """What `enter` opens here; Refused where no tickets stand behind it."""
        sought: Sought | None = None
        if (figure := self.figure) is not None:
            sought = of_figure(figure.name, report)
        elif self.view == "diagnosis":
            sought = of_item(self.query_one(FindingList).item, report)
        elif (cell := self.query_one(f"#{self.view}", ShadedMap).cell) is not None:
            sought = cell.sought
        if sought is None:
            raise nothing_behind()
        return sought
