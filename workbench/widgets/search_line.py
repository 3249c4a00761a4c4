"""The line in which one says what is looked for; the arrows move the cursor of the list below meanwhile."""

from typing import ClassVar

from rich.text import Text
from textual.binding import ActiveBinding, Binding, BindingType
from textual.message import Message

from workbench.widgets.line import Line
from workbench.widgets.show import show_line


class SearchLine(Line):
    """Has the focus as its screen opens, so that one types at once.

    The number of another screen is text here, since an address begins with one. Where nothing else was typed it may
    have been meant as the key, and enter takes it as that.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "submit", "Open", id="search.open", tooltip="Open what was found; a number alone: to that screen"
        ),
        Binding("tab", "app.focus_next", "To the list", id="search.list", tooltip="To what was found, one key an act"),
        Binding("up", "step('cursor_up')", "Up", id="search.up", tooltip="To the row above", show=False),
        Binding("down", "step('cursor_down')", "Down", id="search.down", tooltip="To the row below", show=False),
        Binding("pageup", "step('page_up')", "Page up", id="search.page_up", tooltip="A screen up", show=False),
        Binding(
            "pagedown", "step('page_down')", "Page down", id="search.page_down", tooltip="A screen down", show=False
        ),
    ]

    class Step(Message):
        """The cursor of the list is to move, by that action of it."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """A number that stands alone may still be a key."""
        return not (key.isdecimal() and self.value in ("", key)) and super().check_consume_key(key, character)

    @property
    def meant(self) -> ActiveBinding | None:
        """The key that the line may be, where it is a number and nothing else."""
        return self.screen.active_bindings.get(self.value) if self.value.isdecimal() else None

    def told(self) -> Text:
        """What enter does where it is not what it usually does."""
        meant = self.meant
        return show_line(f"enter goes to {self.value} {meant.binding.description}" if meant else "")

    def action_step(self, action: str) -> None:
        """Moves the cursor of the list."""
        self.post_message(self.Step(action))

    async def action_submit(self) -> None:
        """Opens what was found, or does what the key does that the line is."""
        if meant := self.meant:
            self.fill("")
            await self.app.run_action(meant.binding.action, meant.node)
        else:
            await super().action_submit()
