"""Asks once before an act on many, and names how many."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from workbench.tickets.dialogs.dialog import TargetDialog
from workbench.tickets.dialogs.means import Means, Targets
from workbench.widgets.show import show_line

_LISTED = 8
"""Tickets that are listed by their subjects."""


class ConfirmDialog(TargetDialog, inherit_bindings=False):
    """The tickets, and yes or no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y,ctrl+s", "send", "Yes", id="confirm.yes", tooltip="Do it for all of them"),
        Binding("n,escape", "leave", "No", id="confirm.no", tooltip="Do nothing"),
    ]

    def __init__(
        self, means: Means, targets: Targets, done: Callable[[], None], verb: str, act: Callable[[int, int], object]
    ) -> None:
        super().__init__(means, targets, done)
        self._verb = verb
        self._each = act

    def heading(self) -> Text:
        """What is done to how many."""
        return show_line(f"{self._verb} {len(self.targets.tickets)} tickets?")

    def parts(self) -> Iterable[Widget]:
        """Which they are."""
        for ticket in self.targets.tickets[:_LISTED]:
            yield Static(show_line(f"#{ticket.ref} {ticket.subject}"))
        more = len(self.targets.tickets) - _LISTED
        if more > 0:
            yield Static(show_line(f"and {more:,} more", "dim"))

    def act(self) -> None:
        """Does it for all or for none."""
        self.targets.each(self._each)
