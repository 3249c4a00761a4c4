"""The colours one can choose: dark, light, and of the highest contrast."""

from dataclasses import replace
from typing import Final

from rich.terminal_theme import TerminalTheme
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

DARK, LIGHT, HIGH_CONTRAST = "textual-dark", "textual-light", "high-contrast"

CONTRAST: Final = Theme(
    name=HIGH_CONTRAST,
    primary="#ffffff",
    secondary="#ffff00",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#ffffff",
        "block-cursor-blurred-foreground": "#000000",
        "foreground-muted": "#ffffff",
        "footer-key-foreground": "#ffff00",
    },
)
"""White and yellow on black; at least 7:1 between a letter and what is behind it (WCAG 2.2, level AAA)."""

NIGHT: Final = replace(
    BUILTIN_THEMES[DARK],
    primary="#3c97e6",
    variables={
        "block-cursor-background": "#005a9e",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#123a5c",
    },
)
DAYLIGHT: Final = replace(
    BUILTIN_THEMES[LIGHT],
    accent="#804300",
    warning="#8a4800",
    success="#1c6b36",
    panel="#dcdcdc",
    variables={
        "footer-key-foreground": "#004f94",
        "block-cursor-blurred-background": "#c8d8e5",
        "foreground-muted": "#4a4a4a",
    },
)
"""Textual's dark and light colours, but each letter at least 4.5:1 (WCAG 2.2, level AA), where its own fall to 2:1."""

THEMES: Final = {"dark": DARK, "light": LIGHT, "high contrast": HIGH_CONTRAST}
"""By what the palette calls them."""

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_BY_NIGHT = ["#000000", "#ff8088", "#8fd05c", "#f5b95f", "#8ab4ff", "#e59aff", "#67d8ef", "#e0e0e0"]
_BY_DAY = ["#000000", "#9b1c1c", "#1c5a14", "#6b4a00", "#0b4a9c", "#7a1f8c", "#005a75", "#333333"]
NIGHT_LETTERS: Final = TerminalTheme(_BLACK, _WHITE, *[[Color.parse(each).rgb for each in _BY_NIGHT]] * 2)
DAY_LETTERS: Final = TerminalTheme(_WHITE, _BLACK, *[[Color.parse(each).rgb for each in _BY_DAY]] * 2)
"""The sixteen colours (black, red, green, yellow, blue, magenta, cyan, white) as read on each ground of a theme."""
WHITE_LETTERS: Final = TerminalTheme(_BLACK, _WHITE, [_BLACK, *[_WHITE] * 7], [_WHITE] * 8)
BLACK_LETTERS: Final = TerminalTheme(_WHITE, _BLACK, [_BLACK] * 8, [_BLACK] * 8)
"""The sixteen colours where there are to be none: red as a shade of gray would not be read on a dark background."""
