"""The ways to each feature's screens; each is loaded when it is opened, since the first frame needs none of them."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from textual.screen import Screen

from workbench.desk import Desk
from workbench.tickets.dialogs.means import Means


class Program(Protocol):
    """What the doors need of the program."""

    desk: Desk
    means: Means

    def push_screen(self, screen: Screen[Any]) -> object:
        """Shows a screen over the present one."""

    def open_ticket(self, ref: int) -> None:
        """Shows a ticket whole."""


def _owners(program: Program) -> Screen[Any]:
    from workbench.ownership.screen import OwnersScreen

    return OwnersScreen(program.desk.ownership, program.means)


MODES: Final[Mapping[str, Callable[[Program], Screen[Any]]]] = {"owners": _owners}
"""The screens that have a number key, by the name of their mode."""

WISHES: Final[Mapping[str, Callable[[Program, int], object]]] = {
    "ticket": lambda program, ref: program.open_ticket(ref),
}
"""What can be wanted for a ticket, by what `Wanted` calls it."""
