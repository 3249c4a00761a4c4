"""Looking back: hand-offs and swarms as they stood at an earlier moment, in tables that hide the real ones."""

import json
from datetime import datetime
from typing import Final

from workbench.clock import iso
from workbench.database import Database
from workbench.escalation.model import Category, Row
from workbench.escalation.recording import owed
from workbench.escalation.retelling import Told, told_by
from workbench.tickets.store import TicketStore

_CHANGED: Final = """
    SELECT DISTINCT ticket_id FROM main.event WHERE at > :now AND ticket_id IN (
        SELECT ticket_id FROM main.handoff UNION SELECT ticket_id FROM main.swarm
    )
"""


def look_back(database: Database, now: datetime) -> None:
    """Lays them as of `now` over the real ones, for this connection alone; the words of a form are those of today.

    To be done before the tickets look back, since nothing can be written from then on.
    """
    changed = [ref for (ref,) in database.rows(_CHANGED, {"now": iso(now)})]
    execute = database.connection.execute
    execute("PRAGMA temp_store = MEMORY")  # before the first of these tables: a change would drop them
    for table, began in (("handoff", "sent_at"), ("swarm", "started_at"), ("swarm_helper", "joined_at")):
        execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE {began} <= ?", (iso(now),))
    store = TicketStore(database)
    for ref in changed:
        told = told_by(store.events(ref, now))
        _handoffs(database, ref, told)
        _swarms(database, ref, told)


def _handoffs(database: Database, ref: int, told: Told) -> None:
    then = {each.seq: each for each in told.handoffs}
    rows = database.rows("SELECT id, seq, category, missing FROM temp.handoff WHERE ticket_id = ?", (ref,))
    for number, seq, category, missing in rows:
        each = then.get(seq)
        if each is None:
            database.connection.execute("DELETE FROM temp.handoff WHERE id = ?", (number,))
            continue
        rest = owed(each, Category(category) if category else None, tuple(map(Row, json.loads(missing))))
        database.connection.execute(
            """
            UPDATE temp.handoff SET status = ?, owed = ?, ended_seq = ?, ended_by = ?, ended_at = ?, code = ?,
                words = ?, avoidable = ? WHERE id = ?
            """,
            (
                each.status.value,
                json.dumps(rest),
                each.ended_seq,
                each.ended_by,
                iso(each.ended_at) if each.ended_at else None,
                each.code.value if each.code else None,
                each.words,
                each.avoidable,
                number,
            ),
        )


def _swarms(database: Database, ref: int, told: Told) -> None:
    execute, then = database.connection.execute, {each.started.seq: each for each in told.swarms}
    for number, seq in database.rows("SELECT id, seq FROM temp.swarm WHERE ticket_id = ?", (ref,)):
        each = then.get(seq)
        if each is None:
            execute("DELETE FROM temp.swarm WHERE id = ?", (number,))
            continue
        execute("UPDATE temp.swarm SET driver = ?, withdrawn = 0 WHERE id = ?", (each.driver, number))
        if each.closed is None:
            execute(
                "UPDATE temp.swarm SET closed_seq = NULL, closed_by = NULL, closed_at = NULL, learning = NULL"
                " WHERE id = ?",
                (number,),
            )
        for stay in each.stays:
            if stay.left is None:
                execute(
                    "UPDATE temp.swarm_helper SET left_seq = NULL, left_at = NULL"
                    " WHERE swarm = ? AND person = ? AND joined_seq = ?",
                    (number, stay.person, stay.joined.seq),
                )
