"""Help for where one is: every key that works here, made from the bindings."""

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.screen import Screen

from workbench.widgets.reading_box import ReadingBox
from workbench.widgets.show import show_line

_NAMES = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "exclamation_mark": "!",
    "question_mark": "?",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "pageup": "page up",
    "pagedown": "page down",
}


class HelpScreen(ReadingBox):
    """The keys of the screen below, closed by the key that opened it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "dismiss", "Close", id="help.close", tooltip="Close this help"),
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__("Keys here", [help_line(keys, told) for keys, told in keys_of(about)])


def keys_of(screen: Screen[object]) -> list[tuple[list[str], str]]:
    """What works on the screen as it is now: keys, and what they do; actions that are told alike share a line."""
    found: dict[str, list[str]] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        told = active.tooltip or binding.tooltip
        if binding.id and told and active.enabled:  # those without an id are Textual's own
            found.setdefault(told, []).append(key_name(key))
    return [(keys, told) for told, keys in found.items()]


def key_name(key: str) -> str:
    """A key as it is written on the keyboard."""
    return _NAMES.get(key, key)


def help_line(keys: list[str], told: str) -> Text:
    """One line of help."""
    line = show_line(" ".join(keys), "bold")
    line.truncate(18, pad=True)
    return line.append_text(show_line(f" {told}"))
