"""One key after the other: what a key opens, closes or focuses stands before the next one is looked at.

Textual sends each key to what has the focus when it arrives, and acts on it later: of letters that come right behind
the key that opens a box, as over a slow line or from a hand that does not wait, the first are lost.
"""

from collections import deque
from typing import Final

from textual.dom import DOMNode
from textual.events import Event, Key, Paste

from workbench.terminal import TerminalApp

_ROUNDS: Final = 3
"""Walks behind a key: it comes back to the app, a widget's message to its screen, a screen's wish to the app."""


class InTurnApp(TerminalApp):
    """An app that works off each key, and each text pasted, before it sends the next one on its way."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[Key | Paste] = deque()
        self._at_work = False

    @property
    def at_work(self) -> bool:
        """Whether a key is being worked off."""
        return self._at_work

    async def on_event(self, event: Event) -> None:
        """Lets a key or a text that comes too early wait for its turn."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append(event)
        if not self._at_work:
            self._at_work = True
            await self._next()

    async def _next(self) -> None:
        if not self.screen.is_mounted:
            self._walk(self.screen, 1)
        elif self._waiting:
            begun_at = self._in_front()
            await super().on_event(self._waiting.popleft())
            self._walk(begun_at, _ROUNDS)
        else:
            self._at_work = False

    def _in_front(self) -> DOMNode:
        return self.focused or self.screen

    def _walk(self, node: DOMNode | None, rounds: int) -> None:
        """Goes the way that a key goes, from parent to parent and behind all that each of them still has to do."""
        while node is not None and node is not self:
            if node.call_later(self._walk, node.parent, rounds):
                return
            node = node.parent  # one that was closed meanwhile has nothing to do any more
        self.call_later(self._come_back, rounds - 1)

    async def _come_back(self, rounds: int) -> None:
        if rounds:
            self._walk(self._in_front(), rounds)
        else:
            await self._next()
