"""Other sessions on the same file, as processes of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROLOGUE = """
import sys
from pathlib import Path
from workbench.database import Database
path = Path(sys.argv[1])
"""


@contextmanager
def sessions(program: str, path: Path, count: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Starts `count` processes that run `program` with the file's `path`, and ends those that are left."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _PROLOGUE + program, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(count)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.communicate()


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    """Waits until the process prints the line `word`."""
    assert process.stdout is not None
    assert process.stdout.readline().strip() == word, process.communicate()[1]


def tell(process: subprocess.Popen[str], word: str) -> None:
    """Sends the process a line."""
    assert process.stdin is not None
    process.stdin.write(word + "\n")
    process.stdin.flush()


def finish(process: subprocess.Popen[str]) -> str:
    """What the process printed until its end, which must be a good one."""
    printed, complaint = process.communicate(timeout=60)
    assert process.returncode == 0, complaint
    return printed
