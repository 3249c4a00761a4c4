"""Runs in the database: acts and outputs are only ever added, and an act whose event was taken back does not count."""

import json
from datetime import datetime
from typing import Any, Final, NamedTuple

from workbench.clock import NEVER, iso, stored
from workbench.database import Database
from workbench.runbooks.runs.model import Act, Did, NextAct, Output
from workbench.runbooks.undone import taken_back

_RUN: Final = "id, runbook, version, ticket_id, filled"
_ACTS: Final = f"""
    SELECT seq, at, who, did, step, note FROM run_act JOIN run ON run.id = run_act.run
    WHERE run = :run AND at <= :now AND NOT {taken_back("event.at <= :now")} ORDER BY seq
"""
# Those of somebody who did anything in them; a verdict that was taken back is none, as in the acts above.
_OPEN: Final = f"""
    SELECT {_RUN} FROM run
    WHERE EXISTS (SELECT 1 FROM run_act WHERE run_act.run = run.id AND who = ?)
    AND NOT EXISTS (
        SELECT 1 FROM run_act WHERE run_act.run = run.id AND did IN ('fixed', 'not_fixed') AND NOT {taken_back()}
    ) ORDER BY id DESC LIMIT ?
"""


class Kept(NamedTuple):
    """A run as the tables keep it, without the text of its runbook."""

    number: int
    runbook: str
    version: int
    ticket: int | None
    values: dict[str, str]
    acts: tuple[Act, ...]


class RunStore:
    """Reads and writes runs; `until` leaves out what was written for a later moment."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, number: int, until: datetime | None = None) -> Kept | None:
        """A run with its acts; None where there is none, or its beginning was taken back."""
        row = self._database.row(f"SELECT {_RUN} FROM run WHERE id = ?", (number,))
        return None if row is None else self._kept(row, until)

    def runs(self, until: datetime | None, *, ticket: int | None = None, limit: int = -1) -> list[Kept]:
        """Runs, of one ticket or all, those that began last first."""
        of_ticket = "" if ticket is None else "AND ticket_id = :ticket"
        rows = self._database.rows(
            f"SELECT {_RUN} FROM run WHERE began_at <= :now {of_ticket} ORDER BY began_at DESC, id DESC LIMIT :limit",
            {"now": iso(until) if until else NEVER, "limit": limit} | ({} if ticket is None else {"ticket": ticket}),
        )
        return [kept for row in rows if (kept := self._kept(row, until))]

    def of_runbook(self, runbook: str, ticket: int) -> list[Kept]:
        """The runs of one runbook on one ticket, the last first."""
        rows = self._database.rows(
            f"SELECT {_RUN} FROM run WHERE runbook = ? AND ticket_id = ? ORDER BY id DESC", (runbook, ticket)
        )
        return [kept for row in rows if (kept := self._kept(row, None))]

    def open_of(self, who: str, limit: int) -> list[Kept]:
        """The runs without a verdict in which somebody has a hand, the last first."""
        return [kept for row in self._database.rows(_OPEN, (who, limit)) if (kept := self._kept(row, None))]

    def next_number(self) -> int:
        """The number the next run gets; numbers are never used again."""
        return int(self._database.value("SELECT seq FROM sqlite_sequence WHERE name = 'run'") or 0) + 1

    def begin(self, number: int, runbook: str, version: int, ticket: int | None, at: datetime, who: str) -> None:
        """Writes a new run, still without an act."""
        self._database.execute(
            "INSERT INTO run (id, runbook, version, ticket_id, began_at, began_by) VALUES (?, ?, ?, ?, ?, ?)",
            (number, runbook, version, ticket, iso(at), who),
        )

    def add(self, number: int, act: NextAct, at: datetime, who: str, event: int | None) -> None:
        """Adds an act, with the number of the event that tells of it."""
        seq = self._database.value("SELECT coalesce(max(seq), 0) + 1 FROM run_act WHERE run = ?", (number,))
        self._database.execute(
            "INSERT INTO run_act (run, seq, at, who, did, step, note, event_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, seq, iso(at), who, act.did.value, act.step, act.note, event),
        )

    def fill(self, number: int, values: dict[str, str]) -> None:
        """Keeps the values that were given for a run."""
        kept = json.dumps(values, ensure_ascii=False)
        self._database.execute("UPDATE run SET filled = ? WHERE id = ?", (kept, number))

    def add_output(self, number: int, output: Output) -> None:
        """Keeps what a command printed."""
        self._database.execute(
            """
            INSERT INTO run_output (run, seq, step, at, who, command, output, cut, ended)
            SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM run_output WHERE run = ?1
            """,
            (
                number,
                output.step,
                iso(output.at),
                output.who,
                output.command,
                output.text,
                output.cut,
                output.ended,
            ),
        )

    def outputs(self, number: int, until: datetime | None = None) -> tuple[Output, ...]:
        """What commands of a run printed, in order."""
        rows = self._database.rows(
            """
            SELECT step, at, who, command, output, cut, ended FROM run_output WHERE run = ? AND at <= ? ORDER BY seq
            """,
            (number, iso(until) if until else NEVER),
        )
        return tuple(Output(step, stored(at), *rest) for step, at, *rest in rows)

    def _kept(self, row: tuple[Any, ...], until: datetime | None) -> Kept | None:
        number, runbook, version, ticket, filled = row
        rows = self._database.rows(_ACTS, {"run": number, "now": iso(until) if until else NEVER})
        acts = tuple(Act(seq, stored(at), who, Did(did), step, note) for seq, at, who, did, step, note in rows)
        if not acts or acts[0].did is not Did.BEGAN:
            return None
        return Kept(number, runbook, version, ticket, json.loads(filled), acts)
