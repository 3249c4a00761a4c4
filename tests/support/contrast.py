"""How well words are read against what is behind them."""

from collections.abc import Iterator

from rich.color import Color
from rich.segment import Segment
from textual.app import App
from textual.screen import ModalScreen

LEAST = 4.5
DRAWN = frozenset("─│╭╮╰╯▁▂▃▄▅▆▇█▏▎▍▌▋▊▉·░▒▓▕▔━ ")
"""Lines, bars and shades: beside each stand words that say the same."""


def faint_words(app: App[None]) -> Iterator[tuple[Segment, str]]:
    """The words on the screen that are hard to read; what lies behind a box is not to be read."""
    box = app.screen.query(".box") if isinstance(app.screen, ModalScreen) else None
    region = (box.first() if box else app.focused or app.screen).region if box is not None else app.screen.region
    for strip in app.screen._compositor.render_strips()[region.y : region.bottom]:
        for segment in strip.crop(region.x, region.right):
            style = segment.style
            if style and style.color and style.bgcolor and not DRAWN.issuperset(segment.text):
                shades = sorted(map(_luminance, (style.color, style.bgcolor)))
                contrast = (shades[1] + 0.05) / (shades[0] + 0.05)
                if contrast < LEAST:
                    yield segment, f"{contrast:.2f} {style}"


def _luminance(colour: Color) -> float:
    """As WCAG 2.2 reckons it."""
    parts = [part / 255 for part in colour.get_truecolor()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
