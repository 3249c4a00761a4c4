"""The page of the form: the target and every part below it, filled in, marked, read back and walked through."""

from collections.abc import Callable, Iterator
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Input, Static

from workbench.escalation.forms import Outlook
from workbench.escalation.model import Direction, Form
from workbench.escalation.panels.asked import Asked, AskingPage, Typed
from workbench.escalation.panels.building import form_parts, part_read, typed
from workbench.escalation.panels.entries import Entries
from workbench.escalation.panels.fields import gaps, marks
from workbench.organisation.service import OrganisationService
from workbench.widgets.form import Choice
from workbench.widgets.picker import Picker
from workbench.widgets.show import show, show_line


class FormPage(AskingPage):
    """Every part of a form under its own name, filled in."""

    DEFAULT_CSS = """
    FormPage {
        width: 1fr; height: 1fr; border: round $accent; padding: 0 1; scrollbar-size-vertical: 1;
        &.-left { border: round $primary; }
        & > #because { height: auto; }
    }
    """

    def __init__(self, organisation: OrganisationService, form: Form, letters: str, now: Callable[[], str]) -> None:
        """`letters` were typed as the reason and pick none."""
        super().__init__(id="form")
        self._zone = organisation.current().zone
        self._because = Static(id="because")
        self._shown = Text()
        self._parts = {str(each.id).removeprefix("asked-"): each for each in _parts(organisation, form, now)}
        reason = self._parts["category"]
        if isinstance(reason, Typed) and letters:
            reason.says = letters

    def compose(self) -> ComposeResult:
        """Why it goes there, the target, the parts."""
        yield self._because
        yield from self._parts.values()

    def read(self, name: str, form: Form) -> Any:
        """What the form says in that part by what was typed; what nobody touched stays as it was, to the letter."""
        field = next(iter(self._parts[name].children), None) if name in self._parts else None
        return getattr(form, name) if field is None else part_read(field, name, form, self._zone)

    @property
    def letters(self) -> str:
        """What was typed as the reason, where it picks none."""
        picker = next(iter(self._parts["category"].children), None)
        return picker.letters if isinstance(picker, Picker) and self.read("category", Form()) is None else ""

    def pickers(self) -> Iterator[str]:
        """The parts that are picked."""
        return (name for name, part in self._parts.items() if any(isinstance(each, Picker) for each in part.children))

    def enter(self, name: str) -> None:
        """Takes the cursor there."""
        part = self._parts[name]
        field = part if isinstance(part, Typed) and not part.children else part.children[0]
        if isinstance(field, Entries):
            field = field.list
        elif isinstance(field, Picker):
            field = field.query_one(Input)
        # At once, while `focus()` would leave it to a later frame; only when all has its place it can be scrolled to.
        self.screen.set_focus(field, scroll_visible=False)
        self.call_after_refresh(self.reveal)

    def on_resize(self) -> None:
        """Keeps the part with the cursor in sight where what is told below takes room."""
        self.call_after_refresh(self.reveal)

    def reveal(self) -> None:
        """Brings the part with the cursor in sight, with all that it may mean, once the parts have their places."""
        entered = self.screen.focused
        if entered is None or self not in entered.ancestors or not entered.region:
            return
        whole = next((each for each in entered.ancestors if isinstance(each, Picker)), entered)
        if not self.content_region.contains_region(whole.region):
            self.scroll_to_center(whole, animate=False, origin_visible=True)

    def show_direction(self, direction: Direction) -> None:
        """Shows the direction that the target lies in, which nobody chose."""
        choice = self.query_one("#direction", Choice)
        with choice.prevent(Choice.Changed):
            choice.fill(direction)

    def show_standing(self, outlook: Outlook) -> None:
        """Marks each part, shows those that the direction asks for, and says what is proposed and why."""
        form, proposal = outlook.form, outlook.proposal
        because = Text.assemble(
            show_line("Sent: " if outlook.sent else "Proposed: ", "bold"),
            show_line(f"{proposal.direction} to {proposal.to or '…'}, {'' if outlook.sent else 'since '}"),
            show(proposal.because),
            show("".join(f"\n! {warning}" for warning in outlook.warnings), "bold yellow"),
        )
        if because != self._shown:
            self._shown = because
            self._because.update(because)
        for name, mark in marks(form, outlook.done.required):
            self._parts[name].show_mark(mark)
        swarms = form.direction is Direction.SWARM
        passes = form.direction is Direction.UP and proposal.direction is Direction.SIDEWAYS and bool(proposal.to)
        lacking = {name for name, _ in gaps(form, outlook.done)}
        self._parts["to"].show_mark("●" if "to" in lacking or not outlook.done.required else " ")
        self._show_part("why_up", passes, needed=not form.why_up.strip())
        for name in ("components", "lead"):
            self._show_part(name, swarms, needed=name in lacking)

    def first_gap(self, outlook: Outlook) -> str:
        """The part where the cursor goes: the first that lacks something."""
        if not outlook.done.required:
            names_lead = outlook.form.direction is Direction.SWARM and not outlook.form.to.strip()
            return "lead" if names_lead and outlook.form.lead.strip() else "to"
        return next((name for name, _ in gaps(outlook.form, outlook.done)), "summary")

    def _show_part(self, name: str, shown: bool, *, needed: bool) -> None:
        self._parts[name].display = shown
        self._parts[name].show_mark("●" if needed else "✓")


def _parts(organisation: OrganisationService, form: Form, now: Callable[[], str]) -> Iterator[Asked]:
    direction = form.direction or Direction.SIDEWAYS
    yield Asked("direction", "Direction", Choice(tuple(Direction), direction, id="direction"))
    yield typed("to", "To", "picker", organisation, form)
    yield typed("why_up", "Why up", "line", organisation, form)
    yield from form_parts(organisation, form, now)
