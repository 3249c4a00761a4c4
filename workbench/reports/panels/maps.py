"""Numbers as a map, each with a shade: who passes to whom, and what comes to each team week by week."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import ClassVar, Final, NamedTuple
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.geometry import Spacing
from textual.widgets import DataTable

from workbench.reports.chapters import hop_words
from workbench.reports.evidence import Hop, Load
from workbench.reports.fitting import unsteadiness
from workbench.reports.model import Period
from workbench.reports.panels.words import BEING_WORKED_OUT, shaded
from workbench.reports.panels.works import Sought, nothing_behind
from workbench.reports.service import Report
from workbench.reports.words import counted
from workbench.widgets.show import show_line

MOST_TEAMS: Final = 40
"""Teams down and across of the hop map."""
MOST_LOADS: Final = 100
"""Teams whose loads are shown."""
_LABEL = 16
"""Cells of a team's name at the left."""


class Cell(NamedTuple):
    """One number, what it says in a sentence, and what its tickets are."""

    number: int
    told: str
    sought: Sought | None = None


class ShadedMap(DataTable[Text], inherit_bindings=False):
    """A cursor on one number at a time; `enter` opens its tickets.

    The first column stays in sight. Of the others none is ever cut, for half a number reads as another one: what the
    columns leave free is padding, and they move by whole ones. The border says how many are out of sight.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", id="map.up", tooltip="To the number above", show=False),
        Binding("down,j", "cursor_down", "Down", id="map.down", tooltip="To the number below", show=False),
        Binding("left,h", "cursor_left", "Left", id="map.left", tooltip="To the number at the left", show=False),
        Binding("right,l", "cursor_right", "Right", id="map.right", tooltip="To the number at the right", show=False),
        Binding("pageup", "page_up", "Page up", id="map.page_up", tooltip="A screen up", show=False),
        Binding("pagedown", "page_down", "Page down", id="map.page_down", tooltip="A screen down", show=False),
        Binding("home", "scroll_home", "Start", id="map.start", tooltip="To the first of the line", show=False),
        Binding("end", "scroll_end", "End", id="map.end", tooltip="To the last of the line", show=False),
        Binding("g", "scroll_top", "First", id="map.first", tooltip="To the first line", show=False),
        Binding("G", "scroll_bottom", "Last", id="map.last", tooltip="To the last line", show=False),
        Binding("enter", "select_cursor", "Tickets", id="map.open", tooltip="The tickets behind the number"),
    ]

    def __init__(self, width: int, *, by_row: bool, id: str) -> None:
        """`width` of a number in cells; `by_row`: shades tell how much it is of the greatest of its row, not of all."""
        super().__init__(id=id, cell_padding=0, fixed_columns=1)
        self._width = width
        self._labels = 0
        """Cells of the longest name at the left."""
        self._by_row = by_row
        self._cells: list[list[Cell]] = []

    @property
    def cell(self) -> Cell | None:
        """The number under the cursor."""
        row, column = self.cursor_coordinate
        return self._cells[row][column] if row < len(self._cells) and column < len(self._cells[row]) else None

    def on_mount(self) -> None:
        """Says that there is nothing yet."""
        self.show_map([], {}, BEING_WORKED_OUT)

    def action_select_cursor(self) -> None:
        """Opens the tickets behind the number."""
        if not self._cells:
            raise nothing_behind()
        super().action_select_cursor()

    def show_map(self, columns: Sequence[str], rows: Mapping[str, Sequence[Cell]], empty: str) -> None:
        """Shows these numbers by the names of rows and columns, the cursor where it was."""
        was, self._cells = self.cursor_coordinate, [list(cells) for cells in rows.values()]
        self.clear(columns=True)
        if not rows:
            self.add_column(show_line(empty))
            self._fit()
            return
        for name in columns:
            self.add_column(_short(name, self._width - 1, self._width), width=self._width)
        every = [cell for cells in self._cells for cell in cells[1:]]
        for name, cells in rows.items():
            greatest = max(cell.number for cell in (cells[1:] if self._by_row else every))
            total = show_line(f"{cells[0].number:,}".rjust(self._width), "bold")
            shades = [shaded(cell.number, greatest, self._width) for cell in cells[1:]]
            self._add_team(name, [total, *shades])
        self.cursor_coordinate = Coordinate(min(was.row, len(rows) - 1), min(was.column, len(columns) - 1))
        self._labels = max(_short(name, _LABEL).cell_len for name in rows)
        self._fit()

    def _add_team(self, name: str, told: Sequence[Text]) -> None:
        self.add_row(*told, label=_short(name, _LABEL))

    def on_resize(self) -> None:
        """Shows as many columns as there is room for."""
        self._fit()

    def validate_scroll_x(self, value: float) -> float:
        """Where a column begins, also where a mouse is what scrolls."""
        return super().validate_scroll_x(value) // self._width * self._width

    def validate_scroll_target_x(self, value: float) -> float:
        """The same for where it is going to."""
        return super().validate_scroll_target_x(value) // self._width * self._width

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Says what is out of sight from there."""
        super().watch_scroll_x(old_value, new_value)
        self._tell_rest(self._room // self._width)

    @property
    def _room(self) -> int:
        """Cells for the columns that move."""
        border_and_scrollbar = self.styles.border.spacing.width + self.styles.scrollbar_size_vertical
        return max(0, self.outer_size.width - border_and_scrollbar - self._labels - self._width)

    def _fit(self) -> None:
        whole, rest = divmod(self._room, self._width)
        self.styles.padding = Spacing(right=rest if self._cells and whole else 0)
        self._tell_rest(whole)

    def _tell_rest(self, whole: int) -> None:
        before = int(self.scroll_x) // self._width
        after = max(0, len(self.columns) - 1 - whole - before)
        told = [f"← {before:,}" * bool(before), f"{after:,} more →" * bool(after)]
        self.border_subtitle = show_line(" · ".join(filter(None, told))) if self._cells else ""


def hop_map(hops: Sequence[Hop], teams: Sequence[str], report: Report) -> tuple[list[str], dict[str, list[Cell]]]:
    """Columns and rows of the hop map: who passed tickets on, all of them first, then to whom."""
    known = {(hop.source, hop.target): hop for hop in hops}
    order = [*teams, *sorted({team for pair in known for team in pair} - set(teams))]
    sources, targets = busiest(hops)
    sources, targets = ([team for team in order if team in some] for some in (sources, targets))
    rows = {}
    for source in sources:
        total = sum(hop.hops for hop in hops if hop.source == source)
        rows[source] = [
            Cell(total, f"{source} passed tickets on: {counted(total, 'hop')}.", _passed(source, None, report)),
            *(_hop_cell(source, target, known.get((source, target)), report) for target in targets),
        ]
    return ["all", *targets], rows


def hops_title(hops: Sequence[Hop]) -> str:
    """What the hop map shows; it says where it leaves teams out."""
    teams = {team for hop in hops for team in (hop.source, hop.target)}
    shown = {team for some in busiest(hops) for team in some}
    left = "" if shown == teams else f"; the {MOST_TEAMS} busiest each, of {len(teams):,} teams"
    return f"Hops in this period: who passed tickets on (down), and to whom (across){left}"


def busiest(hops: Sequence[Hop]) -> tuple[list[str], list[str]]:
    """The teams that passed on most, and those that got most: as many as can be shown without a wait."""
    gave, got = Counter[str](), Counter[str]()
    for hop in hops:
        gave[hop.source] += hop.hops
        got[hop.target] += hop.hops
    sources, targets = ([team for team, _ in counted.most_common(MOST_TEAMS)] for counted in (gave, got))
    return sources, targets


def _hop_cell(source: str, target: str, hop: Hop | None, report: Report) -> Cell:
    if hop is None:
        return Cell(0, f"{source} passed nothing to {target}.")
    return Cell(hop.hops, f"{hop_words(hop)}.", _passed(source, target, report))


def _passed(source: str, target: str | None, report: Report) -> Sought:
    title = f"{source} → {target or 'any team'}"
    return Sought(title, lambda reports: reports.tickets_passed(source, target, report.period, report.scope))


def load_map(
    loads: Mapping[str, Load], teams: Sequence[str], report: Report, zone: str
) -> tuple[list[str], dict[str, list[Cell]]]:
    """Columns and rows of what came to each team: all of it first, then week by week, the newest first."""
    here, weeks = ZoneInfo(zone), report.weeks[::-1]
    names = [f"{week.start.astimezone(here):%d %b}" for week in weeks]
    whole = Period(weeks[-1].start, weeks[0].end)
    rows = {}
    shown = sorted(loads, key=lambda team: -loads[team].tickets)[:MOST_LOADS]
    for team in [*(team for team in teams if team in shown), *sorted(set(shown) - set(teams))]:
        load = loads[team]
        rows[team] = [
            Cell(load.tickets, _load_told(team, load), _came(team, whole, report, f"{len(weeks)} weeks")),
            *(
                Cell(
                    count, f"{team}, week from {name}: {count:,} came.", _came(team, week, report, f"week from {name}")
                )
                for count, name, week in zip(load.weeks[::-1], names, weeks, strict=True)
            ),
        ]
    return ["all", *names], rows


def load_title(loads: Mapping[str, Load]) -> str:
    """What the map of loads shows; it says where it leaves teams out."""
    left = f"; the {MOST_LOADS} busiest of {len(loads):,} teams" if len(loads) > MOST_LOADS else ""
    return f"Tickets that came to each team, week by week, the newest first{left}"


def _came(team: str, period: Period, report: Report, when: str) -> Sought:
    return Sought(f"came to {team}, {when}", lambda reports: reports.tickets_come(team, period, report.scope))


def _load_told(team: str, load: Load) -> str:
    mean = fmean(load.weeks)
    return (
        f"{team}: {load.tickets:,} came in {len(load.weeks)} weeks, {mean:,.{0 if mean >= 10 else 1}f} a week"
        f" ± {unsteadiness(load.weeks):.0%}; {load.own:,} about what it owns, {load.hopped:,} from other teams,"
        f" {load.pressing:,} P1 or P2."
    )


def _short(name: str, most: int, width: int = 0) -> Text:
    """A name in at most so many cells, at the right end of so many."""
    text = show_line(name)
    text.truncate(most, overflow="ellipsis")
    text.pad_left(max(0, width - text.cell_len))
    return text
