"""What is kept for one person."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

PRESENT_FOR: Final = timedelta(seconds=10)
"""So long after its last sign a session counts as looking at a ticket."""

SIGN_EVERY: Final = timedelta(seconds=4)
"""So often a session that goes on looking writes a sign: twice within what it lasts, and never more."""


DRAFTS_NAMED: Final = 3
"""Drafts that are named where they are told; the others are a number."""


class Draft(NamedTuple):
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


def told_drafts(drafts: Sequence[Draft]) -> str:
    """What the drafts are, the first few by name; empty where there are none."""
    told = ", ".join(draft.told for draft in drafts[:DRAFTS_NAMED])
    return f"{told} and {len(drafts) - DRAFTS_NAMED} more" if len(drafts) > DRAFTS_NAMED else told
