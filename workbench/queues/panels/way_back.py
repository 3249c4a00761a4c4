"""A list of tickets to which another screen has led, and from which one gets back there."""

from typing import NamedTuple

from workbench.queues.listing import NO_FILTER
from workbench.queues.model import Queue
from workbench.queues.panels.own_queues import OwnQueuesScreen


class WayBack(NamedTuple):
    """From which mode one was led here, and which queue stood here before."""

    mode: str
    queue: Queue


class WayBackScreen(OwnQueuesScreen):
    """Knows the way back until one goes to another queue."""

    way_back: WayBack | None = None

    def show_queue(self, queue: Queue) -> None:
        """Shows another queue, to which nobody was led."""
        self.way_back = None
        super().show_queue(queue)

    def lead_to(self, queue: Queue, mode: str) -> None:
        """Shows the tickets that a screen of that mode wants to be seen."""
        before = self.way_back.queue if self.way_back else self.listing.queue
        if queue.name != before.name:
            self.go_to(queue)
            self.way_back = WayBack(mode, before)
            self.show_title()

    def go_to(self, queue: Queue) -> None:
        """Shows a queue, and has the focus on its tickets."""
        raise NotImplementedError

    def action_clear_filter(self) -> None:
        """Back to the whole queue; where one has it whole, back to where one was led from."""
        if self.way_back and self.listing.typed == NO_FILTER and not self.filter_box.has_class("-open"):
            self.app.call_later(self.app.run_action, "leave")
        else:
            super().action_clear_filter()

    def told_way_back(self) -> list[str]:
        """How one gets back, and where to."""
        if self.way_back is None:
            return []
        mode, queue = self.way_back
        return [f"esc: back to {queue.name if mode == self.app.DEFAULT_MODE else mode.title()}"]
