"""A click script that does one thing: one prepared statement, its rows as JSON. The peer of `workbench queue`."""

import json
import sys
from typing import Any

import click
from pysqlite3 import dbapi2 as sqlite3

_FIELDS = "id, subject, state, tier, team, assignee, priority, client, contact, opened_at, hops, bounces, due_at"


@click.command()
@click.argument("file")
@click.argument("tier")
@click.option("--limit", type=int, default=20)
def queue(file: str, tier: str, limit: int) -> None:
    """Show the tickets of a tier."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    rows: list[tuple[Any, ...]] = connection.execute(
        f"SELECT {_FIELDS} FROM ticket WHERE live = 1 AND tier = ? ORDER BY due_at, priority, opened_at, id LIMIT ?",
        (tier, limit),
    ).fetchall()
    names = _FIELDS.split(", ")
    json.dump([dict(zip(names, row, strict=True)) for row in rows], sys.stdout)


if __name__ == "__main__":
    queue()
