"""A list of tickets that a screen of another feature wishes to be shown."""

from textual.message import Message

from workbench.queues.model import Queue


class QueueWanted(Message):
    """Somebody wants to see these tickets, be it a queue or not."""

    def __init__(self, queue: Queue) -> None:
        super().__init__()
        self.queue = queue
