"""Which tickets were passed from team to team, and which came to a team: what the hop map and the loads count."""

from typing import Final

from workbench.clock import iso
from workbench.database import Database
from workbench.reports import sql
from workbench.reports.model import Period

_CAME: Final = "new.entered_at >= :from AND new.entered_at < :to AND new.tier IN (SELECT name FROM tier)"
"""Named by tier, so that the index of arrivals finds them."""
_BEFORE: Final = "(SELECT max(seq) FROM stay WHERE ticket_id = new.ticket_id AND seq < new.seq)"


class PassingStore:
    """Reads them, in the order of their numbers."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def passed(self, source: str, target: str | None, period: Period) -> list[int]:
        """Tickets that one team passed to another in a period, or to any."""
        return self._refs(
            f"""
            SELECT DISTINCT new.ticket_id
            FROM stay AS new JOIN stay AS old ON old.ticket_id = new.ticket_id AND old.seq = {_BEFORE}
            WHERE {_CAME} AND old.team = :source AND new.team <> :source AND (:target IS NULL OR new.team = :target)
            ORDER BY 1
            """,
            period,
            source=source,
            target=target,
        )

    def came(self, team: str, period: Period) -> list[int]:
        """Tickets that came to a team in a period, be it from outside or from another team."""
        return self._refs(
            f"SELECT DISTINCT ticket_id FROM stay AS new WHERE {_CAME} AND team = :team ORDER BY 1", period, team=team
        )

    def spared(self, period: Period) -> list[int]:
        """Tickets that were handed off in a period, which the first line could have done, as somebody judged."""
        judged = "avoidable IS NOT NULL AND avoidable <> 'no'"
        return self._refs(f"SELECT DISTINCT ticket_id FROM handoff WHERE {sql.SENT} AND {judged} ORDER BY 1", period)

    def _refs(self, query: str, period: Period, **named: str | None) -> list[int]:
        values = {"from": iso(period.start), "to": iso(period.end), **named}
        return [ref for (ref,) in self.database.rows(query, values)]
