"""Writing many whole histories at once: what triggers do for each ticket is done for all of them together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from workbench.database import Database


@contextmanager
def in_bulk(database: Database, first: int) -> Iterator[None]:
    """One transaction that does at its end, for all tickets from `first` on, what triggers would do for each.

    That is to count them and to index their words; what rooms above keep by trigger these histories must not tell.
    Indexes stay: the SQLite of pysqlite3 would sort them in memory, which takes 150 MB for a million tickets.
    """
    with database.transaction():
        dropped = database.rows(_TRIGGERS)
        for name, _ in dropped:
            database.execute(f"DROP TRIGGER {name}")
        yield
        for statement in _AFTERWARDS:
            database.execute(statement, {"first": first})
        database.execute("UPDATE generation SET number = number + 1")
        for _, sql in dropped:
            database.execute(sql)


_TRIGGERS: Final = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'trigger' AND tbl_name IN ('ticket', 'event') AND sql LIKE '%AFTER INSERT ON%'
"""
"""All that heed new tickets and events: asking each whether it minds takes a sixth of the writing."""
_AFTERWARDS: Final = (
    """
    INSERT INTO ticket_words (rowid, subject, contact, body)
    SELECT id, subject, contact, body FROM ticket WHERE id >= :first
    """,
    """
    INSERT INTO tally (tier, team, assignee, bouncing, counted, tickets)
    SELECT tier, team, coalesce(assignee, ''), bounces > 0, counted, count(*) FROM ticket
    WHERE id >= :first AND live = 1 GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT DO UPDATE SET tickets = tickets + excluded.tickets
    """,
)
