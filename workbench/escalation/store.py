"""Hand-offs in the database; what becomes of one follows the ticket's events, as the triggers of the table say."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.escalation.model import Direction, Form, Handoff, ReturnCode, Row, Status
from workbench.escalation.projection import ToldHandoff
from workbench.escalation.reading import form_told, read_form
from workbench.tickets.model import Ticket

_COLUMNS = """
    id, ticket_id, seq, from_team, to_team, to_person, direction, sent_by, sent_at, status, form, required, missing,
    owed, code, words, ended_by, ended_at
"""
_STANDS = "status <> 'withdrawn'"


class HandoffStore:
    """Reads and writes hand-offs."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def insert(self, handoff: Handoff) -> int:
        """Writes a hand-off that was just sent; its number."""
        rows = json.dumps(handoff.missing)
        self.database.execute(
            """
            INSERT INTO handoff (
                ticket_id, seq, from_team, to_team, to_person, direction, category, form, required, missing, owed,
                sent_by, sent_at, status
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sent')
            """,
            (
                handoff.ref,
                handoff.seq,
                handoff.source,
                handoff.target,
                handoff.person,
                handoff.direction.value,
                handoff.form.category.value if handoff.form.category else None,
                written(handoff.form),
                handoff.required,
                rows,
                rows,
                handoff.by,
                iso(handoff.sent_at),
            ),
        )
        return int(self.database.value("SELECT last_insert_rowid()"))

    def insert_told(self, handoff: Handoff, told: ToldHandoff) -> None:
        """Writes a hand-off that a recorded history tells of, with what became of it."""
        number = self.insert(handoff)
        self.database.execute(
            """
            UPDATE handoff SET status = ?, owed = ?, ended_seq = ?, ended_by = ?, ended_at = ?, code = ?, words = ?,
                avoidable = ?
            WHERE id = ?
            """,
            (
                told.status.value,
                json.dumps(handoff.owed),
                told.ended_seq,
                told.ended_by,
                iso(told.ended_at) if told.ended_at else None,
                told.code.value if told.code else None,
                told.words,
                told.avoidable,
                number,
            ),
        )

    def accept(self, number: int, seq: int, by: str, at: datetime) -> None:
        """Writes down that a hand-off is accepted by the very event that sent it."""
        self.database.execute(
            "UPDATE handoff SET status = 'accepted', ended_seq = ?, ended_by = ?, ended_at = ? WHERE id = ?",
            (seq, by, iso(at), number),
        )

    def complete(self, number: int, form: Form, owed: Sequence[Row]) -> None:
        """Writes down what was filled in later, and what is owed still."""
        self.database.execute(
            "UPDATE handoff SET form = ?, owed = ? WHERE id = ?", (written(form), json.dumps(owed), number)
        )

    def give_back(self, handoff: Handoff, ticket: Ticket, code: ReturnCode, words: str, by: str) -> None:
        """Writes down that a hand-off was returned by the last event of its ticket."""
        self.database.execute(
            """
            UPDATE handoff SET status = 'returned', ended_seq = ?, ended_by = ?, ended_at = ?, code = ?, words = ?
            WHERE id = ?
            """,
            (ticket.version, by, iso(ticket.touched_at), code.value, words, handoff.number),
        )

    def owe_no_more(self, ref: int) -> None:
        """What earlier hand-offs of a ticket owed is told by the next one, or never."""
        self.database.execute("UPDATE handoff SET owed = '[]' WHERE ticket_id = ? AND owed <> '[]'", (ref,))

    def get(self, number: int) -> Handoff | None:
        """The hand-off of that number; None where there is none."""
        found = self._select(f"WHERE id = ? AND {_STANDS}", (number,))
        return found[0] if found else None

    def of_ticket(self, ref: int) -> list[Handoff]:
        """The hand-offs of a ticket, the latest first."""
        return self._select(f"WHERE ticket_id = ? AND {_STANDS} ORDER BY seq DESC", (ref,))

    def taken_back(self, ref: int, who: str) -> tuple[Form, datetime] | None:
        """What somebody handed a ticket off with, and when, who then took that back; None once it was sent anew."""
        rows = self.database.rows(
            """
            SELECT form, sent_at FROM handoff
            WHERE id = (SELECT max(id) FROM handoff WHERE ticket_id = ?) AND sent_by = ? AND status = 'withdrawn'
            """,
            (ref, who),
        )
        return (read_form(json.loads(rows[0][0]), Form()), stored(rows[0][1])) if rows else None

    def standing(self) -> list[Handoff]:
        """Those not accepted yet and those that owe something, of unresolved tickets, the oldest first."""
        return self._select(
            """
            WHERE (status = 'sent' OR owed <> '[]') AND status <> 'withdrawn'
            AND (SELECT live FROM ticket WHERE ticket.id = ticket_id) = 1 ORDER BY sent_at, id
            """
        )

    def returned_to(self, who: str) -> list[Handoff]:
        """Those that came back to who sent them, and where the ticket has gone nowhere since; the latest first."""
        return self._select(
            """
            WHERE status = 'returned' AND sent_by = ?1 AND ticket_id IN (
                SELECT id FROM ticket INDEXED BY ticket_assignee WHERE live = 1 AND assignee = ?1
            )
            AND seq = (SELECT max(seq) FROM handoff AS other WHERE other.ticket_id = handoff.ticket_id)
            ORDER BY ended_at DESC, id DESC
            """,
            (who,),
        )

    def answered(self, who: str, since: datetime) -> list[Handoff]:
        """Those sent since then that others have resolved after the sender looked last, the latest first."""
        return self._select(
            """
            WHERE status = 'accepted' AND sent_by = ?1 AND sent_at >= ?2 AND ended_by <> ?1
            AND (SELECT live FROM ticket WHERE ticket.id = ticket_id) = 0
            AND (SELECT version FROM ticket WHERE ticket.id = ticket_id) > coalesce(
                (SELECT seq FROM seen WHERE person = ?1 AND seen.ticket_id = handoff.ticket_id), 0
            ) ORDER BY ended_at DESC, id DESC
            """,
            (who, iso(since)),
        )

    def all(self, limit: int | None = None) -> list[Handoff]:
        """All that were sent, the latest first."""
        return self._select(
            f"WHERE {_STANDS} ORDER BY sent_at DESC, id DESC LIMIT ?", (-1 if limit is None else limit,)
        )

    def returns(self, ref: int) -> int:
        """How often a ticket was returned."""
        return int(
            self.database.value("SELECT count(*) FROM handoff WHERE ticket_id = ? AND status = 'returned'", (ref,))
        )

    def _select(self, rest: str, parameters: tuple[Any, ...] = ()) -> list[Handoff]:
        return [_handoff(row) for row in self.database.rows(f"SELECT {_COLUMNS} FROM handoff {rest}", parameters)]


def written(form: Form) -> str:
    """A form as its row keeps it."""
    return json.dumps(form_told(form), ensure_ascii=False)


def _handoff(row: tuple[Any, ...]) -> Handoff:
    (number, ref, seq, source, target, person, direction, by, sent_at, status, form, required, missing, owed) = row[:14]
    code, words, ended_by, ended_at = row[14:]
    still = tuple(map(Row, json.loads(owed)))
    return Handoff(
        number=number,
        ref=ref,
        seq=seq,
        source=source,
        target=target,
        person=person,
        direction=Direction(direction),
        by=by,
        sent_at=stored(sent_at),
        status=Status.OWED if status == "sent" and still else Status(status),
        form=read_form(json.loads(form), Form()),
        required=required,
        missing=tuple(map(Row, json.loads(missing))),
        owed=still,
        code=ReturnCode(code) if code else None,
        words=words,
        ended_by=ended_by,
        ended_at=stored(ended_at) if ended_at else None,
    )
