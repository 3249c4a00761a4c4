"""What an undo took back, or would, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from workbench.tickets.model import Event, Kind, Ticket

_NAMED: Final = 5
"""Tickets; so many are named, the rest is a number."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back: the tickets as they stand again, and the events, one for each."""

    tickets: tuple[Ticket, ...]
    events: tuple[Event, ...]

    @property
    def told(self) -> str:
        """In a sentence: `took back: taken #1042`, `took back 5 changes: taken #1042, #1043, ...`."""
        return "took back" + told_changes(
            (ticket.ref, event.kind) for ticket, event in zip(self.tickets, self.events, strict=True)
        )


def told_changes(changes: Iterable[tuple[int, Kind]]) -> str:
    """Changes by what was done, each with its tickets, as the end of a sentence."""
    by_kind: dict[Kind, list[str]] = {}
    for ref, kind in changes:
        by_kind.setdefault(kind, []).append(f"#{ref}")
    count = sum(map(len, by_kind.values()))
    told = "; ".join(f"{kind} {_named(refs)}" for kind, refs in by_kind.items())
    return f": {told}" if count == 1 else f" {count} changes: {told}"


def _named(refs: list[str]) -> str:
    more = len(refs) - _NAMED
    return ", ".join(refs[:_NAMED]) + (f" and {more} more" if more > 0 else "")
