"""The screen of a running app as plain text, for golden screens: it survives a change of colours and diffs well."""

from typing import Any

from textual.app import App


def screen_lines(app: App[Any]) -> list[str]:
    """Every line of the screen as a person sees it now, without trailing spaces."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def screen_text(app: App[Any]) -> str:
    """The lines of the screen in one text, without the empty ones at the end."""
    return "\n".join(screen_lines(app)).rstrip("\n")
