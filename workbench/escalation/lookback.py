"""Looking back: hand-offs and swarms as they stood at an earlier moment, in tables that hide the real ones."""

import json
from datetime import datetime
from typing import Final

from workbench.clock import iso
from workbench.database import Database
from workbench.escalation.filling import form_at
from workbench.escalation.model import Category, Form, Row
from workbench.escalation.projection import Told, ToldSwarm, told_by
from workbench.escalation.reading import read_form
from workbench.escalation.recording import owed
from workbench.escalation.store import written
from workbench.escalation.swarm_store import end_of, stay_rows
from workbench.organisation.model import Organisation
from workbench.tickets.store import TicketStore

_CHANGED: Final = """
    SELECT DISTINCT ticket_id FROM main.event WHERE at > :now AND ticket_id IN (
        SELECT ticket_id FROM main.handoff UNION SELECT ticket_id FROM main.swarm
    )
"""


def look_back(database: Database, now: datetime, organisation: Organisation) -> None:
    """Lays them as of `now` over the real ones, for this connection alone.

    Words that were filled into a form later are left out where their events tell them. To be done before the tickets
    look back, since nothing can be written from then on.
    """
    changed = [ref for (ref,) in database.rows(_CHANGED, {"now": iso(now)})]
    execute = database.connection.execute
    execute("PRAGMA temp_store = MEMORY")  # before the first of these tables: a change would drop them
    for table, began in (("handoff", "sent_at"), ("swarm", "started_at"), ("swarm_helper", "joined_at")):
        execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE {began} <= ?", (iso(now),))
    execute("CREATE INDEX temp.handoff_of_ticket ON handoff (ticket_id)")
    store = TicketStore(database)
    for ref in changed:
        events = store.events(ref)
        told = told_by(event for event in events if event.at <= now)
        _handoffs(database, ref, told)
        _forms(database, ref, told_by(events), now)
        _swarms(database, ref, told, organisation)


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


def _forms(database: Database, ref: int, whole: Told, now: datetime) -> None:
    """Takes out of the forms what was filled in since then."""
    later = {each.seq: each.completions for each in whole.handoffs if any(event.at > now for event in each.completions)}
    for number, seq, form in database.rows("SELECT id, seq, form FROM temp.handoff WHERE ticket_id = ?", (ref,)):
        if seq in later:
            then = form_at(read_form(json.loads(form), Form()), later[seq], now)
            database.connection.execute("UPDATE temp.handoff SET form = ? WHERE id = ?", (written(then), number))


def _swarms(database: Database, ref: int, told: Told, organisation: Organisation) -> None:
    execute, then = database.connection.execute, {each.started.seq: each for each in told.swarms}
    for number, seq in database.rows("SELECT id, seq FROM temp.swarm WHERE ticket_id = ?", (ref,)):
        execute("DELETE FROM temp.swarm_helper WHERE swarm = ?", (number,))
        each = then.get(seq)
        if each is None:
            execute("DELETE FROM temp.swarm WHERE id = ?", (number,))
            continue
        execute(
            """
            UPDATE temp.swarm SET driver = ?, closed_seq = ?, closed_by = ?, closed_at = ?, learning = ?, withdrawn = 0
            WHERE id = ?
            """,
            (each.driver, *end_of(each), number),
        )
        database.connection.executemany(
            "INSERT INTO temp.swarm_helper (swarm, person, team, joined_seq, joined_at, left_seq, left_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            stay_rows(number, each, _teams(database, number, each, organisation)),
        )


def _teams(database: Database, number: int, told: ToldSwarm, organisation: Organisation) -> dict[str, str]:
    """The teams as which people helped; that of who joined and took it back is in no row, but the one of today."""
    people = {stay.person: organisation.teams_of(stay.person) for stay in told.stays}
    noted = database.rows("SELECT person, team FROM main.swarm_helper WHERE swarm = ?", (number,))
    return {person: teams[0].slug if teams else "" for person, teams in people.items()} | dict(noted)
