"""First responses as they stood at a moment, also where the priority has changed since.

Rows tell them by the priority as it stands. Those few are told from their events that nobody had answered by a past
moment, and whose priority was set, or something of which was taken back, after it.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from workbench.database import Database
from workbench.reports import sql
from workbench.reports.model import Question
from workbench.reports.open_tickets import SECOND, is_past
from workbench.reports.reckoning import Responses
from workbench.tickets.model import Event, FirstResponse, Ticket
from workbench.tickets.store import TicketStore

Replay = Callable[[int, Sequence[Event]], Ticket]
"""From a ticket's number and its events to the ticket that they leave."""

_CHANGED = f"""
    SELECT ticket_id, {sql.MET}, {sql.MISSED} FROM first_response
    WHERE {{opened}} AND (answered_at IS NULL OR answered_at >= :to) AND (left_at IS NULL OR left_at >= :to)
    AND EXISTS (
        SELECT 1 FROM event WHERE event.ticket_id = first_response.ticket_id AND at >= :to
        AND (undoes IS NOT NULL OR after ->> 'priority' IS NOT NULL)
    )
"""


class _Changed(NamedTuple):
    """A ticket whose row tells its first response otherwise than it stood: as of then, and as of the row."""

    ref: int
    then: Responses
    told: Responses


class FirstResponses:
    """Reads them."""

    def __init__(self, database: Database, replay: Replay) -> None:
        self.database = database
        self._tickets = TicketStore(database)
        self._replay = replay

    def counts(self, asked: Question) -> Responses:
        """How many were met, and how many missed."""
        query = f"SELECT total({sql.MET}), total({sql.MISSED}) FROM first_response WHERE {sql.opened(asked.scope)}"
        met, missed = map(int, self.database.rows(query, sql.parameters(asked))[0])
        for each in self._changed(asked):
            met += each.then.met - each.told.met
            missed += each.then.missed - each.told.missed
        return Responses(met, missed)

    def tickets(self, asked: Question, limit: int = -1, *, whole: bool = False) -> list[int]:
        """The tickets whose first respond clock was met, or all of those where it was met or missed; by number."""
        changed = self._changed(asked)
        refs = [each.ref for each in changed if each.then.met or (whole and each.then.missed)]
        condition = f"(({sql.MET}) OR {sql.MISSED})" if whole else sql.MET
        values = sql.parameters(asked) | {"limit": limit, "changed": json.dumps([each.ref for each in changed])}
        rows = self.database.rows(
            f"""
            SELECT ticket_id FROM first_response WHERE {sql.opened(asked.scope)} AND {condition}
            AND ticket_id NOT IN (SELECT value FROM json_each(:changed)) ORDER BY ticket_id LIMIT :limit
            """,
            values,
        )
        found = sorted([*refs, *(ref for (ref,) in rows)])
        return found if limit < 0 else found[:limit]

    def _changed(self, asked: Question) -> list[_Changed]:
        moment, values = asked.period.end, sql.parameters(asked)
        if not is_past(self._tickets, moment):
            return []
        rows = self.database.rows(_CHANGED.format(opened=sql.opened(asked.scope)), values)
        return [_Changed(ref, self._then(ref, moment), _counted(met, missed)) for ref, met, missed in rows]

    def _then(self, ref: int, moment: datetime) -> Responses:
        response = self._replay(ref, self._tickets.events(ref, moment - SECOND)).first_response
        return _counted(*_standing(response, moment))


def _standing(response: FirstResponse, moment: datetime) -> tuple[bool, bool]:
    """Whether it was met by the moment, and whether it was missed; what sql.MET and sql.MISSED say of a row."""
    answered, missed = response
    return missed is None and answered is not None, missed is not None and missed <= moment


def _counted(met: Any, missed: Any) -> Responses:
    return Responses(int(bool(met)), int(bool(missed)))
