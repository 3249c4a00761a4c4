"""The owners' screen: one box for whatever somebody has in hand, and beside what it finds the whole card."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from workbench.ownership.service import OwnershipService
from workbench.tickets.dialogs.means import Means
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.line import Line
from workbench.widgets.too_small import TooSmall


class OwnersScreen(Screen[None]):
    """Whose something is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.leave", "Back", id="owners.back", tooltip="Back to where one came from"),
    ]

    def __init__(self, ownership: OwnershipService, means: Means) -> None:
        super().__init__()
        self.ownership = ownership
        self.means = means

    def compose(self) -> ComposeResult:
        """The header, the box, the keys."""
        yield HeaderLine()
        yield Line(id="query")
        yield KeyLine()
        yield TooSmall()
