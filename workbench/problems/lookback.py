"""Looking back: the problems as far as they had come at an earlier moment, in tables that hide the real ones."""

from datetime import datetime
from typing import Final

from workbench.clock import iso
from workbench.database import Database
from workbench.problems.linking import link_told
from workbench.tickets.store import TicketStore

_SINCE: Final = (
    ("problem", "created_at"),
    ("problem_event", "at"),
    ("problem_link", "at"),
)
_MATCHES: Final = """
    CREATE TEMP TABLE problem_match AS
    SELECT ticket_id, problem, at, CASE WHEN until <= ? THEN until END AS until FROM main.problem_match WHERE at <= ?
"""
_THEN: Final = """
    SELECT after ->> 'state', at FROM temp.problem_event AS mine
    WHERE problem = temp.problem.id AND after ->> 'state' IS NOT NULL AND kind <> 'undone' AND NOT EXISTS (
        SELECT 1 FROM temp.problem_event AS later
        WHERE later.problem = mine.problem AND later.after ->> 'undoes' = mine.seq
    ) ORDER BY seq DESC LIMIT 1
"""
_LINKED_ANEW: Final = """
    SELECT DISTINCT ticket_id FROM main.event
    WHERE at > ? AND (undoes IS NOT NULL OR kind = 'unlinked' OR after ->> 'problem' IS NOT NULL)
"""


def look_back(database: Database, now: datetime) -> None:
    """Lays them as of `now` over the real ones, for this connection alone; what they say is what they say today.

    To be done before the tickets look back, since nothing can be written from then on.
    """
    execute = database.connection.execute
    execute("PRAGMA temp_store = MEMORY")  # before the first of these tables: a change would drop them
    for table, began in _SINCE:
        execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE {began} <= ?", (iso(now),))
    execute(_MATCHES, (iso(now), iso(now)))
    execute(f"UPDATE temp.problem SET (state, fixed_at) = ({_THEN})")
    execute("UPDATE temp.problem SET state = 'known' WHERE state IS NULL")
    execute("UPDATE temp.problem SET fixed_at = NULL WHERE state <> 'fixed'")
    _link(database, now)


def _link(database: Database, now: datetime) -> None:
    """Links the tickets of which another link was told since as their events told it then."""
    store, execute = TicketStore(database), database.connection.execute
    for (ref,) in database.rows(_LINKED_ANEW, (iso(now),)):
        execute("DELETE FROM temp.problem_link WHERE ticket_id = ?", (ref,))
        told = link_told(store.events(ref, now))
        if told is not None:
            execute(
                "INSERT INTO temp.problem_link (ticket_id, problem, seq, who, at) VALUES (?, ?, ?, ?, ?)",
                (ref, told.after["problem"], told.seq, told.who, iso(told.at)),
            )
