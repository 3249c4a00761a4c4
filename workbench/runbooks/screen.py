"""The library's screen: found as one types, read beside the list, and begun with one key, on a ticket or on none."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input

from workbench.clock import FixedClock
from workbench.errors import Refused
from workbench.runbooks.model import Found
from workbench.runbooks.panels.paging import PageScreen
from workbench.runbooks.panels.shelf import USE, Row, Shelf
from workbench.runbooks.panels.words import EMPTY, NOTHING_FOUND, ORDERS, columns
from workbench.runbooks.runs.service import RunService
from workbench.runbooks.service import LibraryService
from workbench.tickets.dialogs.means import Means
from workbench.widgets.columns import Column
from workbench.widgets.header import HeaderLine, clock_of_day
from workbench.widgets.held import HeldRows
from workbench.widgets.key_line import KeyLine
from workbench.widgets.looking import Changes, keep_looking
from workbench.widgets.reader import Reader
from workbench.widgets.search_line import SearchLine
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths
from workbench.widgets.virtual_list import VirtualList

READ_AFTER: Final = 0.1
"""Seconds for which the cursor rests before the page beside it is read: letters and held keys come first."""


class LibraryScreen(PageScreen):
    """All runbooks, or those for the ticket that one came from; `slug` is shown first where it is named."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = widths("slim", narrow=72, wide=100)
    VERTICAL_BREAKPOINTS = heights("low", high=18)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", id="runbooks.search", tooltip="Look for a runbook"),
        Binding("S", "sort", "Sort", id="runbooks.sort", tooltip="By use, title, runs, help, time, failures, review"),
        Binding("N", "new", "New one", id="runbooks.new", tooltip="Write a new runbook in your editor", show=False),
        Binding("E", "edit", "Edit", id="runbooks.edit", tooltip="Change this runbook in your editor"),
        Binding("I", "starter", "Starter", id="runbooks.starter", tooltip="Bring the starter library in"),
        Binding("right,l", "focus_page", "Page", id="runbooks.page", tooltip="To the page, to scroll it", show=False),
        Binding("left,h", "focus_list", "List", id="runbooks.list", tooltip="To the list", show=False),
        Binding("escape", "back", "Back", id="runbooks.back", tooltip="Empty the search, or back"),
    ]

    def __init__(
        self, library: LibraryService, runs: RunService, means: Means, ref: int | None = None, slug: str | None = None
    ) -> None:
        super().__init__(library, means)
        self.runs = runs
        self.ref = ref
        self.shelf = Shelf(library, runs, None if ref is None else means.tickets.get(ref))
        self._wanted = slug
        self._changes = Changes()
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The header, the search, the list with the page, the keys."""
        yield HeaderLine()
        with Vertical(id="search"):
            yield SearchLine(id="query")
        with Horizontal():
            yield VirtualList(self._columns(), HeldRows[Row](()), empty=show(EMPTY), id="runbooks")
            yield Reader(id="page")
        yield KeyLine()
        yield TooSmall()

    async def on_mount(self) -> None:
        """Shows what is at hand, and looks every second for what changed."""
        is_for_one = self.ref is not None or self._wanted is not None
        self.query_one("#search").border_title = self._title()
        keep_looking(self)
        await self.run_action("look")
        if is_for_one or self._is_empty:  # where there is nothing to look for, keys are wanted
            self.books.focus()
        else:
            self.query_one(SearchLine).focus()

    async def on_screen_resume(self) -> None:
        """Reads again on every return: a run may have ended."""
        await self.run_action("look")

    def on_screen_suspend(self) -> None:
        """Has the next letter begin anew where one goes to another mode: it is for the next trouble."""
        if self not in self.app.screen_stack:
            self.query_one(SearchLine).select_all()

    @property
    def books(self) -> "VirtualList[Row]":
        """The list of runbooks."""
        return self.query_one("#runbooks", VirtualList)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers the starter library only where there is nothing."""
        if action == "starter":
            return self._is_empty
        return super().check_action(action, parameters)

    @on(Input.Changed, "#query")
    async def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one("#search").border_subtitle = self.query_one(SearchLine).told()
        await self.run_action("find")

    @on(SearchLine.Step)
    async def _stepped(self, step: SearchLine.Step) -> None:
        await self.books.run_action(step.action)

    @on(Input.Submitted, "#query")
    @on(VirtualList.Chosen, "#runbooks")
    async def _chosen(self) -> None:
        self.books.focus()  # one is done with typing: who comes back finds keys, not letters
        await self.run_action("begin")

    @on(VirtualList.Highlighted, "#runbooks")
    def _highlighted(self) -> None:
        self._stop_waiting()
        self._timer = self.set_timer(READ_AFTER, partial(self.run_action, "read"))

    def action_look(self) -> None:
        """Ticks, and reads again where somebody has changed something."""
        if not self.is_current:
            return
        tickets = self.means.tickets
        if self._changes.turned(tickets.database.generation()):
            if self.ref is not None:
                self.shelf.ticket = tickets.get(self.ref)
            self._show_shelf(keep_cursor=True)
        organisation, clock = self.means.organisation, tickets.clock
        time = clock_of_day(clock.now(), organisation.zone, standing_still=isinstance(clock, FixedClock))
        who = Text.assemble(show_line(f"{tickets.who} · "), time)
        self.query_one(HeaderLine).show_left(show_line("Workbench · Runbooks"), who)

    def action_find(self) -> None:
        """Shows what the line finds."""
        searched = self.shelf.searching
        self.shelf.query = self.query_one(SearchLine).value
        if self.shelf.searching != searched:
            self.books.show_columns(self._columns())
        self._show_shelf()

    def action_read(self) -> None:
        """Shows the page of the runbook under the cursor."""
        self._stop_waiting()
        row = self.books.row
        self.show_first(None if row is None else row.entry.slug)

    def action_follow(self) -> None:
        """To a runbook that the page in hand leads to, also where the cursor came to it a moment ago."""
        if self._timer is not None:
            self.action_read()
        super().action_follow()

    def action_begin(self) -> None:
        """Begins a run of the runbook shown, or takes the one up that is open."""
        from workbench.runbooks.runs.screen import RunScreen

        self.means.require_now()
        row = self.books.row
        if row is not None and self.followed is None and row.run is not None:
            run = self.runs.get(row.run.number)
        else:
            slug = self.runbook_in_hand()
            going = self.runs.open_run(slug, self.ref) if self.ref is not None else None
            run = going or self.runs.begin(slug, self.ref)
        self.app.push_screen(RunScreen(self.runs, self.means, run))

    def action_search(self) -> None:
        """To the line."""
        self.query_one(SearchLine).focus()

    def action_sort(self) -> None:
        """The next order."""
        self.shelf.next_sort()
        self._show_shelf()

    def action_starter(self) -> None:
        """Brings the starter library in."""
        self.means.require_now()
        done = self.library.import_starter()
        self.notify(f"{len(done.added):,} runbooks are here.", markup=False)
        self.action_look()

    def action_focus_page(self) -> None:
        """To the page."""
        self.reader.focus()

    def action_focus_list(self) -> None:
        """To the list."""
        self.books.focus()

    async def action_back(self) -> None:
        """Empties the search; with nothing in it, back to where one came from."""
        line = self.query_one(SearchLine)
        if line.value:
            line.fill("")
        else:
            await self.app.run_action("leave")

    def written(self, slug: str) -> None:
        """Shows a runbook that was just written."""
        self._wanted = slug
        self.action_look()

    def found(self, slug: str) -> Found | None:
        """How the runbook was found, where it is the one under the cursor."""
        row = self.books.row
        return row.found if row is not None and row.entry.slug == slug else None

    def runbook_in_hand(self) -> str:
        """The runbook that is shown; Refused where there is none."""
        row = self.books.row
        if self.followed is not None:
            return self.followed
        if row is None:
            others = "I brings the starter library" if self._is_empty else "type what is looked for"
            raise Refused("there is no runbook here", f"{others}; N writes a new one")
        return row.entry.slug

    def _stop_waiting(self) -> None:
        """Has no page shown any more that the cursor was to rest on."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    @property
    def _is_empty(self) -> bool:
        return not self.shelf.rows and not self.shelf.searching and self.shelf.sort == USE

    def _columns(self) -> Sequence[Column[Row]]:
        return columns(self.library.today(), searching=self.shelf.searching)

    def _show_shelf(self, *, keep_cursor: bool = False) -> None:
        row = self.books.row if keep_cursor else None
        self.shelf.renew()
        wanted = next((at for at, each in enumerate(self.shelf.rows) if each.entry.slug == self._wanted), None)
        place = self.shelf.place_of(row) if wanted is None else wanted
        self._wanted = None
        empty = show(NOTHING_FOUND if self.shelf.searching else EMPTY)
        self.books.show_source(HeldRows(self.shelf.rows), key=place, empty=empty)
        count = len({row.entry.slug for row in self.shelf.rows})
        self.books.border_title = show_line(f"{count:,} found" if self.shelf.searching else f"{count:,} runbooks")
        self.books.border_subtitle = show_line(self._order())
        self._highlighted()
        self.refresh_bindings()

    def _order(self) -> str:
        if self.shelf.searching:
            return "by how well it fits"
        if self.shelf.ticket is None or self.shelf.sort != USE:
            return ORDERS[self.shelf.sort]
        fitting = self.shelf.fitting
        return f"what fits ({fitting:,}), then the most used" if fitting else "nothing fits: the most used first"

    def _title(self) -> Text:
        if self.shelf.ticket is None:
            return show_line("Runbooks · words in any order, or an error message")
        return show_line(f"Runbooks for #{self.ref} {self.shelf.ticket.subject}")
