"""Drafts, preferences, what was seen and who looks, in the database; every write inside the caller's transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.personal.model import PRESENT_FOR, Draft

_DRAFT: Final = "SELECT kind, ticket_id, fields, saved_at FROM draft WHERE person = ?"


class PersonalStore:
    """Reads and writes what one person keeps."""

    def __init__(self, database: Database, who: str) -> None:
        self.database = database
        self.who = who

    def save_draft(self, kind: str, ticket: int | None, fields: Mapping[str, str], now: datetime) -> None:
        """Keeps a draft in the place of the one that was there."""
        self.database.execute(
            "INSERT OR REPLACE INTO draft (person, kind, ticket_id, fields, saved_at) VALUES (?, ?, ?, ?, ?)",
            (self.who, kind, ticket or 0, json.dumps(dict(fields)), iso(now)),
        )

    def draft(self, kind: str, ticket: int | None) -> Draft | None:
        """The draft; None where there is none."""
        row = self.database.row(f"{_DRAFT} AND kind = ? AND ticket_id = ?", (self.who, kind, ticket or 0))
        return _draft(row) if row else None

    def drafts(self) -> list[Draft]:
        """All drafts, the latest first."""
        return [
            _draft(row) for row in self.database.rows(f"{_DRAFT} ORDER BY saved_at DESC, ticket_id, kind", (self.who,))
        ]

    def drop_draft(self, kind: str, ticket: int | None) -> None:
        """Forgets a draft, if there is one."""
        self.database.execute(
            "DELETE FROM draft WHERE person = ? AND kind = ? AND ticket_id = ?", (self.who, kind, ticket or 0)
        )

    def preference(self, name: str) -> str | None:
        """The preference's JSON; None where nothing was preferred."""
        found = self.database.value("SELECT value FROM preference WHERE person = ? AND name = ?", (self.who, name))
        return None if found is None else str(found)

    def prefer(self, name: str, value: str) -> None:
        """Keeps a preference's JSON."""
        self.database.execute(
            "INSERT OR REPLACE INTO preference (person, name, value) VALUES (?, ?, ?)", (self.who, name, value)
        )

    def see(self, ticket: int, seq: int) -> None:
        """Notes that a ticket's events up to this one were seen; what was seen is never unseen."""
        self.database.execute(
            "INSERT INTO seen (person, ticket_id, seq) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET seq = excluded.seq WHERE seq < excluded.seq",
            (self.who, ticket, seq),
        )

    def last_seen(self, ticket: int) -> int:
        """The last event seen of a ticket; 0 where none was."""
        return int(
            self.database.value("SELECT seq FROM seen WHERE person = ? AND ticket_id = ?", (self.who, ticket)) or 0
        )

    def sign(self, session: str, ticket: int, now: datetime) -> None:
        """Writes that a session looks at a ticket, and clears away those that have gone without a word."""
        self.database.execute("DELETE FROM presence WHERE at < ?", (iso(now - PRESENT_FOR),))
        self.database.execute(
            "INSERT OR REPLACE INTO presence (session, person, ticket_id, at) VALUES (?, ?, ?, ?)",
            (session, self.who, ticket, iso(now)),
        )

    def sign_off(self, session: str) -> None:
        """Writes that a session looks at no ticket."""
        self.database.execute("DELETE FROM presence WHERE session = ?", (session,))

    def others_at(self, ticket: int, now: datetime) -> list[str]:
        """Logins of the others who look at a ticket, by name."""
        rows = self.database.rows(
            "SELECT DISTINCT person FROM presence WHERE ticket_id = ? AND person <> ? AND at >= ? ORDER BY person",
            (ticket, self.who, iso(now - PRESENT_FOR)),
        )
        return [person for (person,) in rows]


def _draft(row: tuple[Any, ...]) -> Draft:
    kind, ticket, fields, saved_at = row
    return Draft(kind, ticket or None, json.loads(fields), stored(saved_at))
