"""The whole program in a terminal of its own: time from its start to the first full frame, and the memory it takes."""

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import million
from benchmarks.million import MOMENT, WHO, environment
from benchmarks.table import Result, ratio
from workbench.clock import iso

SMALL = 1_000
TIMES = 15
_ROOT = Path(__file__).parents[1]
_DEADLINE = 30.0  # seconds
_ROWS, _COLUMNS = 40, 120


@dataclass(slots=True)
class Runs:
    """Seconds until the first full frame, and MB at that moment at most, of each run."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def measure(tickets: int) -> Iterator[Result]:
    """First paint beside a bare application, beside its panes alone and its own with few tickets; memory as well."""
    bare, panes, small, large = Runs(), Runs(), Runs(), Runs()
    subjects = (
        (bare, ["-m", "benchmarks.bare"], ["ready"]),
        (panes, ["-m", "benchmarks.panes"], ["queue 13", "subject 20", "ready", "Quit"]),
        (small, *_ours(SMALL)),
        (large, *_ours(tickets)),
    )
    for number in range(TIMES + 1):
        for runs, arguments, marks in subjects:
            seconds, megabytes = _run(arguments, marks)
            if number:  # the first run of each only warms the machine
                runs.seconds.append(seconds)
                runs.megabytes.append(megabytes)
    yield ratio("first paint / a bare Textual app", large.seconds, bare.seconds, 1.25)
    yield ratio("first paint / Textual's own widgets in the same panes", large.seconds, panes.seconds, None)
    yield ratio(f"first paint / its own with {SMALL:,} tickets", large.seconds, small.seconds, 1.1)
    yield ratio("memory at the first paint / a bare Textual app", large.megabytes, bare.megabytes, 1.6, "MB")


def _ours(tickets: int) -> tuple[list[str], list[str]]:
    """The program's arguments, and what stands in its first full frame: title, a row's clock, preview, keys."""
    options = ["--db", str(million.file(tickets)), "--as", WHO, "--as-of", iso(MOMENT)]
    return ["-m", "workbench", *options], ["L1 First line", " open · oldest ", "d over", "opened ", "Quit"]


def _run(arguments: Sequence[str], marks: Sequence[str]) -> tuple[float, float]:
    start = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(_ROOT)
        os.execve(sys.executable, [sys.executable, *arguments], environment() | {"TERM": "xterm-256color"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
    output = b""
    while not all(mark in _plain(output) for mark in marks):
        if time.perf_counter() > start + _DEADLINE:
            raise TimeoutError(f"no frame with {marks} in {_plain(output)[-2000:]!r}")
        if select.select([terminal], [], [], 0.1)[0]:
            output += os.read(terminal, 65_536)
    seconds, megabytes = time.perf_counter() - start, _peak(process)
    os.write(terminal, b"q")
    with contextlib.suppress(OSError):  # the terminal is gone with the process
        while os.read(terminal, 65_536):
            pass
    os.waitpid(process, 0)
    os.close(terminal)
    return seconds, megabytes


def _plain(output: bytes) -> str:
    """The text without the terminal's commands; each of them parts words that do not stand together."""
    return re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]", "", output.decode("utf-8", "replace"))


def _peak(process: int) -> float:
    """Megabytes of memory that the process has held at most."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024
