"""Writing many whole histories at once: what triggers do for each ticket is done for all of them together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from workbench.database import Database


@contextmanager
def in_bulk(database: Database, first: int) -> Iterator[None]:
    """One transaction that does at its end, for all tickets from `first` on, what the triggers would do for each."""
    with database.transaction():
        triggers = database.rows(f"SELECT name, sql FROM sqlite_master WHERE name IN ({', '.join('?' * 3)})", _TRIGGERS)
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        yield
        for statement in _AFTERWARDS:
            database.execute(statement, {"first": first})
        database.execute("UPDATE generation SET number = number + 1")
        for _, sql in triggers:
            database.execute(sql)


_TRIGGERS: Final = ("ticket_words_in", "ticket_counted_in", "generation_of_event_insert")
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
