"""A bare Textual application: one Static. What ours is compared with in time to the first frame and in memory."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """Says one word."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012 - as Textual declares it

    def compose(self) -> ComposeResult:
        """The word."""
        yield Static("ready")


if __name__ == "__main__":
    BareApp().run()
