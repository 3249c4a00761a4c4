"""The words for what a ticket can be and what can happen to it, as they stand in the file and on the command line."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

_Word = TypeVar("_Word", bound=StrEnum)


def by_word(words: type[_Word]) -> Mapping[str, _Word]:
    """From each word of an enumeration to its member, in a tenth of the time that the enumeration itself takes."""
    return {member.value: member for member in words}


class State(StrEnum):
    """Where a ticket stands; `new → open → waiting → open → resolved → closed`."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


UNRESOLVED: Final = frozenset({State.NEW, State.OPEN, State.WAITING})


class WaitingFor(StrEnum):
    """Whom or what a waiting ticket waits for."""

    REQUESTER = "requester"
    VENDOR = "vendor"
    CHANGE = "change"
    TICKET = "ticket"


class Impact(StrEnum):
    """How many are hit."""

    ONE = "one"
    TEAM = "team"
    CLIENT = "client"
    EVERYONE = "everyone"


class Urgency(StrEnum):
    """How badly they are hit."""

    WAIT = "wait"
    HAMPERED = "hampered"
    BLOCKED = "blocked"


class Priority(StrEnum):
    """P1 is the most pressing."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class Avoidable(StrEnum):
    """What the first line lacked to resolve what was escalated, if it could have."""

    ACCESS = "access"
    RUNBOOK = "runbook"
    CONTEXT = "context"
    NO = "no"


class Kind(StrEnum):
    """What an event tells."""

    OPENED = "opened"
    TAKEN = "taken"
    ASSIGNED = "assigned"
    COMMENTED = "commented"
    REPLIED = "replied"
    NOTED = "noted"
    WAITED = "waited"
    RESUMED = "resumed"
    MOVED = "moved"
    PRIORITISED = "prioritised"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    UNDONE = "undone"
    HANDED_OFF = "handed_off"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    COMPLETED = "completed"
    """What a hand-off still owed was filled in."""
    LINKED = "linked"
    UNLINKED = "unlinked"
    SWARM_STARTED = "swarm_started"
    SWARM_JOINED = "swarm_joined"
    SWARM_LEFT = "swarm_left"
    SWARM_LOGGED = "swarm_logged"
    SWARM_CLOSED = "swarm_closed"
    CHANGED = "changed"
    """A field was set that has no word of its own: component, tags, client."""
    RUN = "run"
    """A run of a runbook began or ended."""
    STEPPED = "stepped"
    """A step of a run was taken, or gone back to."""
    LOGGED = "logged"
    """A line of another tool's log that changed nothing we keep, but shows that somebody worked."""

    @property
    def words(self) -> str:
        """How a person reads it: `handed off`."""
        return self.value.replace("_", " ")


NO_PROGRESS: Final = frozenset(
    {Kind.OPENED, Kind.TAKEN, Kind.ASSIGNED, Kind.MOVED, Kind.HANDED_OFF, Kind.ACCEPTED, Kind.RETURNED}
)
"""Kinds that only pass a ticket about; any other is progress (DOMAIN "three ages")."""

SAYS_ELSE: Final = frozenset({Kind.OPENED, Kind.REPLIED, Kind.CHANGED, Kind.UNDONE})
"""Kinds after which something else may be known of what a ticket is about."""
RESPONSES: Final = frozenset({Kind.TAKEN, Kind.ACCEPTED, Kind.COMMENTED, Kind.RESOLVED})
"""Kinds that answer the respond clock where somebody of the holding team does them."""

_PRIORITIES: Final = {
    Impact.ONE: (Priority.P4, Priority.P3, Priority.P3),
    Impact.TEAM: (Priority.P4, Priority.P3, Priority.P2),
    Impact.CLIENT: (Priority.P3, Priority.P2, Priority.P1),
    Impact.EVERYONE: (Priority.P2, Priority.P1, Priority.P1),
}


def priority_of(impact: Impact, urgency: Urgency) -> Priority:
    """The priority that follows from impact × urgency."""
    return _PRIORITIES[impact][tuple(Urgency).index(urgency)]
