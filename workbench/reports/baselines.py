"""Figures that were kept under a name, to be compared with later ones."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.reports.model import Period, Scope


class Baseline(NamedTuple):
    """The values of all figures as they were taken then, by name; None for no data."""

    name: str
    kept_at: datetime
    kept_by: str
    period: Period
    scope: Scope
    values: Mapping[str, float | None]


class BaselineStore:
    """Reads and writes them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def write(self, kept: Baseline) -> None:
        """Writes one, inside a transaction; one of the same name is replaced."""
        self.database.execute(
            """
            INSERT INTO baseline (name, kept_at, kept_by, from_at, to_at, scope, figures) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                kept_at = excluded.kept_at, kept_by = excluded.kept_by, from_at = excluded.from_at,
                to_at = excluded.to_at, scope = excluded.scope, figures = excluded.figures
            """,
            (
                kept.name,
                iso(kept.kept_at),
                kept.kept_by,
                iso(kept.period.start),
                iso(kept.period.end),
                json.dumps(kept.scope._asdict()),
                json.dumps(dict(kept.values)),
            ),
        )

    def delete(self, name: str) -> None:
        """Deletes one, inside a transaction."""
        self.database.execute("DELETE FROM baseline WHERE name = ?", (name,))

    def all(self) -> list[Baseline]:
        """All of them, the latest first."""
        rows = self.database.rows(
            "SELECT name, kept_at, kept_by, from_at, to_at, scope, figures FROM baseline ORDER BY kept_at DESC, name"
        )
        return [_read(*row) for row in rows]


def _read(name: str, kept_at: str, kept_by: str, start: str, end: str, scope: str, values: str) -> Baseline:
    told: dict[str, Any] = json.loads(scope)
    return Baseline(
        name, stored(kept_at), kept_by, Period(stored(start), stored(end)), Scope(**told), json.loads(values)
    )
