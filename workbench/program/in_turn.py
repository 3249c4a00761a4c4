"""One key or click after the other: what it opens, closes or focuses stands before the next one is looked at.

Textual sends each key to what has the focus when it arrives, and each click to what lies under the mouse then, and acts
on it later: of letters that come right behind the key that opens a box, as over a slow line or from a hand that does
not wait, the first are lost, and the second half of a double click opens what was opened once more.
"""

from collections import deque
from contextlib import suppress
from typing import Any, Final, NamedTuple

from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.events import Event, InputEvent, Key, MouseDown, MouseEvent, MouseUp, Paste
from textual.geometry import Offset
from textual.screen import Screen

from workbench.program.terminal import TerminalApp

_ALT: Final = "alt+"
_ROUNDS: Final = 3
"""Walks behind a key: it comes back to the app, a widget's message to its screen, a screen's wish to the app."""
_FRAMES: Final = 2
"""Frames that are waited for at most, where something is to be done behind them: a focus that moves, a box's answer."""


class _Clicked(NamedTuple):
    """Where the mouse was pressed last, when (seconds by Textual's clock), and on which screen."""

    place: Offset
    at: float
    screen: Screen[Any]


def _apart(event: Event) -> list[Event]:
    """A letter that came right behind escape, which a terminal tells as one with alt, as the two keys that it was."""
    if isinstance(event, Key) and event.is_printable and event.key.startswith(_ALT):
        return [Key("escape", "\x1b"), Key(event.key.removeprefix(_ALT), event.character)]
    return [event]


class InTurnApp(TerminalApp):
    """An app that works off each key, each click and each text pasted before it sends the next one on its way."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[Event] = deque()
        self._at_work = False
        self._framed: Screen[Any] | None = None  # whose next frame is waited for
        self._clicked: _Clicked | None = None

    async def on_event(self, event: Event) -> None:
        """Lets what comes too early wait for its turn."""
        if not isinstance(event, InputEvent | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting += _apart(event)
        if not self._at_work or self._waits_for_nothing():
            self._at_work = True
            await self._next()

    def simulate_key(self, key: str) -> None:
        """Presses a key for a click that is being worked off: before all that was typed behind the click."""
        if self._at_work:
            self._waiting.appendleft(Key(key, None))
        else:
            super().simulate_key(key)

    async def _next(self) -> None:
        self._framed = None
        while self._waiting and self.screen.is_mounted:
            event = self._waiting.popleft()
            if self._is_left_over(event):
                continue
            begun_at = self._aimed_at(event)
            await super().on_event(event)
            if isinstance(event, Key | Paste | MouseDown | MouseUp):  # the others only move what is seen
                self._walk(begun_at, _ROUNDS)
                return
        if self._waiting:
            self._walk(self.screen, 1)
        else:
            self._at_work = False

    def _aimed_at(self, event: Event) -> DOMNode:
        if isinstance(event, MouseEvent):
            with suppress(NoWidget):
                return self.screen.get_widget_at(*event.screen_offset)[0]
        return self._in_front()

    def _is_left_over(self, event: Event) -> bool:
        """Whether it ends a click or a double click whose beginning has put another screen under the mouse."""
        if not isinstance(event, MouseDown | MouseUp):
            return False
        last, place = self._clicked, event.screen_offset
        is_second = last and last.place == place and event.time - last.at <= self.CLICK_CHAIN_TIME_THRESHOLD
        if last and is_second and last.screen is not self.screen:
            return True
        if isinstance(event, MouseDown):
            self._clicked = _Clicked(place, event.time, self.screen)
        return False

    def _in_front(self) -> DOMNode:
        return self.focused or self.screen

    def _walk(self, node: DOMNode | None, rounds: int, frames: int = _FRAMES) -> None:
        """Goes the way that a key goes, from parent to parent and behind all that each of them still has to do.

        What is to be done behind the next frame is waited for as well, and what that leads to.
        """
        while node is not None and node is not self:
            if node.call_later(self._walk, node.parent, rounds, frames):
                return
            node = node.parent  # one that was closed meanwhile has nothing to do any more
        self.call_later(self._come_back, rounds - 1, frames)

    async def _come_back(self, rounds: int, frames: int) -> None:
        if rounds:
            self._walk(self._in_front(), rounds, frames)
        elif frames and self._frame_matters() and self.screen.call_after_refresh(self._come_back, 1, frames - 1):
            self._framed = self.screen
        else:
            await self._next()

    def _waits_for_nothing(self) -> bool:
        """Whether the screen whose frame is waited for was closed before it: it draws none any more."""
        return self._framed is not None and not self._framed.is_attached

    def _frame_matters(self) -> bool:
        """Whether more than paint comes with the next frame: places are given anew, or something is done behind it."""
        return bool(self.screen._layout_required or self.screen._callbacks)
