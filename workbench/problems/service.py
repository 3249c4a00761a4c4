"""Known causes: written down once, recognised in the next ticket, told to who asks, and fixed for all at once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from workbench.clock import Clock, iso
from workbench.database import Database
from workbench.errors import NotFound, Refused
from workbench.organisation.service import OrganisationService
from workbench.ownership.store import ComponentStore
from workbench.problems.journal import ProblemJournal
from workbench.problems.match_store import MatchStore
from workbench.problems.model import (
    NewProblem,
    Problem,
    ProblemState,
    Rule,
    Trial,
    changes,
    checked,
    require_narrow,
    said_of,
)
from workbench.problems.naming import named
from workbench.problems.recognition import Recognition
from workbench.problems.repeats import THIRD_LINE, Repeat, repeats
from workbench.problems.store import Counts, LinkedTicket, ProblemEvent, ProblemStore
from workbench.problems.trying import BEFORE_SAVED, TRIED_ON, WHILE_OTHERS_WAIT, Trials
from workbench.problems.undoing import ProblemLedger
from workbench.tickets.model import Event, Hint, Ticket
from workbench.tickets.rules import Change, Resolution, required
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import Kind


class ProblemService:
    """Problems on behalf of one person."""

    def __init__(
        self, database: Database, organisation: OrganisationService, tickets: TicketService, clock: Clock, who: str
    ) -> None:
        self.database = database
        self.store = ProblemStore(database)
        self.journal = ProblemJournal(self.store, organisation, tickets, clock, who)
        self.matches = MatchStore(database)
        self._recognition = Recognition(self.store, self.matches, self.journal)
        self._trials = Trials(self.store, self.matches, clock)
        self._ledger = ProblemLedger(self.journal, self.matches, self._trials, who)
        self._catalogue = ComponentStore(database)
        self.organisation = organisation
        self.tickets = tickets
        self.clock = clock
        self.who = who

    def all(self) -> list[Problem]:
        """All problems, the newest first."""
        return self.store.all()

    def get(self, number: int) -> Problem:
        """The problem of that number; NotFound."""
        found = self.store.get(number)
        if found is None:
            raise NotFound(f"no problem {number}", "`workbench problem list` shows those there are")
        return found

    def events(self, number: int) -> list[ProblemEvent]:
        """A problem's history."""
        return self.store.events(number)

    def counts(self) -> dict[int, Counts]:
        """How many tickets each problem has."""
        return self.store.counts()

    def linked(self, number: int, *, unresolved: bool = False) -> list[LinkedTicket]:
        """The tickets linked to a problem, the latest first."""
        return self.store.linked(self.get(number).number, unresolved=unresolved)

    def matching(self, number: int) -> list[LinkedTicket]:
        """The unresolved tickets that its rule matches and that are linked to no problem."""
        return self.store.matching(number)

    def spared(self, number: int) -> int:
        """How many hand-offs a problem has made needless: its tickets were linked to it instead."""
        return self.store.spared(number, self.clock.now())

    def of_ticket(self, ref: int) -> list[Problem]:
        """The problems that a ticket matches or is linked to, the linked one first."""
        return self.store.of_ticket(ref)

    def linked_to(self, ref: int) -> int | None:
        """The problem that a ticket is linked to."""
        return self.tickets.store.problem_of(ref)

    def try_rule(
        self, rule: Rule, number: int | None = None, limit: int = TRIED_ON, seconds: float = BEFORE_SAVED
    ) -> Trial:
        """What a rule would have done to the latest tickets; linked ones are those of problem `number`.

        InvalidInput or NotFound where it cannot match, matches everything, or has a pattern that takes too long.
        """
        return self._trials.of(self._named(rule), number, limit, seconds)

    def write(self, new: NewProblem, *, widely: bool = False) -> Problem:
        """Writes a problem down; `widely` takes also a rule that matches more than half of the tickets."""
        said = checked(new)
        rule = self._named(said.rule)
        self._try_ahead(rule, None)
        with self.database.transaction():
            self.organisation.require_person(self.who)
            trial = self._trial_again(rule, None, widely=widely)
            number = self.journal.write(said._replace(rule=rule))
            self.matches.matching_anew(number, trial.verdicts, self.journal.moment(number))
            return self.get(number)

    def as_it_stands(self, number: int) -> tuple[Problem, int]:
        """A problem with the place of its last event, by which `rewrite` knows what its writer has seen; NotFound."""
        with self.database.snapshot():
            return self.get(number), self.store.last_place(number)

    def rewrite(
        self, number: int, anew: Callable[[NewProblem], NewProblem], seen: int | None = None, *, widely: bool = False
    ) -> Problem:
        """Writes what `anew` makes of what is said of it now; what it said before stays in its history.

        OutOfDate where events after `seen` have changed the same.
        """
        before = self.get(number)
        said = self._said_anew(before, anew)
        if said.rule != before.rule:
            self._try_ahead(said.rule, number)
        with self.database.transaction():
            self.organisation.require_person(self.who)
            before = self.get(number)
            said = self._said_anew(before, anew)
            names = changes(before, said)
            if not names:
                return before
            if seen is not None:
                self.journal.require_seen(number, names, seen)
            trial = self._trial_again(said.rule, number, widely=widely) if said.rule != before.rule else None
            self.journal.rewrite(before, said)
            if trial is not None:
                self.matches.matching_anew(number, trial.verdicts, self.journal.moment(number))
            return self.get(number)

    def begin_fix(self, number: int, expected_at: datetime | None = None) -> Problem:
        """Says that the fix is under way, and until when it is expected."""
        with self.database.transaction():
            problem = self.get(number)
            if problem.state is ProblemState.FIXED:
                raise Refused(f"problem {number} is fixed", "`workbench problem reopen` says that it is not")
            said = said_of(problem)._replace(expected_at=expected_at or problem.expected_at)
            self.journal.turn(problem, ProblemState.UNDER_WAY, "fix under way", said)
            return self.get(number)

    def link(self, ref: int, number: int, version: int | None = None) -> Ticket:
        """Takes a ticket in as one of this problem."""
        problem = self.get(number)
        if self.linked_to(ref) == number:
            return self.tickets.get(ref)
        self.journal.moment(number)
        return self.tickets.change(ref, lambda _: Change(Kind.LINKED, {"problem": number}, problem.title), version)

    def unlink(self, ref: int, version: int | None = None) -> Ticket:
        """Says that a ticket is none of its problem's."""
        if self.linked_to(ref) is None:
            raise Refused(f"#{ref} is linked to no problem", "there is nothing to take away")
        return self.tickets.change(ref, lambda _: Change(Kind.UNLINKED, {"problem": None}, ""), version)

    def fix(self, number: int, fix: str, answer: str | None = None, refs: Sequence[int] | None = None) -> list[Ticket]:
        """Says that it is fixed, tells the requesters of its unresolved tickets (of `refs` alone), and resolves them.

        They are told `answer`, or the problem's own where it is None; nobody is told an empty one. All or nothing; the
        tickets as they are then. Undo takes back the whole.
        """
        said = required(fix, "fix")
        with self.database.transaction(), self.tickets.together():
            problem = self.get(number)
            waiting = [each.ref for each in self.linked(number, unresolved=True)]
            chosen = waiting if refs is None else [ref for ref in waiting if ref in refs]
            words = (problem.answer if answer is None else answer).strip()
            done = []
            for ref in chosen:
                if words:
                    self.tickets.comment(ref, words)
                cause = problem.cause or problem.title
                done.append(self.tickets.resolve(ref, Resolution(cause=cause, fix=said, problem=str(number))))
            anew = said_of(problem)._replace(permanent_fix=problem.permanent_fix or said)
            self.journal.turn(problem, ProblemState.FIXED, said, anew)
        return done

    def reopen(self, number: int, why: str) -> Problem:
        """Says that it is not fixed after all."""
        said = required(why, "reason")
        with self.database.transaction():
            problem = self.get(number)
            if problem.state is not ProblemState.FIXED:
                raise Refused(f"problem {number} is {problem.state.replace('_', ' ')}", "it need not be reopened")
            self.journal.turn(problem, ProblemState.KNOWN, said)
            return self.get(number)

    def ledger(self) -> ProblemLedger:
        """What undo takes back of problems; outside a transaction the rule that it would bring back is tried ahead."""
        if not self.database.writing:
            self._ledger.try_ahead()
        return self._ledger

    def heed(self, ticket: Ticket, event: Event) -> None:
        """Looks anew which problems a ticket matches when it says something else; one that is fixed may come back.

        Runs within the transaction that writes the event.
        """
        self._recognition.heed(ticket.ref, event)

    def record(self, refs: Iterable[int]) -> None:
        """Compares recorded tickets with the problems there were when each said something, or were written down later.

        Runs within the caller's transaction, with the tickets in the order in which they were opened.
        """
        for ref in refs:
            self._recognition.record(*self.tickets.with_timeline(ref), self.clock.now())

    def repeats(self, start: datetime | None = None, end: datetime | None = None) -> list[Repeat]:
        """Arrivals at the third line, from one instant to before another (None: by now), of what was known by then.

        They count against the loop: somebody below had the answer at hand. The latest first.
        """
        return repeats(self.database, self._third_line(), start, end or self._after_now())

    def _third_line(self) -> list[str]:
        return [tier.name for tier in self.organisation.current().tiers][THIRD_LINE:]

    def _after_now(self) -> datetime:
        return self.clock.now() + timedelta(seconds=1)

    def hints(self, ticket: Ticket) -> list[Hint]:
        """What is known of a ticket's trouble: the problem, how to go round it, and that it is a repeat."""
        linked, found, third = self.linked_to(ticket.ref), self.of_ticket(ticket.ref), self._third_line()
        hints = [_hint(each, linked == each.number, self.clock.now()) for each in found]
        if found and ticket.tier in third:
            again = repeats(self.database, third, None, self._after_now(), ticket.ref)
            hints += [Hint("Repeat", f"PRB-{one.problem} was known when it came to {one.team}") for one in again[:1]]
        return hints

    def _named(self, rule: Rule) -> Rule:
        return named(rule, self._catalogue, self.store)

    def _said_anew(self, before: Problem, anew: Callable[[NewProblem], NewProblem]) -> NewProblem:
        said = checked(anew(said_of(before)))
        return said if said.rule == before.rule else said._replace(rule=self._named(said.rule))

    def _try_ahead(self, rule: Rule, number: int | None) -> None:
        """Tries a rule while nobody waits for it; who has opened a transaction has tried it before."""
        if not self.database.writing:
            self._trials.of(rule, number, TRIED_ON, BEFORE_SAVED)

    def _trial_again(self, rule: Rule, number: int | None, *, widely: bool) -> Trial:
        """The trial with what came since it was made; InvalidInput where the rule is too wide, unless that is meant."""
        trial = self._trials.of(rule, number, TRIED_ON, WHILE_OTHERS_WAIT)
        if not widely:
            require_narrow(trial)
        return trial


def _hint(problem: Problem, is_linked: bool, now: datetime) -> Hint:
    said = ": ".join(filter(None, (f"PRB-{problem.number} {problem.title}", problem.workaround)))
    awaited = problem.expected_at if problem.state is not ProblemState.FIXED else None
    due = f", fix expected {iso(awaited)}" if awaited else ""
    state = problem.seen(now).replace("_", " ")
    return Hint("Problem" if is_linked else "Known", f"{said} ({state}{due})", pressing=not is_linked)
