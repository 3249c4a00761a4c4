"""How well words are read against what is behind them."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.color import Color
from textual.app import App
from textual.errors import NoWidget
from textual.screen import ModalScreen

LEAST = 4.5
DRAWN = frozenset("─│╭╮╰╯▁▂▃▄▅▆▇█▏▎▍▌▋▊▉·░▒▓▕▔━ ")
"""Lines, bars and shades: beside each stand words that say the same."""


def faint_words(app: App[None]) -> Iterator[tuple[str, str]]:
    """The words on the screen that are hard to read, and how they are painted."""
    for row, strip in enumerate(app.screen._compositor.render_strips()):
        column = 0
        for text, style, _ in strip:
            if style and style.color and style.bgcolor and not DRAWN.issuperset(text):
                shades = sorted(map(_luminance, (style.color, style.bgcolor)))
                contrast = (shades[1] + 0.05) / (shades[0] + 0.05)
                if contrast < LEAST and _is_to_be_read(app, column + len(text) - len(text.lstrip()), row):
                    yield text.strip(), f"{contrast:.2f} {style}"
            column += cell_len(text)


def _is_to_be_read(app: App[None], column: int, row: int) -> bool:
    """Whether it is no part of what lies behind a box."""
    try:
        return not isinstance(app.screen.get_widget_at(column, row)[0], ModalScreen)
    except NoWidget:
        return False


def _luminance(colour: Color) -> float:
    """As WCAG 2.2 reckons it."""
    parts = [part / 255 for part in colour.get_truecolor()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
