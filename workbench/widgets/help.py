"""Help for where one is: every key that works here, made from the bindings."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from workbench.widgets.reader import Reader
from workbench.widgets.show import show_line

_NAMES = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "exclamation_mark": "!",
    "question_mark": "?",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "slash": "/",
    "pageup": "page up",
    "pagedown": "page down",
}


class HelpScreen(ModalScreen[None]):
    """The keys of the screen below, closed by the key that opened it."""

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        & > Reader {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 1 2; background: $surface;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "dismiss", "Close", id="help.close", tooltip="Close this help"),
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._keys = keys_of(about)

    def compose(self) -> ComposeResult:
        """The keys, scrolled where there are many."""
        yield Reader(id="help")

    def on_mount(self) -> None:
        """Shows the keys."""
        reader = self.query_one(Reader)
        reader.border_title = "Keys here"
        lines = [help_line(keys, told) for keys, told in self._keys]
        reader.styles.height = len(lines) + 4
        reader.show_paragraphs(lines)
        reader.focus()
        self.watch(reader, "scroll_y", self._tell_more)
        self.watch(reader, "virtual_size", self._look_for_more)

    def on_resize(self) -> None:
        """Says anew how much is out of sight."""
        self._look_for_more()

    def _look_for_more(self) -> None:
        self.call_after_refresh(self._tell_more)  # the room there is is known only then

    def _tell_more(self) -> None:
        """Says whether there is more than what is in sight."""
        reader = self.query_one(Reader)
        below = round(reader.max_scroll_y - reader.scroll_y)
        more = [f"▼ {below} more below"] if below > 0 else ["▲ more above"] if reader.scroll_y else []
        reader.border_subtitle = show_line(" · ".join([*more, "esc closes"]))


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
