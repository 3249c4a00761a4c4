"""What one person keeps, at their desk: nothing here is part of a ticket's history, and no list changes by it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from workbench.clock import Clock
from workbench.database import Database
from workbench.personal.model import SIGN_EVERY, Draft
from workbench.personal.store import PersonalStore
from workbench.text import storable


class PersonalService:
    """Drafts, preferences, what was seen and presence of one person in one session."""

    def __init__(self, database: Database, clock: Clock, who: str) -> None:
        self.database = database
        self.store = PersonalStore(database, who)
        self.clock = clock
        self._session = uuid4().hex
        self._looks_at: int | None = None
        self._signed_at: datetime | None = None

    def save_draft(self, kind: str, ticket: int | None, fields: Mapping[str, str]) -> None:
        """Keeps what was typed so far; once this returns, no end of the program takes it. Blank fields are no draft."""
        kept = {name: storable(text) for name, text in fields.items()}
        if not any(text.strip() for text in kept.values()):
            self.drop_draft(kind, ticket)
            return
        with self.database.transaction():
            self.store.save_draft(kind, ticket, kept, self.clock.now())

    def draft(self, kind: str, ticket: int | None) -> Draft | None:
        """What was typed of that kind for a ticket (None: for no ticket yet); None where there is nothing."""
        return self.store.draft(kind, ticket)

    def drafts(self) -> list[Draft]:
        """Everything typed and not sent, the latest first."""
        return self.store.drafts()

    def drop_draft(self, kind: str, ticket: int | None) -> None:
        """Forgets a draft, as when it was sent; nothing happens where there is none."""
        if self.store.draft(kind, ticket) is not None:
            with self.database.transaction():
                self.store.drop_draft(kind, ticket)

    def preference(self, name: str, default: Any) -> Any:
        """What was preferred under a name, as JSON gives it back; the default where nothing was."""
        kept = self.store.preference(name)
        return default if kept is None else json.loads(kept)

    def prefer(self, name: str, value: Any) -> None:
        """Keeps a preference, any value that JSON can hold."""
        kept = json.dumps(value)
        if kept != self.store.preference(name):
            with self.database.transaction():
                self.store.prefer(name, kept)

    def saw(self, ticket: int, seq: int) -> None:
        """Notes that I have seen a ticket's events up to this one."""
        if self.last_seen(ticket) < seq:
            with self.database.transaction():
                self.store.see(ticket, seq)

    def last_seen(self, ticket: int) -> int:
        """The last event of a ticket that I have seen; 0 where I never looked."""
        return self.store.last_seen(ticket)

    def look_at(self, ticket: int | None) -> None:
        """Tells other sessions at which ticket I look, or that I look at none; to be called every second or so.

        It is written only where that is news or the last sign is about to fade.
        """
        now = self.clock.now()
        if ticket == self._looks_at and (
            ticket is None or (self._signed_at is not None and now - self._signed_at < SIGN_EVERY)
        ):
            return
        with self.database.transaction():
            if ticket is None:
                self.store.sign_off(self._session)
            else:
                self.store.sign(self._session, ticket, now)
        self._looks_at, self._signed_at = ticket, now

    def others_at(self, ticket: int) -> list[str]:
        """Logins of the others who look at a ticket at this moment."""
        return self.store.others_at(ticket, self.clock.now())
