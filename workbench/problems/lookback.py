"""Looking back: the problems as they stood at an earlier moment, in tables that hide the real ones."""

from datetime import datetime
from typing import Final

from workbench.clock import iso
from workbench.database import Database
from workbench.problems.history import last_fixed, with_fields
from workbench.problems.linking import link_told
from workbench.problems.model import ProblemState, said_of
from workbench.problems.store import ProblemStore, values_of
from workbench.tickets.store import TicketStore

_MATCHES: Final = """
    CREATE TEMP TABLE problem_match AS
    SELECT ticket_id, problem, at, CASE WHEN until <= ? THEN until END AS until FROM main.problem_match WHERE at <= ?
"""
_CHANGED_LATER: Final = """
    SELECT DISTINCT problem FROM main.problem_event WHERE at > ? AND problem IN (SELECT id FROM temp.problem)
"""
_LINKED_ANEW: Final = """
    SELECT DISTINCT ticket_id FROM main.event
    WHERE at > ? AND (undoes IS NOT NULL OR kind = 'unlinked' OR after ->> 'problem' IS NOT NULL)
"""


def look_back(database: Database, now: datetime) -> None:
    """Lays them as of `now` over the real ones, for this connection alone.

    To be done before the tickets look back, since nothing can be written from then on.
    """
    execute, store, at = database.connection.execute, ProblemStore(database), iso(now)
    execute("PRAGMA temp_store = MEMORY")  # before the first of these tables: a change would drop them
    execute("CREATE TEMP TABLE problem AS SELECT * FROM main.problem WHERE created_at <= ?", (at,))
    for (number,) in database.rows(_CHANGED_LATER, (at,)):
        _put_back(store, number, now)
    for table in ("problem_event", "problem_link"):
        execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE at <= ?", (at,))
    execute(_MATCHES, (at, at))
    _link(database, now)


def _put_back(store: ProblemStore, number: int, now: datetime) -> None:
    """Takes what happened to a problem since, the last first, back in its row."""
    problem, events = store.get(number), store.events(number)
    assert problem is not None
    said, state = said_of(problem), problem.state
    for event in reversed(events):
        if event.at > now:
            said, state = with_fields(said, event.before), ProblemState(event.before.get("state", state))
    fixed_at = last_fixed(each for each in events if each.at <= now) if state is ProblemState.FIXED else None
    row = values_of(said) | {"state": state.value, "fixed_at": iso(fixed_at) if fixed_at else None}
    names = ", ".join(f"{name} = ?" for name in row)
    store.database.connection.execute(f"UPDATE temp.problem SET {names} WHERE id = ?", (*row.values(), number))


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
