"""Leaves the terminal as it was found, however the program ends, and tells a crash in one line.

Textual itself dies of a signal with the mouse and the raw mode left on, spins when its window is gone, ends on one byte
that is no UTF-8, and prints the values of all variables when it crashes: ticket text and names.
"""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

from rich.console import RenderableType
from textual import constants
from textual.app import App, ScreenStackError

from workbench import __version__
from workbench.errors import WorkbenchError
from workbench.program.collector import REST, CollectorAtRest, calm_collector

CRASHED = 1
"""The exit status after a mistake of the program itself."""
HUNG_UP = 129
"""The exit status when the window is gone: as after SIGHUP."""
LOOK_EVERY = 1.0
"""Seconds between two looks whether the terminal is still there."""
LEAVE_WITHIN = 10.0
"""Seconds that an app without a terminal gets to end by itself; Textual can wait for ever to write to it."""


class TerminalApp(App[None]):
    """An app that is safe to run in a real terminal, by `run_in_terminal()`.

    Without one Textual would wait for it for ever: whoever runs the app looks first. Whatever ends it, its screens are
    unmounted first: that is where a draft is saved.
    """

    def on_mount(self) -> None:
        """Has what was closed let go while nothing else is done."""
        self.set_interval(REST, CollectorAtRest().look)

    def run_in_terminal(self) -> int:
        """Runs until the user or a signal ends it; the exit status, 128 + n for a signal n.

        Raises the WorkbenchError that was met where no action could tell it, as a file found broken while painting.
        """
        _speak_utf8()
        _read_any_bytes()
        calm_collector()
        asyncio.run(self._run_guarded())
        if isinstance(self._exception, WorkbenchError):
            raise self._exception
        if self._exception is not None:
            return tell_crash(self._exception)
        return CRASHED if self.return_code is None else self.return_code

    def clear_selection(self) -> None:
        """Clears what is selected on the screen, if there is one.

        Since Python 3.12 Textual's tasks begin at once, so that an input of the first screen asks before it stands.
        """
        with contextlib.suppress(ScreenStackError):
            super().clear_selection()

    async def _run_guarded(self) -> None:
        if constants.DRIVER is not None or sys.platform == "win32":  # in a browser, or without these signals
            await self.run_async()
            return
        loop, ended = asyncio.get_running_loop(), threading.Event()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                loop.add_signal_handler(number, self._leave, 128 + number)
        # A thread, for the loop itself can stand still in a write to a terminal that is gone.
        threading.Thread(target=self._watch_terminal, args=(loop, ended), daemon=True).start()
        try:
            await self.run_async()
        finally:
            ended.set()

    def _leave(self, status: int) -> None:
        self.exit(return_code=status)

    def _watch_terminal(self, loop: asyncio.AbstractEventLoop, ended: threading.Event) -> None:
        while _terminal_is_there():
            if ended.wait(LOOK_EVERY):
                return
        loop.call_soon_threadsafe(self._leave, HUNG_UP)
        if not ended.wait(LEAVE_WITHIN):
            os._exit(HUNG_UP)

    def panic(self, *renderables: RenderableType) -> None:
        """Ends the app over an error that comes as a rendered traceback: those of the thread that reads the keys."""
        if self._exception is None:
            with self.console.capture() as rendered:
                self.console.print(*renderables)
            self._exception = RuntimeError(rendered.get())
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        # In Textual this renders a traceback with the values of all variables.
        self._close_messages_no_wait()


def tell_crash(error: BaseException) -> int:
    """Writes what happened to a file that only this user can read, says so in one line, and returns the exit status."""
    try:
        where = f"what happened is written in {_write_crash(error)}"
    except OSError as unwritable:
        where = f"and what happened could not be written down: {unwritable.strerror}"
    line = f"workbench ended by a mistake of its own ({type(error).__name__}); {where}"
    with contextlib.suppress(OSError):  # the terminal itself may be gone
        print(line, file=sys.stderr, flush=True)  # noqa: T201
    return CRASHED


def _write_crash(error: BaseException) -> Path:
    import platform  # all of them here, since nothing else needs them
    import tempfile
    import traceback
    from importlib.metadata import version

    import platformdirs

    folder = platformdirs.user_state_path("workbench", ensure_exists=True)
    descriptor, name = tempfile.mkstemp(prefix="crash-", suffix=".txt", dir=folder)  # mode 0600
    with open(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(
            f"workbench {__version__}, textual {version('textual')}, {platform.platform()}, Python {sys.version}\n"
        )
        file.writelines(traceback.TracebackException.from_exception(error).format())
    return Path(name)


def _terminal_is_there() -> bool:
    try:
        os.get_terminal_size(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except OSError:
        return False
    return True


def _speak_utf8() -> None:
    """Textual draws on stderr, whose encoding follows the locale: under LC_ALL=C a box would end the program."""
    for stream in (sys.__stderr__, sys.__stdout__):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _read_any_bytes() -> None:
    """Lets Textual's drivers take a byte that is no UTF-8 as � (Textual issue 6456)."""
    with contextlib.suppress(ImportError):  # not on Windows
        from textual.drivers import linux_driver, web_driver

        for driver in (linux_driver, web_driver):
            vars(driver)["getincrementaldecoder"] = _lenient


def _lenient(encoding: str) -> Callable[[], IncrementalDecoder]:
    return lambda: getincrementaldecoder(encoding)(errors="replace")
