"""Handing tickets off and taking them over: one way for up, sideways, to a person, back and together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from workbench.clock import Clock
from workbench.database import Database
from workbench.errors import NotFound, OutOfDate, Refused
from workbench.escalation import handing
from workbench.escalation.filling import filling
from workbench.escalation.forms import Forms
from workbench.escalation.gathering import Gathering
from workbench.escalation.handing import UNACCEPTED, Target
from workbench.escalation.mine import MyHandoff, Pile, arranged, hints, over, pile_of
from workbench.escalation.model import Direction, Form, Handoff, Return, Status
from workbench.escalation.reading import read_form, require_size
from workbench.escalation.recording import FormOf, Recording, said_alone
from workbench.escalation.required import Completeness
from workbench.escalation.store import HandoffStore
from workbench.escalation.swarms import SwarmService
from workbench.organisation.service import OrganisationService
from workbench.personal.service import PersonalService
from workbench.tickets.model import Event, Hint, Ticket
from workbench.tickets.replay import standing_events
from workbench.tickets.rules import LEARNED, Change, require_unresolved, required
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import Kind

ANSWERS_FOR: Final = timedelta(days=30)
"""So long after a hand-off its sender is told what became of it."""


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
        gathering: Gathering,
    ) -> None:
        self.database = database
        self.store = HandoffStore(database)
        self.organisation = organisation
        self.tickets = tickets
        self.swarms = SwarmService(database, organisation, tickets, clock, who)
        doubt = gathering.ownership.doubt
        self.forms = Forms(self.store, organisation, tickets, personal, gathering.known, doubt, who)
        self.gathering = gathering
        self.clock = clock
        self.who = who

    def send(self, ref: int, form: Form, version: int | None = None) -> Handoff:
        """Hands the ticket off; Incomplete names what is missing, and then what was typed is kept as a draft.

        What is P1 or a security incident goes out all the same, and owes what is missing. OutOfDate where somebody has
        handed it off since `version`.
        """
        require_size(form)
        with self.database.transaction(), self.tickets.together():
            ticket, events = self.tickets.with_timeline(ref)
            source = ticket.team
            require_unresolved(ticket, "handed off")  # first: what is missing would be filled in for nothing
            self._require_unsent(ref, events, version)
            organisation = self.organisation.current()
            target = self.forms.target(form, ticket)
            direction = form.direction or self.forms.direction(target, ticket)
            form = replace(form, direction=direction)
            done = self.forms.completeness(ticket, form, target)
            self.forms.require_complete(ticket, form, done)
            self._take_over(ticket)
            said = form.summary or form.words
            returns = self.store.returns(ref)
            ticket = self.tickets.change(
                ref, lambda now: handing.send(now, target, direction, returns, organisation, said)
            )
            self.store.owe_no_more(ref)
            number = self.store.insert(self._sent(ticket, source, form, target, direction, done))
            if direction is Direction.SWARM:
                self._gather(ticket, form, target, number)
            self.forms.drop(ref)
            return self.get(number)

    def get(self, number: int) -> Handoff:
        """The hand-off of that number; NotFound, which names the one that is meant where it is a ticket's number."""
        found = self.store.get(number)
        if found is None:
            meant = self.store.of_ticket(number)
            last = f"that is a ticket's number; its last hand-off is {meant[0].number}" if meant else ""
            raise NotFound(f"no hand-off {number}", last or "`workbench handoff list` shows those there are")
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

    def require_acceptable(self, ref: int) -> None:
        """Refused, with the reason, where I cannot accept what was handed off."""
        handing.accept(self.tickets.get(ref), self.pending(ref), self.who, self.organisation.current())

    def require_returnable(self, ref: int) -> None:
        """Refused, with the reason, where I cannot return what was handed off."""
        handing.require_returnable(self.tickets.get(ref), self.pending(ref), self.who, self.organisation.current())
        handing.require_another_return(ref, self.store.returns(ref))

    def give_back(self, ref: int, back: Return, version: int | None = None) -> Handoff:
        """Returns what was handed to my team, to the sender; the workbench learns what the return tells."""
        said = required(back.words, "reason in words")
        with self.database.transaction(), self.tickets.together():
            pending, organisation = self.pending(ref), self.organisation.current()
            if pending is not None:
                handing.require_another_return(ref, self.store.returns(ref))
            told = f"{said} (runbook {self.gathering.runbook(back.runbook)})" if back.runbook else said
            ticket = self.tickets.change(
                ref,
                lambda now: handing.give_back(now, pending, back._replace(words=told), self.who, organisation),
                version,
            )
            assert pending is not None
            self.store.give_back(pending, ticket, back.code, told, self.who)
            self.store.complete(pending.number, pending.form, back.fields)
            self.gathering.learn(ticket, back, pending.target)
            return self.get(pending.number)

    def complete(self, number: int, told: object) -> tuple[Handoff, tuple[str, ...]]:
        """Fills in what a hand-off still owes, as JSON tells it; besides, what of that was left as it was.

        What is empty there stays as it is: a whole form may have been written before a colleague filled in a part.
        """
        with self.database.transaction():
            form = self.get(number).form
            return self.fill_in(number, read_form(told, form).over(form), form)

    def fill_in(self, number: int, form: Form, seen: Form) -> tuple[Handoff, tuple[str, ...]]:
        """Fills in what a hand-off still owes: that in which a form differs from the one that was `seen`.

        Besides, what else differs and stays as it was, since it is not owed. OutOfDate where somebody has filled in
        the same parts otherwise meanwhile.
        """
        require_size(form)
        with self.database.transaction():
            handoff = self.get(number)
            if not handoff.owed:
                raise Refused(f"hand-off {number} owes nothing", "there is nothing to fill in")
            mine = form.differs(seen)
            self._require_unfilled(handoff, mine & handoff.form.differs(seen) & handoff.form.differs(form))
            done = filling(handoff, form, mine)
            self.tickets.change(handoff.ref, lambda _: done.change)
            self.store.complete(number, done.form, done.owed)
            return self.get(number), done.left

    def instead(self, ref: int, *, problem: str = "", runbook: str = "") -> Ticket:
        """Links a known problem, or notes that an untried runbook is run, where somebody was about to hand off.

        The event keeps which under `instead`, by which it is counted.
        """
        with self.database.transaction(), self.tickets.together():
            if problem:
                self.gathering.problems.link(ref, int(problem))
                known = self.gathering.problems.get(int(problem))
                after: dict[str, object] = {"problem": known.number}
                said = f"PRB-{known.number} {known.title}"
            else:
                after = {"runbook": self.gathering.runbook(runbook)}
                said = f"the runbook {runbook}"
            self.forms.drop(ref)
            return self.tickets.change(
                ref, lambda _: Change(Kind.NOTED, {"instead": after}, f"instead of a hand-off: {said}")
            )

    def handoffs(self, ref: int | None = None, limit: int | None = None) -> list[Handoff]:
        """All hand-offs, or those of a ticket, the latest first."""
        return self.store.all(limit) if ref is None else self.store.of_ticket(ref)

    def standing(self) -> list[Handoff]:
        """Those that somebody still has to accept or to fill in, the oldest first."""
        return self.store.standing()

    def record(self, refs: Iterable[int], form_of: FormOf = said_alone) -> int:
        """Writes the hand-offs and swarms that recorded histories tell of, inside the caller's transaction.

        `form_of` knows what their senders said besides; how many hand-offs there were.
        """
        current = self.organisation.current()
        return Recording(self.tickets.store, self.store, self.swarms.store, current).record(refs, form_of)

    def mine(self) -> list[MyHandoff]:
        """All that concerns me, the most pressing first; what others resolved stays until I look at the ticket."""
        organisation, now = self.organisation.current(), self.clock.now()
        found: dict[int, tuple[Pile, Handoff]] = {}
        for handoff in self.standing():
            if pile := pile_of(handoff, self.who, organisation.is_member):
                found[handoff.number] = pile, handoff
        for handoff in self.store.returned_to(self.who):
            found[handoff.number] = Pile.RETURNED, handoff
        for handoff in self.store.answered(self.who, now - ANSWERS_FOR):
            found[handoff.number] = Pile.ANSWERED, handoff
        piled = []
        for pile, handoff in found.values():
            ticket = self.tickets.get(handoff.ref)
            piled.append(MyHandoff(pile, handoff, ticket.subject, over(ticket, handoff, now)))
        return arranged(piled)

    def answer(self, ref: int) -> list[str]:
        """What became of a ticket that is done: who resolved it, the cause, the fix, and what was learned."""
        ticket, events = self.tickets.with_timeline(ref)
        resolved = [event for event in standing_events(events) if event.kind is Kind.RESOLVED]
        return [] if ticket.unresolved or not resolved else _answer(resolved[-1])

    def hints(self, ticket: Ticket) -> list[Hint]:
        """What stands between the teams of a ticket."""
        return hints(ticket, self.store.of_ticket(ticket.ref), self.swarms.of_ticket(ticket.ref), self.clock.now())

    def _require_unsent(self, ref: int, events: Sequence[Event], version: int | None) -> None:
        sent = [event for event in events if event.kind is Kind.HANDED_OFF and event.seq > (version or len(events))]
        if sent:
            wrong = f"{sent[-1].who} has handed #{ref} to {sent[-1].after['team']} meanwhile"
            raise OutOfDate(wrong, "look at theirs first; what you typed is kept", sent)

    def _require_unfilled(self, handoff: Handoff, parts: Iterable[str]) -> None:
        if not parts:
            return
        _, events = self.tickets.with_timeline(handoff.ref)
        filled = [each for each in standing_events(events) if each.kind is Kind.COMPLETED and each.seq > handoff.seq]
        theirs = [each for each in filled if each.who != self.who] or filled
        changes = ", ".join(f"{each.who}: {each.text}" for each in theirs)
        wrong = f"{', '.join(sorted(parts))} of hand-off {handoff.number} changed since you looked ({changes})"
        raise OutOfDate(wrong, "look at theirs first; what you typed is kept", theirs)

    def require_passable(self, ref: int) -> None:
        """Refused where a hand-off of the ticket waits for others to accept it; a retired team holds nobody up."""
        pending = self.pending(ref)
        if pending is None or self.organisation.current().answers_for(self.who, pending.target):
            return
        back = "take yours back with undo" if pending.by == self.who else f"ask {pending.by} to take it back"
        raise Refused(
            f"hand-off {pending.number} by {pending.by} to {pending.target} is not accepted yet",
            f"wait for them, or {back}",
        )

    def _take_over(self, ticket: Ticket) -> None:
        """Whoever passes on what was handed to them has accepted it; nobody else passes it on before."""
        self.require_passable(ticket.ref)
        if (pending := self.pending(ticket.ref)) is not None:
            organisation = self.organisation.current()
            self.tickets.change(ticket.ref, lambda now: handing.take_over(now, pending, self.who, organisation))

    def _gather(self, ticket: Ticket, form: Form, target: Target, number: int) -> None:
        """Starts the swarm; its driver need not accept what they drive."""
        driver = form.lead.strip() or target.person or self.who
        why = form.words or form.summary or "no single owner"
        self.swarms.begin(ticket.ref, driver, why, form.components)
        self.store.accept(number, ticket.version, driver, ticket.touched_at)

    def _sent(
        self, ticket: Ticket, source: str, form: Form, target: Target, direction: Direction, done: Completeness
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


def _answer(resolved: Event) -> list[str]:
    parts = {name: resolved.after.get(name) for name in ("cause", "fix", *LEARNED)}
    told = [f"{name.replace('_', '-').capitalize()}: {said}" for name, said in parts.items() if said]
    return [f"resolved by {resolved.who}", *told]
