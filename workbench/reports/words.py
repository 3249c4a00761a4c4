"""Figures in words: values with their units, targets, verdicts, and a trend as a row of small bars."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from workbench.reports.model import Figure, Period, Scope, Target, Unit, Verdict

_BARS: Final = "▁▂▃▄▅▆▇█"
_NO_DATA: Final = "·"
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def value_words(value: float | None, unit: Unit) -> str:
    """A value with its unit: `60.2%`, `23h57m`, `4.7d`, `1.18`, `$151,235`; a dash for no data."""
    if value is None:
        return "–"
    if unit is Unit.SHARE:
        return f"{_floored(100 * value):.1f}%"
    if unit is Unit.SECONDS:
        return _length(round(value))
    if unit is Unit.MONEY:
        return f"${value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def target_words(target: Target | None, unit: Unit) -> str:
    """What a value should be: `65–80%`, `<30%`, `100%`, `0`; nothing without a target."""
    if target is None:
        return ""
    ends = [f"{100 * end:g}" if unit is Unit.SHARE else f"{end:g}" for end in target[:2] if end is not None]
    return f"{'<' if target.below else ''}{'–'.join(ends)}{'%' if unit is Unit.SHARE else ''}"


def verdict_words(figure: Figure) -> str:
    """The verdict with the target that it is about: `in 65–80%`, `over <30%`; the target alone without data."""
    target = target_words(figure.definition.target, figure.definition.unit)
    return target if figure.verdict is Verdict.NONE else f"{figure.verdict} {target}"


def parts_words(figure: Figure) -> str:
    """What a value is made of: `71 of 118`; nothing where it is no part of anything."""
    if figure.definition.unit is not Unit.SHARE or not figure.denominator:
        return ""
    return f"{figure.numerator:,.0f} of {figure.denominator:,.0f}"


def sparkline(values: Sequence[float | None]) -> str:
    """A trend as one bar for each value, from nothing up to the greatest; a dot for no data."""
    greatest = max((value for value in values if value is not None), default=0.0)
    return "".join(_spark(value, greatest) for value in values)


def period_words(period: Period, zone: str) -> str:
    """From when to when, in the workbench's zone: `2026-10-22 to 2026-11-21 (30 days)`."""
    days = (period.end - period.start).total_seconds() / _DAY
    length = f"{days:,.0f} day{'' if round(days) == 1 else 's'}" if days >= 1 else _length(round(days * _DAY))
    return f"{_instant(period.start, zone)} to {_instant(period.end, zone)} ({length})"


def day_words(at: datetime, zone: str) -> str:
    """The day in the workbench's zone: `2026-10-22`."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d}"


def scope_words(scope: Scope) -> str:
    """Whose tickets: `team frontline, client contoso`; `all tickets`."""
    return ", ".join(f"{name} {value}" for name, value in scope._asdict().items() if value is not None) or "all tickets"


def counted(number: float, word: str, words: str = "") -> str:
    """`1 ticket`, `2,000 tickets`; `words` where an s is not all that more of them need."""
    return f"{number:,.0f} {word if number == 1 else words or f'{word}s'}"


def listed(words: Iterable[str]) -> str:
    """`a, b and c`."""
    *others, last = list(words) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _spark(value: float | None, greatest: float) -> str:
    if value is None:
        return _NO_DATA
    return _BARS[0] if not greatest else _BARS[round(value / greatest * (len(_BARS) - 1))]


def _floored(percent: float) -> float:
    """Cut, not rounded, to a tenth: 29.97 % is not yet 30 %."""
    return int(percent * 10 + 1e-9) / 10


def _length(seconds: int) -> str:
    if seconds >= 2 * _DAY:
        return f"{seconds / _DAY:,.1f}d"
    if seconds >= _HOUR:
        return f"{seconds // _HOUR}h{seconds % _HOUR // _MINUTE:02}m"
    return f"{seconds // _MINUTE}m" if seconds >= _MINUTE else f"{seconds}s"


def _instant(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d}" if (local.hour, local.minute, local.second) == (0, 0, 0) else f"{local:%Y-%m-%d %H:%M}"
