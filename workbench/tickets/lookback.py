"""Looking back: the tickets as they stood at an earlier moment, in tables of this connection that hide the real ones.

Every query about tickets, their stays and their counts then answers for that moment without knowing. What happened
later is left out by replaying the events of just those tickets that have later ones.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from workbench.clock import iso
from workbench.database import Database
from workbench.tickets.clocks import Rules
from workbench.tickets.model import Event, Ticket
from workbench.tickets.rows import COLUMNS, STAY_COLUMNS, row_of, stay_row
from workbench.tickets.sql import COUNTED, TURNS, moment_parameters
from workbench.tickets.store import TicketStore

Replay = Callable[[int, Sequence[Event]], Ticket]

_SINCE_THEN = "SELECT DISTINCT ticket_id FROM main.event WHERE at > :now"


def looks_back(database: Database) -> bool:
    """Whether this connection sees the tickets of an earlier moment; another one would see those of the present."""
    return bool(database.value("SELECT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE name = 'ticket')"))


def look_back(store: TicketStore, now: datetime, rules: Rules, replay: Replay) -> None:
    """Lays the tickets as of `now` over the real ones, for this connection alone and until it is closed.

    Takes as long as it takes to copy all tickets and to replay those that have changed since. From then on the
    connection can only read.
    """
    database, at = store.database, iso(now)
    connection = database.connection
    changed = [ref for (ref,) in database.rows(f"{_SINCE_THEN} ORDER BY ticket_id", {"now": at})]
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"CREATE TEMP TABLE ticket (id INTEGER PRIMARY KEY, {', '.join(COLUMNS[1:])})")
    connection.execute(f"CREATE TEMP TABLE stay ({', '.join(STAY_COLUMNS)}, PRIMARY KEY (ticket_id, seq))")
    for table, key, columns in (("ticket", "id", COLUMNS), ("stay", "ticket_id", STAY_COLUMNS)):
        connection.execute(
            f"INSERT INTO temp.{table} SELECT {', '.join(columns)} FROM main.{table}"
            f" WHERE {key} NOT IN ({_SINCE_THEN})",
            {"now": at},
        )
    for ref in changed:
        events = store.events(ref, now)
        if events:
            ticket = replay(ref, events)
            row = row_of(ticket, now, rules)
            connection.execute(f"INSERT INTO temp.ticket VALUES ({', '.join('?' * len(row))})", row)
            stays = [stay_row(ref, stay) for stay in ticket.stays]
            connection.executemany(f"INSERT INTO temp.stay VALUES ({', '.join('?' * len(STAY_COLUMNS))})", stays)
    connection.execute(f"UPDATE temp.ticket SET counted = {COUNTED}, turns_at = {TURNS}", moment_parameters(now, rules))
    _index(database)
    connection.execute(
        "CREATE TEMP TABLE tally AS SELECT tier, team, coalesce(assignee, '') AS assignee, bounces > 0 AS bouncing,"
        " counted, count(*) AS tickets FROM temp.ticket WHERE live = 1 GROUP BY 1, 2, 3, 4, 5"
    )
    connection.execute("PRAGMA query_only = ON")


def _index(database: Database) -> None:
    """The same indexes under the same names, since queries name them."""
    for (sql,) in database.rows(
        "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name = 'ticket' AND sql IS NOT NULL"
    ):
        database.connection.execute(sql.replace("INDEX ", "INDEX temp.", 1))
