"""The tour: the screens of practice with one hint at a time above them, until what it asks for was done."""

from pathlib import Path
from typing import Any

from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from workbench.clock import Clock
from workbench.practice.tour import begin_tour, is_tour, stop_at, words_at
from workbench.practice_app import PracticeApp
from workbench.practice_desk import PracticeDesk
from workbench.program.keymap import key_file, read_keys
from workbench.widgets.show import show


class Guide(Static):
    """What to do next."""

    DEFAULT_CSS = """
    Guide { height: auto; max-height: 4; split: top; background: $accent-muted; color: $text; padding: 0 1; }
    """


class TourApp(PracticeApp):
    """Watches the ticket for what was asked for, and asks for the next."""

    CSS = """
    ToastRack { margin: 2 0 0 0; }
    Screen.-guided ToastRack { margin: 6 0 0 0; }
    """

    async def put_above(self, screen: Screen[Any]) -> None:
        """Puts the guide below the line that says practice, where no notice covers it."""
        if screen.is_attached and not isinstance(screen, ModalScreen) and not screen.query(Guide):
            await screen.mount(Guide(), before=0)
        await super().put_above(screen)

    def paint(self) -> None:
        """Shows what to do next, where the tour is what is going."""
        super().paint()
        said = self._said()
        self.screen.set_class(bool(said), "-guided")  # whose notices come below what is asked
        for guide in self.screen.query(Guide):
            guide.display = bool(said)
            guide.update(show(said))

    def _said(self) -> str:
        going = self.practice.going()
        if going is None or not is_tour(going):
            return ""
        (arrival,) = self.practice.status().arrived
        assert arrival.ref is not None
        return words_at(stop_at(self.practice.events(arrival.ref), self.practice.who))


def practise(path: Path, today: Clock, who: str, *, tour: bool = False) -> int:
    """Shows the screens of practice until the user leaves; the exit status. `tour` begins the tour, or takes it up.

    Raises FileProblem, and Refused where another session than the tour is going.
    """
    keys = read_keys(key_file())
    with PracticeDesk.practise(path, today, who) as desk:
        if tour:
            begin_tour(desk.practice)
        return TourApp(desk, keys).run_in_terminal()
