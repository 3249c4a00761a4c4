"""The line in which one says what is looked for; the arrows move the cursor of the list below meanwhile."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from workbench.widgets.line import Line


class SearchLine(Line):
    """One line; what is pasted into it, an error message say, is joined."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step('cursor_up')", "Up", id="search.up", tooltip="The runbook above", show=False),
        Binding("down", "step('cursor_down')", "Down", id="search.down", tooltip="The runbook below", show=False),
        Binding("pageup", "step('page_up')", "Page up", id="search.page_up", tooltip="A screen up", show=False),
        Binding(
            "pagedown", "step('page_down')", "Page down", id="search.page_down", tooltip="A screen down", show=False
        ),
        Binding("tab", "to_list", "To the list", id="search.list", tooltip="To the runbooks found", show=False),
    ]

    class Step(Message):
        """The cursor of the list is to move, by that action of it."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    class ListWanted(Message):
        """The focus is to go to the list."""

    def action_step(self, action: str) -> None:
        """Moves the cursor of the list."""
        self.post_message(self.Step(action))

    def action_to_list(self) -> None:
        """Leaves the line."""
        self.post_message(self.ListWanted())
