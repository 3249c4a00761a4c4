"""One clock while a ticket's history is told: from where on it counts, where it stopped, and when it ran out."""

from datetime import datetime
from typing import Any, TypeAlias

from workbench.organisation.model import Calendar
from workbench.tickets.clocks import outcome_word
from workbench.tickets.model import ClockState
from workbench.tickets.vocabulary import WaitingFor

Stretch: TypeAlias = tuple[datetime, int, Calendar, WaitingFor | None]
"""Time that passed while a ticket was not done: its beginning, its working seconds and by which calendar, the wait."""


class Track:
    """A clock that counts the stretches of a history from one on until it is answered; seconds of working time."""

    __slots__ = ("_began", "_longest", "_paused_by", "_stopped", "_stretches", "_target_s", "name")

    def __init__(self, name: str, stretches: list[Stretch], paused_by: frozenset[WaitingFor]) -> None:
        self.name = name
        self._stretches = stretches
        self._paused_by = paused_by
        self.start_afresh()

    def start_afresh(self) -> None:
        """Forgets everything, as at an arrival."""
        self._began = len(self._stretches)
        self._stopped: int | None = None
        self._longest = (0, 0)
        self._target_s: int | None = None

    def start_interval(self) -> None:
        """Counts from nothing again within the same stay, whose outcome is that of its longest interval."""
        self._longest = max(self._longest, self._counted())
        self._began = len(self._stretches)

    @property
    def answered(self) -> bool:
        """Whether it has stopped for good."""
        return self._stopped is not None

    def answer(self, target_s: int | None) -> None:
        """Stops for good, with the target that holds at this moment."""
        self._stopped, self._target_s = len(self._stretches), target_s

    def runs(self, waits_for: WaitingFor | None) -> bool:
        """Whether it goes on while the ticket waits for that, or for nothing."""
        return waits_for not in self._paused_by

    def state(
        self, target_s: int | None, calendar: Calendar, since: datetime | None, *, done: bool = False
    ) -> ClockState:
        """The clock as it is now; unless it was answered it runs on from `since`; `done`: its longest interval."""
        answered = self._stopped is not None
        if answered:
            target_s, since = self._target_s, None
        used_s, paused_s = max(self._longest, self._counted()) if done else self._counted()
        ran_out = self._reached(target_s) if target_s is not None and used_s >= target_s else None
        paused_for = self._paused_for() if paused_s else ()
        return ClockState(self.name, target_s, calendar, used_s, since, paused_s, answered, ran_out, paused_for)

    def outcome(self, clock: ClockState) -> dict[str, Any]:
        """How it ended in that state: met or missed, by how much, and how long it was paused."""
        used_s, paused_s = max(self._longest, (clock.used_s, clock.paused_s))
        return {
            "name": self.name,
            "state": outcome_word(self.name, clock.target_s, used_s, answered=clock.answered),
            "target_s": clock.target_s,
            "used_s": used_s,
            "paused_s": paused_s,
        }

    def _counted(self) -> tuple[int, int]:
        """Seconds used and seconds paused."""
        used = paused = 0
        paused_by = self._paused_by
        for _, worked, _, waits_for in self._stretches[self._began : self._stopped]:
            if waits_for in paused_by:
                paused += worked
            else:
                used += worked
        return used, paused

    def _paused_for(self) -> tuple[tuple[WaitingFor, int], ...]:
        """Seconds paused by what the ticket waited for."""
        paused: dict[WaitingFor, int] = {}
        for _, worked, _, waits_for in self._stretches[self._began : self._stopped]:
            if waits_for is not None and waits_for in self._paused_by and worked:
                paused[waits_for] = paused.get(waits_for, 0) + worked
        return tuple(sorted(paused.items()))

    def _reached(self, seconds: int) -> datetime | None:
        """The instant at which so many seconds were used."""
        used = 0
        for start, worked, calendar, waits_for in self._stretches[self._began : self._stopped]:
            if waits_for in self._paused_by:
                continue
            if used + worked >= seconds:
                return calendar.after(start, seconds - used)
            used += worked
        return None
