"""One change through the services, beside the plain update and insert that it leaves, in tables of the same shape.

The plain ones have the same values and commit as safely, but no counter, no words to search, no references, no rules to
ask and no history to replay; once with the same indexes, once with none but the keys.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import million
from benchmarks.million import MOMENT, WHO
from benchmarks.table import Result, ratio
from workbench.clock import FixedClock
from workbench.database.sqlite import Connection, connect, library
from workbench.desk import Desk
from workbench.tickets.rules import Resolution

SMALL = 50_000
TICKETS = 200
_ACTS = ("take", "comment", "resolve")


class Statement(NamedTuple):
    """A change in SQL, with its values."""

    sql: str
    values: tuple[Any, ...]


def measure(tickets: int) -> Iterator[Result]:
    """Take, comment and resolve, in turn with the plain ones and with the same in a smaller file.

    One change is a third of what all three of a ticket take: they write different numbers of pages, so that a median
    over all of them would be that of one act at the edge of its own times.
    """
    files = [million.copy(number, "changes") for number in (tickets, SMALL)]
    plain = [_plain_file(files[0], indexed=indexed) for indexed in (True, False)]
    large, small = list[float](), list[float]()
    beside: list[list[float]] = [[] for _ in plain]
    with ExitStack() as opened:
        big, little = (opened.enter_context(Desk.open(file, FixedClock(MOMENT), WHO)) for file in files)
        peers = [opened.enter_context(closing(_connected(file))) for file in plain]
        for ref, other in zip(_free(big), _free(little), strict=True):
            for act, same in zip(_acts(big, ref), _acts(little, other), strict=True):
                large.append(_seconds(act))
                change, event = _written(big, peers[0], ref)
                for peer, taken in zip(peers, beside, strict=True):
                    taken.append(_seconds(partial(_write_plainly, peer, change, event)))
                small.append(_seconds(same))
    indexed, bare = beside
    one, plainly = "one change", "plain update and insert"
    yield ratio(f"{one} / {plainly}, same indexes", _each(large), _each(indexed), 2)
    for place, name in enumerate(_ACTS):
        yield ratio(f"of these a {name}", large[place :: len(_ACTS)], indexed[place :: len(_ACTS)], None)
    yield ratio(f"{one} / {plainly}, no index", _each(large), _each(bare), None)
    yield ratio(f"{one} / with {SMALL:,} tickets", _each(large), _each(small), 1.2)


def _each(seconds: Sequence[float]) -> list[float]:
    """What a change of each ticket took: the mean of its take, comment and resolve, which stand behind each other."""
    acts = len(_ACTS)
    return [sum(seconds[place : place + acts]) / acts for place in range(0, len(seconds), acts)]


def _acts(desk: Desk, ref: int) -> tuple[Callable[[], object], ...]:
    return (
        lambda: desk.tickets.take(ref),
        lambda: desk.tickets.comment(ref, "We are looking into it."),
        lambda: desk.tickets.resolve(ref, Resolution("a full disk", "made room", "the log is rotated now")),
    )


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _free(desk: Desk) -> list[int]:
    """Tickets that nobody has, from all over the file."""
    sql = "SELECT id FROM ticket WHERE live = 1 AND state = 'new' AND id % 7 = 0 ORDER BY id * 7919 % 100003 LIMIT ?"
    return [ref for (ref,) in desk.database.rows(sql, (TICKETS,))]


def _plain_file(source: Path, *, indexed: bool) -> Path:
    """Tickets and events of a file in tables with the same columns and keys, with its indexes or without."""
    path = source.with_name("plain-indexed.db" if indexed else "plain.db")
    for old in path.parent.glob(f"{path.name}*"):
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
            if indexed:
                _index(connection, table)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def _index(connection: Connection, table: str) -> None:
    indexes = "SELECT sql FROM source.sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?"
    for (sql,) in connection.execute(indexes, (table,)).fetchall():
        connection.execute(sql)


def _connected(path: Path) -> Connection:
    connection = connect(path)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _written(desk: Desk, peer: Connection, ref: int) -> tuple[Statement, Statement]:
    """The update and the insert that bring what a change has written to a peer, which has all before it."""
    cursor = peer.execute("SELECT * FROM ticket WHERE id = ?", (ref,))
    names, before = [column[0] for column in cursor.description], cursor.fetchone()
    after = desk.database.row("SELECT * FROM ticket WHERE id = ?", (ref,))
    event = desk.database.row("SELECT * FROM event WHERE ticket_id = ? ORDER BY seq DESC LIMIT 1", (ref,))
    assert after is not None
    assert event is not None
    changed = [place for place, value in enumerate(after) if value != before[place]]
    told = ", ".join(f"{names[place]} = ?" for place in changed)
    update = Statement(f"UPDATE ticket SET {told} WHERE id = ?", (*(after[place] for place in changed), ref))
    return update, Statement(f"INSERT INTO event VALUES ({', '.join('?' * len(event))})", event)


def _write_plainly(peer: Connection, change: Statement, event: Statement) -> None:
    peer.execute("BEGIN IMMEDIATE")
    peer.execute(*change)
    peer.execute(*event)
    peer.execute("COMMIT")
