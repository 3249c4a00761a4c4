"""One clock while a ticket's history is told: what it has counted, and when it ran out."""

from datetime import datetime
from typing import Any

from workbench.organisation.model import Calendar
from workbench.tickets.clocks import clock_word
from workbench.tickets.model import ClockState, State


class Track:
    """A clock that the history starts, stops and counts on; seconds of working time."""

    __slots__ = ("answered", "longest", "name", "paused_s", "ran", "since", "target_s", "used_s")

    def __init__(self, name: str) -> None:
        self.name = name
        self.start_afresh()

    def start_afresh(self) -> None:
        """Forgets everything, as at an arrival."""
        self.used_s = self.paused_s = 0
        self.longest = (0, 0)
        self.since: datetime | None = None
        self.answered = False
        self.target_s: int | None = None
        self.ran: list[tuple[datetime, int, Calendar]] = []

    def start_interval(self) -> None:
        """Counts from nothing again within the same stay, whose outcome is that of its longest interval."""
        longest = max(self.longest, (self.used_s, self.paused_s))
        self.start_afresh()
        self.longest = longest

    def run(self, runs: bool, at: datetime) -> None:
        """Runs or stands still from here on."""
        self.since = at if runs and not self.answered else None

    def count(self, start: datetime, end: datetime, worked: int, calendar: Calendar, *, waiting: bool) -> None:
        """What it was doing from `start` to `end`, of which `worked` seconds were working time."""
        if self.since is not None:
            self.ran.append((start, worked, calendar))
            self.used_s += worked
            self.since = end
        elif waiting and not self.answered:
            self.paused_s += worked

    def answer(self, target_s: int | None) -> None:
        """Stops for good, with the target that holds at this moment."""
        self.answered, self.target_s, self.since = True, target_s, None

    def state(self, target_s: int | None, calendar: Calendar, wakes: datetime | None = None) -> ClockState:
        """The clock as it is now; one that stands still goes on when the ticket wakes."""
        target_s = self.target_s if self.answered else target_s
        since = self.since if self.since is not None or self.answered else wakes
        ran_out = target_s is not None and self.used_s >= target_s
        return ClockState(
            self.name,
            target_s,
            calendar,
            self.used_s,
            since,
            self.paused_s,
            self.answered,
            self._reached(target_s) if target_s is not None and ran_out else None,
        )

    def outcome(self, target_s: int | None, calendar: Calendar, at: datetime) -> dict[str, Any]:
        """How it ended: met or missed, by how much, and how long it was paused."""
        used_s, paused_s = max(self.longest, (self.used_s, self.paused_s))
        clock = self.state(target_s, calendar)._replace(since=None, used_s=used_s, paused_s=paused_s)
        return {
            "name": clock.name,
            "state": clock_word(clock, State.RESOLVED, at),
            "target_s": clock.target_s,
            "used_s": clock.used_s,
            "paused_s": clock.paused_s,
        }

    def _reached(self, seconds: int) -> datetime | None:
        """The instant at which so many seconds were used."""
        used = 0
        for start, worked, calendar in self.ran:
            if used + worked >= seconds:
                return calendar.after(start, seconds - used)
            used += worked
        return None
