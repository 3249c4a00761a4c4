"""Open tickets as they stood at a moment, also at a past one, when some were open that are done by now.

The rows of tickets tell the present alone. For an earlier moment only those tickets are told from their events that may
have been open then and in the set that is asked for, so that nobody waits for the whole history.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.escalation.model import Status
from workbench.escalation.projection import told_by
from workbench.reports import sql
from workbench.reports.model import Question, Scope
from workbench.tickets.clocks import Thresholds, graveyard_at
from workbench.tickets.replay import standing_events
from workbench.tickets.rows import as_json
from workbench.tickets.store import TicketStore
from workbench.tickets.vocabulary import UNRESOLVED

Pair = frozenset[str]
"""Two teams."""

SECOND: Final = timedelta(seconds=1)
"""Instants are whole seconds: what came before a moment came a second before it at the latest."""

_MAYBE_OPEN: Final = """
    SELECT id FROM ticket WHERE live = 1 AND opened_at < :to
    UNION ALL SELECT ticket_id FROM resolution WHERE at >= :to
    UNION ALL SELECT id FROM ticket WHERE live = 0 AND resolved_at IS NULL AND closed_at >= :to
"""
"""All tickets that can have been open at a past moment: those open now, and those that were done only afterwards."""

_MAYBE_OLD: Final = """
    SELECT id FROM ticket WHERE live = 1 AND opened_at <= :old
    UNION ALL SELECT ticket_id FROM resolution
    WHERE at >= :to AND CAST(strftime('%s', at) AS INTEGER) - elapsed_s <= CAST(strftime('%s', :old) AS INTEGER)
    UNION ALL SELECT id FROM ticket WHERE live = 0 AND resolved_at IS NULL AND closed_at >= :to AND opened_at <= :old
"""
"""Those of them that were opened by `:old`."""

_BOUNCED: Final = "SELECT id FROM ticket WHERE live = 1 AND bounces > 0 AND bounces >= :least"
"""Bounces are never taken back but with the hop itself: who has so few now had no more then."""

_MAYBE_BOUNCED: Final = f"""
    {_BOUNCED}
    UNION ALL SELECT ticket_id FROM resolution WHERE at >= :to AND bounces >= :least
    UNION ALL SELECT id FROM ticket
    WHERE live = 0 AND resolved_at IS NULL AND closed_at >= :to AND bounces >= :least
"""
"""Those of all that can have been open at a past moment that may have come back so often by then."""

_OLD_OR_UNTOUCHED: Final = (
    "SELECT id FROM ticket WHERE live = 1 AND (opened_at <= :old_open OR touched_at <= :untouched)"
)

_HOPPED: Final = f"""
    SELECT DISTINCT new.ticket_id FROM ({{refs}}) AS its
    JOIN stay AS new ON new.ticket_id = its.id AND new.entered_at < :to {sql.OLD}
    WHERE json_array(min(old.team, new.team), max(old.team, new.team)) IN (SELECT value FROM json_each(:pairs))
"""

_HANDED_BACK: Final = f"""
    SELECT id FROM ({{refs}}) AS its WHERE :least <= (
        SELECT count(*) FROM stay AS new {sql.OLD}
        WHERE new.ticket_id = its.id AND new.entered_at < :to AND new.team <> old.team
        AND EXISTS (SELECT 1 FROM stay WHERE ticket_id = new.ticket_id AND seq < new.seq AND team = new.team)
    )
"""

_HOPS_OF: Final = f"""
    SELECT old.team, new.team, new.ticket_id FROM json_each(:refs) AS its
    CROSS JOIN stay AS new ON new.ticket_id = its.value AND new.entered_at < :to CROSS {sql.OLD}
    WHERE old.team <> new.team
"""

_WENT_ON: Final = "EXISTS (SELECT 1 FROM event WHERE event.ticket_id = ticket.id AND at >= :to)"
"""Something has happened to it since, be it that a change was taken back, which leaves no trace in its row."""

_MAYBE_UNACCEPTED: Final = f"""
    SELECT handoff.ticket_id, handoff.seq, from_team, to_team, status = 'sent' AND live = 1, {_WENT_ON}
    FROM handoff CROSS JOIN ticket ON ticket.id = handoff.ticket_id
    WHERE sent_at < :to AND (ended_at IS NULL OR ended_at >= :to){{mine}}
    ORDER BY sent_at, handoff.id
