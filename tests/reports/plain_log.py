"""A log in the shape of the BPI Challenge 2013, read without the program: plain Python over its rows, case by case."""

import csv
import gzip
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.reports.plain import Case, Figures, Step, figures

_RESPOND: Final = {"L1": 15 * 60, "L2": 3_600, "L3": 4 * 3_600}
"""Seconds within which somebody answers, where nothing else is set."""
_FACTOR: Final = {"Low": 1.0, "Medium": 1.0, "High": 0.5, "Major": 0.25}
"""By how many are hit, all of them hampered."""

Row = dict[str, str]


def log_figures(path: Path, start: datetime, end: datetime) -> tuple[int, Figures]:
    """How many cases the log has, and every figure that it tells for a period."""
    by_case: dict[str, list[tuple[datetime, int, Row]]] = defaultdict(list)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        names = next(csv.reader([file.readline()]))
        names[names.index("concept:name")] = "status"
        for number, cells in enumerate(csv.reader(file)):
            row = dict(zip(names, cells, strict=True))
            at = datetime.fromisoformat(row["time:timestamp"]).astimezone(UTC).replace(microsecond=0)
            by_case[row["case:concept:name"]].append((at, number, row))
    cases = []
    for number, rows in enumerate(by_case.values()):
        rows.sort(key=lambda told: told[:2])
        cases.append(_case(number, [(at, row) for at, _, row in rows], end))
    people = {step.who for case in cases for step in case.steps if step.who is not None}
    return len(cases), figures(cases, start, end, people)


def _case(number: int, rows: list[tuple[datetime, Row]], end: datetime) -> Case:
    first_at, first = rows[0]
    steps = [Step(first_at, None, first["org:group"], _tier(first), "new", False)]
    for at, row in rows:
        state = _state(row, steps[-1].state)
        resolves = state == "resolved" and steps[-1].state != "resolved"
        steps.append(Step(at, _person(row), row["org:group"], _tier(row), state, resolves))
    return Case(number, None, rows[-1][1]["product"], steps, _responded(rows, steps, end))


def _tier(row: Row) -> str:
    group = row["org:group"]
    return "L2" if " 2nd" in group else "L3" if " 3rd" in group else "L1"


def _person(row: Row) -> str | None:
    return None if row["org:resource"] in ("Siebel", "?", "") else row["org:resource"]


def _state(row: Row, before: str) -> str:
    if row["status"] == "Completed":
        return "closed" if row["lifecycle:transition"] == "Cancelled" else "resolved"
    if row["status"] == "Accepted":
        return "waiting" if row["lifecycle:transition"].startswith("Wait") else "open"
    return "new" if before == "new" else "open"


def _responded(rows: list[tuple[datetime, Row]], steps: list[Step], end: datetime) -> str:
    """How the first respond clock went: it runs at the first team until one of it works on the ticket."""
    used, since, target = 0.0, rows[0][0], _target(rows[0][1])
    before = steps[0]
    for (at, row), step in zip(rows, steps[1:], strict=True):
        if at >= end:
            break
        used += (at - since).total_seconds() if before.state in ("new", "open") else 0
        since = at
        if (step.team, step.tier) != (before.team, before.tier):
            return "missed" if used >= target else "none"
        target = _target(row)
        counts = step.state not in ("resolved", "closed") or step.resolves
        if counts and step.who is not None and row["status"] in ("Accepted", "Completed") and step.state != "closed":
            return "met" if used < target else "missed"
        before = step
    used += (end - since).total_seconds() if before.state in ("new", "open") else 0
    return "missed" if used >= target else "none"


def _target(row: Row) -> float:
    return _RESPOND[_tier(row)] * _FACTOR[row["impact"]]
