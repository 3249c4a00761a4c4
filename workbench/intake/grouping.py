"""Gathers the rows of a log case by case in a temporary file, so that no log is too long or too mixed for memory."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from typing import NamedTuple


class LoggedRow(NamedTuple):
    """One row of a log; `at` is its time in seconds since 1970, None where it could not be read."""

    case: str
    at: int | None
    number: int
    cells: list[str]


def grouped(rows: Iterable[LoggedRow]) -> Iterator[list[LoggedRow]]:
    """The rows of each case in order of time, those of one second as the file has them; first opened, first yielded."""
    # An unnamed database is SQLite's temporary file: on disk as soon as it grows, gone when closed.
    with closing(sqlite3.connect("")) as file:
        file.execute("CREATE TABLE logged (number INTEGER PRIMARY KEY, name TEXT, at INTEGER, cells TEXT) STRICT")
        file.executemany(
            "INSERT INTO logged VALUES (?, ?, ?, ?)",
            ((row.number, row.case, row.at, json.dumps(row.cells)) for row in rows),
        )
        found = file.execute(
            "SELECT name, at, number, cells FROM logged WINDOW of_case AS (PARTITION BY name)"
            " ORDER BY min(at) OVER of_case, min(number) OVER of_case, at, number"
        )
        for _, case in groupby(found, key=lambda row: row[0]):
            yield [LoggedRow(name, at, number, json.loads(cells)) for name, at, number, cells in case]
