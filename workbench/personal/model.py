"""What is kept for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

PRESENT_FOR: Final = timedelta(seconds=10)
"""So long after its last sign a session counts as looking at a ticket."""

SIGN_EVERY: Final = timedelta(seconds=4)
"""So often a session that goes on looking writes a sign: twice within what it lasts, and never more."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed and not sent: of one kind (comment, note, ticket, ...), for one ticket or for none."""

    kind: str
    ticket: int | None
    fields: Mapping[str, str]
    saved_at: datetime

    @property
    def told(self) -> str:
        """What it is: `comment on #1042`, `new ticket`."""
        if self.kind == "ticket":
            return "new ticket"
        return f"{self.kind} on #{self.ticket}" if self.ticket else f"{self.kind} on several"
