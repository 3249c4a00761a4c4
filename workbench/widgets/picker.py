"""Picks one of many by a few letters: enter or tab takes what stands highlighted under them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList

from workbench.widgets.line import Line
from workbench.widgets.options import option


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One that can be picked, and how it is shown."""

    value: str
    told: Text


class Picker(Vertical):
    """A line for the letters, and while it has the focus what they may mean.

    `free`: what was typed holds as it was typed, and the suggestions only help.
    """

    DEFAULT_CSS = """
    Picker {
        height: auto; width: 1fr;
        & > OptionList {
            display: none; height: auto; max-height: 6; border: none; padding: 0; background: $surface;
            scrollbar-size-vertical: 1;
        }
        &.-asked > OptionList { display: block; }
        &.-asked > OptionList.-empty { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", id="picker.up", tooltip="The one above", show=False),
        Binding("down", "step(1)", "Down", id="picker.down", tooltip="The one below", show=False),
        Binding("tab", "accept", "Accept", id="picker.accept", tooltip="Take it, and go on", show=False),
    ]

    class Picked(Message):
        """Enter was pressed, or one was clicked on."""

        def __init__(self, picker: "Picker") -> None:
            super().__init__()
            self.picker = picker

        @property
        def control(self) -> "Picker":
            """The picker, for `@on(Picker.Picked, "#id")`."""
            return self.picker

    def __init__(self, suggest: Callable[[str], Sequence[Suggestion]], *, id: str, free: bool = False) -> None:
        super().__init__(id=id)
        self._suggest = suggest
        self._free = free
        self._found: Sequence[Suggestion] = ()
        self._line = Line(id=f"{id}-letters")
        self._options = OptionList()
        self._options.can_focus = False

    def compose(self) -> ComposeResult:
        """The line and the list, unless they were entered before."""
        if not self.children:
            yield self._line
            yield self._options

    def entered(self) -> Line:
        """The line, which takes the keys from here on: at once, while composing would leave it to a later turn."""
        self.mount(self._line, self._options)
        return self._line

    def on_mount(self) -> None:
        """Shows what there is before a letter is typed."""
        self.renew()

    def on_descendant_focus(self) -> None:
        """Shows what the letters may mean."""
        self.add_class("-asked")

    def on_descendant_blur(self) -> None:
        """Gives the room to the others."""
        self.remove_class("-asked")

    @property
    def letters(self) -> str:
        """What was typed."""
        return self._line.value

    @property
    def value(self) -> str | None:
        """What stands in the line: what was picked, or letters that nothing was picked by; None where it is blank."""
        return self.letters.strip() or None

    @property
    def highlighted_value(self) -> str | None:
        """The one that stands highlighted, also before a letter is typed."""
        found = self._highlighted()
        return None if found is None else found.value

    def fill(self, letters: str) -> None:
        """Puts these letters there."""
        self._line.fill(letters)
        self.renew()

    def renew(self) -> None:
        """Asks again what the letters may mean."""
        self._found = self._suggest(self.letters.strip())
        options = self._options
        options.clear_options()
        options.add_options([option(each.told) for each in self._found])
        options.set_class(not self._found, "-empty")
        if self._found and not self._free:
            options.highlighted = 0

    def action_step(self, step: int) -> None:
        """To a neighbour in the list."""
        options, count = self._options, len(self._found)
        if count:
            at = options.highlighted
            options.highlighted = (at + step) % count if at is not None else 0 if step > 0 else count - 1

    def action_accept(self) -> None:
        """Takes the one that stands highlighted, where a letter was typed, and goes on."""
        if self.letters.strip():
            self._take()
        self.screen.focus_next()

    @on(Input.Changed)
    async def _letters_changed(self) -> None:
        await self.run_action("renew")

    def action_renew(self) -> None:
        """Asks again what the letters may mean."""
        self.renew()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._pick()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._pick()

    def _pick(self) -> None:
        self._take()
        self.call_after_refresh(partial(self.post_message, self.Picked(self)))

    def _take(self) -> None:
        found = self._highlighted()
        if found is not None:
            line = self._line
            with line.prevent(Input.Changed):
                line.fill(found.value)

    def _highlighted(self) -> Suggestion | None:
        at = self._options.highlighted
        return None if at is None or at >= len(self._found) else self._found[at]
