"""`workbench queue L1 --json --limit 20` as a process, beside a click script that runs one prepared statement."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import million
from benchmarks.million import MOMENT, WHO, environment
from benchmarks.table import Result, interleaved, ratio
from workbench.clock import iso

HEAVY = ("textual", "sqlite_utils", "pandas", "rapidfuzz")
"""Packages that a plain command must do without."""

_ROOT = Path(__file__).parents[1]
_LOADED = f"""
import sys
from workbench.cli.main import run
run(sys.argv[1:])
print(*(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)
"""


def measure(tickets: int) -> Iterator[Result]:
    """The whole process, from its start to its end, and what it has loaded."""
    path = str(million.file(tickets))
    options = ["--db", path, "--as", WHO, "--as-of", iso(MOMENT), "queue", "L1", "--json", "--limit", "20"]
    ours, plain = ["-m", "workbench", *options], ["-m", "benchmarks.plain_queue", path, "L1", "--limit", "20"]
    taken, theirs = interleaved(40, lambda: _python(ours), lambda: _python(plain))
    yield ratio("`queue L1 --json --limit 20` / click with one statement", taken, theirs, 1.5)
    loaded = _python(["-c", _LOADED, *options]).stderr.split()
    yield Result("heavy packages that it loads", ", ".join(loaded) or "none", "none", not loaded)


def _python(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=_ROOT, env=environment())
