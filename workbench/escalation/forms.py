"""The form before it is sent: filled in as far as is known, kept as one types, and looked at for what it lacks."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from workbench.errors import Incomplete, InvalidInput, NotFound, Refused, WorkbenchError
from workbench.escalation import handing
from workbench.escalation.around import Known, KnownOf
from workbench.escalation.handing import Target
from workbench.escalation.known import from_ticket
from workbench.escalation.model import Category, Direction, Form
from workbench.escalation.proposal import Proposal, propose
from workbench.escalation.reading import form_told, read_form
from workbench.escalation.required import Completeness, Further, completeness, required_rows, told_missing
from workbench.escalation.store import HandoffStore
from workbench.organisation.model import Team
from workbench.organisation.service import OrganisationService
from workbench.personal.service import PersonalService
from workbench.tickets.model import Event, Ticket
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import Priority

DRAFT: Final = "escalation"
"""The kind of draft that a form is kept as."""


class Outlook(NamedTuple):
    """A form as it stands: what is proposed, what it lacks for where it goes, and what speaks against it.

    What was `sent` already is only filled in.
    """

    ticket: Ticket
    form: Form
    proposal: Proposal
    done: Completeness
    warnings: tuple[str, ...]
    sent: bool = False


class Opened(NamedTuple):
    """A form as somebody opens it: over what is `said` by the ticket and what other rooms know, as one left it.

    `letters` were typed as the reason and pick none.
    """

    ticket: Ticket
    known: Known
    said: Form
    form: Form
    kept_at: datetime | None = None
    letters: str = ""


class Forms:
    """Forms of one person."""

    def __init__(
        self,
        store: HandoffStore,
        organisation: OrganisationService,
        tickets: TicketService,
        personal: PersonalService,
        known_of: KnownOf,
        doubt_of: Callable[[str], str],
        who: str,
    ) -> None:
        self._store = store
        self._organisation = organisation
        self._tickets = tickets
        self._personal = personal
        self.known_of = known_of
        self._doubt_of = doubt_of
        self._who = who

    def open(self, ref: int) -> Opened:
        """The form with all that it stands on, so that nothing has to be asked again with each letter.

        What was sent and taken back is there as it was sent.
        """
        ticket, events = self._tickets.with_timeline(ref)
        known = self.known_of(ticket)
        said = self._said(ticket, events, known)
        draft = self._personal.draft(DRAFT, ref)
        if draft is not None:
            form = read_form(json.loads(draft.fields["form"]), said)
            return Opened(ticket, known, said, form, draft.saved_at, draft.fields.get("letters", ""))
        taken_back = self._store.taken_back(ref, self._who)
        if taken_back is not None:
            return Opened(ticket, known, said, *taken_back)
        return Opened(ticket, known, said, said)

    def form(self, ref: int) -> Form:
        """The form as one left it, over everything that is known; its direction and target as they are proposed."""
        return self.open(ref).form

    def keep(self, ref: int, form: Form, said: Form | None = None, letters: str = "") -> None:
        """Keeps a form as far as it was filled in, until it is sent; what was emptied stays empty.

        Who keeps it with each letter gives what was `said` without it when it was opened, and the `letters` of a reason
        that pick none.
        """
        known = form_told(said or self.open(ref).said)
        told = form_told(form)
        emptied: dict[str, object] = {
            name: "" for name, value in told.items() if value is None and known[name] is not None
        }
        for name in ("reason", "error"):
            emptied[name] = {part: value or "" for part, value in told[name].items()}
        self._personal.save_draft(DRAFT, ref, {"form": json.dumps(told | emptied), "letters": letters})

    def drop(self, ref: int) -> None:
        """Forgets what was kept."""
        self._personal.drop_draft(DRAFT, ref)

    def read(self, ref: int, told: object) -> Form:
        """A form from JSON over what is known or was left; a target without a direction has the one it lies in."""
        ticket = self._tickets.get(ref)
        form = read_form(told, self.form(ref))
        if isinstance(told, dict) and told.get("to") and not told.get("direction"):
            target = self.target(replace(form, direction=None), ticket)
            return replace(form, direction=self.direction(target, ticket))
        return form

    def outlook(self, ref: int, form: Form | None = None, known: Known | None = None) -> Outlook:
        """How a form stands (the one that was left, where none is given); a target that cannot be is a warning.

        Who asks with each letter gives what is `known`, since that does not change meanwhile.
        """
        ticket = self._tickets.get(ref)
        current = self.form(ref) if form is None else form
        known = known or self.known_of(ticket)
        proposal = self._propose(ticket, known)
        try:
            target = self.target(current, ticket, known)
        except (NotFound, InvalidInput, Refused) as error:
            return Outlook(ticket, current, proposal, completeness(current, ()), (str(error),))
        done = self.completeness(ticket, current, target, proposal)
        against = list(self._against(ticket, current, target.team))
        done = done._replace(further=(*done.further, *(Further(part, error.wrong) for part, error in against)))
        told = (*(str(error) for _, error in against), *_warnings(ticket, current, proposal, known))
        doubts = filter(None, map(self._doubt_of, current.components))
        return Outlook(ticket, current, proposal, done, (*told, *doubts))

    def target(self, form: Form, ticket: Ticket, known: Known | None = None) -> Target:
        """Who is to get it; NotFound, InvalidInput and Refused say whom it may go to."""
        owner = (known or self.known_of(ticket)).owner
        return handing.target_of(form, ticket, self._organisation.current(), self._who, owner.teams if owner else ())

    def direction(self, target: Target, ticket: Ticket) -> Direction:
        """Which way the target lies."""
        return handing.direction_to(target.team, ticket, self._organisation.current())

    def completeness(
        self, ticket: Ticket, form: Form, target: Target, proposal: Proposal | None = None
    ) -> Completeness:
        """What is required of the form by that target, and what of it is missing."""
        direction = form.direction or self.direction(target, ticket)
        rows = required_rows(direction, target.team, form.category, self._organisation.current())
        further = []
        returns = self._store.returns(ticket.ref)
        if handing.needs_person(target, direction, returns):
            people = target.team.people
            told = f"; {target.team.slug} has {', '.join(people[:3])}{' …' * (len(people) > 3)}" if people else ""
            further.append(Further("to", f"returned {returns} times: name a person or start a swarm{told}"))
        asks_why = form.direction is Direction.UP and not form.why_up.strip() and not may_owe(ticket, form)
        if asks_why and _passes_the_owner(form, proposal or self._propose(ticket, self.known_of(ticket))):
            further.append(Further("why_up", "why it goes up although an owner beside is known"))
        return completeness(form, rows)._replace(further=tuple(further))

    def require_complete(self, ticket: Ticket, form: Form, done: Completeness) -> None:
        """Raises Incomplete, which names each field; rows may be owed by what cannot wait."""
        rows = () if may_owe(ticket, form) else done.missing
        told = [*([told_missing(form, rows)] if rows else []), *(f"{part} ({asks})" for part, asks in done.further)]
        if told:
            missing = [*rows, *(each.part for each in done.further)]
            raise Incomplete(f"missing: {', '.join(told)}", "fill them in; what was said is kept", missing)

    def _against(self, ticket: Ticket, form: Form, team: Team) -> Iterator[tuple[str, WorkbenchError]]:
        """The parts for which a form would be refused as it stands, with what would be said."""
        organisation = self._organisation.current()
        direction = form.direction or handing.direction_to(team, ticket, organisation)
        try:
            handing.require_way(ticket, team, direction, organisation)
        except (InvalidInput, Refused) as error:
            yield "to", error
        try:
            if direction is Direction.SWARM and form.lead.strip():
                organisation.person(form.lead.strip())
        except (NotFound, Refused) as error:
            yield "lead", error

    def _said(self, ticket: Ticket, events: Sequence[Event], known: Known) -> Form:
        earlier = self._store.of_ticket(ticket.ref)
        form = from_ticket(ticket, events, earlier[0].form if earlier else None)
        proposal = self._propose(ticket, known)
        told = {name: value for name, value in form_told(known.form).items() if value not in ([], None)}
        return replace(read_form(told, form), direction=proposal.direction, to=proposal.to)

    def _propose(self, ticket: Ticket, known: Known) -> Proposal:
        return propose(ticket, self._organisation.current(), known.owner, known.seam)


def _warnings(ticket: Ticket, form: Form, proposal: Proposal, known: Known) -> list[str]:
    told = []
    if _passes_the_owner(form, proposal):
        told.append(f"up, although {proposal.because}")
    if form.direction is Direction.SWARM:
        if ticket.priority in (Priority.P3, Priority.P4):
            told.append(f"a swarm for what is {ticket.priority} takes more time than it saves")
        if known.owner is not None and len(known.owner.teams) == 1 and known.seam is None:
            told.append(f"{known.owner.teams[0]} alone owns {known.owner.component}; hand it to them instead")
    return told


def may_owe(ticket: Ticket, form: Form) -> bool:
    """Whether a hand-off may go out before it is complete: what is P1 or a security incident cannot wait."""
    return ticket.priority is Priority.P1 or form.category is Category.SECURITY


def _passes_the_owner(form: Form, proposal: Proposal) -> bool:
    """Whether it goes up although a team beside is known to own it."""
    return form.direction is Direction.UP and proposal.direction is Direction.SIDEWAYS and bool(proposal.to)
