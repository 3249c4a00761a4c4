"""What a screen of practice wishes for: a screen never knows another feature's, nor the program it runs in."""

from textual.message import Message


class PractiseWanted(Message):
    """Somebody wants to work the session that is going."""


class RunbookWanted(Message):
    """Somebody wants to read a runbook."""

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug
