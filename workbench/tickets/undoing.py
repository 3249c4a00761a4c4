"""What an undo took back, or would, in words."""

from collections.abc import Iterable
from typing import Final, NamedTuple, Protocol

from workbench.tickets.model import Event, Ticket

_NAMED: Final = 5
"""Tickets; so many are named, the rest is a number."""


class Deed(NamedTuple):
    """Something that was done: to what (`#1042`), and in words what (`handed off`)."""

    what: str
    kind: str


class Ledger(Protocol):
    """A room above whose changes are numbered with those of tickets and taken back with them."""

    def latest_act(self) -> int:
        """The number of my latest act not yet taken back; 0 where there is none."""
        ...

    def deeds(self, act: int) -> list[Deed]:
        """What that act did in this room, the last first; Refused where it must stay."""
        ...

    def take_back(self, act: int, number: int) -> None:
        """Takes all that back as part of the act `number`, inside a transaction."""
        ...


class Undone(NamedTuple):
    """What an undo took back: the tickets as they stand again, the events, one for each, and what was elsewhere."""

    tickets: tuple[Ticket, ...]
    events: tuple[Event, ...]
    elsewhere: tuple[Deed, ...] = ()

    @property
    def told(self) -> str:
        """In a sentence: `took back: taken #1042`, `took back 5 changes: taken #1042, #1043, ...`."""
        return "took back" + told_deeds(self.deeds)

    @property
    def deeds(self) -> list[Deed]:
        """All that was taken back, what was done to tickets first."""
        changes = zip(self.tickets, self.events, strict=True)
        return [*(Deed(f"#{ticket.ref}", event.kind.words) for ticket, event in changes), *self.elsewhere]


def told_deeds(deeds: Iterable[Deed]) -> str:
    """What was done by its kind, each with what it was done to, as the end of a sentence."""
    by_kind: dict[str, list[str]] = {}
    for what, kind in deeds:
        by_kind.setdefault(kind, []).append(what)
    count = sum(map(len, by_kind.values()))
    told = "; ".join(f"{kind} {_named(names)}" for kind, names in by_kind.items())
    return f": {told}" if count == 1 else f" {count} changes: {told}"


def _named(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
