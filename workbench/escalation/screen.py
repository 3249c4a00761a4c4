"""The form of a hand-off, on one page: to whom and why, every field, what is missing, and what is known beside it."""

from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import ScreenResume
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from workbench.clock import iso
from workbench.errors import Incomplete, InvalidInput, NotFound, OutOfDate, Refused
from workbench.escalation.forms import Opened, Outlook
from workbench.escalation.markdown import markdown
from workbench.escalation.model import Direction
from workbench.escalation.noting import locally
from workbench.escalation.panels.asked import Typed
from workbench.escalation.panels.beside import Beside, told_shortly
from workbench.escalation.panels.entries import Entries
from workbench.escalation.panels.fields import told_progress
from workbench.escalation.panels.kept import Filled, KeptScreen
from workbench.escalation.panels.page import FormPage
from workbench.escalation.service import EscalationService
from workbench.text import one_line
from workbench.tickets.wishes import Wanted
from workbench.widgets.form import Choice
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.picker import Picker
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, take_size, widths


class FormScreen(KeptScreen):
    """The form; gives whether something was done, and keeps what was typed whatever ends it."""

    DEFAULT_CSS = """
    FormScreen {
        #foot { height: auto; max-height: 6; dock: bottom; padding: 0 1; margin-bottom: 1; }
        #told { display: none; height: auto; max-height: 4; }
        #progress { height: auto; max-height: 2; }
        &.-slim #beside { display: none; }
        &.-slim.-beside #beside { display: block; width: 1fr; }
        &.-slim.-beside #form { display: none; }
    }
    """
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = widths("slim", wide=100)
    VERTICAL_BREAKPOINTS = heights("low", high=18)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Send", id="form.send", tooltip="Hand it off, if nothing is missing", priority=True),
        Binding("escape", "leave", "Leave", id="form.leave", tooltip="Leave; what was typed is kept"),
        Binding("ctrl+t", "show_text", "Text", id="form.text", tooltip="The very text that they will read"),
        Binding("ctrl+r", "instead('runbook')", "Runbook", id="form.runbook", tooltip="Run what was not tried instead"),
        Binding("ctrl+l", "instead('problem')", "Link", id="form.link", tooltip="Link the known problem instead"),
        Binding("ctrl+o", "beside", "Beside", id="form.beside", tooltip="To what is known beside it, and back"),
    ]

    def __init__(self, service: EscalationService, ref: int, zone: ZoneInfo) -> None:
        self.service = service
        self.forms = service.forms
        self.ref = ref
        self.zone = zone
        self._opened: Opened = self.opened()
        super().__init__(Filled(self._opened.form, self._opened.letters))
        self._outlook: Outlook = self.outlook()
        self._went_alone = True
        """Whether the direction still follows the target."""
        self._page = FormPage(service.organisation, *self.filled, lambda: iso(service.gathering.clock.now()))
        self._page.border_title = show_line(self.heading())
        self._progress = Text()

    def heading(self) -> str:
        """What is done here, and with which ticket."""
        return f"Hand off #{self.ref} {self._opened.ticket.subject}"

    def opened(self) -> Opened:
        """The form as one left it."""
        return self.forms.open(self.ref)

    def outlook(self) -> Outlook:
        """How the form stands."""
        return self.forms.outlook(self.ref, self.form, self._opened.known)

    def compose(self) -> ComposeResult:
        """The header, the form with what is beside it, the bar, the keys."""
        take_size(self)
        yield HeaderLine()
        with Horizontal():
            yield self._page
            yield Beside()
        with Vertical(id="foot"):
            yield Static(id="told")
            yield Static(id="progress")
        yield KeyLine()
        yield TooSmall()

    async def on_mount(self) -> None:
        """Shows what is filled in, and what is beside: the first frame has all of it."""
        if self._opened.kept_at is not None:
            self.tell(
                show_line(f"What you typed on {self._opened.kept_at.astimezone(self.zone):%a %d %b at %H:%M} is here.")
            )
        self.query_one(HeaderLine).show_left(
            show_line(f"Workbench · #{self.ref}"), show_line(f"{self.service.who} · {self._opened.ticket.priority}")
        )
        self._show_standing()
        self._page.enter(self._page.first_gap(self._outlook))
        await self.run_action("look_beside")

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Shows where the cursor stands, as soon as all has its place."""
        # Before the first frame each part has just got its styles: those of a file would come once all is composed.
        event.refresh_styles = event.refresh_styles and bool(self.outer_size)
        self.call_after_refresh(self._page.reveal)

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Gives a part that is entered its box at once: what is typed next is for that."""
        super().set_focus(widget.entered() if isinstance(widget, Typed) else widget, scroll_visible, from_app_focus)
        # No `:focus-within` of the page: with each field that is entered Textual would make all its styles anew.
        self._page.set_class(isinstance(self.focused, Beside), "-left")

    def action_look_beside(self) -> None:
        """Shows what is known beside."""
        around = self.service.gathering.around(self._opened.ticket, self._opened.known)
        self.query_one(Beside).show_around(around, sent=self._outlook.sent)
        self._page.border_subtitle = show_line(told_shortly(around))

    async def _look_at(self, name: str) -> None:
        await self.run_action(f"read({name!r})")  # there an error is told, while in a message's method it ends all

    @on(Input.Changed)
    @on(TextArea.Changed)
    async def _typed(self, event: Input.Changed | TextArea.Changed) -> None:
        await self._look_at(str(event.control.id).removesuffix("-letters"))
        self.call_after_refresh(self._page.reveal)  # the letters may mean more, and take more room

    @on(Choice.Changed)
    async def _chosen(self, event: Choice.Changed) -> None:
        if event.choice.id == "direction":
            await self.run_action(f"turn({str(event.choice.value)!r})")
        else:
            await self._look_at(str(event.choice.id))

    @on(Entries.Changed)
    async def _entered(self, event: Entries.Changed) -> None:
        await self._look_at(str(event.entries.id))

    @on(Picker.Picked)
    async def _picked(self, event: Picker.Picked) -> None:
        await self._look_at(str(event.picker.id))
        self.focus_next()

    @on(Input.Submitted)
    @on(Choice.Submitted)
    def _submitted(self) -> None:
        self.focus_next()

    async def on_descendant_blur(self) -> None:
        """Takes up what was picked by leaving a field."""
        await self.run_action("read_picked")

    @on(Beside.Taken)
    async def _taken(self, event: Beside.Taken) -> None:
        await self.run_action(f"take({event.instead.kind!r}, {event.instead.name!r})")

    def action_read(self, name: str) -> None:
        """Takes up what that part says by what was typed; the direction is the one in which the target lies."""
        value = self._page.read(name, self.form)
        if value != getattr(self.form, name):
            self._set(**{name: value})
            if name == "to":
                self._follow_target()
        if name == "category":
            self.filled = self.filled._replace(letters=self._page.letters)
            self.keep_soon()

    def action_read_picked(self) -> None:
        """Takes up what the parts say that are picked."""
        for name in self._page.pickers():
            self.action_read(name)

    def action_turn(self, direction: str) -> None:
        """Takes a direction of one's own choice."""
        self._went_alone = False
        self._set(direction=Direction(direction))

    def action_instead(self, kind: str) -> None:
        """The first of its kind instead of a hand-off."""
        found = self.query_one(Beside).first_of(kind)
        if found is None:
            none = "no known problem matches this ticket" if kind == "problem" else "no runbook fits that was not tried"
            raise Refused(none, "what is known stands beside the form")
        self.action_take(kind, found.name)

    def action_take(self, kind: str, name: str) -> None:
        """Takes a problem or a runbook instead, and notes that; a like ticket is only shown."""
        self.action_keep()
        if kind == "ticket":
            self.post_message(Wanted("ticket", int(name)))
            return
        self.service.instead(self.ref, **{kind: name})
        if kind == "problem":
            self.app.notify(one_line(f"#{self.ref} linked to problem {name} instead"), markup=False)
            self.dismiss(True)
        else:
            self.dismiss(True)
            self.app.post_message(Wanted("runbook", self.ref, name))

    def action_beside(self) -> None:
        """To what is beside, and back to the form."""
        beside = self.query_one(Beside)
        if self.focused is beside:
            self.remove_class("-beside")
            self._page.enter(self._page.first_gap(self._outlook))
        else:
            self.add_class("-beside")
            self.call_after_refresh(beside.focus)

    def action_show_text(self) -> None:
        """Shows the very text that the receiver will read."""
        from workbench.escalation.panels.text import TextScreen

        text = markdown(locally(self.form, self.zone.key), self._opened.ticket)
        self.app.push_screen(TextScreen(text, f"What {self.form.to or 'they'} will read", f"handoff-{self.ref}.md"))

    def keep(self) -> None:
        """Keeps the form."""
        self.forms.keep(self.ref, self.form, self._opened.said, self.filled.letters)

    def action_send(self) -> None:
        """Hands it off; the cursor goes to what is missing, and each of that is named."""
        self.action_read_picked()
        self.action_keep()
        try:
            told = self.send()
        except Incomplete:
            self._go_to_gap()
            self.tell(show_line("Not sent: the cursor stands in the first part that is missing.", "bold yellow"))
            return
        except OutOfDate as error:
            theirs = [f"{each.who} {each.kind.words}: {one_line(each.text)}" for each in error.events]
            self.tell(show("\n".join(["Meanwhile:", *theirs, "Yours is kept as it stands here."]), "bold yellow"))
            self._opened = self._opened._replace(ticket=self.service.tickets.get(self.ref))
            return
        except (NotFound, InvalidInput, Refused):
            if not self._outlook.done.required or self._outlook.done.further:
                self._go_to_gap()
            raise
        self.keep_no_more()
        self.app.notify(one_line(told), markup=False)
        self.dismiss(True)

    def _go_to_gap(self) -> None:
        self._show_standing()  # as it stands by now: others may have returned it meanwhile
        self._page.enter(self._page.first_gap(self._outlook))

    def send(self) -> str:
        """Hands it off; what was done, in words."""
        sent = self.service.send(self.ref, self.form, self._opened.ticket.version)
        owed = f", owed: {', '.join(sent.owed)}" if sent.owed else ""
        return f"#{self.ref} {sent.direction} to {sent.person or sent.target}{owed}"

    def tell(self, told: Text) -> None:
        """Says something over the bar."""
        under = self.query_one("#told", Static)
        under.display = True
        under.update(told)

    def _set(self, **changes: Any) -> None:
        self.filled = self.filled._replace(form=replace(self.form, **changes))
        self.keep_soon()
        self.query_one("#told").display = False
        self._show_standing()

    def _follow_target(self) -> None:
        """The direction is the one in which the target lies, until somebody chooses another."""
        if self._went_alone and self.form.direction is not Direction.SWARM:
            with suppress(NotFound, InvalidInput, Refused):
                ticket, form = self._opened.ticket, replace(self.form, direction=None)
                direction = self.forms.direction(self.forms.target(form, ticket, self._opened.known), ticket)
                if direction is not self.form.direction:
                    self._set(direction=direction)
                    self._page.show_direction(direction)

    def _show_standing(self) -> None:
        self._outlook = self.outlook()
        self._page.show_standing(self._outlook)
        progress = told_progress(self._outlook, self.size.width - 2)
        if progress != self._progress:
            self._progress = progress
            self.query_one("#progress", Static).update(progress)
