"""Runs of runbooks: begun, gone on with by whoever is there, and ended; each act is written at once."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from workbench.clock import Clock, moment_after, reads_until
from workbench.database import Database
from workbench.errors import InvalidInput, NotFound, Refused
from workbench.organisation.model import Settings
from workbench.organisation.service import OrganisationService
from workbench.runbooks.model import Runbook
from workbench.runbooks.runs import model
from workbench.runbooks.runs.model import Did, NextAct, Output, Run, TakenStep
from workbench.runbooks.runs.placeholders import Filled, filled, value_of
from workbench.runbooks.runs.store import Kept, RunStore
from workbench.runbooks.runs.timeline import began_change, change_of, recorded, resolution_of
from workbench.runbooks.service import LibraryService
from workbench.tickets.model import Hint, Ticket
from workbench.tickets.rules import Change, Resolution
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import State

if TYPE_CHECKING:
    from workbench.runbooks.runs.execution import Execution, Result

# What fills and runs commands is imported where it is used: a hint, which must come at once, has no need of it.

SHOWN: Final = 50
"""Runs of a list, unless more are asked for."""
OFFERED: Final = 5
"""Open runs of one person that are offered to be taken up."""


class RunService:
    """Runs on behalf of one person; `simulate` says what a step's command prints where none is really run."""

    def __init__(
        self,
        database: Database,
        organisation: OrganisationService,
        tickets: TicketService,
        library: LibraryService,
        clock: Clock,
        who: str,
        *,
        simulate: Callable[[Run, int], str] | None = None,
    ) -> None:
        self._database = database
        self._store = RunStore(database)
        self._organisation = organisation
        self._tickets = tickets
        self._library = library
        self._clock = clock
        self._who = who
        self._simulate = simulate
        self._read: dict[tuple[str, int], Runbook] = {}

    def begin(self, slug: str, ticket: int | None = None) -> Run:
        """Begins a run of the present version; Refused where one is open on the ticket, or the ticket is done."""
        with self._database.transaction():
            self._organisation.require_person(self._who)
            runbook = self._library.get(slug)
            if runbook.retired:
                raise Refused(f"{slug} is retired", "look for the one that took its place")
            going = self.open_run(slug, ticket) if ticket is not None else None
            if going is not None:
                raise Refused(
                    f"run {going.number} of {slug} on #{ticket} is open, begun by {going.began.who}", "take that one up"
                )
            number = self._store.next_number()
            change = began_change(number, slug, runbook.version, runbook.title)
            at, event = self._write(ticket, change, _require_unresolved, None)
            self._store.begin(number, slug, runbook.version, ticket, at, self._who)
            self._store.add(number, NextAct(Did.BEGAN), at, self._who, event)
            return self._fresh(number)

    def get(self, number: int) -> Run:
        """A run as it stands at this moment; NotFound."""
        with self._database.snapshot():
            kept = self._store.run(number, reads_until(self._clock))
            if kept is None:
                raise NotFound(f"no run {number}", "`workbench runbook runs` shows those there are")
            return self._run(kept)

    def runs(self, ticket: int | None = None, *, limit: int = SHOWN) -> list[Run]:
        """Runs, of one ticket or all, those that began last first."""
        with self._database.snapshot():
            return [self._run(kept) for kept in self._store.runs(reads_until(self._clock), ticket=ticket, limit=limit)]

    def open_run(self, slug: str, ticket: int) -> Run | None:
        """The run of that runbook on that ticket that has no verdict yet; None where there is none."""
        runs = (self._run(kept) for kept in self._store.of_runbook(slug, ticket))
        return next((run for run in runs if not run.is_over), None)

    def open_runs(self, ticket: int | None = None) -> list[Run]:
        """The runs that can be taken up: those on a ticket, else the latest in which one has a hand."""
        if ticket is not None:
            return [run for run in self.runs(ticket, limit=-1) if not run.is_over]
        return [self._run(kept) for kept in self._store.open_of(self._who, OFFERED)]

    def step(self, run: Run, outcome: Did, note: str = "", number: int | None = None) -> Run:
        """Says what became of the current step, or of the one named; OutOfDate where somebody has gone on since."""
        return self._act(run, lambda fresh: model.concluded(fresh, outcome, note, number))

    def skip(self, run: Run, why: str, number: int | None = None) -> Run:
        """Leaves out the current step, or the one named; InvalidInput without a word why."""
        if not why.strip():
            raise InvalidInput(f"step {number or run.current} is skipped without a word why", "say why in a few words")
        return self.step(run, Did.SKIPPED, why, number)

    def back(self, run: Run) -> Run:
        """Goes back to the step before, which is to be done again."""
        return self._act(run, model.went_back)

    def note(self, run: Run, number: int, text: str) -> Run:
        """Writes something down at a step."""
        return self._act(run, lambda fresh: model.noted(fresh, number, text))

    def end(self, run: Run, ending: Did, resolution: Resolution | None = None) -> Run:
        """Ends the run, or leaves it: fixed resolves its ticket, as the run tells or as `resolution` says; not fixed
        leaves an internal note of what was tried.

        Where nobody is asked the runbook's title stands for the cause that an escalated ticket has to have.
        """
        with self._tickets.together():
            ended = self._act(run, lambda fresh: model.ended(fresh, ending))
            if ended.ticket is not None and ending is Did.FIXED:
                ticket = self._tickets.get(ended.ticket)
                if ticket.unresolved:
                    told = resolution_of(ended)._replace(cause=ended.title if ticket.escalated else "")
                    self._tickets.resolve(ended.ticket, resolution or told)
            elif ended.ticket is not None and ending is Did.NOT_FIXED:
                self._tickets.note(ended.ticket, model.report(ended))
            return ended

    def give(self, run: Run, name: str, text: str) -> Run:
        """Gives a value that a command asks for; it holds for the whole run, over what the ticket says."""
        value = value_of(name, text)
        with self._database.transaction():
            self._organisation.require_person(self._who)
            fresh = self._fresh(run.number)
            self._store.fill(run.number, {**fresh.values, name: value})
            return self._fresh(run.number)

    def values(self, run: Run) -> dict[str, str]:
        """All values there are for a run's commands, by their names."""
        from workbench.runbooks.runs.values import ticket_values

        if run.ticket is None:
            return {"me": self._who, **run.values}
        ticket = self._tickets.get(run.ticket)
        named = ticket.client and ticket.contact
        contact = self._organisation.contact(ticket.client or "", ticket.contact or "") if named else None
        return {**ticket_values(ticket, contact, self._who), **run.values}

    def command(self, run: Run, number: int) -> Filled | None:
        """A step's command as it would run; None where the step has none."""
        command = run.step(number).command
        return None if command is None else filled(command, self.values(run))

    def execution(self, run: Run, number: int) -> "Execution":
        """A step's command ready to be run here, once somebody has seen its text and said yes; Refused."""
        from workbench.runbooks.runs.execution import Execution, Simulation

        settings = self._organisation.current().settings
        if self._simulate is None:
            _require_execution(settings)
        self._organisation.require_person(self._who)
        command = self.command(run, number)
        if command is None:
            raise Refused(f"step {number} of {run.runbook} has no command", "do what it says")
        if command.missing:
            raise Refused(f"the command still asks for {', '.join(command.missing)}", "give the value first")
        if command.doubts:
            raise Refused(f"the command is not run: {'; '.join(command.doubts)}", "copy it and write that in")
        if self._simulate is not None:
            return Simulation(command.text, settings.command_time_limit, self._simulate(run, number))
        return Execution(command.text, settings.command_time_limit)

    def keep(self, run: Run, number: int, result: "Result") -> Run:
        """Keeps what a command printed with its step."""
        with self._database.transaction():
            self._organisation.require_person(self._who)
            output = Output(number, self._clock.now(), self._who, result.command, result.text, result.cut, result.ended)
            self._store.add_output(run.number, output)
            return self._fresh(run.number)

    def steps_of(self, ticket: int) -> list[TakenStep]:
        """All steps with an outcome of all runs on a ticket, in the order in which they were taken."""
        return model.taken_steps(self.runs(ticket, limit=-1))

    def hints(self, ticket: Ticket) -> list[Hint]:
        """The runs that are open on a ticket, each with where it stands and who went on with it last."""
        told = (f"{run.title}: {run.standing}, {run.acts[-1].who}" for run in self.open_runs(ticket.ref))
        return [Hint("Run", words, "r") for words in told]

    def record(self, tickets: Iterable[int]) -> int:
        """Writes the runs that recorded histories tell of, inside the caller's transaction; how many there were."""
        count = 0
        for ref in tickets:
            for told in recorded(self._tickets.store.events(ref)):
                began = told.acts[0][0]
                self._store.begin(told.number, told.runbook, told.version, ref, began.at, began.who)
                for act, event in told.acts:
                    self._store.add(told.number, NextAct(act.did, act.step, act.note), act.at, act.who, event)
                count += 1
        return count

    def _act(self, run: Run, rule: Callable[[Run], NextAct | None]) -> Run:
        """Adds an act by a rule that sees the run as it is now, and its event with it."""
        with self._database.transaction():
            self._organisation.require_person(self._who)
            fresh = self._fresh(run.number)
            model.require_same(run, fresh)
            act = rule(fresh)
            if act is None:
                return fresh
            at, event = self._write(fresh.ticket, change_of(fresh, act), _require_not_closed, fresh.acts[-1].at)
            self._store.add(fresh.number, act, at, self._who, event)
            return self._fresh(fresh.number)

    def _write(
        self, ticket: int | None, change: Change, require: Callable[[Ticket], None], last: datetime | None
    ) -> tuple[datetime, int | None]:
        """When it happens, after the run's `last` act, and the number of the event on the ticket where there is one."""
        if ticket is None:
            moment = moment_after(self._clock, last, "the run last went on at")
            self._tickets.note_moment(moment)
            return moment, None

        def rule(found: Ticket) -> Change:
            require(found)
            return change

        changed = self._tickets.change(ticket, rule)
        return changed.touched_at, changed.version

    def _fresh(self, number: int) -> Run:
        kept = self._store.run(number)
        if kept is None:
            raise NotFound(f"no run {number}, or its beginning was taken back", "`workbench runbook runs` shows all")
        return self._run(kept)

    def _run(self, kept: Kept) -> Run:
        runbook = self._version(kept.runbook, kept.version)
        return Run(
            kept.number,
            kept.runbook,
            kept.version,
            runbook.title,
            runbook.steps,
            kept.ticket,
            kept.acts,
            kept.values,
            self._store.outputs(kept.number, reads_until(self._clock)),
        )

    def _version(self, slug: str, version: int) -> Runbook:
        """A version of a runbook, which never changes once it is written."""
        key = (slug, version)
        if key not in self._read:
            self._read[key] = self._library.get(slug, version)
        return self._read[key]


def _require_unresolved(ticket: Ticket) -> None:
    if not ticket.unresolved:
        raise Refused(f"#{ticket.ref} is {ticket.state}, and no runbook is begun on it", "reopen it first")


def _require_not_closed(ticket: Ticket) -> None:
    if ticket.state is State.CLOSED:
        raise Refused(f"#{ticket.ref} is closed, and its runs with it", "reopen it first, or begin one without it")


def _require_execution(settings: Settings) -> None:
    from workbench.runbooks.runs.execution import POSSIBLE

    if not settings.run_commands:
        raise Refused("commands are not run here, by a setting (run_commands)", "copy the command instead")
    if not POSSIBLE:
        raise Refused("commands are not run here on this system", "copy the command instead")
