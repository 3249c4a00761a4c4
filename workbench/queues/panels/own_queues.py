"""What one does to queues of one's own: keep a filter as one, rename, move and delete it."""

from functools import partial

from textual import on

from workbench.queues.model import Queue
from workbench.queues.panels.filter_box import FilterBox
from workbench.queues.panels.list_screen import ListScreen
from workbench.queues.panels.queue_list import QueueList


class OwnQueuesScreen(ListScreen):
    """A screen on which saved queues are made and changed."""

    def queues_changed(self, show: str) -> None:
        """Lists the queues anew, the cursor on that one."""
        raise NotImplementedError

    @on(FilterBox.KeepWanted)
    async def _keep_wanted(self) -> None:
        await self.run_action("keep_filter")

    @on(QueueList.ChangeWanted)
    async def _change_wanted(self, wish: QueueList.ChangeWanted) -> None:
        self._wish = wish
        await self.run_action("change_queue")

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

    def _save(self, name: str) -> None:
        self._saved_as = self.service.save(name, self._whole_filter()).name

    def _later(self, act: str, answer: str | bool | None) -> None:
        """An error is told by the action that meets it, once the question is gone."""
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
