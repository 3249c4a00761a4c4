"""Looks whether the acts of runs and the events of their tickets tell the same."""

from collections.abc import Iterator
from typing import Final

from workbench.database import Database

_DIFFERING: Final = """
    SELECT DISTINCT run.id, run.ticket_id FROM run_act JOIN run ON run.id = run_act.run
    LEFT JOIN event ON event.ticket_id = run.ticket_id AND event.seq = run_act.event_seq
    WHERE run.ticket_id IS NOT NULL AND (
        (event.at, event.who, event.after ->> '$.run.number', event.after ->> '$.run.did', event.after ->> '$.run.step')
        IS NOT (run_act.at, run_act.who, run.id, run_act.did, run_act.step)
    ) ORDER BY run.id
"""
_UNTOLD: Final = """
    SELECT DISTINCT ticket_id FROM event WHERE kind IN ('run', 'stepped') AND NOT EXISTS (
        SELECT 1 FROM run JOIN run_act ON run_act.run = run.id
        WHERE run.ticket_id = event.ticket_id AND run_act.event_seq = event.seq
    ) ORDER BY ticket_id
"""
_EMPTY: Final = "SELECT id FROM run WHERE id NOT IN (SELECT run FROM run_act) ORDER BY id"


def faults(database: Database) -> Iterator[str]:
    """What is wrong with the runs, a sentence each."""
    for (number,) in database.rows(_EMPTY):
        yield f"run {number} has not even begun"
    for number, ticket in database.rows(_DIFFERING):
        yield f"run {number} is not what the events of #{ticket} make of it"
    for (ticket,) in database.rows(_UNTOLD):
        yield f"#{ticket} has events of a run that is not there"
