"""How a problem changes: what is said of it is written with its event; and how a fix is taken back with its tickets."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from workbench.clock import Clock, moment_after
from workbench.errors import OutOfDate, Refused
from workbench.organisation.service import OrganisationService
from workbench.problems.history import FIXED, UNDONE, fields_told, standing
from workbench.problems.model import NewProblem, Problem, ProblemState, changes, said_of
from workbench.problems.store import ProblemEvent, ProblemStore
from workbench.tickets.service import TicketService
from workbench.tickets.undoing import Deed

_KINDS: Final = {ProblemState.FIXED: FIXED, ProblemState.UNDER_WAY: "under_way"}


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
        number = self._store.insert(new, self._who, self._clock.now())
        self._note(number, "written", new.title, {}, {})
        return number

    def rewrite(self, before: Problem, said: NewProblem) -> None:
        """Writes anew what is said of a problem."""
        names = changes(before, said)
        self._store.rewrite(before.number, said)
        self._note(before.number, "changed", ", ".join(names), fields_told(before, names), fields_told(said, names))

    def turn(self, before: Problem, state: ProblemState, text: str, said: NewProblem | None = None) -> None:
        """Writes how far the fix has come, with what is `said` anew of the problem."""
        self._turn(before, state, text, said or said_of(before), self.moment(before.number))

    def fix(self, before: Problem, text: str, said: NewProblem, *, with_tickets: bool) -> None:
        """Writes that it is fixed; `with_tickets` in the act that resolves them, which takes it back with them."""
        act = self._tickets.act_number() if with_tickets else None
        self._turn(before, ProblemState.FIXED, text, said, self.moment(before.number), act)

    def come_back(self, before: Problem, ref: int, at: datetime) -> None:
        """Writes that a ticket has shown at that instant that it is not fixed."""
        self._turn(before, ProblemState.KNOWN, f"came back with #{ref}", said_of(before), at)

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

    def latest_act(self) -> int:
        """None: what is taken back here was done in an act on tickets."""
        return 0

    def deeds(self, act: int) -> list[Deed]:
        """Which problems were fixed in that act of mine; Refused where something was built on it."""
        return [Deed(f"PRB-{number}", event.kind, event.at) for number, event in self._of_act(act)]

    def take_back(self, act: int, number: int) -> None:
        """Sets the problems back that were fixed in that act; of the act `number` the tickets' events tell."""
        for problem, event in self._of_act(act):
            stands, was = self._store.get(problem), ProblemState(event.before["state"])
            assert stands is not None
            said = said_of(stands)._replace(permanent_fix=event.before.get("permanent_fix", stands.permanent_fix))
            self._store.rewrite(problem, said)
            earlier = [each.at for each in standing(self._store.events(problem)) if each.kind == FIXED]
            self._store.set_state(problem, was, earlier[-2] if was is ProblemState.FIXED else None)
            self._note(problem, UNDONE, f"took back: {event.kind}", event.after, event.before | {"undoes": event.seq})

    def _of_act(self, act: int) -> list[tuple[int, ProblemEvent]]:
        found = []
        for problem, seq in self._store.fixed_in(self._who, act):
            events = [each for each in standing(self._store.events(problem)) if each.seq >= seq]
            if len(events) > 1:
                built = f"{events[-1].who} has built on it ({events[-1].told})"
                raise Refused(f"your fix of PRB-{problem} stays: {built}", "put it right by a new change")
            found += [(problem, event) for event in events if event.seq == seq]
        return found

    def _turn(
        self,
        before: Problem,
        state: ProblemState,
        text: str,
        said: NewProblem,
        at: datetime,
        act: int | None = None,
    ) -> None:
        names, kind = changes(before, said), _KINDS.get(state, "reopened")
        if names:
            self._store.rewrite(before.number, said)
        self._store.set_state(before.number, state, at if state is ProblemState.FIXED else None)
        was, told = (fields_told(each, names) for each in (before, said))
        after = {"state": state.value} | told | ({} if act is None else {"act": act})
        self._note(before.number, kind, text, {"state": before.state.value} | was, after, at)

    def _note(self, number: int, kind: str, text: str, before: Any, after: Any, at: datetime | None = None) -> None:
        self._organisation.require_person(self._who)
        moment = at or self.moment(number)
        self._tickets.note_moment(moment)
        self._store.append(number, moment, self._who, kind, text, before, after)
