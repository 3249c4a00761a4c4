"""A box in which one says what is to be done: whatever goes wrong it stays open, and what was typed is kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import DescendantBlur
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from workbench.errors import OutOfDate, WorkbenchError
from workbench.tickets.dialogs.means import Means, Targets
from workbench.widgets.form import Choice, Row, Words
from workbench.widgets.key_line import KeyLine
from workbench.widgets.line import Line
from workbench.widgets.show import show, show_line

KEEP_AFTER = 0.3
"""Seconds after a letter until the draft is written; more letters within them are written with it."""


class Dialog(ModalScreen[None]):
    """Over the screen it was opened from; `done` is told once the act is done."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > .box {
            width: 84; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 0 1; background: $surface; scrollbar-size-vertical: 1;
        }
        & .told { display: none; dock: bottom; height: auto; color: $text-warning; background: $surface; }
        & .hint { height: auto; color: $foreground-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Send", id="dialog.send", tooltip="Do it", priority=True),
        Binding("escape", "leave", "Leave", id="dialog.leave", tooltip="Leave; what was typed is kept"),
        Binding("ctrl+n", "begin_anew", "Anew", id="dialog.anew", tooltip="Begin anew, without what was left here"),
        Binding("f1", "app.help", "Help", id="dialog.help", tooltip="Every key that works in this box"),
    ]
    kind: ClassVar[str] = ""
    """The kind of draft that is kept; none where it is empty."""
    enter_sends: ClassVar[bool] = False
    """Whether enter in a line does it; else it goes on to the next field."""

    def __init__(self, means: Means, done: Callable[[], None]) -> None:
        super().__init__()
        self.means = means
        self._done = done
        self._fields: Mapping[str, str] = {}
        self._kept: Mapping[str, str] = {}
        self._begun: Mapping[str, str] = {}
        self._unkeepable: Mapping[str, str] | None = None
        self._timer: Timer | None = None
        self._begun_with: list[tuple[Line | Words | Choice, str]] = []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers to begin anew only where something was left."""
        return bool(self._begun_with) if action == "begin_anew" else super().check_action(action, parameters)

    def heading(self) -> Text:
        """What the box is about."""
        raise NotImplementedError

    def parts(self) -> Iterable[Widget]:
        """What is asked."""
        raise NotImplementedError

    def act(self) -> None:
        """Does what was asked for; any error leaves the box open."""
        raise NotImplementedError

    def fields(self) -> Mapping[str, str]:
        """What was typed, by name; what is blank in all of them, or as the box began, is no draft."""
        return {}

    def begin(self) -> None:
        """Puts the words of its own in their place, with which the box begins where no draft was left."""

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back in its place."""

    def draft_ticket(self) -> int | None:
        """The ticket that the draft is for."""
        return None

    def out_of_date(self) -> list[str]:
        """Looks again after others were faster; what they did."""
        return []

    def compose(self) -> ComposeResult:
        """The box and the keys."""
        with VerticalScroll(classes="box", can_focus=False) as box:
            box.border_title = self.heading()
            yield from self.parts()
            yield Static(classes="told")
        yield KeyLine()

    def on_mount(self) -> None:
        """Says how it is sent, and offers the draft again that was left."""
        self.query_one(".box").border_subtitle = self._how_to_send()
        self.begin()
        self._begun = self._kept = self._fields = self.fields()
        draft = self.means.personal.draft(self.kind, self.draft_ticket()) if self.kind else None
        if draft is not None:
            zone = self.means.zone
            self._begun_with = list(self._standing())
            self.fill(draft.fields)
            self._kept = self._fields = self.fields()
            left = f"What you typed on {draft.saved_at.astimezone(zone):%a %d %b at %H:%M} is here again"
            key = self._key_of("dialog.anew")
            self.tell(show_line(f"{left}; {key} begins anew." if key else f"{left}."))

    def tell(self, told: Text) -> None:
        """Says something under the fields."""
        under = self.query_one(".told", Static)
        under.display = True
        under.update(told)

    def _standing(self) -> Iterator[tuple[Line | Words | Choice, str]]:
        """What there is to be filled in, with what stands there."""
        for words in self.query(Words):
            yield words, words.text
        for field in (*self.query(Line), *self.query(Choice)):
            yield field, field.value

    def _key_of(self, binding: str) -> str:
        """The key that does it, as it is shown; empty where somebody gave it none."""
        active = (each.binding for each in self.active_bindings.values() if each.binding.id == binding)
        return next((self.app.get_key_display(each) for each in active), "")

    def _how_to_send(self) -> Text:
        key = self._key_of("dialog.send")
        sends = f"{key} sends" if key else ""
        if not self.query(Line):
            return show_line(sends)
        if not self.enter_sends:
            return show_line(f"⏎ goes on · {sends}")
        return show_line(f"⏎ in a line or {sends}" if self.query(Words) else f"⏎ or {sends}")

    @on(Input.Submitted)
    async def _line_entered(self) -> None:
        if self.enter_sends:
            await self.run_action("send")
        else:
            self.focus_next()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _typed(self) -> None:
        fields = self.fields()
        undone = fields == self._begun and any(words.is_undone for words in self.query(Words))
        if self.kind and not undone:  # one undo may take all of it, and the draft is the way back once one has left
            self._fields = fields
            if self._timer is None:
                self._timer = self.set_timer(KEEP_AFTER, partial(self.run_action, "keep"))

    @on(DescendantBlur)
    def _left_field(self) -> None:
        if self.is_current:  # what is picked stands in its line without a letter typed
            self._typed()

    def action_keep(self) -> None:
        """Writes down what was typed so far."""
        self._timer = None
        if self._fields != self._kept:
            if self._fields == self._begun:
                self.means.personal.drop_draft(self.kind, self.draft_ticket())
            else:
                self.means.personal.save_draft(self.kind, self.draft_ticket(), self._fields)
            self._kept = self._fields

    def action_send(self) -> None:
        """Does what was asked for, and forgets the draft with it; where others were faster, shows what they did."""
        try:
            with self.means.tickets.database.transaction():
                self.act()
                if self.kind:
                    self.means.personal.drop_draft(self.kind, self.draft_ticket())
        except OutOfDate:
            self._tell_others_acts()
            return
        except WorkbenchError as error:
            self._go_to_what_is_meant(error.wrong)
            raise
        self._fields = self._kept = {}
        if self._timer is not None:
            self._timer.stop()
        self.dismiss()  # first, so that an error in showing what was done leaves nothing to be sent twice
        self._done()

    def action_begin_anew(self) -> None:
        """Puts everything as it was before what was left was offered again."""
        for field, value in self._begun_with:
            field.fill(value)
        self.query_one(".told").display = False

    def action_leave(self) -> None:
        """Leaves; what was typed is offered again. Where it cannot be kept, the second time leaves without it."""
        if self._fields != self._unkeepable:
            self._unkeepable = self._fields
            self.action_keep()
        self._kept = self._fields
        self.dismiss()

    def on_unmount(self) -> None:
        """Keeps what was typed, also when the program ends."""
        with suppress(WorkbenchError):  # it was told when it was typed, and now there is no screen left to tell it on
            self.action_keep()

    def _go_to_what_is_meant(self, wrong: str) -> None:
        """To the field that is to be mended, so that one types on; where none is named, one stays."""
        for field in self.focus_chain:
            if any(isinstance(row, Row) and row.is_meant_by(wrong) for row in field.ancestors):
                field.focus()
                return

    def _tell_others_acts(self) -> None:
        told = "\n".join(
            ["Meanwhile:", *self.out_of_date(), "Yours is kept as it stands here. Send it again to do it anyway."]
        )
        self.tell(show(told))


class TargetDialog(Dialog):
    """A box about tickets that are there."""

    verb: ClassVar[str] = ""
    """What is to be done with them, as the title says it."""

    def __init__(self, means: Means, targets: Targets, done: Callable[[], None]) -> None:
        super().__init__(means, done)
        self.targets = targets

    def heading(self) -> Text:
        """What is done to which tickets."""
        return show_line(f"{self.verb} · {self.targets.told()}")

    def draft_ticket(self) -> int | None:
        """The ticket, where it is one."""
        return self.targets.draft_ticket

    def out_of_date(self) -> list[str]:
        """Looks at the tickets again."""
        return self.targets.renew()
