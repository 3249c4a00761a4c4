"""The desk: one open workbench file with every feature's service, for one person and one clock."""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from workbench.clock import Clock, FixedClock
from workbench.database import Database
from workbench.organisation.service import OrganisationService
from workbench.queues.service import QueueService
from workbench.tickets.model import Hint, Ticket
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import SAYS_ELSE, Kind

if TYPE_CHECKING:
    from workbench.escalation.service import EscalationService
    from workbench.escalation.swarms import SwarmService
    from workbench.intake.owners.service import OwnersImport
    from workbench.intake.service import IntakeService
    from workbench.ownership.service import OwnershipService
    from workbench.personal.service import PersonalService
    from workbench.problems.service import ProblemService
    from workbench.reports.service import ReportService
    from workbench.runbooks.runs.service import RunService
    from workbench.runbooks.service import LibraryService


class Desk:
    """Everything that a front of the program needs; belongs to the thread that opened it.

    `looks_back`: the tickets are seen as they were at an earlier moment, and nothing can be written.
    """

    def __init__(self, database: Database, clock: Clock, who: str) -> None:
        self.database = database
        self.clock = clock
        self.who = who
        self.looks_back = False
        self.organisation = OrganisationService(database)
        self.tickets = TicketService(database, self.organisation, clock, who)
        self.tickets.undo_with(lambda: self.ownership.journal)
        self.tickets.undo_with(lambda: self.problems.ledger())
        self.tickets.let_heed(SAYS_ELSE, lambda: self.problems.heed)
        self.tickets.let_heed({Kind.RESOLVED}, lambda: self.swarms.heed)
        self.queues = QueueService(database, self.organisation, self.tickets, clock, who)

    @cached_property
    def personal(self) -> "PersonalService":
        """What is kept for the person: drafts, preferences, signs of presence; loaded when it is asked for."""
        from workbench.personal.service import PersonalService

        return PersonalService(self.database, self.clock, self.who)

    @cached_property
    def intake(self) -> "IntakeService":
        """Bringing outside data in; loaded when it is asked for, since a queue must answer at once."""
        from workbench.intake.service import IntakeService

        return IntakeService(self.database, self.organisation, self.tickets, self.clock)

    @cached_property
    def ownership(self) -> "OwnershipService":
        """The catalogue: whose a component is."""
        from workbench.ownership.service import OwnershipService

        return OwnershipService(self.database, self.organisation, self.tickets, self.clock, self.who)

    @cached_property
    def catalogue_intake(self) -> "OwnersImport":
        """Bringing ownership files in."""
        from workbench.intake.owners.service import OwnersImport

        return OwnersImport(self.organisation, self.ownership, self.clock)

    @cached_property
    def escalation(self) -> "EscalationService":
        """Handing tickets off and taking them over."""
        from workbench.escalation.gathering import Gathering
        from workbench.escalation.service import EscalationService

        gathered = Gathering(self.ownership, self.runbooks, self.runs, self.problems, self.queues, self.clock)
        return EscalationService(
            self.database,
            self.organisation,
            self.tickets,
            self.personal,
            self.clock,
            self.who,
            gathered,
        )

    @cached_property
    def swarms(self) -> "SwarmService":
        """Swarms alone: each resolve asks for them while others wait, and has no need of all that hands off."""
        from workbench.escalation.swarms import SwarmService

        return SwarmService(self.database, self.organisation, self.tickets, self.clock, self.who)

    @cached_property
    def problems(self) -> "ProblemService":
        """Known causes and the rules that recognise them."""
        from workbench.problems.service import ProblemService

        return ProblemService(self.database, self.organisation, self.tickets, self.clock, self.who)

    @cached_property
    def runbooks(self) -> "LibraryService":
        """The library of runbooks; loaded when it is asked for, for the same reason."""
        from workbench.runbooks.service import LibraryService

        return LibraryService(self.database, self.organisation, self.clock, self.who)

    @cached_property
    def runs(self) -> "RunService":
        """Runs of runbooks."""
        from workbench.runbooks.runs.service import RunService

        return RunService(self.database, self.organisation, self.tickets, self.runbooks, self.clock, self.who)

    @cached_property
    def reports(self) -> "ReportService":
        """Figures, and the tickets behind them."""
        from workbench.reports.service import ReportService

        return ReportService(self.database, self.organisation, self.tickets, self.ownership, self.clock, self.who)

    @classmethod
    def open(cls, path: Path, clock: Clock, who: str, *, for_reading: bool = False) -> Self:
        """Opens a workbench file; FileProblem where that cannot be.

        `for_reading`: a fixed clock that stands before the latest change looks back, and nothing can be written.
        """
        return cls._at(Database.open(path), clock, who, for_reading=for_reading)

    @classmethod
    def _at(cls, database: Database, clock: Clock, who: str, *, for_reading: bool) -> Self:
        try:
            desk = cls(database, clock, who)
            if for_reading and isinstance(clock, FixedClock):
                latest = desk.tickets.store.latest_moment()
                if latest is not None and clock.now() < latest:
                    desk._look_back()
                    desk.looks_back = True
        except BaseException:
            database.close()
            raise
        return desk

    def _look_back(self) -> None:
        """Every room as it stood at the clock's moment; the tickets last, since nothing is written from then on."""
        from workbench.escalation.lookback import look_back as look_back_at_handoffs
        from workbench.problems.lookback import look_back as look_back_at_problems
        from workbench.runbooks.lookback import look_back as look_back_at_runbooks

        self.ownership.look_back()
        look_back_at_handoffs(self.database, self.now(), self.organisation.current())
        look_back_at_problems(self.database, self.now())
        look_back_at_runbooks(self.database, self.now())
        self.tickets.look_back()

    def beside(self) -> "Desk":
        """The same file once more, to be read by another thread: a connection belongs to the one that opened it."""
        return Desk._at(self.database.again(), self.clock, self.who, for_reading=True)

    def hints(self, ticket: Ticket) -> list[Hint]:
        """What every feature knows that fits a ticket, the pressing first; for the preview and the ticket screen."""
        from workbench.ownership.hinting import hints as owner  # here, since a queue is shown before anything is asked

        hints = [*owner(self.ownership, ticket), *self.problems.hints(ticket)]
        hints += [*self.runs.hints(ticket), *self.runbooks.hints(ticket)]
        hints += self.escalation.hints(ticket)
        return sorted(hints, key=lambda hint: not hint.pressing)

    def now(self) -> datetime:
        """The clock's moment."""
        return self.clock.now()

    def close(self) -> None:
        """Closes the file."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
