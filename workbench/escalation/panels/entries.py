"""A list that is filled in row by row: the rows as lines, and under them the parts of the one under the cursor."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Click, DescendantFocus
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from workbench.escalation.model import Outcome
from workbench.escalation.noting import noted
from workbench.text import one_line
from workbench.widgets.form import Row
from workbench.widgets.line import Line
from workbench.widgets.show import show_line

OUTCOMES: Mapping[str, tuple[str, str]] = {
    Outcome.DONE: ("✓ done", "green"),
    Outcome.FAILED: ("✗ did not help", "red"),
    Outcome.SKIPPED: ("– skipped", "dim"),
    "": ("? what came of it: d, f or s", "bold yellow"),
}
"""How what came of a step is shown."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What rows are: a new one, its parts with the names they are asked by, a row as a line, words for no rows."""

    new: Callable[[], Any]
    parts: Mapping[str, str]
    told: Callable[[Any], Text]
    none: str
    has_outcome: bool = False
    says: Callable[[Any, str], str] = getattr
    """What a part of a row says, as it is typed."""


class EntryList(Widget, can_focus=True):
    """The rows as lines, with a cursor."""

    DEFAULT_CSS = """
    EntryList { height: auto; width: 1fr; &:focus { background-tint: $foreground 10%; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", id="entries.up", tooltip="The row above", show=False),
        Binding("down,j", "step(1)", "Down", id="entries.down", tooltip="The row below", show=False),
        Binding("a,insert", "add", "Add", id="entries.add", tooltip="One more row"),
        Binding("enter", "change", "Change", id="entries.change", tooltip="To the words of this row"),
        Binding("x,delete", "remove", "Remove", id="entries.remove", tooltip="Take this row out"),
        Binding("d", "outcome('done')", "Done", id="entries.done", tooltip="It was done"),
        Binding("f", "outcome('failed')", "Did not help", id="entries.failed", tooltip="It was done and did not help"),
        Binding(
            "s", "outcome('skipped')", "Skipped", id="entries.skipped", tooltip="It was not done, the note says why"
        ),
    ]

    class Wanted(Message):
        """Something is to be done with the row under the cursor: add, change, remove, or what came of it."""

        def __init__(self, what: str, outcome: str = "") -> None:
            super().__init__()
            self.what = what
            self.outcome = outcome

    class Moved(Message):
        """The cursor stands on another row."""

    def __init__(self, kind: Kind, rows: Sequence[Any]) -> None:
        super().__init__()
        self._kind = kind
        self.rows = rows
        self.cursor = 0

    def show_rows(self, rows: Sequence[Any], cursor: int) -> None:
        """Shows these rows, the cursor on one of them."""
        count = len(self.rows)
        self.rows, self.cursor = rows, max(0, min(cursor, len(rows) - 1))
        self.refresh(layout=len(rows) != count)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each row."""
        return max(1, len(self.rows))

    def render(self) -> Text:
        """The rows, the one under the cursor reversed while one is here."""
        if not self.rows:
            return show_line(self._kind.none, "dim")
        width = max(1, self.content_size.width)
        lines = []
        for index, row in enumerate(self.rows):
            line = show_line(f"{index + 1}. ").append_text(self._kind.told(row))
            line.truncate(width, overflow="ellipsis", pad=True)
            if index == self.cursor and self.has_focus:
                line.stylize("reverse")
            lines.append(line)
        return Text("\n", no_wrap=True).join(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers outcomes only where rows have one."""
        return action != "outcome" or self._kind.has_outcome

    def on_click(self, event: Click) -> None:
        """To the row clicked on."""
        self.action_step(event.y - self.cursor)

    def action_step(self, step: int) -> None:
        """To a neighbour, or out of the list at its ends."""
        if 0 <= self.cursor + step < len(self.rows):
            self.cursor += step
            self.refresh()
            self.reveal()
            self.post_message(self.Moved())
        elif abs(step) == 1:
            self.screen.focus_next() if step > 0 else self.screen.focus_previous()

    def reveal(self) -> None:
        """Brings the row under the cursor in sight."""
        if isinstance(self.parent, Widget) and isinstance(self.parent.parent, Widget):
            at = self.virtual_region.y + self.parent.virtual_region.y + self.cursor
            self.parent.parent.scroll_to_region(Region(0, at, 1, 1), animate=False)

    def action_add(self) -> None:
        """One more row."""
        self.post_message(self.Wanted("add"))

    def action_change(self) -> None:
        """To the words of the row; where there is none, one more."""
        self.post_message(self.Wanted("change" if self.rows else "add"))

    def action_remove(self) -> None:
        """Takes the row out."""
        self.post_message(self.Wanted("remove"))

    def action_outcome(self, outcome: str) -> None:
        """Says what came of the row."""
        self.post_message(self.Wanted("outcome", outcome))


class Entries(Vertical):
    """The list, and while one is in it the parts of the row under the cursor.

    Enter leads into the parts, to be typed over, and tab past them to the next field.
    """

    DEFAULT_CSS = """
    Entries {
        height: auto; width: 1fr;
        & > .parts { height: auto; border-left: thick $accent; padding-left: 1; }
    }
    """

    class Changed(Message):
        """A row was added, removed or changed."""

        def __init__(self, entries: "Entries") -> None:
            super().__init__()
            self.entries = entries

    def __init__(self, kind: Kind, rows: Sequence[Any], *, id: str) -> None:
        super().__init__(id=id)
        self._kind = kind
        self._rows = [*rows]

    def compose(self) -> ComposeResult:
        """The list; the parts of a row follow when one comes to it."""
        yield EntryList(self._kind, self._rows)

    async def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Has the parts at hand; they are entered on purpose only: what is typed in the list is keys, not words."""
        if not self.query(".parts"):
            rows = [Row(told, Line(id=f"{self.id}-{name}")) for name, told in self._kind.parts.items()]
            await self.mount(Vertical(*rows, classes="parts"))
        if event.widget is self.list:
            self._let_enter(False)
            self._show(self.list.cursor)

    def on_descendant_blur(self) -> None:
        """Gives the room of the parts to the others."""
        self._show_parts()

    def on_click(self, event: Click) -> None:
        """Into the part clicked on."""
        for row in self.query(Row):
            if row.region.contains(event.screen_x, event.screen_y):
                self._enter(row.query_one(Line))

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows as they stand."""
        return tuple(self._rows)

    @property
    def list(self) -> EntryList:
        """The list of the rows."""
        return self.query_one(EntryList)

    def focus_list(self) -> None:
        """To the list."""
        self.list.focus()

    @on(EntryList.Moved)
    def _moved(self) -> None:
        self._show(self.list.cursor)

    @on(EntryList.Wanted)
    def _wanted(self, event: EntryList.Wanted) -> None:
        event.stop()
        at = self.list.cursor
        if event.what == "add":
            at = min(at + 1, len(self._rows))
            self._rows.insert(at, self._kind.new())
        elif event.what == "remove" and self._rows:
            del self._rows[at]
        elif event.what == "outcome" and self._rows:
            self._rows[at] = self._rows[at]._replace(outcome=event.outcome)
        self._show(at)
        if event.what in ("add", "change"):
            self.list.focus()  # whose row's parts are shown then
            self.call_after_refresh(self._enter)
        if event.what != "change":
            self.post_message(self.Changed(self))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        name = str(event.input.id).removeprefix(f"{self.id}-")
        at = self.list.cursor
        if at < len(self._rows) and event.value != one_line(self._kind.says(self._rows[at], name)):
            self._rows[at] = self._rows[at]._replace(**{name: event.value})
            self.list.show_rows(self._rows, at)
            self.post_message(self.Changed(self))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """To the next part, and from the last back to the list."""
        event.stop()
        lines = list(self.query(Line))
        place = lines.index(event.input) if isinstance(event.input, Line) else -1
        if place + 1 < len(lines):
            lines[place + 1].focus()
        else:
            self.focus_list()

    def _show_parts(self) -> None:
        """Shows them while one is here; by the style of `:focus-within` they would stay, as they have no focus."""
        entered = self.screen.focused
        self.query(".parts").set(display=bool(self._rows and entered and self in entered.ancestors))

    def _enter(self, line: Line | None = None) -> None:
        self._let_enter(True)
        (line or self.query(Line).first()).focus()

    def _let_enter(self, can_focus: bool) -> None:
        for line in self.query(Line):
            line.can_focus = can_focus

    def _show(self, at: int) -> None:
        self.list.show_rows(self._rows, at)
        self._show_parts()
        if self._rows and self.query(".parts"):
            row = self._rows[self.list.cursor]
            for name in self._kind.parts:
                self.query_one(f"#{self.id}-{name}", Line).fill(one_line(self._kind.says(row, name)))


def told_step(row: Any) -> Text:
    """A step as a line: what it was, what came of it, the note."""
    word, style = OUTCOMES[row.outcome]
    note = f": {row.note}" if row.note else ""
    return Text.assemble(show_line(row.what or "…"), "  ", show_line(word, style), show_line(note))


def told_diagnostic(row: Any, zone: str) -> Text:
    """A value as a line: what, the value, when by the clocks of that zone."""
    return Text.assemble(
        show_line(row.what or "…", "bold"),
        "  ",
        show_line(row.value or "? which value", "" if row.value else "bold yellow"),
        "  ",
        show_line(noted(row.at, zone) or "? when", "dim" if row.at else "bold yellow"),
    )
