"""One change through the services, beside the plain update and insert in tables of the same shape.

The plain ones have no index, no counter, no words to search and no history to replay, but commit as safely.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks import million
from benchmarks.million import MOMENT, WHO
from benchmarks.table import Result, ratio
from workbench.clock import FixedClock, iso
from workbench.database.sqlite import Connection, connect, library
from workbench.desk import Desk
from workbench.tickets.rules import Resolution

SMALL = 50_000
CHANGES = 200


def measure(tickets: int) -> Iterator[Result]:
    """Take, comment and resolve, in turn with the plain ones and with the same in a smaller file."""
    files = [million.copy(number, "changes") for number in (tickets, SMALL)]
    plain = _plain_file(files[0])
    large, small, peer = list[float](), list[float](), list[float]()
    with (
        Desk.open(files[0], FixedClock(MOMENT), WHO) as big,
        Desk.open(files[1], FixedClock(MOMENT), WHO) as little,
        closing(connect(plain)) as connection,
    ):
        connection.execute("PRAGMA synchronous = FULL")
        free = [_free(big), _free(little)]
        for number in range(CHANGES):
            large += _work(big, free[0][number])
            peer += [_seconds(partial(_write_plainly, connection, free[0][number])) for _ in range(3)]
            small += _work(little, free[1][number])
    yield ratio("take, comment, resolve / plain update and insert", large, peer, 2)
    yield ratio(f"take, comment, resolve / with {SMALL:,} tickets", large, small, 1.2)


def _work(desk: Desk, ref: int) -> list[float]:
    acts: tuple[Callable[[], object], ...] = (
        lambda: desk.tickets.take(ref),
        lambda: desk.tickets.comment(ref, "We are looking into it."),
        lambda: desk.tickets.resolve(ref, Resolution("a full disk", "made room", "the log is rotated now")),
    )
    return [_seconds(act) for act in acts]


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _free(desk: Desk) -> list[int]:
    """Tickets that nobody has, from all over the file."""
    sql = "SELECT id FROM ticket WHERE live = 1 AND state = 'new' AND id % 7 = 0 ORDER BY id * 7919 % 100003 LIMIT ?"
    return [ref for (ref,) in desk.database.rows(sql, (CHANGES,))]


def _plain_file(source: Path) -> Path:
    """Tickets and events of a file in tables with the same columns, a key and nothing else."""
    path = source.with_name("plain.db")
    for old in path.parent.glob("plain.db*"):
        old.unlink()
    path.touch()
    with closing(library.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("ATTACH ? AS source", (str(source),))
        for table in ("ticket", "event"):
            key = {"ticket": "PRIMARY KEY (id)", "event": "PRIMARY KEY (ticket_id, seq)"}[table]
            columns = connection.execute("SELECT name, type FROM pragma_table_info(?, 'source')", (table,)).fetchall()
            told = ", ".join(f"{name} {kind}" for name, kind in columns)
            end = "STRICT" if table == "ticket" else "STRICT, WITHOUT ROWID"
            connection.execute(f"CREATE TABLE main.{table} ({told}, {key}) {end}")
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table} ORDER BY 1, 2")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def _write_plainly(connection: Connection, ref: int) -> None:
    at = iso(MOMENT)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "UPDATE ticket SET assignee = ?, touched_at = ?, version = version + 1 WHERE id = ?", (WHO, at, ref)
    )
    connection.execute(
        "INSERT INTO event SELECT ticket_id, max(seq) + 1, ?, ?, 'taken', 0, '', '{}', '{}', 1, NULL, NULL FROM event"
        " WHERE ticket_id = ?",
        (at, WHO, ref),
    )
    connection.execute("COMMIT")
