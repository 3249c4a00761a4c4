"""The line at the top of a screen: where one is and who one is on the left, what is burning on the right."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static


class HeaderLine(Horizontal):
    """One line; what is burning never gives way to the rest."""

    DEFAULT_CSS = """
    HeaderLine {
        height: 1;
        dock: top;
        background: $panel;
        & > Static { width: auto; height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > #header-where { width: 1fr; text-style: bold; }
    }
    """

    def compose(self) -> ComposeResult:
        """Where, who and when, what is burning."""
        yield Static(id="header-where")
        yield Static(id="header-who")
        yield Static(id="header-burning")

    def show_left(self, where: Text, who: Text) -> None:
        """Which workbench and screen, and who looks at it when."""
        self.query_one("#header-where", Static).update(where)
        self.query_one("#header-who", Static).update(who)

    def show_right(self, burning: Text) -> None:
        """What needs somebody now."""
        self.query_one("#header-burning", Static).update(burning)
