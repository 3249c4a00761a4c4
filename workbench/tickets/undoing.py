"""What an undo took back, in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from workbench.tickets.model import Event, Ticket

_NAMED: Final = 5
"""Tickets; so many are named, the rest is a number."""
_JUST: Final = timedelta(minutes=10)
"""For so long everybody knows when they did something; of what is older it is told."""


class Deed(NamedTuple):
    """Something that was done: to what (`#1042`), in words what (`handed off`), when, and to which problem, if any."""

    what: str
    kind: str
    at: datetime
    problem: int | None = None


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
    """What an undo took back: the tickets as they stand again, the events, one for each, and what was elsewhere.

    `told` says it in a sentence: `took back: taken #1042`, `took back 5 changes: taken #1042, #1043, ... (11 Oct)`.
    """

    tickets: tuple[Ticket, ...]
    events: tuple[Event, ...]
    elsewhere: tuple[Deed, ...]
    told: str


def told_undone(deeds: Sequence[Deed], now: datetime, zone: ZoneInfo) -> str:
    """What was taken back by its kind, each with what it was done to, and when, as a sentence."""
    by_kind: dict[str, list[str]] = {}
    for deed in deeds:
        by_kind.setdefault(deed.kind, []).append(deed.what)
    told = "; ".join(f"{kind} {_named(names)}" for kind, names in by_kind.items())
    when = _when(max(deed.at for deed in deeds), now, zone)
    count = f" {len(deeds)} changes" if len(deeds) > 1 else ""
    return f"took back{count}: {told}{when}"


def _when(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """In brackets the time of today, else the day; nothing for what was done just now."""
    if now - at < _JUST:
        return ""
    then, today = at.astimezone(zone), now.astimezone(zone)
    if then.date() == today.date():
        return f" ({then:%H:%M})"
    return f" ({then.day} {then:%b})" if then.year == today.year else f" ({then.day} {then:%b %Y})"


def _named(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
