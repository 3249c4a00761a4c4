"""Who carries a team's support: people in turn, handed over at the same local time for ever."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from workbench.organisation.calendar import FIRST_YEAR, LAST_YEAR


class Rotation(NamedTuple):
    """From `start` (a naive local time) on, each of the people in turn for `every` seconds (whole days of 24 h).

    A turn is counted on the wall clock, so that a hand-over at nine stays at nine when the clock changes.
    """

    start: datetime
    every: int
    people: tuple[str, ...]

    def on_support(self, at: datetime, zone: str) -> str | None:
        """Who is on at an instant; None before the start, without people, and outside the years that calendars know."""
        if not self.people or not FIRST_YEAR < at.year <= LAST_YEAR:
            return None
        turn = self._turn(at, ZoneInfo(zone))
        return self.people[turn % len(self.people)] if turn >= 0 else None

    def next_handover(self, at: datetime, zone: str) -> datetime | None:
        """The first instant after `at` at which a turn begins; None where `on_support` knows nobody for good."""
        if not self.people or not FIRST_YEAR < at.year <= LAST_YEAR:
            return None
        place = ZoneInfo(zone)
        return self._begins(max(self._turn(at, place) + 1, 0), place)

    def _turn(self, at: datetime, zone: ZoneInfo) -> int:
        """The number of the turn that an instant falls in; negative before the start."""
        local = at.astimezone(zone).replace(tzinfo=None)
        # On the days that the clock changes the wall can be an hour off: one turn more or less.
        turn = (local - self.start) // timedelta(seconds=self.every) + 1
        while self._begins(turn, zone) > at:
            turn -= 1
        return turn

    def _begins(self, turn: int, zone: ZoneInfo) -> datetime:
        return (self.start + timedelta(seconds=self.every) * turn).replace(tzinfo=zone).astimezone(UTC)
