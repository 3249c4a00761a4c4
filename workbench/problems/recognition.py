"""Which problems a ticket matches: looked at anew whenever it says something else, as it happens or as recorded."""

from collections.abc import Sequence
from datetime import datetime

from workbench.problems.history import came_back, not_undone
from workbench.problems.journal import ProblemJournal
from workbench.problems.match_store import MatchStore
from workbench.problems.matching import recognised, subject_of
from workbench.problems.model import Problem, ProblemState
from workbench.problems.store import ProblemStore
from workbench.tickets.model import Event, Ticket
from workbench.tickets.vocabulary import Kind


class Recognition:
    """Compares tickets with the rules, inside the caller's transaction."""

    def __init__(self, store: ProblemStore, matches: MatchStore, journal: ProblemJournal) -> None:
        self._store = store
        self._matches = matches
        self._journal = journal

    def heed(self, ref: int, event: Event) -> None:
        """Compares a ticket with all rules when an event makes it say something else."""
        if _says_else(event) and self._store.any():
            self._compare(ref, event.at, self._store.all())

    def record(self, ticket: Ticket, events: Sequence[Event], until: datetime) -> None:
        """Compares a recorded ticket with the problems there were when it said something, or were written later."""
        for event in filter(_says_else, events):
            self._recall(ticket, event.at)
            self._compare(ticket.ref, event.at, [each for each in self._store.all() if each.created_at <= event.at])
        self._recall(ticket, until)

    def _recall(self, ticket: Ticket, until: datetime) -> None:
        """Notes which problems that were written down since it was opened a ticket matched then."""
        for problem in self._store.all():
            if ticket.opened_at < problem.created_at <= until:
                [found] = self._verdicts(ticket.ref, problem.created_at, [problem])
                if found:
                    self._matches.note_matches(ticket.ref, [problem.number], problem.created_at)

    def _compare(self, ref: int, at: datetime, problems: Sequence[Problem]) -> None:
        """Notes which of these problems a ticket matches from an instant on, and which no more.

        A match after the fix reopens the problem; a pattern that takes too long leaves what is known as it is.
        """
        known = set(self._matches.matched_by(ref))
        told = list(zip(problems, self._verdicts(ref, at, problems), strict=True))
        begun = [each for each, found in told if found and each.number not in known]
        ended = [each.number for each, found in told if found is False and each.number in known]
        self._matches.note_matches(ref, [each.number for each in begun], at)
        for problem in begun:
            if problem.state is ProblemState.FIXED and problem.fixed_at is not None and at > problem.fixed_at:
                self._journal.come_back(problem, ref, at)
        if ended:
            self._matches.end_matches(ref, ended, at)
        for number in ended:
            self._take_back_return(number, at)

    def _verdicts(self, ref: int, at: datetime, problems: Sequence[Problem]) -> list[bool | None]:
        component, said = self._matches.texts([ref], at)[ref]
        return recognised([each.rule for each in problems], subject_of(component, *said))

    def _take_back_return(self, number: int, at: datetime) -> None:
        """Has a problem be fixed again that came back with tickets of which none matches any more.

        It stays open where somebody has done something to it since.
        """
        last = not_undone(self._store.events(number))[-1]
        if came_back(last) and not self._matches.any_since(number, last.at):
            self._journal.put_back(number, last, at, None)


def _says_else(event: Event) -> bool:
    """Whether rules may see a ticket otherwise after an event: by its words, or by what it is about."""
    return event.kind in {Kind.OPENED, Kind.REPLIED} or "component" in event.after
