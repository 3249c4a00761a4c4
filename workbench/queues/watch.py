"""What one is told between two looks: a ticket of one's own turned late, or its requester answered."""

from collections.abc import Iterable
from typing import NamedTuple

from workbench.clock import iso
from workbench.queues.service import QueueService

MOST = 200
"""Tickets of one person that are watched, the most urgent ones."""


class News(NamedTuple):
    """Something about a ticket that its assignee did not do."""

    ref: int
    told: str


class Mine(NamedTuple):
    """The numbers of the tickets one person has, of those that are late, and of those whose requester waits."""

    all: frozenset[int] = frozenset()
    late: frozenset[int] = frozenset()
    unanswered: frozenset[int] = frozenset()

    def news_since(self, before: "Mine") -> list[News]:
        """What has become of the tickets that were one's own before already; the lowest number first."""
        late = self.late - before.late
        answered = self.unanswered - before.unanswered
        known: Iterable[int] = sorted((late | answered) & before.all & self.all)
        return [News(ref, "is late now" if ref in late else "was answered") for ref in known]


def mine(queues: QueueService) -> Mine:
    """The tickets of the person at the desk, at the clock's moment; a clock that stands still is never late."""
    lines, now = queues.select(queues.parse("who:me")).page(MOST), iso(queues.clock.now())
    return Mine(
        frozenset(line.ref for line in lines),
        frozenset(line.ref for line in lines if line.due_at <= now),
        frozenset(line.ref for line in lines if line.unanswered_since),
    )


class Lookout:
    """Looks out for what others and the time do."""

    def __init__(self, queues: QueueService) -> None:
        self.queues = queues
        self._version = self._generation = self._read = self._asked = -1
        self._mine: Mine | None = None

    @property
    def unanswered(self) -> str:
        """How many tickets of one's own have a requester who waits, as of when news were asked for last.

        Empty where none has; `143+` for who has more tickets than are watched: to count theirs takes too long.
        """
        if self._mine is None:
            self._mine = mine(self.queues)
        count, more = len(self._mine.unanswered), len(self._mine.all) == MOST
        return f"{count}{'+' * more}" if count else ""

    def look(self) -> None:
        """Notes whether others have changed what lists show; drafts and signs of presence are nothing of it."""
        version = self.queues.database.data_version()
        if version != self._version:
            self._version = version
            self.look_closer()

    def look_closer(self) -> None:
        """The same of what anybody has changed, this session included."""
        self._generation = self.queues.database.generation()

    @property
    def unread(self) -> bool:
        """Whether there were changes since the lists were read."""
        return self._read != self._generation

    @property
    def has_news(self) -> bool:
        """Whether there were changes since news were asked for."""
        return self._asked != self._generation

    def read(self) -> None:
        """Notes that the lists are read from here on."""
        self.look_closer()
        self._read = self._generation

    def news(self) -> list[str]:
        """A sentence for each of one's own tickets of which there is news since this was asked last."""
        self._asked = self._generation
        before, self._mine = self._mine, mine(self.queues)
        found = self._mine.news_since(before) if before else []
        return [f"#{ref} {told}: {self.queues.tickets.get(ref).subject}" for ref, told in found]
