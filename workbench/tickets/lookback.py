"""Looking back: the tickets as they stood at an earlier moment, in tables of this connection that hide the real ones.

Every query about tickets, their stays, resolves and counts then answers for that moment without knowing. What happened
later is left out by replaying the events of just those tickets that have later ones.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from workbench.clock import iso
from workbench.database import Database
from workbench.tickets.clocks import Thresholds
from workbench.tickets.model import Event, Ticket
from workbench.tickets.rows import (
    COLUMNS,
    RESOLUTION_COLUMNS,
    RESPONSE_COLUMNS,
    STAY_COLUMNS,
    resolution_rows,
    response_row,
    row_of,
    stay_row,
)
from workbench.tickets.sql import COUNTED, TURNS, moment_parameters
from workbench.tickets.store import TicketStore

Replay = Callable[[int, Sequence[Event]], Ticket]

_SINCE_THEN = "SELECT DISTINCT ticket_id FROM main.event WHERE at > :now"
_TOLD_ANEW = f"{_SINCE_THEN} UNION SELECT id FROM main.ticket WHERE (SELECT missing FROM main.projection)"
"""Besides what changed later all tickets, while the file lacks rows of older ones."""
_AS_JUDGED = """
    UPDATE temp.first_response AS told SET missed_at = kept.missed_at FROM main.first_response AS kept
    WHERE told.ticket_id IN (SELECT id FROM temp.told_anew) AND kept.ticket_id = told.ticket_id
    AND kept.answered_at IS told.answered_at AND (told.answered_at IS NOT NULL OR kept.left_at = told.left_at)
"""
"""What was answered, or had ended, is as it was found then."""
_TABLES = (
    ("ticket", "id", COLUMNS, "PRIMARY KEY (id)"),
    ("stay", "ticket_id", STAY_COLUMNS, "PRIMARY KEY (ticket_id, seq)"),
    ("resolution", "ticket_id", RESOLUTION_COLUMNS, "PRIMARY KEY (ticket_id, seq)"),
    ("first_response", "ticket_id", RESPONSE_COLUMNS, "PRIMARY KEY (ticket_id)"),
)


def looks_back(database: Database) -> bool:
    """Whether this connection sees the tickets of an earlier moment; another one would see those of the present."""
    return bool(database.value("SELECT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE name = 'ticket')"))


def look_back(store: TicketStore, now: datetime, limits: Thresholds, replay: Replay) -> None:
    """Lays the tickets as of `now` over the real ones, for this connection alone and until it is closed.

    Takes as long as it takes to copy all tickets and to replay those that have changed since. From then on the
    connection can only read.
    """
    database, at = store.database, iso(now)
    connection = database.connection
    changed = [ref for (ref,) in database.rows(f"{_TOLD_ANEW} ORDER BY ticket_id", {"now": at})]
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("CREATE TEMP TABLE told_anew AS SELECT value AS id FROM json_each(?)", (json.dumps(changed),))
    for table, key, columns, primary in _TABLES:
        typed = f"id INTEGER, {', '.join(columns[1:])}" if key == "id" else ", ".join(columns)
        connection.execute(f"CREATE TEMP TABLE {table} ({typed}, {primary})")
        connection.execute(
            f"INSERT INTO temp.{table} SELECT {', '.join(columns)} FROM main.{table}"
            f" WHERE {key} NOT IN (SELECT id FROM temp.told_anew)"
        )
    for ref in changed:
        events = store.events(ref, now)
        if events:
            _tell(database, store.with_kept_outcomes(replay(ref, events)), now, limits)
    connection.execute(_AS_JUDGED)
    connection.execute(
        f"UPDATE temp.ticket SET counted = {COUNTED}, turns_at = {TURNS}", moment_parameters(now, limits)
    )
    _index(database)
    connection.execute(
        "CREATE TEMP TABLE tally AS SELECT tier, team, coalesce(assignee, '') AS assignee, bounces > 0 AS bouncing,"
        " counted, count(*) AS tickets FROM temp.ticket WHERE live = 1 GROUP BY 1, 2, 3, 4, 5"
    )
    connection.execute("CREATE TEMP TABLE projection AS SELECT 1 AS id, 0 AS missing")
    connection.execute("PRAGMA query_only = ON")


def _tell(database: Database, ticket: Ticket, now: datetime, limits: Thresholds) -> None:
    """Writes one ticket as it stood."""
    told = (
        ("ticket", COLUMNS, [row_of(ticket, now, limits)]),
        ("stay", STAY_COLUMNS, [stay_row(ticket.ref, stay) for stay in ticket.stays]),
        ("resolution", RESOLUTION_COLUMNS, resolution_rows(ticket)),
        ("first_response", RESPONSE_COLUMNS, [response_row(ticket)]),
    )
    for table, columns, rows in told:
        marks = ", ".join("?" * len(columns))
        database.connection.executemany(f"INSERT INTO temp.{table} VALUES ({marks})", rows)


def _index(database: Database) -> None:
    """The same indexes under the same names, since queries name them."""
    for (sql,) in database.rows(
        "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('ticket', 'stay', 'resolution', 'first_response')"
    ):
        database.connection.execute(sql.replace("INDEX ", "INDEX temp.", 1))