"""
"""Hand-offs that had been sent and had not ended by then as far as their rows tell, which know the last end alone."""


class Open(NamedTuple):
    """A ticket that is open at the moment."""

    ref: int
    opened_at: datetime
    touched_at: datetime
    team: str
    tier: str


def is_past(tickets: TicketStore, moment: datetime) -> bool:
    """Whether anything may have been written at or after the moment."""
    latest = tickets.latest_moment()
    return latest is not None and latest >= moment


class OpenTickets:
    """Reads them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._tickets = TicketStore(database)

    def in_graveyard(self, moment: datetime, scope: Scope, limits: Thresholds) -> list[Open]:
        """Those in the graveyard, that the team or tier holds; by number."""
        if is_past(self._tickets, moment):
            oldest = min(limits.graveyard_after_open, limits.graveyard_after_untouched)
            refs = self._refs(_MAYBE_OLD, scope, {"to": iso(moment), "old": iso(moment - oldest)})
        else:
            values = {
                "old_open": iso(moment - limits.graveyard_after_open),
                "untouched": iso(moment - limits.graveyard_after_untouched),
            }
            refs = self._refs(_OLD_OR_UNTOUCHED, scope, values)
        held = self._held(refs, moment, scope)
        return [each for each in held if graveyard_at(each.opened_at, each.touched_at, limits) <= moment]

    def at_seams(self, moment: datetime, scope: Scope, seams: Iterable[Pair]) -> list[Open]:
        """Those that hopped between the two teams of a pair, of which the scope's team is one; by number."""
        pairs = [as_json(tuple(sorted(pair))) for pair in seams if scope.team is None or scope.team in pair]
        if not pairs:
            return []
        source = _MAYBE_OPEN if is_past(self._tickets, moment) else "SELECT id FROM ticket WHERE live = 1 AND hops > 0"
        values = {"to": iso(moment), "pairs": json.dumps(pairs)}
        refs = self._refs(_HOPPED.format(refs=source), scope, values, "ticket_id")
        return list(self._held(refs, moment, scope._replace(team=None)))

    def handed_back(self, moment: datetime, scope: Scope, least: int) -> list[Open]:
        """Those that came back so often to a team that had held them, and that the team or tier holds; by number."""
        source = _MAYBE_BOUNCED if is_past(self._tickets, moment) else _BOUNCED
        refs = self._refs(_HANDED_BACK.format(refs=source), scope, {"to": iso(moment), "least": least})
        return list(self._held(refs, moment, scope))

    def unaccepted(self, asked: Question) -> Iterator[tuple[int, str, str]]:
        """Their hand-offs that nobody had accepted: ticket, sender and receiver, the oldest first."""
        moment = asked.period.end
        query = _MAYBE_UNACCEPTED.format(mine=sql.sent_by(asked.scope))
        for ref, seq, source, target, waits, went_on in self.database.rows(query, sql.parameters(asked)):
            if self._waited(ref, seq, moment) if went_on else waits:
                yield ref, source, target

    def hops_of(self, refs: list[int], moment: datetime) -> dict[tuple[str, str], set[int]]:
        """Which of these tickets one team had passed to another by then, by the two."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for source, target, ref in self.database.rows(_HOPS_OF, {"refs": json.dumps(refs), "to": iso(moment)}):
            found[source, target].add(ref)
        return dict(found)

    def _refs(self, query: str, scope: Scope, values: dict[str, Any], key: str = "id") -> list[int]:
        conditions = [
            f"(SELECT {name} FROM ticket WHERE ticket.id = its.{key}) = :{name}"
            for name in ("client", "component")
            if getattr(scope, name) is not None
        ]
        chosen = f"SELECT {key} FROM ({query}) AS its WHERE {' AND '.join(conditions) or '1'}"
        # Sorted here: SQLite would read whole tables in their order to merge the parts of a UNION.
        return sorted({ref for (ref,) in self.database.rows(chosen, values | scope._asdict())})

    def _held(self, refs: list[int], moment: datetime, scope: Scope) -> Iterator[Open]:
        for each in self._told(refs, moment):
            if scope.team in (None, each.team) and scope.tier in (None, each.tier):
                yield each

    def _told(self, refs: list[int], moment: datetime) -> Iterator[Open]:
        """Those that were open; the row tells it where nothing has happened since, the events of the others."""
        went_on = _WENT_ON if is_past(self._tickets, moment) else "0"
        rows = self.database.rows(
            f"SELECT id, live, opened_at, touched_at, team, tier, {went_on} FROM ticket"
            " WHERE id IN (SELECT value FROM json_each(:refs)) ORDER BY id",
            {"refs": json.dumps(refs), "to": iso(moment)},
        )
        for ref, live, opened, touched, team, tier, later in rows:
            if later:
                yield from self._told_then(ref, moment)
            elif live:
                yield Open(ref, stored(opened), stored(touched), team, tier)

    def _waited(self, ref: int, seq: int, moment: datetime) -> bool:
        """Whether the ticket was open, and its hand-off of that number neither ended nor taken back."""
        sent = told_by(self._tickets.events(ref, moment - SECOND)).handoffs
        waited = any(each.seq == seq and each.status is Status.SENT for each in sent)
        return waited and any(self._told_then(ref, moment))

    def _told_then(self, ref: int, moment: datetime) -> Iterator[Open]:
        events = standing_events(self._tickets.events(ref, moment - SECOND))
        fields: dict[str, Any] = {}
        for event in events:
            fields.update(event.after)
        if events and fields["state"] in UNRESOLVED:
            yield Open(ref, events[0].at, max(event.at for event in events), fields["team"], fields["tier"])
