"""Gathers from the other rooms what is known of a ticket that is to be handed off."""

from datetime import timedelta
from typing import Final

from workbench.clock import Clock, iso
from workbench.escalation.around import Around, Known, KnownProblem, SimilarTicket, UntriedRunbook
from workbench.escalation.model import Category, Diagnostic, Form, Outcome, Return, ReturnCode, StepTaken
from workbench.escalation.proposal import OpenSeam, OwnerKnown
from workbench.ownership.as_json import card_told
from workbench.ownership.guessing import guess
from workbench.ownership.service import Looked, OwnershipService
from workbench.problems.service import ProblemService
from workbench.queues.service import QueueService
from workbench.runbooks.runs.model import Did, TakenStep
from workbench.runbooks.runs.service import RunService
from workbench.runbooks.service import LibraryService
from workbench.tickets.model import Ticket

RECENT: Final = timedelta(hours=72)
"""How far back similar tickets are looked for (DOMAIN "Escalation")."""
SHOWN: Final = 5
"""Similar tickets and runbooks that are shown."""
OUTPUT_SHOWN: Final = 2_000
"""Characters of a command's output that go into the form; all of it stays with the run."""


class Gathering:
    """Asks each room for its part; nothing here decides anything."""

    def __init__(
        self,
        ownership: OwnershipService,
        runbooks: LibraryService,
        runs: RunService,
        problems: ProblemService,
        queues: QueueService,
        clock: Clock,
    ) -> None:
        self.ownership = ownership
        self.runbooks = runbooks
        self.runs = runs
        self.problems = problems
        self.queues = queues
        self.clock = clock

    def known(self, ticket: Ticket) -> Known:
        """Its owner, an open seam it lies on, what was tried in runs and what commands printed, and that it failed."""
        looked = guess(self.ownership, ticket)
        steps = self.runs.steps_of(ticket.ref)
        components = tuple(answer.component for answer in looked.found.answers)
        failed = any(run.ending is not None and run.ending.did is Did.NOT_FIXED for run in self.runs.runs(ticket.ref))
        form = Form(
            category=Category.RUNBOOK_FAILED if failed else None,
            steps=tuple(map(_step, steps)),
            diagnostics=tuple(_diagnostics(steps)),
            components=components,
        )
        return Known(_owner(looked), _seam(looked), form, card_told(looked.cards[0]) if looked.cards else None)

    def around(self, ticket: Ticket, known: Known | None = None) -> Around:
        """Problems that match, like tickets of the last days, runbooks not tried, and the owner's card.

        Who has asked already gives what is `known`.
        """
        tried = {run.runbook for run in self.runs.runs(ticket.ref)}
        since = self.clock.now() - RECENT
        like = self.queues.recent_like(ticket, since, SHOWN)
        fitting = self.runbooks.fitting(ticket, limit=SHOWN + len(tried))
        untried = [each.entry for each in fitting if each.entry.slug not in tried]
        return Around(
            problems=tuple(
                KnownProblem(each.number, each.title, each.workaround) for each in self.problems.of_ticket(ticket.ref)
            ),
            similar=tuple(SimilarTicket(line.ref, line.subject) for line in like),
            runbooks=tuple(UntriedRunbook(entry.slug, entry.title) for entry in untried[:SHOWN]),
            owner=(known or self.known(ticket)).card,
        )

    def runbook(self, slug: str) -> str:
        """The runbook of that name; NotFound."""
        return self.runbooks.get(slug).slug

    def learn(self, ticket: Ticket, back: Return, by: str) -> None:
        """Lets the other rooms learn from a team's return: the problem takes the ticket in, the catalogue a proposal.

        Who gives back what the catalogue says is theirs, and names nobody, proposes that it is nobody's.
        """
        if back.problem is not None:
            self.problems.link(ticket.ref, back.problem)
        if back.code is ReturnCode.WRONG_OWNER:
            looked = guess(self.ownership, ticket, 1)
            component = looked.cards[0].component if looked.cards else None
            if component and back.owner:
                self.ownership.propose(component.slug, back.owner, ticket.ref, back.words)
            elif component and component.team == by:
                self.ownership.disown(component.slug, ticket.ref, back.words)


def _owner(looked: Looked) -> OwnerKnown | None:
    if not looked.found.answers:
        return None
    answer, card = looked.found.answers[0], looked.cards[0]
    return OwnerKnown(answer.component, card.component.owners if answer.owners is None else answer.owners)


def _seam(looked: Looked) -> OpenSeam | None:
    unled = next((seam for seam in looked.found.seams if seam.lead is None), None)
    return OpenSeam(unled.components, unled.teams) if unled else None


def _step(step: TakenStep) -> StepTaken:
    return StepTaken(f"{step.what} ({step.runbook})", Outcome(step.outcome.value).value, step.note)


def _diagnostics(steps: list[TakenStep]) -> list[Diagnostic]:
    return [
        Diagnostic(output.command, output.text.strip()[:OUTPUT_SHOWN] or output.ended, iso(output.at))
        for step in steps
        for output in step.outputs
    ]
