"""Lengths of time: how long ago an instant was, `2h30m` in files and filters, `3d` on a screen."""

import re
from datetime import datetime

from workbench.errors import InvalidInput

_UNITS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_PART = re.compile(r"(\d+)\s*([wdhms])")
_WHOLE = re.compile(r"\s*(?:\d+\s*[wdhms]\s*)+")
LONGEST = 100 * 365 * 86_400
"""Seconds; a longer duration is a slip of the finger."""


def elapsed(since: datetime, now: datetime) -> int:
    """Seconds from an instant to now; never below zero, whatever a clock did."""
    return max(0, int((now - since).total_seconds()))


def parse_duration(text: str) -> int:
    """Seconds of `15m`, `1h`, `2h30m`, `3d` (24 h each), `1w`; raises InvalidInput for anything else."""
    lowered = text.lower()
    if _WHOLE.fullmatch(lowered) and len(lowered) < 40:
        seconds = sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(lowered))
        if seconds <= LONGEST:
            return seconds
    raise InvalidInput(f"{text!r} is not a duration", "write it like 15m, 1h, 2h30m or 3d")


def format_duration(seconds: int) -> str:
    """What `parse_duration` reads back as the same number: `2h30m`, `3d`, `0m`."""
    parts, rest = [], seconds
    for unit in ("d", "h", "m", "s"):
        count, rest = divmod(rest, _UNITS[unit])
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0m"


def short(seconds: int) -> str:
    """A length at a glance, rounded down, at most four characters: `45s`, `12m`, `3h`, `6d`, `2y`."""
    size = abs(seconds)
    for unit, below in (("s", 60), ("m", 3_600), ("h", 2 * 86_400), ("d", 1_000 * 86_400)):
        if size < below:
            return f"{size // _UNITS[unit]}{unit}"
    return f"{size // (365 * 86_400)}y"
