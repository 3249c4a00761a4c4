"""What undo takes back of problems, together with what was done to tickets in the same act."""

from collections.abc import Iterator
from contextlib import suppress

from workbench.errors import InvalidInput, Refused
from workbench.problems.history import WRITTEN, not_undone, with_fields
from workbench.problems.journal import ProblemJournal
from workbench.problems.match_store import MatchStore
from workbench.problems.model import said_of
from workbench.problems.store import ProblemEvent, ProblemStore
from workbench.problems.trying import BEFORE_SAVED, TRIED_ON, WHILE_OTHERS_WAIT, Trials
from workbench.tickets.undoing import Deed


class ProblemLedger:
    """The acts of one person on problems, as undo asks for them."""

    def __init__(self, journal: ProblemJournal, matches: MatchStore, trials: Trials, who: str) -> None:
        self._journal = journal
        self._store = ProblemStore(matches.database)
        self._matches = matches
        self._trials = trials
        self._who = who

    def try_ahead(self) -> None:
        """Tries the rule that would stand again if my latest act were taken back, while nobody waits for it."""
        for number, event in self._events_of(self.latest_act()):
            problem = self._store.get(number)
            if problem is not None and "rule" in event.before:
                rule = with_fields(said_of(problem), event.before).rule
                with suppress(InvalidInput):  # a pattern that takes too long; who takes that act back is told
                    self._trials.of(rule, number, TRIED_ON, BEFORE_SAVED)

    def latest_act(self) -> int:
        """The number of my latest act on problems not yet taken back; 0 where there is none."""
        return self._store.latest_act(self._who)

    def deeds(self, act: int) -> list[Deed]:
        """What that act of mine did to problems; Refused where it began one, or something was built on it."""
        return [
            Deed(f"PRB-{number}", event.kind.replace("_", " "), event.at, number) for number, event in self._done(act)
        ]

    def take_back(self, act: int, number: int) -> None:
        """Puts the problems back as they were before that act, by events of the act `number`; which tickets match too.

        Inside a transaction.
        """
        for problem, event in list(self._done(act)):
            at = self._journal.moment(problem)
            rule = self._journal.put_back(problem, event, at, number).rule
            if "rule" in event.before:
                trial = self._trials.of(rule, problem, TRIED_ON, WHILE_OTHERS_WAIT)
                self._matches.matching_anew(problem, trial.verdicts, at)

    def _done(self, act: int) -> Iterator[tuple[int, ProblemEvent]]:
        done = self._events_of(act)
        mine = [(problem, event.seq) for problem, event in done]
        for problem, event in done:
            if event.kind == WRITTEN:
                raise Refused(f"PRB-{problem} was written down and keeps its number", "change it, or say it is fixed")
            events = not_undone(self._store.events(problem))
            later = [each for each in events if each.seq > event.seq and (problem, each.seq) not in mine]
            if later:
                wrong = f"your change of PRB-{problem} ({event.kind.replace('_', ' ')}) stays: {later[-1].who}"
                raise Refused(f"{wrong} has built on it ({later[-1].told})", "put it right by a new change")
            yield problem, event

    def _events_of(self, act: int) -> list[tuple[int, ProblemEvent]]:
        """What that act of mine did that stands, the last of each problem first."""
        problems = self._store.changed_in(self._who, act)
        return [
            (number, event)
            for number in problems
            for event in reversed(not_undone(self._store.events(number)))
            if (event.who, event.act) == (self._who, act)
        ]
