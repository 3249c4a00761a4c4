"""A screen with one list of tickets: filtered as one types, sorted, without what was put aside, in chosen columns."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from workbench.errors import FileProblem, InvalidInput, NotFound, Refused, WorkbenchError
from workbench.queues.completion import completion, names_of
from workbench.queues.filters import Filter
from workbench.queues.listing import NO_FILTER, Listing
from workbench.queues.model import Line, Queue
from workbench.queues.panels.acting_list import ActingListScreen
from workbench.queues.panels.columns import ALWAYS, BY, UNUSUAL, USUAL, columns
from workbench.queues.panels.filter_box import FilterBox, told_choices
from workbench.queues.panels.finder import Finder
from workbench.queues.panels.words import EMPTY, FIRST_STEPS, NO_MATCH, NUMBER_MEANT
from workbench.queues.service import QueueService
from workbench.queues.source import MOST_ASIDE
from workbench.queues.store import Order
from workbench.queues.walks import SORTED, SORTS
from workbench.tickets.dialogs.means import Means
from workbench.widgets.columns import Column
from workbench.widgets.marked_list import MarkedList
from workbench.widgets.show import show
from workbench.widgets.virtual_list import VirtualList

_LEAST_DIGITS = 4


class ListScreen(ActingListScreen):
    """Shows what a `Listing` reads, and lets one change what that is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="queue.filter", tooltip="Filter by words and fields as you type"),
        Binding(
            "escape", "clear_filter", "No filter", id="queue.no_filter", tooltip="The whole queue again", show=False
        ),
        Binding("S", "sort(1)", "Sort", id="queue.sort", tooltip="Sort by the next order or column shown", show=False),
        Binding("B", "sort(-1)", "Sort back", id="queue.sort_back", tooltip="Sort by the one before", show=False),
        Binding("R", "turn_round", "Turn round", id="queue.turn", tooltip="Turn the order round", show=False),
        Binding("v", "choose_columns", "Columns", id="queue.columns", tooltip="Choose the columns", show=False),
        Binding(
            "H", "put_aside", "Hide", id="queue.hide", tooltip="Hide this ticket until the program ends", show=False
        ),
        Binding("U", "fetch_back", "Unhide", id="queue.unhide", tooltip="Show what was hidden again", show=False),
    ]

    _told: Finder.Found

    def __init__(self, queues: QueueService, means: Means) -> None:
        super().__init__(means)
        self.service = queues
        self.listing = Listing(queues, queues.find(queues.home()))
        self._views: dict[str, dict[str, Any]] = {}
        self._restore_order()
        self.listing.renew()
        self._problem: WorkbenchError | None = None
        self._mistaken = False
        self.finder = Finder(self, queues.database.again)

    @property
    def tickets(self) -> "MarkedList[Line]":
        """The list of tickets."""
        return self.query_one("#tickets", MarkedList)

    @property
    def filter_box(self) -> FilterBox:
        """The box over it."""
        return self.query_one(FilterBox)

    def show_title(self) -> None:
        """Says what the list shows, and how much of it there is."""
        raise NotImplementedError

    def new_list(self) -> "MarkedList[Line]":
        """The list, to be composed."""
        return MarkedList(self.columns(), self.listing, empty=self.empty(), id="tickets")

    def show_queue(self, queue: Queue) -> None:
        """Shows another queue, in the order and columns it was looked at last."""
        self.listing.queue, self.listing.typed = queue, NO_FILTER
        self.filter_box.close()
        self._restore_order()
        self.tickets.show_columns(self.columns())
        self.show_listing()
        if not self.listing.answers:  # another queue's tickets must not stand under this one's name
            self.listing.clear()
            self.tickets.show_source(self.listing, empty=show("Looking for its tickets …"))

    def show_listing(self, *, keep_cursor: bool = False) -> None:
        """Reads what is wanted now; where that takes long, the list stays until it is found."""
        row = self.tickets.row if keep_cursor and self.tickets.count <= SORTED else None
        self.finder.find(self.listing.renew())
        if self.listing.answers:
            self.tickets.show_source(self.listing, key=row.ref if row else None, empty=self.empty())
            self._offer_what_was_meant()
        self.show_title()

    def refresh_listing(self, *, in_place: bool = False) -> None:
        """Reads the same list again; the cursor stays on its ticket."""
        self.finder.find(self.listing.renew())
        self.tickets.refresh_rows(in_place=in_place)

    def columns(self) -> list[Column[Line]]:
        """The columns that the queue shows."""
        service = self.service
        digits = max(_LEAST_DIGITS, len(str(service.highest_number() or 0)))
        possible = columns(self.listing.standing, service.clock.now, digits)
        return [column for column in possible if column.title in self._titles()]

    def empty(self) -> Text:
        """What stands in the empty list: why, and what to do next."""
        queue = self.listing.queue
        if self.service.highest_number() is None:
            return show(FIRST_STEPS)
        if self.listing.typed != NO_FILTER:
            told = NO_MATCH.format(queue=queue.name)
            number = self.listing.typed.text.strip()
            return show(f"{told}\n{NUMBER_MEANT.format(number=number)}" if number.isdecimal() else told)
        told = EMPTY.get(queue.name, f"Nobody waits in {queue.name}.")
        return show(f"{told}\n\nPress [ or ] for another queue.")

    def _offer_what_was_meant(self) -> None:
        if not self.tickets.count and self.listing.typed.words:
            self.filter_box.offer(self.service.meant(self.listing.typed))

    @on(FilterBox.Typed)
    async def _typed(self) -> None:
        await self.run_action("narrow")

    @on(Input.Submitted, "#filter-text")
    @on(FilterBox.Entered)
    def _entered(self) -> None:
        if not self._mistaken:  # else the list is not the one that was asked for
            self.tickets.focus()

    @on(FilterBox.Cleared)
    async def _cleared(self) -> None:
        await self.run_action("clear_filter")

    @on(VirtualList.TitleClicked, "#tickets")
    async def _title_clicked(self, event: VirtualList.TitleClicked) -> None:
        if event.title in BY:
            await self.run_action(f"sort_by({event.title!r})")

    @on(Finder.Found)
    async def _found(self, event: Finder.Found) -> None:
        if self.finder.is_for(event.search):
            self._told = event
            await self.run_action("show_found")

    @on(Finder.Ended)
    async def _search_ended(self, event: Finder.Ended) -> None:
        was_wanted = self.finder.is_for(event.search)
        self.finder.ended(event.search)
        if was_wanted:
            self._problem = event.error
            await self.run_action("end_search")

    def action_filter(self) -> None:
        """Opens the box, with the filter there is."""
        self.filter_box.open(self.listing.typed.text)

    def action_narrow(self) -> None:
        """Shows what the text in the box lets through.

        A mistake is told under it, and the list stays; a value that is only begun filters as if it were not there.
        """
        box = self.filter_box
        offered = completion(box.before_cursor, names_of(self.service.organisation.current()))
        told = told_choices(offered.choices) if offered.choices else Text()
        try:
            typed = self.service.parse(box.text)
        except (InvalidInput, NotFound) as mistake:
            if not offered.choices:
                box.tell(show(f"✗ {mistake}", "bold red"), offered)
                self._mistaken = True
                return
            typed = self._without_last(box.before_cursor)
        self._mistaken = False
        box.tell(told, offered)
        if typed != self.listing.typed:
            self.listing.typed = typed
            self.show_listing()

    def _without_last(self, text: str) -> Filter:
        """The filter before its last piece; the one there is, where that cannot be read either."""
        try:
            return self.service.parse(text.rpartition(" ")[0])
        except (InvalidInput, NotFound):
            return self.listing.typed

    def action_clear_filter(self) -> None:
        """Back to the whole queue."""
        self.filter_box.close()
        self.tickets.focus()
        if self.listing.typed != NO_FILTER:
            self.listing.typed = NO_FILTER
            self.show_listing(keep_cursor=True)

    def action_sort(self, step: int) -> None:
        """The next order, or the one before: what any list can be sorted by, then the columns shown."""
        shown = {BY.get(column.title) for column in self.columns()} if self.tickets.count <= SORTED else set[Order]()
        orders = [each for each in Order if each not in SORTS or each in shown]
        self._sort(orders[(orders.index(self.listing.order) + step) % len(orders)])

    def action_sort_by(self, title: str) -> None:
        """By that column; once more: turned round."""
        order = BY[title]
        self._sort(order, turned_round=order == self.listing.order and not self.listing.turned_round)

    def action_turn_round(self) -> None:
        """The same order from its other end."""
        self._sort(self.listing.order, turned_round=not self.listing.turned_round)

    def action_choose_columns(self) -> None:
        """Asks for the columns of this queue."""
        from workbench.queues.panels.column_choice import ColumnChoice  # here, since the first frame needs no choice

        titles = [title for title in (*USUAL, *UNUSUAL) if title not in ALWAYS]
        self.app.push_screen(ColumnChoice(self.listing.queue.name, titles, self._titles()), self._columns_chosen)

    def action_put_aside(self) -> None:
        """Hides the marked tickets, or the one under the cursor, from every list until the program ends."""
        refs = frozenset(self.targets())
        if len(self.listing.aside | refs) > MOST_ASIDE:
            raise Refused(f"more than {MOST_ASIDE} tickets cannot be hidden", "U shows them again; / leaves out more")
        self._put_aside(self.listing.aside | refs)

    def action_fetch_back(self) -> None:
        """Shows again what was hidden."""
        self._put_aside(frozenset())

    def action_show_found(self) -> None:
        """Shows what a search has told last."""
        search, found = self._told.search, self._told.found
        if not self.listing.shows(search) or not self.tickets.count:
            self.listing.take(search, found)
            self.tickets.show_source(self.listing, empty=self.empty())
            self._offer_what_was_meant()
        # The first few alone would take the others away, the cursor's ticket among them.
        elif found.whole or len(found.refs) > self.tickets.count:
            self.listing.take(search, found)
            self.tickets.refresh_rows()
        self.show_title()

    def action_end_search(self) -> None:
        """Shows that nothing more is looked for; raises the error that a search met, if it met one."""
        if self._problem is not None:
            raise self._problem
        self.show_title()

    def _restore_order(self) -> None:
        """The order in which the present queue was looked at last."""
        view = self._view()
        self.listing.order = next((each for each in Order if each == view.get("order")), Order.URGENCY)
        self.listing.turned_round = view.get("round") is True

    def _put_aside(self, refs: frozenset[int]) -> None:
        self.listing.aside = refs
        self.tickets.clear_marks()
        self.refresh_listing()
        self.show_title()

    def _sort(self, order: Order, *, turned_round: bool = False) -> None:
        self.listing.order, self.listing.turned_round = order, turned_round
        self._keep_view(order=order.value, round=turned_round)
        self.show_listing(keep_cursor=True)

    def _titles(self) -> Sequence[str]:
        left_out = {"Team"} if self.listing.queue.kind == "team" else set[str]()
        left_out.add("Team" if self.service.knows_owners() else "Owner")  # whose it is tells more than who holds it
        usual = [title for title in USUAL if title not in left_out]
        return [*ALWAYS, *self._view().get("columns", usual)]

    def _columns_chosen(self, titles: list[str] | None) -> None:
        if titles is not None:
            self._keep_view(columns=titles)
            self.tickets.show_columns(self.columns())

    def _view(self) -> dict[str, Any]:
        """How one wants to see the present queue."""
        name = self.listing.queue.name
        if name not in self._views:
            kept = self.means.personal.preference(f"view {name}", {})
            self._views[name] = kept if isinstance(kept, dict) else {}
        return self._views[name]

    def _keep_view(self, **chosen: Any) -> None:
        view = self._view()
        view |= chosen
        with suppress(FileProblem):  # where nothing can be written it holds until the program ends
            self.means.personal.prefer(f"view {self.listing.queue.name}", view)
