"""How a problem changes: what is said of it is written with its event."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from workbench.clock import Clock, moment_after
from workbench.errors import OutOfDate
from workbench.organisation.service import OrganisationService
from workbench.problems.history import (
    CAME_BACK,
    FIXED,
    REOPENED,
    UNDONE,
    WRITTEN,
    fields_told,
    last_fixed,
    not_undone,
    with_fields,
)
from workbench.problems.model import NewProblem, Problem, ProblemState, changes, said_of
from workbench.problems.store import ProblemEvent, ProblemStore
from workbench.tickets.service import TicketService

_KINDS: Final = {ProblemState.FIXED: FIXED, ProblemState.UNDER_WAY: "under_way"}
_Changed = tuple[dict[str, Any], dict[str, Any]]
"""Fields of a problem before and after."""


class ProblemJournal:
    """Writes problems and their events on behalf of one person, inside the caller's transaction."""

    def __init__(
        self, store: ProblemStore, organisation: OrganisationService, tickets: TicketService, clock: Clock, who: str
    ) -> None:
        self._store = store
        self._organisation = organisation
        self._tickets = tickets
        self._clock = clock
        self._who = who

    def write(self, new: NewProblem) -> int:
        """Writes a new problem; its number."""
        now = self._clock.now()
        number = self._store.insert(new, self._who, now)
        self._note(number, WRITTEN, new.title, ({}, {}), now, self._tickets.act_number())
        return number

    def rewrite(self, before: Problem, said: NewProblem) -> None:
        """Writes anew what is said of a problem."""
        names, act, at = changes(before, said), self._tickets.act_number(), self.moment(before.number)
        self._store.rewrite(before.number, said)
        changed = fields_told(before, names), fields_told(said, names)
        self._note(before.number, "changed", ", ".join(names), changed, at, act)

    def turn(self, before: Problem, state: ProblemState, text: str, said: NewProblem | None = None) -> None:
        """Writes how far the fix has come, with what is `said` anew of the problem."""
        act, at = self._tickets.act_number(), self.moment(before.number)
        self._turn(before, state, text, said or said_of(before), at, act)

    def come_back(self, before: Problem, ref: int, at: datetime) -> None:
        """Writes that a ticket has shown at that instant that it is not fixed, which is nobody's act."""
        self._turn(before, ProblemState.KNOWN, f"{CAME_BACK}{ref}", said_of(before), at, None)

    def require_seen(self, number: int, names: Collection[str], seen: int) -> None:
        """Raises OutOfDate where an event after the place `seen` has changed one of these parts."""
        newer = [
            each for each in self._store.events(number) if each.seq > seen and not each.after.keys().isdisjoint(names)
        ]
        if newer:
            told = ", ".join(f"{each.who}: {each.told}" for each in newer[-3:])
            raise OutOfDate(
                f"PRB-{number} has changed since you looked ({told})", "look again; your text is kept", newer
            )

    def moment(self, number: int) -> datetime:
        """When a problem changes that is there."""
        return moment_after(self._clock, self._store.last_moment(number), f"PRB-{number} last changed at")

    def put_back(self, number: int, event: ProblemEvent, at: datetime, act: int | None) -> Problem:
        """Writes at an instant a problem as it was before one of its events; the problem as it stands then.

        `act` is the one to which this belongs, None where it is nobody's.
        """
        problem = self._store.get(number)
        assert problem is not None
        said, state = (
            with_fields(said_of(problem), event.before),
            ProblemState(event.before.get("state", problem.state)),
        )
        others = [each for each in not_undone(self._store.events(number)) if each.seq != event.seq]
        self._store.rewrite(number, said)
        self._store.set_state(number, state, last_fixed(others) if state is ProblemState.FIXED else None)
        undoing = event.before | {"undoes": event.seq}
        self._note(number, UNDONE, f"took back: {event.told}", (event.after, undoing), at, act)
        return replace(problem, state=state, **said._asdict())

    def _turn(
        self,
        before: Problem,
        state: ProblemState,
        text: str,
        said: NewProblem,
        at: datetime,
        act: int | None,
    ) -> None:
        names, kind = changes(before, said), _KINDS.get(state, REOPENED)
        if names:
            self._store.rewrite(before.number, said)
        self._store.set_state(before.number, state, at if state is ProblemState.FIXED else None)
        was, told = (fields_told(each, names) for each in (before, said))
        changed = {"state": before.state.value} | was, {"state": state.value} | told
        self._note(before.number, kind, text, changed, at, act)

    def _note(self, number: int, kind: str, text: str, changed: _Changed, at: datetime, act: int | None) -> None:
        self._organisation.require_person(self._who)
        self._tickets.note_moment(at)
        self._store.append(number, at, self._who, kind, text, changed, act)
