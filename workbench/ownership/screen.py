"""The owners' screen: one box for whatever somebody has in hand, and beside what it finds the whole card."""

from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from workbench.clock import FixedClock
from workbench.errors import Refused
from workbench.ownership.panels.answers import ASK, FILL, Shown, guessed, looked_up, to_do
from workbench.ownership.panels.editing import EditingScreen
from workbench.ownership.panels.query_line import QueryLine
from workbench.ownership.panels.reading import card_of
from workbench.ownership.panels.rows import Of, Row, columns
from workbench.ownership.service import OwnershipService
from workbench.queues.filters import only
from workbench.queues.model import Queue
from workbench.queues.wishes import QueueWanted
from workbench.tickets.dialogs.means import Means, Targets
from workbench.tickets.wishes import Wanted
from workbench.widgets.header import HeaderLine, clock_of_day
from workbench.widgets.held import HeldRows
from workbench.widgets.key_line import KeyLine
from workbench.widgets.looking import Changes, keep_looking
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths
from workbench.widgets.virtual_list import VirtualList

_NAME: Final = 60
"""Characters up to which what was looked for may name a new component."""


class OwnersScreen(EditingScreen):
    """Whose something is: by itself, or for the ticket that one came from; `text` is looked up at once."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#query"
    HORIZONTAL_BREAKPOINTS = widths("slim", narrow=72, wide=100)
    VERTICAL_BREAKPOINTS = heights("low", high=18)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", id="owners.search", tooltip="Look something else up"),
        Binding("escape", "back", "Back", id="owners.back", tooltip="Empty the box, or back to where one came from"),
    ]

    def __init__(self, ownership: OwnershipService, means: Means, ref: int | None = None, text: str = "") -> None:
        super().__init__(ownership, means)
        self.ref = ref
        self._asked = text
        self._shown = Shown((), "", {})
        self._carded: Row | None = None
        self._changes = Changes()

    def compose(self) -> ComposeResult:
        """The header, the box, the answers with the card, the keys."""
        yield HeaderLine()
        with Vertical(id="lookup"):
            yield QueryLine(id="query")
            yield Static(id="told")
        with Horizontal():
            yield VirtualList(columns(), HeldRows(()), empty=show(ASK), id="answers")
            yield Reader(id="card")
        yield KeyLine()
        yield TooSmall()

    async def on_mount(self) -> None:
        """Shows what there is to say before anything is typed, and looks every second for what changed."""
        self.query_one("#lookup").border_title = self._title()
        keep_looking(self)
        self.query_one(QueryLine).fill(self._asked)
        await self.run_action("look")
        is_guess = self.ref is not None and self._shown.rows
        if is_guess or self._shown.advice == FILL:  # where there is nothing to look for, keys are wanted
            self.answers.focus()

    def on_screen_suspend(self) -> None:
        """Has the next letter begin anew where one goes to another mode: it is for the next caller."""
        if self not in self.app.screen_stack:
            self.query_one(QueryLine).select_all()

    @property
    def answers(self) -> "VirtualList[Row]":
        """The list."""
        return self.query_one("#answers", VirtualList)

    @property
    def row(self) -> Row | None:
        """The line under the cursor."""
        return self.answers.row

    @property
    def looked_for(self) -> str:
        """What may name a new component: what was looked for, where it is a name."""
        text = self.query_one(QueryLine).text.strip()
        return text if "\n" not in text and len(text) <= _NAME else ""

    def edited(self) -> None:
        """Shows at once what was changed."""
        self._read_again()

    @on(Input.Changed, "#query")
    async def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one("#lookup").border_subtitle = self.query_one(QueryLine).told()
        await self.run_action("look_up")

    @on(Input.Submitted, "#query")
    async def _entered(self) -> None:
        self.answers.focus()  # one is done with typing: who comes back finds keys, not letters
        await self.run_action("choose")

    @on(QueryLine.Step)
    async def _stepped(self, step: QueryLine.Step) -> None:
        await self.answers.run_action(step.action)

    @on(VirtualList.Highlighted, "#answers")
    def _highlighted(self) -> None:
        self.call_after_refresh(self.run_action, "show_card")

    @on(VirtualList.Chosen, "#answers")
    async def _chosen(self) -> None:
        await self.run_action("choose")

    def action_look(self) -> None:
        """Ticks, and reads again where somebody has changed something."""
        if not self.is_current:
            return
        if self._changes.turned(self._version()):
            self._read_again()
        clock, organisation = self.ownership.clock, self.ownership.organisation.current()
        time = clock_of_day(clock.now(), organisation.zone, standing_still=isinstance(clock, FixedClock))
        who = Text.assemble(show_line(f"{self.ownership.who} · "), time)
        self.query_one(HeaderLine).show_left(show_line("Workbench · Owners"), who)

    def action_look_up(self) -> None:
        """Shows what the text in the box finds."""
        self._show(self._read(), first=True)
        self.call_after_refresh(self.run_action, "show_card")  # the same line may have been found in another way

    def action_search(self) -> None:
        """To the box."""
        self.query_one(QueryLine).focus()

    def action_back(self) -> None:
        """Empties the box; from an empty one, back."""
        line = self.query_one(QueryLine)
        if line.value:
            line.fill("")
            line.focus()
        else:
            self.app.run_worker(self.app.run_action("leave"))

    def action_choose(self) -> None:
        """What the line under the cursor is for: the tickets of it, or for the ticket one came from its component."""
        row = self.require_row()
        if row.of is Of.SEAM:
            self.action_lead()
        elif row.of is Of.CORRECTION:
            self.query_one(QueryLine).fill(row.name)
        elif self.ref is not None and row.of is not Of.PERSON:
            self._answer(self.ref, row)
        else:
            field = {Of.TEAM: "team", Of.PERSON: "who"}.get(row.of, "component")
            kind = "team" if row.of is Of.TEAM else field
            name = row.name if row.of is Of.TEAM else f"tickets of {row.name}"
            self.post_message(QueueWanted(Queue(name, kind, only(field, row.name))))

    def action_show_card(self) -> None:
        """Shows what is known of the line under the cursor."""
        row = self.row
        if row is None or row != self._carded:  # whatever stood there, nothing is found any more
            self._carded = row
            self._show_card(row)

    def _answer(self, ref: int, row: Row) -> None:
        """Sets the ticket's component, and offers the next step where another team is the owner."""
        self.means.require_now()
        ticket, team = self.means.tickets.get(ref), row.name
        if row.of is Of.COMPONENT:
            ticket = self.means.tickets.set_component(ref, row.name)
            self.tell(f"#{ref} is about {row.name}")
            team = self.ownership.get(row.name).team or ticket.team
        self.dismiss(True)
        if team == ticket.team:
            return
        if ticket.worked_on or not ticket.unresolved:
            self.app.post_message(Wanted("escalation", ref))
        else:
            from workbench.ownership.panels.dialogs import RouteDialog

            reason = f"{row.name} is theirs" if row.of is Of.COMPONENT else "it is theirs"
            self.app.push_screen(RouteDialog(self.means, Targets(self.means.tickets, [ref]), _nothing, team, reason))

    def _title(self) -> Text:
        if self.ref is None:
            return show_line("Whose is it? A name, host, URL, path, error message or a whole page")
        return show_line(f"Whose is #{self.ref} {self.means.tickets.get(self.ref).subject}")

    def _version(self) -> tuple[object, ...]:
        """What differs once there is something new to show; a to-do list can be long, and waits for the catalogue."""
        database, log = self.ownership.database, self.ownership.journal.log
        return (database.generation(),) if self.ref or self.query_one(QueryLine).value else log.stamp()

    def _read(self) -> Shown:
        text = self.query_one(QueryLine).text
        if text.strip():
            return looked_up(self.ownership, text)
        if self.ref is not None:
            return guessed(self.ownership, self.means.tickets.get(self.ref))
        return to_do(self.ownership)

    def _read_again(self) -> None:
        self._carded = None
        self._show(self._read())
        self.action_show_card()

    def _show(self, shown: Shown, *, first: bool = False) -> None:
        """Shows these lines, the cursor on the one it was on, or on that place where it is gone."""
        at, row = self.answers.index, self.row
        self._shown = shown
        place = shown.rows.index(row) if row in shown.rows else min(at, max(0, len(shown.rows) - 1))
        self.answers.show_source(HeldRows(shown.rows), key=0 if first else place, empty=show(shown.advice))
        pasted = self.query_one(QueryLine).lines_pasted
        told = f"{pasted:,} lines pasted: {shown.told}" if pasted > 1 else shown.told
        self.query_one("#told", Static).update(show_line(told))
        self._carded = None

    def _show_card(self, row: Row | None) -> None:
        card = self.query_one("#card", Reader)
        card.show_paragraphs(card_of(self.ownership, self.means, row, self._shown))
        card.scroll_home(animate=False)

    def require_row(self) -> Row:
        """The line under the cursor; Refused where there is none."""
        if self.row is None:
            raise Refused("there is nothing here", "type what is looked for; N notes something new")
        return self.row


def _nothing() -> None:
    """The screen that comes back reads again by itself."""
