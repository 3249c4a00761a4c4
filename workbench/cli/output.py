"""What the program prints: data to stdout as UTF-8, words to stderr, and nothing in either that a terminal obeys."""

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import Any, Final, TextIO

from workbench.text import one_line

_NOT_ESCAPED_BY_JSON = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ud800-\udfff]"
)

_TOLD: Final = 20
"""Lines of one kind that `some` leaves."""


def speak_utf8() -> None:
    """Makes stdout and stderr UTF-8, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def tell(*lines: str) -> None:
    """Prints lines of data; what comes from outside must be made visible before."""
    _write(sys.stdout, "".join(f"{line}\n" for line in lines))


def tell_json(value: Any) -> None:
    """Prints one value as JSON on one line."""
    tell(_json(value))


def tell_json_list(values: Iterable[Any]) -> None:
    """Prints an array, one element a line, as the elements come."""
    before = "["
    for value in values:
        _write(sys.stdout, f"{before}{_json(value)}")
        before = ",\n "
    tell("[]" if before == "[" else "]")


def some(lines: Sequence[str]) -> list[str]:
    """The first of many lines of one kind, and how many more there are; for what `--json` tells in full."""
    more = [f"… and {len(lines) - _TOLD:,} more; --json tells all"] if len(lines) > _TOLD else []
    return [*lines[:_TOLD], *more]


def say(words: str) -> None:
    """Says something to the person in front, on stderr."""
    _write(sys.stderr, f"{words}\n")


def complain(problem: str) -> None:
    """Says in one line what is wrong and what to do."""
    say(f"workbench: {one_line(problem)}")


def show_progress(done: int, total: int) -> None:
    """Shows on a terminal, in one line that goes at the end, how far something has come."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} of {total:,} " if done < total else "\r\x1b[K")
        sys.stderr.flush()


def show_count(done: int) -> None:
    """Shows the same where nobody knows how much there is."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} read \x1b[K")
        sys.stderr.flush()


def flush() -> None:
    """Hands on what is printed, so that a closed pipe or a full disk is met here."""
    if sys.stdout is not None:
        sys.stdout.flush()


def give_up_stdout() -> None:
    """Lets what is still unprinted vanish: the interpreter would try again, and complain, when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_ESCAPED_BY_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is not None:  # closed by the caller, as by `>&-`
        stream.write(text)
