"""A command run in the background: its output as it comes, a time limit, and a stop; nothing of it is left behind."""

import codecs
import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import IO, ClassVar, Final, NamedTuple

from workbench.text import storable

MOST_OUTPUT: Final = 64 * 1024
"""Bytes of a command's output that are kept and told; of the rest only how many there were."""
PASSED_ON: Final = ("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SSH_AUTH_SOCK")
"""What a command gets to see of the surroundings; tokens and passwords that lie about there stay out of its reach."""

POSSIBLE: Final = hasattr(os, "killpg")
"""Whether this system has groups of processes, without which nobody could be sure that a command has ended."""

_GRACE: Final = 2.0
"""Seconds between asking a command to end and ending it."""
_GLANCE: Final = 0.1
"""Seconds after which it is looked whether to stop."""
_PIECE: Final = 8192
_PIPE: Final = 64 * 1024
"""Bytes that a pipe holds (pipe(7))."""


class Result(NamedTuple):
    """How a command went: `cut` bytes of output came after what `text` holds; `ended` like `exited 0`."""

    command: str
    text: str
    cut: int
    ended: str


class Execution:
    """One command, to be run once: `run` blocks and belongs into a thread, `stop` may be called from any other."""

    is_real: ClassVar[bool] = True
    """Whether it does anything."""

    def __init__(self, command: str, time_limit: int, surroundings: Mapping[str, str] = os.environ) -> None:
        self.command = command
        self.time_limit = time_limit
        self._environment = {name: surroundings[name] for name in PASSED_ON if name in surroundings} | {"TERM": "dumb"}
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Ends it as soon as can be, with everything that it has started."""
        self._stopped.set()

    def run(self, tell: Callable[[str], None] = lambda _: None) -> Result:
        """Runs it to its end; `tell` gets the output piece by piece, as raw as it came."""
        process = subprocess.Popen(
            ["/bin/sh", "-c", self.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._environment,
            start_new_session=True,
        )
        output = _Output(tell)
        assert process.stdout is not None
        with process.stdout as stream:
            os.set_blocking(stream.fileno(), False)
            try:
                why = self._follow(process, stream, output)
                _ask_to_end(process, stream, output)
            finally:
                _end(process)
        ended = why or _exit_words(process.returncode)
        return Result(self.command, output.finish(), output.cut, ended)

    def _follow(self, process: "subprocess.Popen[bytes]", stream: IO[bytes], output: "_Output") -> str | None:
        """Reads until the command has ended; otherwise why it is to be ended."""
        end = time.monotonic() + self.time_limit
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while True:
                over = process.poll() is not None
                readable = selector.select(0 if over else _GLANCE)
                piece = os.read(stream.fileno(), _PIECE) if readable else b""
                output.take(piece)
                if over and not piece:
                    return None
                if readable and not piece:  # it has closed its output, and may still work
                    selector.unregister(stream)
                    return self._wait(process, end)
                if self._stopped.is_set():
                    return "stopped"
                if time.monotonic() >= end:
                    return f"stopped after {self.time_limit} s"

    def _wait(self, process: "subprocess.Popen[bytes]", end: float) -> str | None:
        while process.poll() is None:
            if self._stopped.wait(_GLANCE):
                return "stopped"
            if time.monotonic() >= end:
                return f"stopped after {self.time_limit} s"
        return None


class Simulation(Execution):
    """A command that only seems to be run: it prints what it is known to print."""

    is_real = False

    def __init__(self, command: str, time_limit: int, printed: str) -> None:
        super().__init__(command, time_limit)
        self._printed = printed

    def run(self, tell: Callable[[str], None] = lambda _: None) -> Result:
        """Tells the output, and that all went well; nothing is started."""
        output = _Output(tell)
        output.take(self._printed.encode())
        return Result(self.command, output.finish(), output.cut, _exit_words(0))


class _Output:
    """Takes in bytes, tells them as text, and keeps as many as are kept."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.cut = 0
        self._tell = tell
        self._room = MOST_OUTPUT
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._parts: list[str] = []

    def take(self, piece: bytes) -> None:
        kept = piece[: self._room]
        self._room -= len(kept)
        self.cut += len(piece) - len(kept)
        self._put(self._decoder.decode(kept))

    def finish(self) -> str:
        self._put(self._decoder.decode(b"", final=True))
        return storable("".join(self._parts))

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._tell(text)


def _ask_to_end(process: "subprocess.Popen[bytes]", stream: IO[bytes], output: _Output) -> None:
    """Asks the command's whole group to end, also what it left running behind it, and hears its last words."""
    end = time.monotonic() + _GRACE
    asked = _reaches(process, signal.SIGTERM)
    while asked and time.monotonic() < end:
        time.sleep(_GLANCE)
        _hear(stream, output)
        process.poll()  # a shell that has ended counts to its group until somebody looked
        asked = _reaches(process, 0)
    _hear(stream, output)


def _hear(stream: IO[bytes], output: _Output) -> None:
    """Takes what stands in the pipe now; somebody who prints without end is not waited for."""
    with suppress(BlockingIOError):
        output.take(os.read(stream.fileno(), _PIPE))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends what is still there of the command's whole group."""
    _reaches(process, signal.SIGKILL)
    process.wait()


def _reaches(process: "subprocess.Popen[bytes]", how: int) -> bool:
    """Whether the signal reached any of the command's group; 0 only asks whether there is one that it could reach."""
    try:
        os.killpg(process.pid, how)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _exit_words(code: int) -> str:
    return f"exited {code}" if code >= 0 else f"ended by {signal.Signals(-code).name}"
