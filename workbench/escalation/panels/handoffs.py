"""Hand-offs in a list, and the whole form of the one under the cursor: to be accepted, returned, completed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList

from workbench.duration import elapsed, short
from workbench.errors import Refused
from workbench.escalation.markdown import markdown
from workbench.escalation.mine import MyHandoff, Pile
from workbench.escalation.model import Handoff
from workbench.escalation.noting import locally
from workbench.escalation.service import EscalationService
from workbench.text import one_line
from workbench.tickets.dialogs.means import Means
from workbench.tickets.wishes import Wanted
from workbench.widgets.graying import GrayingScreen
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.looking import Changes, keep_looking
from workbench.widgets.options import Options, moves, option
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths

_NONE = "No hand-off waits for you, and none of yours waits for others.\n\ne on a ticket hands it off; q goes back."


class HandoffList(Options, inherit_bindings=False):
    """The hand-offs, under a word for where they stand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *moves("handoffs"),
        Binding("enter", "select", "Ticket", id="handoffs.open", tooltip="Open its ticket"),
    ]


class HandoffsScreen(GrayingScreen):
    """Mine, or those of one ticket (`ref`)."""

    DEFAULT_CSS = """
    HandoffsScreen {
        & HandoffList {
            text-wrap: nowrap; text-overflow: ellipsis;
            height: 45%; background: $background; border: round $primary; padding: 0 1; scrollbar-size-vertical: 1;
            &:focus { border: round $accent; }
        }
        & Reader { height: 1fr; border: round $primary; padding: 0 1; &:focus { border: round $accent; } }
        &.-low Reader { display: none; }
        &.-low HandoffList { height: 1fr; }
    }
    """
    AUTO_FOCUS = "HandoffList"
    HORIZONTAL_BREAKPOINTS = widths("wide")
    VERTICAL_BREAKPOINTS = heights("low", high=16)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "app.leave", "Back", id="handoffs.back", tooltip="Back to where one came from"),
        Binding("a", "accept", "Accept", id="handoffs.accept", tooltip="Take what was handed to my team"),
        Binding("b", "give_back", "Return", id="handoffs.return", tooltip="Give it back, with the reason"),
        Binding("c", "complete", "Fill in", id="handoffs.complete", tooltip="Fill in what is still owed"),
        Binding("e", "escalate", "Escalate", id="handoffs.escalate", tooltip="Hand its ticket off again"),
        Binding("y", "show_text", "Text", id="handoffs.text", tooltip="Its whole text: to copy, or into a file"),
        Binding("u", "undo", "Undo", id="handoffs.undo", tooltip="Take back my latest change", show=False),
        Binding("tab", "app.focus_next", "Form", id="handoffs.form", tooltip="To its text, and back", show=False),
    ]

    def __init__(self, service: EscalationService, means: Means, ref: int = 0) -> None:
        super().__init__()
        self.service = service
        self.means = means
        self.ref = ref
        self._shown: list[MyHandoff | Handoff | None] = []
        self._changes = Changes()
        self._grayed: frozenset[str] = frozenset()

    def is_gray(self, action: str) -> bool:
        """Whether it would be refused for the one under the cursor."""
        return action in self._grayed

    def compose(self) -> ComposeResult:
        """The header, the list, the form, the keys."""
        yield HeaderLine()
        with Vertical():
            yield HandoffList()
            yield Reader(id="form-text")
        yield KeyLine()
        yield TooSmall()

    async def on_mount(self) -> None:
        """Looks now, and every second for what others have changed."""
        where = f"Workbench · hand-offs{f' of #{self.ref}' if self.ref else ''}"
        self.query_one(HeaderLine).show_left(show_line(where), show_line(self.service.who))
        keep_looking(self)
        await self.run_action("look")

    async def on_screen_resume(self) -> None:
        """Shows what was done meanwhile; that one has read an answer changes nobody's list but one's own."""
        self._changes.forget()
        await self.run_action("look")

    def action_look(self) -> None:
        """Reads the list again where somebody has changed something."""
        if self.is_current and self._changes.turned(self.service.database.generation()):
            self._read()

    def action_show_form(self) -> None:
        """Shows the form of the one under the cursor, and what was answered."""
        reader = self.query_one("#form-text", Reader)
        options = self.query_one(HandoffList)
        at = options.highlighted
        self._regray()
        if at is None or at >= len(self._shown) or self._shown[at] is None:
            reader.border_title = ""
            reader.show_paragraphs([])
            return
        handoff = self._handoff()
        reader.border_title = show_line(f"Hand-off {handoff.number} · {handoff.direction} · {handoff.status}")
        text = self._text(handoff)
        reader.show_paragraphs([*_answer(self.service.answer(handoff.ref)), *_head(handoff), show(text)])

    def action_accept(self) -> None:
        """Takes it."""
        self.means.require_now()
        done = self.service.accept(self._handoff().ref)
        self.notify(one_line(f"#{done.ref} accepted by {self.service.who}"), markup=False)
        self._read()

    def action_give_back(self) -> None:
        """Opens the box of a return."""
        from workbench.escalation.panels.returning import ReturnDialog

        self.means.require_now()
        ref = self._handoff().ref
        self.service.require_returnable(ref)
        self.app.push_screen(ReturnDialog(self.means, self.service, ref, self._read))

    def action_complete(self) -> None:
        """Opens its form, to fill in what is owed."""
        from workbench.escalation.panels.completing import CompletingScreen

        self.means.require_now()
        handoff = self.service.get(self._handoff().number)  # as it stands by now: others fill in, too
        _require_owing(handoff)
        self.app.push_screen(CompletingScreen(self.service, handoff, self.means))

    def action_escalate(self) -> None:
        """Wishes the form of the next hand-off."""
        self.post_message(Wanted("escalation", self._handoff().ref))

    def action_undo(self) -> None:
        """Takes back my latest change, and says what it was."""
        told = self.means.undo()
        self._read()
        self.notify(one_line(told), markup=False)

    def action_show_text(self) -> None:
        """Shows its text whole."""
        from workbench.escalation.panels.text import TextScreen

        handoff = self._handoff()
        text = self._text(handoff)
        self.app.push_screen(TextScreen(text, f"Hand-off {handoff.number}", f"handoff-{handoff.ref}.md"))

    @on(OptionList.OptionHighlighted)
    async def _highlighted(self) -> None:
        await self.run_action("show_form")

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.post_message(Wanted("ticket", self._handoff().ref))

    def _regray(self) -> None:
        gray = frozenset(self._senseless())
        if gray != self._grayed:
            self._grayed = gray
            self.refresh_bindings()

    def _senseless(self) -> Iterator[str]:
        """What would be refused for the one under the cursor."""
        asked: Mapping[str, Callable[[Handoff], object]] = {
            "accept": lambda handoff: self.service.require_acceptable(handoff.ref),
            "give_back": lambda handoff: self.service.require_returnable(handoff.ref),
            "complete": _require_owing,
        }
        for action, require in asked.items():
            try:
                self.means.require_now()
                require(self._handoff())
            except Refused:
                yield action

    def _text(self, handoff: Handoff) -> str:
        form = locally(handoff.form, self.means.organisation.zone)
        return markdown(form, self.service.tickets.get(handoff.ref), handoff.source)

    def _handoff(self) -> Handoff:
        at = self.query_one(HandoffList).highlighted
        found = self._shown[at] if at is not None and at < len(self._shown) else None
        if found is None:
            raise Refused("there is no hand-off here", "e on a ticket hands it off")
        return found.handoff if isinstance(found, MyHandoff) else found

    def _read(self) -> None:
        options = self.query_one(HandoffList)
        at = options.highlighted
        was = self._handoff().number if at is not None and at < len(self._shown) and self._shown[at] else None
        lines = list(self._ticket_lines() if self.ref else self._my_lines())
        self._shown = [found for found, _ in lines]
        options.clear_options()
        if not lines:
            none = "It was never handed off." if self.ref else _NONE
            options.add_options([option(show(none, "dim"), enabled=False)])
        options.add_options([option(told, enabled=found is not None) for found, told in lines])
        numbers = [self._number(found) for found in self._shown]
        first = next((place for place, number in enumerate(numbers) if number), None)
        options.highlighted = numbers.index(was) if was is not None and was in numbers else first
        self.action_show_form()

    @staticmethod
    def _number(found: MyHandoff | Handoff | None) -> int | None:
        return None if found is None else found.handoff.number if isinstance(found, MyHandoff) else found.number

    def _my_lines(self) -> Iterator[tuple[MyHandoff | None, Text]]:
        pile: Pile | None = None
        for each in self.service.mine():
            if each.pile is not pile:
                pile = each.pile
                yield None, show_line(pile.value.capitalize(), "bold")
            state = "resolved" if each.pile is Pile.ANSWERED else each.handoff.status
            yield each, self._line(each.handoff, state, each.subject, each.over_s)

    def _ticket_lines(self) -> Iterator[tuple[Handoff, Text]]:
        for handoff in self.service.handoffs(self.ref):
            yield handoff, self._line(handoff, handoff.status, handoff.form.summary, None)

    def _line(self, handoff: Handoff, state: str, words: str, over_s: int | None) -> Text:
        late = show_line(f"⚠ {short(over_s)} over  ", "bold red") if over_s is not None else Text()
        route = f"{handoff.source} → {handoff.person or handoff.target}"
        why = f" {handoff.code.words}" if handoff.code else ""
        ago = short(elapsed(handoff.sent_at, self.service.clock.now()))
        return Text.assemble(
            show_line(f"#{handoff.ref} ", "bold"),
            late,
            show_line(f"{state}{why} ", "yellow"),
            show_line(f"{route} by {handoff.by} {ago} ago  ", "dim"),
            show_line(words),
            no_wrap=True,
            overflow="ellipsis",
        )


def _require_owing(handoff: Handoff) -> None:
    if not handoff.owed:
        raise Refused(f"hand-off {handoff.number} owes nothing", "there is nothing to fill in")


def _head(handoff: Handoff) -> Iterator[Text]:
    if handoff.owed:
        yield show_line(f"● owed by {handoff.by}: {', '.join(handoff.owed)}", "bold yellow")
    if handoff.code is not None:
        yield show(f"↩ returned by {handoff.ended_by}: {handoff.code.words}: {handoff.words}", "bold yellow")
    elif handoff.ended_by:
        yield show_line(f"✓ accepted by {handoff.ended_by}", "green")


def _answer(answer: Sequence[str]) -> Iterator[Text]:
    if answer:
        yield show("\n".join([f"✓ {answer[0]}", *answer[1:]]), "bold green")
