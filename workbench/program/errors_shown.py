"""The one place where errors are told: whatever key, click, timer or command of the palette met them."""

from collections.abc import Mapping
from typing import Any

from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.notifications import Notify
from textual.screen import ModalScreen, Screen
from textual.timer import Timer

from workbench.errors import Damaged, FileProblem, Moved, WorkbenchError
from workbench.program.in_turn import InTurnApp
from workbench.text import visible
from workbench.widgets.graying import GrayingScreen

TOLD_AGAIN = 5.0
"""Seconds in which the same error is told once: a screen meets it again at each of its looks."""

ROOM_FOR_BOTH = 24
"""Lines from which on a box leaves those free on which something is told."""


class TellingApp(InTurnApp):
    """A program that goes on after an error of ours, and says what it was."""

    _told: str | None = None
    _forgetting: Timer | None = None

    def on_mount(self) -> None:
        """Looks which screen is in front."""
        self.screen_change_signal.subscribe(self, self._make_room)

    def on_notify(self, event: Notify) -> None:
        """An error takes the place of the one before it: of several that stand there nobody knows which is meant."""
        if event.notification.severity == "error":
            for older in [each for each in self._notifications if each.severity == "error"]:
                self._unnotify(older, refresh=False)

    def _make_room(self, screen: Screen[Any]) -> None:
        """In a low window a box begins where things are told: what was told before it would hide what is typed."""
        if isinstance(screen, ModalScreen) and self.size.height < ROOM_FOR_BOTH:
            self.clear_notifications()
            self._forget()  # what is met again is to be told again

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Keys, clicks, timers and events that read come through here: an error of ours is told and ends nothing."""
        try:
            done = await super().run_action(action, default_namespace, namespaces)
            if not done and isinstance(default_namespace, GrayingScreen):
                return default_namespace.press_gray(str(action))
            return done
        except WorkbenchError as error:
            self._tell(error)
            return True

    def _tell(self, error: WorkbenchError) -> None:
        told = visible(str(error))
        if told == self._told:
            return
        self._forget()
        self._told, self._forgetting = told, self.set_timer(TOLD_AGAIN, self._forget)
        if isinstance(error, Moved | Damaged):
            self._halt(error)
        else:
            self.notify(told, severity="error", markup=False)

    def _halt(self, problem: FileProblem) -> None:
        from workbench.widgets.halt import HaltScreen

        if not any(isinstance(screen, HaltScreen) for screen in self.screen_stack):
            self.push_screen(HaltScreen(problem))

    def _forget(self) -> None:
        if self._forgetting is not None:
            self._forgetting.stop()
        self._told = self._forgetting = None
