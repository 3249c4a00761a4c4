"""A form that is kept as it is typed: nothing of it is lost, whatever ends the screen."""

from contextlib import suppress
from functools import partial
from typing import NamedTuple

from textual.screen import Screen
from textual.timer import Timer

from workbench.errors import WorkbenchError
from workbench.escalation.model import Form
from workbench.tickets.dialogs.dialog import KEEP_AFTER


class Filled(NamedTuple):
    """What somebody has filled in so far; `letters` stand in the reason and pick none."""

    form: Form
    letters: str


class KeptScreen(Screen[bool]):
    """A screen with such a form; gives whether something was done."""

    def __init__(self, filled: Filled) -> None:
        super().__init__()
        self.filled = self._kept = filled
        self._unkeepable: Filled | None = None
        self._timer: Timer | None = None

    @property
    def form(self) -> Form:
        """The form as it stands."""
        return self.filled.form

    def on_unmount(self) -> None:
        """Keeps what was typed, also when the program ends."""
        with suppress(WorkbenchError):  # it was told when it was typed, and now there is no screen left to tell it on
            self.action_keep()

    def keep(self) -> None:
        """Writes the form down."""
        raise NotImplementedError

    def keep_soon(self) -> None:
        """Has it written down when one pauses."""
        if self._timer is None:
            self._timer = self.set_timer(KEEP_AFTER, partial(self.run_action, "keep"))

    def keep_no_more(self) -> None:
        """Takes what stands there for kept: it was sent, or cannot be kept."""
        self._kept = self.filled

    def action_keep(self) -> None:
        """Writes down what was typed so far."""
        self._timer = None
        if self.filled != self._kept:
            self.keep()
            self._kept = self.filled

    def action_leave(self) -> None:
        """Leaves; what was typed is offered again. Where it cannot be kept, the second time leaves without it."""
        if self.filled != self._unkeepable:
            self._unkeepable = self.filled
            self.action_keep()
        self.keep_no_more()
        self.dismiss(False)
