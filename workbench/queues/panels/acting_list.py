"""Acting on a list of tickets: on those that are marked, or on the one under the cursor."""

from collections.abc import Sequence
from time import monotonic
from typing import Final, NamedTuple

from workbench.errors import Refused
from workbench.queues.model import Line
from workbench.tickets.acting import NO_TICKET, ActingScreen, gray
from workbench.tickets.vocabulary import State
from workbench.widgets.marked_list import MarkedList

SLIPPED: Final = 0.5
"""Seconds within which a key may have been meant for the ticket that stood under the cursor before: from seeing to
pressing slow people take 0.47 (Card, Moran and Newell, The Psychology of Human-Computer Interaction, 1983)."""


class _Slip(NamedTuple):
    """That the cursor came to another ticket by itself: from which, to which, and when."""

    gone: int
    here: int
    at: float


class ActingListScreen(ActingScreen):
    """A screen with a list of tickets that can be marked."""

    _slip: _Slip | None = None

    @property
    def tickets(self) -> "MarkedList[Line]":
        """The list."""
        raise NotImplementedError

    def targets(self) -> Sequence[int]:
        """The marked tickets, or the one under the cursor; Refused once where that has only just come there."""
        row = self.tickets.row
        if marks := self.tickets.marks:
            return marks
        if row is None:
            return []
        slip, self._slip = self._slip, None
        if slip and slip.here == row.ref and monotonic() - slip.at < SLIPPED:
            raise Refused(f"#{slip.gone} has just left this list", f"press the key again for #{row.ref}")
        return [row.ref]

    def note_slip(self, before: Line | None) -> None:
        """Notes whether others have taken the ticket from under the cursor, which was `before`."""
        row = self.tickets.row
        if before is not None and row is not None and row.ref != before.ref:
            self._slip = _Slip(before.ref, row.ref, monotonic())

    def senseless(self) -> frozenset[str]:
        """What makes no sense for the ticket under the cursor."""
        row = self.tickets.row
        if self.tickets.mark_count:
            return frozenset()
        if row is None:
            return NO_TICKET
        given = row.assignee == self.means.tickets.who and not row.answered
        return gray(State(row.state), taken=row.assignee is not None and not given)
