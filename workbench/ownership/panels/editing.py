"""Putting the catalogue right from the list of answers: one key each, every change an event, `u` takes it back."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from workbench.errors import Refused
from workbench.ownership.panels.reading import seam_of, seams_at
from workbench.ownership.panels.rows import Of, Row
from workbench.ownership.service import OwnershipService
from workbench.ownership.words import NOBODY
from workbench.text import one_line
from workbench.tickets.dialogs.means import Means

if TYPE_CHECKING:
    from workbench.ownership.panels.dialogs import CatalogueDialog


class EditingScreen(Screen[bool]):
    """A screen with a line of the catalogue under its cursor; the boxes are loaded when one is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "confirm", "Confirm", id="catalogue.confirm", tooltip="The owner still is the owner"),
        Binding("o", "owner", "Owner", id="catalogue.owner", tooltip="Say whose it is"),
        Binding("A", "alias", "Alias", id="catalogue.alias", tooltip="What else it is called", show=False),
        Binding("l", "lead", "Lead", id="catalogue.lead", tooltip="Say which team leads at a seam"),
        Binding("a", "accept", "Accept", id="catalogue.accept", tooltip="Make the proposed team the owner"),
        Binding(
            "d", "reject", "Dismiss", id="catalogue.dismiss", tooltip="The proposed team is not the owner", show=False
        ),
        Binding("N", "new_component", "New", id="catalogue.new", tooltip="Add something, be it one that nobody owns"),
        Binding("u", "undo", "Undo", id="catalogue.undo", tooltip="Take back my latest change", show=False),
    ]
    ref: int | None = None
    """The ticket that one came from."""

    def __init__(self, ownership: OwnershipService, means: Means) -> None:
        super().__init__()
        self.ownership = ownership
        self.means = means

    @property
    def looked_for(self) -> str:
        """What may name a new component."""
        raise NotImplementedError

    def require_row(self) -> Row:
        """The line under the cursor; Refused where there is none."""
        raise NotImplementedError

    def edited(self) -> None:
        """Shows at once what was changed."""
        raise NotImplementedError

    def action_confirm(self) -> None:
        """Says that the owner still is the owner."""
        self.means.require_now()
        component = self.ownership.confirm(self._component())
        self._done(f"{component.slug} is {component.team}'s, confirmed")

    def action_accept(self) -> None:
        """Makes the proposed team the owner."""
        self.means.require_now()
        component = self.ownership.accept(self._component(), self._proposed())
        self._done(f"{component.slug} is {component.team or NOBODY}'s now")

    def action_reject(self) -> None:
        """Has the proposal not made again."""
        self.means.require_now()
        name = self._component()
        self.ownership.dismiss(name, self._proposed())
        self._done(f"{name} stays as it is")

    def action_owner(self) -> None:
        """Asks whose it is."""
        from workbench.ownership.panels.dialogs import OwnerDialog

        self._ask(OwnerDialog(self.ownership, self.means, self.edited, self._component()))

    def action_alias(self) -> None:
        """Asks what else it is called."""
        from workbench.ownership.panels.dialogs import AliasDialog

        self._ask(AliasDialog(self.ownership, self.means, self.edited, self._component()))

    def action_lead(self) -> None:
        """Asks who leads."""
        from workbench.ownership.panels.dialogs import LeadDialog

        row = self.require_row()
        found = seam_of(self.ownership, row) if row.of is Of.SEAM else None
        seams = [found.seam] if found else seams_at(self.ownership, self._component())
        if not seams:
            raise Refused(f"{row.name} lies at no seam", "a seam is where it needs, or is needed by, another team's")
        self._ask(LeadDialog(self.ownership, self.means, self.edited, seams))

    def action_new_component(self) -> None:
        """Asks for something new, by what was looked for."""
        from workbench.ownership.panels.dialogs import NewComponentDialog

        name = self.looked_for
        if not name and self.ref is not None:
            named = self.means.tickets.get(self.ref).component or ""
            name = "" if self.ownership.store.find(named) else named
        self._ask(NewComponentDialog(self.ownership, self.means, self.edited, name, self.ref))

    def action_undo(self) -> None:
        """Takes back my latest change, and says what it was."""
        self._done(self.means.undo())

    def tell(self, told: str) -> None:
        """Says in a notification what was done."""
        self.notify(one_line(told), markup=False)

    def _component(self) -> str:
        row = self.require_row()
        if row.of in (Of.TEAM, Of.PERSON):
            raise Refused(f"{row.name} is a {row.of}", "go to a component")
        return row.name

    def _proposed(self) -> str | None:
        row = self.require_row()
        return row.other or None if row.of is Of.CORRECTION else None

    def _done(self, told: str) -> None:
        self.tell(told)
        self.edited()

    def _ask(self, dialog: "CatalogueDialog") -> None:
        self.means.require_now()
        self.app.push_screen(dialog)
