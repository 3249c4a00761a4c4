"""The clipboard of the terminal one sits at."""

from typing import Any, Final

from textual.app import App

from workbench.text import one_line

_TOLD: Final = 60
"""Characters of a text that are quoted."""


def copy(app: App[Any], text: str, told: str = "") -> None:
    """Sends a text there, and says so; `told` is said instead of its beginning."""
    app.copy_to_clipboard(text.encode("utf-8", "replace").decode("utf-8"))  # no terminal can be sent surrogates
    app.notify(one_line(f"Copied: {told or text[:_TOLD]}"), markup=False)
