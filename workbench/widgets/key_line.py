"""The line at the foot of a screen: the keys that work here, each with what it does."""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from rich.text import Text
from textual.binding import ActiveBinding
from textual.events import MouseDown, MouseMove
from textual.screen import Screen
from textual.widget import Widget

from workbench.widgets.show import show_line


class _Place(NamedTuple):
    """The cells of one key on the line."""

    start: int
    end: int
    active: ActiveBinding


class KeyLine(Widget):
    """The keys that bindings show; a click presses the key, and the mouse at rest on one tells more.

    It is painted as one line, since a widget for each key (Textual's Footer) takes longer than the rest of a screen.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key"}
    DEFAULT_CSS = """
    KeyLine {
        height: 1; dock: bottom; background: $panel; color: $footer-foreground;
        & > .key-line--key { color: $footer-key-foreground; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: list[_Place] = []

    def on_mount(self) -> None:
        """Paints the line anew whenever other keys work."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def render(self) -> Text:
        """The keys, as many as there is room for; those that make no sense now are dim."""
        self._places = []
        key_style = self.get_component_rich_style("key-line--key", partial=True)
        line = Text(no_wrap=True, overflow="crop")
        for active in self._shown():
            key = show_line(self.app.get_key_display(active.binding))
            told = Text.assemble(key, " ", show_line(active.binding.description))
            if active.enabled:
                told.stylize(key_style, 0, len(key))
            else:
                told.stylize("dim")
            self._places.append(_Place(line.cell_len, line.cell_len + told.cell_len, active))
            line.append_text(told).append(" ")
        return line

    def on_mouse_down(self, event: MouseDown) -> None:
        """Presses the key; one that makes no sense says why, as on the keyboard."""
        if active := self._at(event.x):
            self.app.simulate_key(active.binding.key)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Tells more of the key under the mouse."""
        active = self._at(event.x)
        self.tooltip = None if active is None else show_line(active.tooltip)

    def _at(self, cell: int) -> ActiveBinding | None:
        return next((place.active for place in self._places if place.start <= cell < place.end), None)

    def _shown(self) -> Iterator[ActiveBinding]:
        """What is to be named, once for each action."""
        named: set[str] = set()
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.binding.action not in named:
                named.add(active.binding.action)
                yield active

    def _changed(self, _screen: Screen[Any]) -> None:
        if self.app.app_focus:
            self.refresh()
