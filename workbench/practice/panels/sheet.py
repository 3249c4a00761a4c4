"""The sheet of a session: what was done beside what a good technician would have done, ticket by ticket."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple, Self
from zoneinfo import ZoneInfo

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from workbench.errors import Refused
from workbench.practice.acts import acts_told
from workbench.practice.marking import Marked, Result
from workbench.practice.panels.choices import share
from workbench.practice.panels.words import skills, total
from workbench.practice.scoring import HINT_COSTS, Point, Sheet
from workbench.practice.service import PracticeService
from workbench.practice.wishes import RunbookWanted
from workbench.tickets.model import Event
from workbench.tickets.panels import Reading, timeline
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.options import Options, moves
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths

NOT_OVER = "Still worked on. Its points come when it has left your hands as it should, or when the session has ended."

NOT_TOLD = "What was really the matter is told then, too."


class Seen(NamedTuple):
    """A session's points, with what happened to each of its tickets."""

    result: Result
    events: Mapping[int, Sequence[Event]]

    @classmethod
    def of(cls, practice: PracticeService, number: int | None = None) -> Self:
        """Of that session, by default the trainee's own that is going or was last; NotFound."""
        result = practice.result(number)
        return cls(result, {each.ref: practice.events(each.ref) for each in result.marked})


class TicketChoice(Options, inherit_bindings=False):
    """The whole session, then its tickets."""

    BINDINGS: ClassVar[list[BindingType]] = [*moves("sheet", "the ticket")]


class SheetScreen(Screen[None]):
    """The points with their reasons; `look` reads them."""

    CSS_PATH = "sheet.tcss"
    AUTO_FOCUS = "TicketChoice"
    HORIZONTAL_BREAKPOINTS = widths("slim", wide=100)
    VERTICAL_BREAKPOINTS = heights("low", high=16)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="sheet.back", tooltip="Back to where one came from"),
        Binding("r", "runbook", "Runbook", id="sheet.runbook", tooltip="Read the runbook that would have helped"),
        Binding("tab", "app.focus_next", "Read", id="sheet.read", tooltip="To what is said of it"),
    ]

    def __init__(self, look: Callable[[], Seen], zone: ZoneInfo) -> None:
        super().__init__()
        self._look = look
        self._zone = zone
        self._seen: Seen | None = None

    def compose(self) -> ComposeResult:
        """The header, the tickets, what was done beside what would have been, the keys."""
        yield HeaderLine()
        yield TicketChoice()
        with Container(id="beside"):
            yield Reader(id="done")
            yield Reader(id="truth")
        yield KeyLine()
        yield TooSmall()

    async def on_mount(self) -> None:
        """Reads the points."""
        await self.run_action("look")

    def action_look(self) -> None:
        """Reads the points."""
        self._seen = self._look()
        result = self._seen.result
        left = f"Workbench · Practice · {result.title}"
        right = f"{result.session.trainee} · {total(result)}"
        self.query_one(HeaderLine).show_left(show_line(left), show_line(right))
        options = self.query_one(TicketChoice)
        options.clear_options()
        options.add_options([Option(show_line(f"All    {total(result)}", "bold")), *map(_option, result.marked)])
        options.highlighted = 1 if len(result.marked) == 1 else 0

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss()

    def action_runbook(self) -> None:
        """Shows the runbook that would have helped."""
        slugs = self._to_read()
        if not slugs:
            raise Refused("there is no runbook to read for this", "choose another ticket")
        self.post_message(RunbookWanted(slugs[0]))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        assert self._seen is not None
        done, truth = self.query_one("#done", Reader), self.query_one("#truth", Reader)
        marked = self._marked()
        read = self._to_read()
        if marked is None:
            done.border_title, truth.border_title = "What you did", "What next"
            done.show_paragraphs(skills(self._seen.result))
            truth.show_paragraphs(_next(self._seen.result.next_to_learn(), read))
        else:
            done.border_title, truth.border_title = (
                "What you did",
                "What next, and what a good technician would have done",
            )
            done.show_paragraphs(_done(marked, self._seen, self._zone))
            learn = marked.sheet.next_to_learn()
            truth.show_paragraphs([*_next(learn, read), Text(), *_truth(marked)] if marked.over else [show(NOT_TOLD)])

    def _marked(self) -> Marked | None:
        """The ticket under the cursor; None on the whole session."""
        at = self.query_one(TicketChoice).highlighted
        return self._seen.result.marked[at - 1] if self._seen is not None and at else None

    def _to_read(self) -> list[str]:
        marked = self._marked()
        if marked is None:
            return self._seen.result.to_read() if self._seen is not None else []
        slugs = (marked.scenario.truth.runbook, *marked.scenario.reading) if marked.over else ()
        return list(dict.fromkeys(filter(None, slugs)))


def _option(marked: Marked) -> Option:
    got, most = marked.sheet.got, marked.sheet.most
    told = f"{got} of {most}, {share(got, most)}" if marked.over else "still worked on"
    return Option(show_line(f"#{marked.ref}  {told}  {marked.scenario.title}"))


def _done(marked: Marked, seen: Seen, zone: ZoneInfo) -> Iterator[Text]:
    if not marked.over:
        yield show(NOT_OVER, "dim")
        return
    yield from _points(marked.sheet)
    yield Text()
    yield from timeline(seen.events[marked.ref], Reading(zone, seen.result.session.trainee, folded=True))


def _points(sheet: Sheet) -> Iterator[Text]:
    for point in sheet.points:
        mark, style = _mark(point)
        yield Text.assemble(show_line(f"{mark} {point.got:>2} of {point.most:>2}  ", style), show(point.told))
    if sheet.hints:
        told = f"{sheet.hints} {'hint' if sheet.hints == 1 else 'hints'}"
        yield Text.assemble(show_line(f"− {sheet.hints * HINT_COSTS:>2}        ", "yellow"), show(told))


def _mark(point: Point) -> tuple[str, str]:
    if point.got >= point.most:
        return "✓", "green"
    return ("◐", "yellow") if point.got else ("✗", "red")


def _truth(marked: Marked) -> Iterator[Text]:
    yield show(marked.scenario.lesson)
    yield Text()
    yield from (show(f"· {act}", "green") for act in acts_told(marked.scenario))


def _next(learn: Sequence[str], read: Sequence[str]) -> Iterator[Text]:
    if learn:
        yield show("Work on next", "bold")
        yield from (show(f"· {each}") for each in learn)
    if read:
        yield show("Read (r opens the first)", "bold")
        yield from (show_line(f"· {each}") for each in read)
    if not learn and not read:
        yield show("Nothing was lost here.", "dim")
