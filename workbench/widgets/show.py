"""How data gets into a widget: as Rich text, harmless and never parsed as markup.

A plain `str` is markup to most widgets: `[P1]` vanishes, `[/]` ends the program, `[@click=…]` runs on a click. A Rich
`Text` is taken literally by all of them.
"""

from rich.text import Text

from workbench.text import one_line, visible


def show(text: str, style: str = "") -> Text:
    """The text for a widget, control characters made visible; tabs and newlines stay. `style` is Rich's: `bold red`."""
    return _styled(Text(visible(text)), style)


def show_line(text: str, style: str = "") -> Text:
    """The text for a widget on one line: a newline becomes ↵; it is cut with … where it does not fit."""
    return _styled(Text(one_line(text), no_wrap=True, overflow="ellipsis"), style)


def _styled(text: Text, style: str) -> Text:
    # As a span, since Textual reads a Text's base style as CSS, where yellow is #ffff00 on any background.
    text.stylize(style)
    return text


def clicked(text: Text, action: str) -> Text:
    """The text with what a click on it does; an action is written by us, and never made of what somebody typed."""
    text.apply_meta({"@click": action})
    return text
