"""Acting on a list of tickets: on those that are marked, or on the one under the cursor."""

from collections.abc import Sequence

from workbench.queues.model import Line
from workbench.tickets.acting import NO_TICKET, ActingScreen, gray
from workbench.tickets.vocabulary import State
from workbench.widgets.marked_list import MarkedList


class ActingListScreen(ActingScreen):
    """A screen with a list of tickets that can be marked."""

    @property
    def tickets(self) -> "MarkedList[Line]":
        """The list."""
        raise NotImplementedError

    def targets(self) -> Sequence[int]:
        """The marked tickets, or the one under the cursor."""
        row = self.tickets.row
        return self.tickets.marks or ([] if row is None else [row.ref])

    def senseless(self) -> frozenset[str]:
        """What makes no sense for the ticket under the cursor."""
        row = self.tickets.row
        if self.tickets.mark_count:
            return frozenset()
        return NO_TICKET if row is None else gray(State(row.state), row.assignee)
