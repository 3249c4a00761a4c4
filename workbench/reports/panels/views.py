"""The line that names the views of the report, and says what is being worked out."""

from typing import Final

from rich.text import Text
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from workbench.widgets.show import show_line

VIEWS: Final = {"figures": "Figures", "diagnosis": "Diagnosis", "hops": "Who passes to whom", "load": "Load"}
"""Titles by name, in their order."""


class ViewLine(Widget):
    """One line; a click on a title goes there."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "ViewLine { height: 1; padding: 0 1; }"

    class Clicked(Message):
        """Another view is wanted."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self) -> None:
        super().__init__()
        self._view = next(iter(VIEWS))
        self._doing = ""
        self._ends: dict[str, int] = {}

    def show_view(self, view: str) -> None:
        """Which view is shown."""
        self._view = view
        self.refresh()

    def show_doing(self, doing: str) -> None:
        """What is being worked out; nothing where all is done."""
        if doing != self._doing:
            self._doing = doing
            self.refresh()

    def render(self) -> Text:
        """The titles, the present one reversed, and at the right what is being done."""
        line = Text(no_wrap=True, overflow="crop")
        for view, title in VIEWS.items():
            line.append_text(show_line(f" {title} ", "bold reverse" if view == self._view else "dim"))
            self._ends[view] = line.cell_len
            line.append(" ")
        doing = show_line(self._doing, "bold cyan")
        doing.truncate(max(0, self.size.width - line.cell_len), overflow="ellipsis")
        return line.append(" " * (self.size.width - line.cell_len - doing.cell_len)).append_text(doing)

    def on_click(self, event: Click) -> None:
        """Goes to the view that was clicked."""
        for view, end in self._ends.items():
            if event.x - self.gutter.left < end:
                self.post_message(self.Clicked(view))
                return
