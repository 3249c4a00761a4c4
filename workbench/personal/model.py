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

_OF_PROBLEMS: Final = {"problem": "problem", "problem fix": "fix of"}
"""Kinds that are kept under the number of a problem, and how that is told."""
_OF_NONE: Final = {
    "ticket": "new ticket",
    "problem": "new problem",
    "component": "new component",
    "alias": "name of a component",
    "step note": "step note",
}
"""How kinds are told that may belong to nothing yet; the others are meant for several tickets then."""


class Draft(NamedTuple):
    """What somebody has typed and not sent: of one kind (comment, ...), for one ticket or problem, or for none."""

    kind: str
    ticket: int | None
    fields: Mapping[str, str]
    saved_at: datetime

    @property
    def told(self) -> str:
        """What it is: `comment on #1042`, `new ticket`, `fix of PRB-7`."""
        if self.ticket is None:
            return _OF_NONE.get(self.kind, f"{self.kind} on several")
        of_problem = _OF_PROBLEMS.get(self.kind)
        return f"{of_problem} PRB-{self.ticket}" if of_problem else f"{self.kind} on #{self.ticket}"


def told_drafts(drafts: Sequence[Draft]) -> str:
    """What the drafts are, the first few by name; empty where there are none."""
    told = ", ".join(draft.told for draft in drafts[:DRAFTS_NAMED])
    return f"{told} and {len(drafts) - DRAFTS_NAMED} more" if len(drafts) > DRAFTS_NAMED else told
