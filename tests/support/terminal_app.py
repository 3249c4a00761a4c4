"""A tiny app for tests of the terminal: `python -m tests.support.terminal_app FILE`, where its draft is kept."""

import signal
import sys
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Input, Static

from workbench.errors import Refused
from workbench.program.terminal import TerminalApp


class TinyApp(TerminalApp):
    """An input whose text is saved when the app ends; `refuse` and enter raises an error of ours, else a mistake."""

    def compose(self) -> ComposeResult:
        """The input."""
        yield Static("ready ╭╮")
        yield Input()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Shows what arrived."""
        self.query_one(Static).update(f"typed {len(event.value)} {event.value!a}", layout=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Makes the mistake."""
        if event.value == "refuse":
            raise Refused("no [/b] more", "leave")
        password = f"{event.value} Secret-{1234}"
        raise ZeroDivisionError(len(password))

    def on_unmount(self) -> None:
        """Saves the draft."""
        Path(sys.argv[1]).write_text("saved", encoding="utf-8")


def main() -> int:
    """Runs the app; the exit status."""
    if "--nohup" in sys.argv:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        return TinyApp().run_in_terminal()
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
