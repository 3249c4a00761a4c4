"""The list of queues beside the list of tickets, and the ways from one queue to another."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from workbench.queues.model import Queue, QueueCount
from workbench.queues.panels.queue_list import DIGITS, QueueList, number_keys
from workbench.queues.panels.way_back import WayBackScreen
from workbench.queues.service import QueueService
from workbench.tickets.dialogs.means import Means

COUNT_WITHIN = 0.02
"""Seconds for the count of a saved queue that no counter tells; it is counted when one goes there."""


def _bindings() -> list[BindingType]:
    neighbour, numbered = "To the queue before or after this one", "To the queue with that number"
    return [
        Binding(
            "left_square_bracket", "next_queue(-1)", "Queue before", id="queue.before", tooltip=neighbour, show=False
        ),
        Binding("right_square_bracket", "next_queue(1)", "Next queue", id="queue.next", tooltip=neighbour, show=False),
        *(
            Binding(digit, f"numbered_queue({digit!r})", "Queue", id=f"queue.{digit}", tooltip=numbered, show=False)
            for digit in DIGITS
        ),
        Binding("left,h", "focus_queues", "Queues", id="queues.focus", tooltip="To the list of queues", show=False),
        Binding("right,l", "focus_tickets", "Tickets", id="tickets.focus", tooltip="To the tickets", show=False),
    ]


class QueuesBesideScreen(WayBackScreen):
    """Shows the tickets of the queue under the cursor of the list of queues."""

    BINDINGS: ClassVar[list[BindingType]] = _bindings()

    def __init__(self, queues: QueueService, means: Means) -> None:
        super().__init__(queues, means)
        self.counts: dict[str, QueueCount] = {}
        """The queues that are listed, by their names, as they were counted last."""

    def on_descendant_focus(self) -> None:
        """Where there is room for one list only, shows the one with the focus."""
        self.set_class(self.focused is self.queues, "-choosing")

    @property
    def queues(self) -> QueueList:
        """The list of queues."""
        return self.query_one(QueueList)

    @on(OptionList.OptionHighlighted, "#queues")
    async def _queue_highlighted(self) -> None:
        await self.run_action("show_queue")

    @on(OptionList.OptionSelected, "#queues")
    async def _queue_selected(self) -> None:
        await self.run_action("show_queue")
        self.tickets.focus()

    def action_show_queue(self) -> None:
        """Shows the queue under the cursor of the list of queues."""
        if self.queues.highlighted is not None:
            name = self.queues.name_at(self.queues.highlighted)
            if name != self.listing.queue.name:
                self.show_queue(self.service.find(name))

    def action_focus_queues(self) -> None:
        """To the list of queues."""
        self.add_class("-choosing")
        self.call_after_refresh(self.queues.focus)

    def action_focus_tickets(self) -> None:
        """To the tickets."""
        self.tickets.focus()

    def action_next_queue(self, step: int) -> None:
        """To a neighbouring queue, round at the ends."""
        self.queues.highlighted = ((self.queues.highlighted or 0) + step) % self.queues.option_count

    def action_numbered_queue(self, digit: str) -> None:
        """To the queue that has this number key."""
        self.go_to(
            self.service.find(next(name for name, key in number_keys(self.counts.values()).items() if key == digit))
        )

    def action_named_queue(self, name: str) -> None:
        """To the queue of that name."""
        self.go_to(self.service.find(name))

    def action_unanswered(self) -> None:
        """To one's own tickets whose requester waits for an answer."""
        self.go_to(Queue("Unanswered", "smart", self.service.parse("who:me unanswered:>=0s")))

    def action_home(self) -> None:
        """To one's own tier."""
        self.go_to(self.service.find(self.service.home()))

    def go_to(self, queue: Queue) -> None:
        """Shows a queue; the cursor of the list of queues goes to it, if it stands there."""
        if queue.name != self.listing.queue.name:
            self.show_queue(queue)
        if queue.name in self.counts:
            self.queues.show_at(queue.name)
        self.tickets.focus()

    def queues_changed(self, show: str) -> None:
        """Lists the queues anew and shows that one."""
        self.show_queue(self.service.find(show))
        self.show_counts()
        self.queues.show_at(show)
        self.show_title()

    def show_counts(self) -> None:
        """Counts the queues."""
        self.counts = {
            total.queue.name: total for total in self.service.counts(self.service.near_queues(), COUNT_WITHIN)
        }
        self.queues.show_counts(list(self.counts.values()), number_keys(self.counts.values()))
        if self.queues.highlighted is None:
            self.queues.show_at(self.listing.queue.name)
