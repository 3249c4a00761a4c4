"""The colours one can choose: dark, light, and of the highest contrast."""

from dataclasses import replace
from typing import Final

from rich.terminal_theme import TerminalTheme
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

DAYLIGHT: Final = replace(
    BUILTIN_THEMES[LIGHT],
    accent="#8a4800",
    warning="#8a4800",
    success="#1c6b36",
    variables={"footer-key-foreground": "#004f94"},
)
"""Textual's light colours, but those of titles and keys at least 4.5:1 (WCAG 2.2, level AA), where its own are 2:1."""

THEMES: Final = {"dark": DARK, "light": LIGHT, "high contrast": HIGH_CONTRAST}
"""By what the palette calls them."""

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
WHITE_LETTERS: Final = TerminalTheme(_BLACK, _WHITE, [_BLACK, *[_WHITE] * 7], [_WHITE] * 8)
BLACK_LETTERS: Final = TerminalTheme(_WHITE, _BLACK, [_BLACK] * 8, [_BLACK] * 8)
"""The sixteen colours where there are to be none: red as a shade of gray would not be read on a dark background."""
