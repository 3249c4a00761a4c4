"""A terminal without a window, to run the program in as a process and see what it leaves behind."""

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

_ROOT = Path(__file__).parents[2]
_WITH_CONTROLLING_TERMINAL = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "signal.signal(signal.SIGHUP, signal.SIG_DFL);"  # which nohup has ignored by all that it begins
    "os.execv(sys.argv[1], sys.argv[1:])"
)
_PRIVATE_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
DEADLINE = 20.0
"""Seconds after which anything awaited counts as failed, on a busy machine."""


class Terminal:
    """A process in a terminal of its own: send keys and signals, read the screen's bytes, compare what it leaves."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = (80, 24)) -> None:
        self._ours, self._theirs = os.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.settings_before = self.settings()
        self.output = b""
        self.process = subprocess.Popen(
            [sys.executable, "-c", _WITH_CONTROLLING_TERMINAL, *argv],
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            start_new_session=True,
            cwd=_ROOT,
            env={**os.environ, "TERM": "xterm-256color", **env},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.close_window()
        os.close(self._theirs)

    def settings(self) -> list[Any]:
        """The line settings (echo, raw mode, …) as termios tells them."""
        return termios.tcgetattr(self._theirs)

    def send(self, data: bytes) -> None:
        """Types."""
        os.write(self._ours, data)

    def wait_for(self, text: bytes) -> None:
        """Reads until the text has been written to the screen."""
        end = time.monotonic() + DEADLINE
        while text not in self.output:
            assert time.monotonic() < end, f"no {text!r} in {self.output[-2000:]!r}"
            self._read(0.1)

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Reads until something holds."""
        end = time.monotonic() + DEADLINE
        while not holds():
            assert time.monotonic() < end, f"not yet, at {self.output[-2000:]!r}"
            self._read(0.05)

    def settle(self) -> None:
        """Reads until nothing has been written for a moment: the program has started, and waits."""
        while self._read(0.3):
            pass

    def wait_end(self) -> int:
        """Reads until the process has ended; its exit status."""
        end = time.monotonic() + DEADLINE
        while (status := self.process.poll()) is None:
            assert time.monotonic() < end, f"still running: {self.output[-2000:]!r}"
            self._read(0.05)
        while self._read(0):
            pass
        return status

    def close_window(self) -> None:
        """Takes the terminal away, as when a window or ssh is gone."""
        if self._ours >= 0:
            os.close(self._ours)
            self._ours = -1

    def modes_left_on(self) -> set[int]:
        """The private modes (mouse, other screen, pasting, …) that were switched on and not off again."""
        last = {int(mode): switch for mode, switch in _PRIVATE_MODE.findall(self.output)}
        return {mode for mode, switch in last.items() if switch == b"h"} - {7, 25}  # wrapping and the cursor belong on

    def _read(self, seconds: float) -> bool:
        if self._ours < 0:  # nothing to read any more; the process is given the time
            select.select([], [], [], seconds)
            return False
        if not select.select([self._ours], [], [], seconds)[0]:
            return False
        self.output += os.read(self._ours, 65_536)
        return True
