"""Handing tickets off and taking them over: one way for up, sideways, to a person, back and together."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from workbench.clock import Clock, iso
from workbench.database import Database
from workbench.errors import Incomplete, NotFound, OutOfDate, Refused
from workbench.escalation import handing
from workbench.escalation.around import Around, AroundOf, Known, KnownOf
from workbench.escalation.handing import UNACCEPTED, Target
from workbench.escalation.known import from_ticket
from workbench.escalation.model import Category, Direction, Form, Handoff, ReturnCode, Row, Status
from workbench.escalation.proposal import Proposal, propose
from workbench.escalation.reading import form_told, read_form
from workbench.escalation.required import Completeness, completeness, required_rows, told_missing
from workbench.escalation.store import HandoffStore
from workbench.organisation.service import OrganisationService
from workbench.personal.service import PersonalService
from workbench.tickets.model import Event, Kind, Priority, Ticket
from workbench.tickets.rules import Change, required
from workbench.tickets.service import TicketService

DRAFT: Final = "escalation"
"""The kind of draft that a form is kept as."""


class Outlook(NamedTuple):
    """A form as it stands: what is proposed, what it lacks for where it goes, and what speaks against it."""

    ticket: Ticket
    form: Form
    proposal: Proposal
    done: Completeness
    warnings: tuple[str, ...]


class EscalationService:
    """Hand-offs on behalf of one person."""

    def __init__(
        self,
        database: Database,
        organisation: OrganisationService,
        tickets: TicketService,
        personal: PersonalService,
        clock: Clock,
        who: str,
        known_of: KnownOf = lambda _: Known(),
        around_of: AroundOf = lambda _: Around(),
    ) -> None:
        self.database = database
        self.store = HandoffStore(database)
        self.organisation = organisation
        self.tickets = tickets
        self.personal = personal
        self.clock = clock
        self.who = who
        self.known_of = known_of
        self.around_of = around_of

    def form(self, ref: int) -> Form:
        """The form as one left it, over everything that is known; its direction and target as they are proposed."""
        ticket, events = self.tickets.with_timeline(ref)
        known = self._known(ticket, events)
        draft = self.personal.draft(DRAFT, ref)
        return read_form(json.loads(draft.fields["form"]), known) if draft else known

    def keep(self, ref: int, form: Form) -> None:
        """Keeps a form as far as it was filled in, until it is sent; what was emptied stays empty."""
        known = form_told(self._known(*self.tickets.with_timeline(ref)))
        told = form_told(form)
        emptied = {name: "" for name, value in told.items() if value is None and known[name] is not None}
        self.personal.save_draft(DRAFT, ref, {"form": json.dumps(told | emptied)})

    def outlook(self, ref: int, form: Form | None = None) -> Outlook:
        """How a form stands (the one that was left, where none is given); a target that cannot be is a warning."""
        ticket = self.tickets.get(ref)
        current = self.form(ref) if form is None else form
        proposal = self._propose(ticket)
        try:
            target = self._target(current, ticket)
        except (NotFound, Refused) as error:
            return Outlook(ticket, current, proposal, completeness(current, ()), (str(error),))
        done = self._completeness(current, target)
        return Outlook(ticket, current, proposal, done, tuple(self._warnings(ticket, current, proposal)))

    def read(self, ref: int, told: object) -> Form:
        """A form from JSON over what is known or was left; a target without a direction has the one it lies in."""
        ticket = self.tickets.get(ref)
        form = read_form(told, self.form(ref))
        if isinstance(told, dict) and told.get("to") and not told.get("direction"):
            target = handing.target_of(replace(form, direction=None), ticket, self.organisation.current(), self.who)
            direction = handing.direction_to(target.team, ticket, self.organisation.current())
            return replace(form, direction=direction)
        return form

    def send(self, ref: int, form: Form, version: int | None = None) -> Handoff:
        """Hands the ticket off; Incomplete names what is missing, and then what was typed is kept as a draft.

        What is P1 or a security incident goes out all the same, and owes what is missing. OutOfDate where somebody has
        handed it off since `version`.
        """
        with self.database.transaction(), self.tickets.together():
            ticket, events = self.tickets.with_timeline(ref)
            source = ticket.team
            self._require_unsent(ref, events, version)
            organisation = self.organisation.current()
            target = self._target(form, ticket)
            direction = form.direction or handing.direction_to(target.team, ticket, organisation)
            form = replace(form, direction=direction)
            done = self._completeness(form, target)
            self._require_complete(ticket, form, done)
            self._take_over(ticket)
            said = form.summary or form.words
            returns = self.store.returns(ref)
            ticket = self.tickets.change(
                ref, lambda now: handing.send(now, target, direction, returns, organisation, said)
            )
            self.store.owe_no_more(ref)
            number = self.store.insert(self._sent(ticket, source, form, target, direction, done))
        self.personal.drop_draft(DRAFT, ref)
        return self.get(number)

    def get(self, number: int) -> Handoff:
        """The hand-off of that number; NotFound."""
        found = self.store.get(number)
        if found is None:
            raise NotFound(f"no hand-off {number}", "`workbench handoff list` shows those there are")
        return found

    def pending(self, ref: int) -> Handoff | None:
        """The hand-off of a ticket that waits to be accepted."""
        latest = self.store.of_ticket(ref)
        return latest[0] if latest and latest[0].status in UNACCEPTED else None

    def accept(self, ref: int, version: int | None = None) -> Handoff:
        """Takes what was handed to my team."""
        with self.database.transaction():
            pending, organisation = self.pending(ref), self.organisation.current()
            self.tickets.change(ref, lambda now: handing.accept(now, pending, self.who, organisation), version)
            return self.store.of_ticket(ref)[0]

    def give_back(
        self, ref: int, code: ReturnCode, words: str, fields: Sequence[Row] = (), version: int | None = None
    ) -> Handoff:
        """Returns what was handed to my team, to the sender; `fields` are those that information is missing of."""
        said = required(words, "reason")
        with self.database.transaction():
            pending, organisation = self.pending(ref), self.organisation.current()
            rule = lambda now: handing.give_back(now, pending, code, said, self.who, organisation)  # noqa: E731
            if pending is not None:
                handing.require_another_return(ref, self.store.returns(ref))
            ticket = self.tickets.change(ref, rule, version)
            assert pending is not None
            self.store.give_back(pending, ticket.version, code, said, self.who, iso(ticket.touched_at))
            self.store.complete(pending.number, pending.form, fields)
            return self.get(pending.number)

    def complete(self, number: int, told: object) -> Handoff:
        """Fills in what a hand-off still owes."""
        with self.database.transaction():
            handoff = self.get(number)
            if not handoff.owed:
                raise Refused(f"hand-off {number} owes nothing", "there is nothing to fill in")
            form = read_form(told, handoff.form)
            owed = completeness(form, handoff.owed).missing
            filled = ", ".join(row for row in handoff.owed if row not in owed)
            if not filled:
                raise Incomplete(f"still missing: {told_missing(form, owed)}", "fill in at least one of them", owed)
            self.tickets.change(handoff.ref, lambda _: Change(Kind.COMPLETED, {}, f"filled in: {filled}"))
            self.store.complete(number, form, owed)
            return self.get(number)

    def handoffs(self, ref: int | None = None, limit: int | None = None) -> list[Handoff]:
        """All hand-offs, or those of a ticket, the latest first."""
        return self.store.all(limit) if ref is None else self.store.of_ticket(ref)

    def standing(self) -> list[Handoff]:
        """Those that somebody still has to accept or to fill in, the oldest first."""
        return self.store.standing()

    def _known(self, ticket: Ticket, events: Sequence[Event]) -> Form:
        earlier = self.store.of_ticket(ticket.ref)
        form = from_ticket(ticket, events, earlier[0].form if earlier else None)
        known = self.known_of(ticket)
        proposal = propose(ticket, self.organisation.current(), known.owner, known.seam)
        told = {name: value for name, value in form_told(known.form).items() if value not in ([], None)}
        return replace(read_form(told, form), direction=proposal.direction, to=proposal.to)

    def _propose(self, ticket: Ticket) -> Proposal:
        known = self.known_of(ticket)
        return propose(ticket, self.organisation.current(), known.owner, known.seam)

    def _target(self, form: Form, ticket: Ticket) -> Target:
        return handing.target_of(form, ticket, self.organisation.current(), self.who)

    def _completeness(self, form: Form, target: Target) -> Completeness:
        organisation = self.organisation.current()
        direction = form.direction or Direction.SIDEWAYS
        return completeness(form, required_rows(direction, target.team, form.category, organisation))

    def _require_complete(self, ticket: Ticket, form: Form, done: Completeness) -> None:
        if may_owe(ticket, form):
            return
        missing: list[str] = list(done.missing)
        told = [told_missing(form, done.missing)] if missing else []
        if not form.why_up.strip() and self._passes_the_owner(ticket, form):
            missing.append("why_up")
            told.append("why_up (why it goes up although an owner beside is known)")
        if missing:
            raise Incomplete(f"missing: {', '.join(told)}", "fill them in; what was said is kept", missing)

    def _passes_the_owner(self, ticket: Ticket, form: Form) -> bool:
        """Whether it goes up although a team beside is known to own it."""
        proposal = self._propose(ticket)
        return form.direction is Direction.UP and proposal.direction is Direction.SIDEWAYS and bool(proposal.to)

    def _warnings(self, ticket: Ticket, form: Form, proposal: Proposal) -> list[str]:
        told = []
        if self._passes_the_owner(ticket, form):
            told.append(f"up, although {proposal.because}")
        if form.direction is Direction.SWARM:
            if ticket.priority in (Priority.P3, Priority.P4):
                told.append(f"a swarm for what is {ticket.priority} takes more time than it saves")
            known = self.known_of(ticket)
            if known.owner is not None and len(known.owner.teams) == 1 and known.seam is None:
                told.append(f"{known.owner.teams[0]} alone owns {known.owner.component}; hand it to them instead")
        return told

    def _require_unsent(self, ref: int, events: Sequence[Event], version: int | None) -> None:
        sent = [event for event in events if event.kind is Kind.HANDED_OFF and event.seq > (version or len(events))]
        if sent:
            wrong = f"{sent[-1].who} has handed #{ref} to {sent[-1].after['team']} meanwhile"
            raise OutOfDate(wrong, "look at theirs first; what you typed is kept", sent)

    def _take_over(self, ticket: Ticket) -> None:
        """Whoever passes on what was handed to them has accepted it; nobody else passes it on before."""
        pending = self.pending(ticket.ref)
        if pending is None:
            return
        if not self.organisation.current().is_member(self.who, pending.target):
            raise Refused(
                f"hand-off {pending.number} to {pending.target} is not accepted yet",
                "wait for them, or take yours back with undo",
            )
        if ticket.assignee in (None, self.who):
            self.accept(ticket.ref)

    def _sent(
        self,
        ticket: Ticket,
        source: str,
        form: Form,
        target: Target,
        direction: Direction,
        done: Completeness,
    ) -> Handoff:
        return Handoff(
            number=0,
            ref=ticket.ref,
            seq=ticket.version,
            source=source,
            target=ticket.team,
            person=target.person,
            direction=direction,
            by=self.who,
            sent_at=ticket.touched_at,
            status=Status.OWED if done.missing else Status.SENT,
            form=form,
            required=len(done.required),
            missing=done.missing,
        )


def may_owe(ticket: Ticket, form: Form) -> bool:
    """Whether a hand-off may go out before it is complete: what is P1 or a security incident cannot wait."""
    return ticket.priority is Priority.P1 or form.category is Category.SECURITY
