"""Writes tickets as CSV or JSON, one at a time, so that the tables of `import tickets` read them back."""

import csv
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, TextIO

from workbench.intake.cells import guarded, joined, without_nul

COLUMNS: Final = (
    "ref",
    "external",
    "subject",
    "body",
    "state",
    "waiting_for",
    "waiting_reason",
    "waiting_until",
    "tier",
    "team",
    "assignee",
    "priority",
    "impact",
    "urgency",
    "client",
    "contact",
    "component",
    "tags",
    "opened_at",
    "resolved_at",
    "closed_at",
    "hops",
    "bounces",
    "reopens",
)
"""The columns of the CSV file: the fields of `ticket show` that stand for themselves at any moment."""


def write_csv(tickets: Iterable[Mapping[str, Any]], file: TextIO) -> int:
    """Writes tickets in the shape of `ticket show`, no cell of which a spreadsheet will run; returns how many.

    The file must be open with `newline=""`.
    """
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    count = 0
    for ticket in tickets:
        waiting = ticket.get("waiting") or {}
        values = {**ticket, **{f"waiting_{part}": value for part, value in waiting.items()}}
        writer.writerow([_cell(values.get(column)) for column in COLUMNS])
        count += 1
    return count


def write_json(tickets: Iterable[Mapping[str, Any]], file: TextIO) -> int:
    """Writes tickets in the shape of `ticket show` as one JSON array, one ticket a line; returns how many."""
    count = 0
    for ticket in tickets:
        file.write(",\n" if count else "[\n")
        file.write(json.dumps(ticket))
        count += 1
    file.write("\n]\n" if count else "[]\n")
    return count


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = joined(value)
    return guarded(without_nul(str(value)))
