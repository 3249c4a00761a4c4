"""Error messages among the words of a ticket."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from workbench.tickets.model import Event
from workbench.tickets.replay import standing_events
from workbench.tickets.vocabulary import Kind

LONGEST_LINE: Final = 500
"""Characters of a line that is looked at as an error message."""
MOST_LINES: Final = 5_000
"""Lines of a ticket that are looked at."""

_FAULT = re.compile(
    r"\b(error|exception|fatal|panic|denied|refused|timed out|timeout|cannot|could not|unable to|failed|failure"
    r"|not found|unreachable|expired|invalid|permission)\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(0x[0-9a-f]{4,}|[A-Z]{2,}[-_]?\d{2,}|(?:HTTP|code|status|error)\D{0,3}[1-5]\d\d|[45]\d\d \d\.\d\.\d)\b"
)
_QUOTED = re.compile(r"[\"“„']([^\"”“']{8,300})[\"”']")
_TIME = re.compile(
    r"\b(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
    r"|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?!\d)"
)
_WORDS: Final = frozenset({Kind.OPENED, Kind.COMMENTED, Kind.REPLIED, Kind.NOTED})


class Message(NamedTuple):
    """An error message that was found, and the time that stands with it (empty where none does)."""

    text: str
    at: str


def told_message(events: Sequence[Event]) -> Message | None:
    """The error message in what was written on a ticket; what was taken back does not count."""
    return error_message(event.text for event in standing_events(events) if event.kind in _WORDS)


def error_message(texts: Iterable[str]) -> Message | None:
    """The line of the texts that looks most like an error message, a quoted part before the line around it."""
    best: tuple[int, Message] | None = None
    for number, line in enumerate(_lines(texts)):
        if number >= MOST_LINES:
            break
        score = 2 * bool(_CODE.search(line)) + bool(_FAULT.search(line))
        if not score:
            continue
        quoted = next(
            (each[1] for each in _QUOTED.finditer(line) if _FAULT.search(each[1]) or _CODE.search(each[1])), ""
        )
        score += 2 * bool(quoted)
        if best is None or score > best[0]:
            at = _TIME.search(line)
            best = score, Message(quoted or line, at[1] if at else "")
    return best[1] if best else None


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for line in text.splitlines():
            stripped = line.strip()
            if 0 < len(stripped) <= LONGEST_LINE:
                yield stripped
