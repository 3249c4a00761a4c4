"""Writing many whole histories at once: what triggers do for each ticket is done for all of them together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from workbench.database import Database


@contextmanager
def in_bulk(database: Database, first: int) -> Iterator[None]:
    """One transaction that does at its end, for all tickets from `first` on, what triggers would do for each.

    That is to count them and to index their words; what rooms above keep by trigger these histories must not tell.

    Where these are the first tickets of all, the indexes that are not in the order of tickets are built at the end too.
    """
    with database.transaction():
        dropped = database.rows(_TRIGGERS)
        if not database.value("SELECT EXISTS (SELECT 1 FROM ticket)"):
            dropped += database.rows(_INDEXES)
        for kind, name, _ in dropped:
            database.execute(f"DROP {kind} {name}")
        yield
        for statement in _AFTERWARDS:
            database.execute(statement, {"first": first})
        database.execute("UPDATE generation SET number = number + 1")
        for _, _, sql in dropped:
            database.execute(sql)


_TRIGGERS: Final = """
    SELECT type, name, sql FROM sqlite_master
    WHERE type = 'trigger' AND tbl_name IN ('ticket', 'event') AND sql LIKE '%AFTER INSERT ON%'
"""
"""All that heed new tickets and events: asking each whether it minds takes a sixth of the writing."""
_INDEXES: Final = """
    SELECT type, name, sql FROM sqlite_master
    WHERE name IN ('resolution_at', 'first_response_opened', 'stay_arrival')
"""
"""With 200,000 tickets they take 2 µs for each when they are built at once, 14 when each is put in its place."""
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
