"""What one is told between two looks: a ticket of one's own turned late, or its requester answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from workbench.queues.service import QueueService

MOST = 500
"""Tickets of one person that are watched; nobody has more in hand."""


class News(NamedTuple):
    """Something about a ticket that its assignee did not do."""

    ref: int
    told: str


@dataclass(frozen=True, slots=True)
class Mine:
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
    """The tickets of the person at the desk, at the clock's moment."""
    found = (
        frozenset(queues.select(queues.parse(text)).refs(MOST))
        for text in ("who:me", "who:me is:late", "who:me unanswered:>=0m")
    )
    return Mine(*found)


class Lookout:
    """Looks out for what others and the time do."""

    def __init__(self, queues: QueueService) -> None:
        self.queues = queues
        self._version = self._generation = -1
        self._mine: Mine | None = None

    @property
    def unanswered(self) -> int:
        """How many tickets of one's own have a requester who waits, as of the last look."""
        return len(self._mine.unanswered) if self._mine else 0

    def forget(self) -> None:
        """Takes everything for changed at the next look."""
        self._version = self._generation = -1

    def changed(self) -> bool:
        """Whether anybody else has changed what lists show; drafts and signs of presence are nothing of it."""
        version = self.queues.database.data_version()
        if version == self._version:
            return False
        before, self._version, self._generation = self._generation, version, self.queues.database.generation()
        return self._generation != before

    def news(self) -> list[str]:
        """A sentence for each of one's own tickets of which there is news since this was asked last."""
        before, self._mine = self._mine, mine(self.queues)
        found = self._mine.news_since(before) if before else []
        return [f"#{ref} {told}: {self.queues.tickets.get(ref).subject}" for ref, told in found]
