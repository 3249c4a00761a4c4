"""What a measurement found, beside what was promised, and how two things are measured fairly on a busy machine."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table."""

    what: str
    measured: str
    target: str = "–"
    met: bool | None = None
    """None where nothing was promised."""

    @property
    def verdict(self) -> str:
        """In a word whether the promise is kept."""
        return {True: "met", False: "missed", None: "told"}[self.met]


def ratio(what: str, ours: Sequence[float], theirs: Sequence[float], most: float | None, unit: str = "ms") -> Result:
    """Compares the medians of two interleaved series of seconds (shown in ms) or of another unit.

    Without the most that it may be it is only told.
    """
    scale = 1_000 if unit == "ms" else 1
    mine, peer = statistics.median(ours) * scale, statistics.median(theirs) * scale
    found = mine / peer
    measured = f"{mine:,.3g} / {peer:,.3g} {unit} = {found:.2g} ×"
    return Result(what, measured) if most is None else Result(what, measured, f"≤ {most} ×", found <= most)


def limit(what: str, value: float, most: float, unit: str = "ms") -> Result:
    """Compares one figure with the most it may be."""
    return Result(what, f"{value:,.3g} {unit}", f"≤ {most} {unit}", value <= most)


def at_least(what: str, value: float, least: float, unit: str = "") -> Result:
    """Compares one figure with the least it may be."""
    return Result(what, f"{value:,.3g} {unit}".strip(), f"≥ {least} {unit}".strip(), value >= least)


def interleaved(times: int, *subjects: Callable[[], object]) -> list[list[float]]:
    """Seconds that each subject takes, each time one after the other, so that the machine's moods hit all alike."""
    taken: list[list[float]] = [[] for _ in subjects]
    for _ in range(times):
        for series, subject in zip(taken, subjects, strict=True):
            start = time.perf_counter()
            subject()
            series.append(time.perf_counter() - start)
    return taken


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[int(len(values) * 0.95)]


def shown(results: Sequence[Result]) -> str:
    """The table, as Markdown."""
    rows = [("What", "Measured", "Target", "Verdict"), *((r.what, r.measured, r.target, r.verdict) for r in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])
