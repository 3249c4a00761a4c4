"""The list of queues beside the list of tickets: the ways between queues, and what is done to queues of one's own."""

from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from workbench.queues.listing import NO_FILTER
from workbench.queues.model import Queue, QueueCount
from workbench.queues.panels.filter_box import FilterBox
from workbench.queues.panels.list_screen import ListScreen
from workbench.queues.panels.queue_list import DIGITS, QueueList, number_keys
from workbench.queues.service import QueueService
from workbench.tickets.dialogs.means import Means

COUNT_WITHIN = 0.02
"""Seconds for the count of a saved queue that no counter tells; it is counted when one goes there."""


class WayBack(NamedTuple):
    """From which mode one was led here, and which queue stood here before."""

    mode: str
    queue: Queue


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


class QueuesBesideScreen(ListScreen):
    """Shows the tickets of the queue under the cursor of the list of queues."""

    BINDINGS: ClassVar[list[BindingType]] = _bindings()

    def __init__(self, queues: QueueService, means: Means) -> None:
        super().__init__(queues, means)
        self.counts: dict[str, QueueCount] = {}
        """The queues that are listed, by their names, as they were counted last."""
        self.way_back: WayBack | None = None
        """Known until one goes to another queue."""

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

    @on(FilterBox.KeepWanted)
    async def _keep_wanted(self) -> None:
        await self.run_action("keep_filter")

    @on(QueueList.ChangeWanted)
    async def _change_wanted(self, wish: QueueList.ChangeWanted) -> None:
        self._wish = wish
        await self.run_action("change_queue")

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

    def action_clear_filter(self) -> None:
        """Back to the whole queue; where one has it whole, back to where one was led from."""
        if self.way_back and self.listing.typed == NO_FILTER and not self.filter_box.has_class("-open"):
            self.app.call_later(self.app.run_action, "leave")
        else:
            super().action_clear_filter()

    def action_keep_filter(self) -> None:
        """Asks for the name under which what the list shows is kept."""
        from workbench.widgets.ask import AskLine  # here, since the first frame needs no question

        self.service.parse(self.filter_box.text)
        question = f"Keep {self._whole_filter()} as a queue named"
        self.app.push_screen(AskLine(question, take=self._save), partial(self._later, "save"))

    def action_change_queue(self) -> None:
        """Asks what is to become of a saved queue, or moves it."""
        from workbench.widgets.ask import AskLine, AskYes

        wish = self._wish
        if wish.wish == "move":
            self._move(wish.queue, wish.step)
        elif wish.wish == "rename":
            rename = partial(self.service.rename, wish.queue)
            asking = AskLine(f"{wish.queue} is to be called", wish.queue, take=rename)
            self.app.push_screen(asking, partial(self._later, "rename"))
        else:
            told = "Its filter is forgotten; its tickets stay where they are."
            self.app.push_screen(AskYes(f"Delete the queue {wish.queue}?", told), partial(self._later, "delete"))

    def action_answered(self) -> None:
        """Shows what was done to the queue by now, or forgets it."""
        act, answer = self._answer
        if act == "save":
            self.queues_changed(self._saved_as)
            self.tickets.focus()
        elif act == "rename":
            self.queues_changed(str(answer).strip())
        else:
            self.service.delete(self._wish.queue)
            self.queues_changed(self.service.home())

    def show_queue(self, queue: Queue) -> None:
        """Shows another queue, to which nobody was led."""
        self.way_back = None
        super().show_queue(queue)

    def go_to(self, queue: Queue) -> None:
        """Shows a queue; the cursor of the list of queues goes to it, if it stands there."""
        if queue.name != self.listing.queue.name:
            self.show_queue(queue)
        if queue.name in self.counts:
            self.queues.show_at(queue.name)
        self.tickets.focus()

    def lead_to(self, queue: Queue, mode: str) -> None:
        """Shows the tickets that a screen of that mode wants to be seen."""
        before = self.way_back.queue if self.way_back else self.listing.queue
        if queue.name != before.name:
            self.go_to(queue)
            self.way_back = WayBack(mode, before)
            self.show_title()

    def told_way_back(self) -> list[str]:
        """How one gets back, and where to."""
        if self.way_back is None:
            return []
        mode, queue = self.way_back
        return [f"esc: back to {queue.name if mode == self.app.DEFAULT_MODE else mode.title()}"]

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

    def _save(self, name: str) -> None:
        self._saved_as = self.service.save(name, self._whole_filter()).name

    def _later(self, act: str, answer: str | bool | None) -> None:
        """What is left to do is done by an action, which tells its errors, once the question is gone."""
        if answer not in (None, False):
            self._answer = (act, answer)
            self.call_later(self.run_action, "answered")

    def _move(self, name: str, step: int) -> None:
        names = [queue.name for queue in self._saved()]
        self.service.move(name, names.index(name) + 1 + step)
        self.queues_changed(name)

    def _saved(self) -> list[Queue]:
        return [queue for queue in self.service.queues() if queue.kind == "saved"]

    def _whole_filter(self) -> str:
        """What the list shows, as one filter: that of the queue and what was typed."""
        return " ".join(part for part in (self.listing.queue.filter.text, self.filter_box.text.strip()) if part)
