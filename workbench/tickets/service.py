"""Reading and changing tickets: what one person can do, in their words."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from workbench.clock import Clock, iso, may_follow, reads_until
from workbench.database import Database
from workbench.errors import NotFound, Refused
from workbench.organisation.service import OrganisationService
from workbench.text import storable
from workbench.tickets import rules
from workbench.tickets.clocks import Thresholds
from workbench.tickets.journal import Heed, Journal
from workbench.tickets.model import Event, NewTicket, Ticket
from workbench.tickets.rules import Change, Resolution, required
from workbench.tickets.store import Act
from workbench.tickets.undoing import Deed, Ledger, Undone, told_undone
from workbench.tickets.vocabulary import Kind, Priority, State, WaitingFor, priority_of


class TicketService:
    """Reads and changes tickets on behalf of one person."""

    def __init__(self, database: Database, organisation: OrganisationService, clock: Clock, who: str) -> None:
        self.journal = Journal(database, organisation, clock, who)
        self.store = self.journal.store
        self.database = database
        self.organisation = organisation
        self.clock = clock
        self.who = who
        self._ledgers_of: list[Callable[[], Ledger]] = []
        organisation.when_terms_change(self.reproject)

    def number(self, reference: str) -> int:
        """The number of the ticket with that number (with or without `#`) or external id; NotFound."""
        found = self.store.number_of(storable(reference).strip())
        if found is None:
            raise NotFound(f"no ticket {reference!r}", "`workbench ticket list` shows those there are")
        return found

    def get(self, ref: int) -> Ticket:
        """The ticket as it is at this moment; at a chosen one nothing of later is seen; NotFound."""
        ticket, _ = self.with_timeline(ref)
        return ticket

    def with_timeline(self, ref: int) -> tuple[Ticket, list[Event]]:
        """The ticket as it is at this moment and its events so far; NotFound."""
        now = self.clock.now()
        events = self.store.events(ref, reads_until(self.clock))
        if not events:
            raise NotFound(f"no ticket #{ref} at {iso(now)}", "`workbench ticket list` shows those there are")
        return self.store.with_kept_outcomes(self.journal.replay(ref, events, max(now, events[-1].at))), events

    @property
    def limits(self) -> Thresholds:
        """The numbers of the setup that stages, graveyard and closing go by."""
        return self.journal.limits

    def together(self) -> AbstractContextManager[None]:
        """Makes all acts inside `with` one: all or none of them are done, and one undo takes all back."""
        return self.journal.together()

    def open(self, new: NewTicket) -> Ticket:
        """Opens a ticket; without a team the first team of the first tier gets it."""
        self.journal.make_ready(Kind.OPENED)
        with self.database.transaction():
            self.organisation.require_person(self.who)
            opening = Event(
                1,
                self.clock.now(),
                self.who,
                Kind.OPENED,
                public=True,
                text=storable(new.body),
                after=self._fields(new),
            )
            return self.journal.open(opening)

    def take(self, ref: int, version: int | None = None) -> Ticket:
        """Makes me the one who has it; refused where somebody else has it already."""

        def rule(ticket: Ticket) -> Change | None:
            given = ticket.assignee == self.who
            answers = given and self.organisation.current().answers_for(self.who, ticket.team)
            return rules.take(ticket, self.who, answers=answers)

        return self.journal.change(ref, rule, version)

    def assign(self, ref: int, to: str | None, version: int | None = None) -> Ticket:
        """Gives it to a person, or to nobody; being assigned is no response to the requester."""
        login = self.organisation.current().person(to).login if to is not None else None
        return self.journal.change(ref, lambda ticket: rules.assign(ticket, login), version)

    def comment(self, ref: int, text: str, version: int | None = None) -> Ticket:
        """Writes to the requester."""
        said = required(text, "comment")
        return self.journal.change(ref, lambda _: Change(Kind.COMMENTED, {}, said, public=True), version)

    def note(self, ref: int, text: str, version: int | None = None) -> Ticket:
        """Writes down something that the requester does not see."""
        said = required(text, "note")
        return self.journal.change(ref, lambda _: Change(Kind.NOTED, {}, said), version)

    def reply(self, ref: int, text: str) -> Ticket:
        """Writes down what the requester said."""
        said = required(text, "comment")
        self.journal.make_ready(Kind.REPLIED)
        return self.journal.change(ref, lambda ticket: rules.reply(ticket, said), None)

    def prioritise(self, ref: int, priority: Priority, reason: str, version: int | None = None) -> Ticket:
        """Overrides the priority, with the reason."""
        because = required(reason, "reason")
        return self.journal.change(ref, lambda ticket: rules.prioritise(ticket, priority, because), version)

    def move(self, ref: int, team: str, reason: str, version: int | None = None) -> Ticket:
        """Routes a ticket that nobody has worked on to another team."""
        to, because = self.organisation.current().team(team), required(reason, "reason")
        return self.journal.change(ref, lambda ticket: rules.move(ticket, to.slug, to.tier, because), version)

    def wait(
        self, ref: int, on: WaitingFor, reason: str, until: datetime | None = None, version: int | None = None
    ) -> Ticket:
        """Lets it wait, with a reason and maybe a wake-up, after which it is open again."""
        because = required(reason, "reason")
        now = self.clock.now()
        return self.journal.change(ref, lambda ticket: rules.wait(ticket, on, because, until, now), version)

    def resume(self, ref: int, version: int | None = None) -> Ticket:
        """Ends a wait."""
        return self.journal.change(ref, rules.resume, version)

    def resolve(self, ref: int, resolution: Resolution | None = None, version: int | None = None) -> Ticket:
        """Resolves it, with what was the cause, what fixed it and what was learned; NotFound for an unknown runbook."""
        told = resolution or Resolution()
        self.journal.make_ready(Kind.RESOLVED)
        if told.runbook:
            self.store.require_runbook(told.runbook)
        return self.journal.change(ref, lambda ticket: rules.resolve(ticket, told, self.who), version)

    def close(self, ref: int, version: int | None = None) -> Ticket:
        """Closes a resolved ticket before its time."""
        return self.journal.change(ref, rules.close, version)

    def reopen(self, ref: int, reason: str, version: int | None = None) -> Ticket:
        """Opens a resolved or closed ticket again; it is counted."""
        because = required(reason, "reason")
        return self.journal.change(ref, lambda ticket: rules.reopen(ticket, because), version)

    def set_component(self, ref: int, component: str, version: int | None = None) -> Ticket:
        """Says which component it is about; an empty name says that nobody knows."""
        name = rules.component_named(component)
        self.journal.make_ready(Kind.CHANGED)
        return self.change(ref, lambda ticket: rules.set_component(ticket, name), version)

    def change(self, ref: int, rule: Callable[[Ticket], Change | None], version: int | None = None) -> Ticket:
        """Does to a ticket what a rule says, for the rooms above that have rules of their own.

        The rule sees the ticket as it is now, inside the transaction; OutOfDate where `version` is past.
        """
        return self.journal.change(ref, rule, version)

    def let_heed(self, kinds: Collection[Kind], load: Callable[[], Heed]) -> None:
        """From here on tells a function of each new event of those kinds, within its transaction.

        `load` gives the function; it may take its time, since it is asked before the transaction already. History
        that is imported is not told.
        """
        self.journal.heeders.append((kinds, load))

    def undo(self) -> Undone:
        """Takes back my latest change not yet taken back, as a new event; Refused where that cannot be."""
        ledgers = self._ledgers  # loaded before others wait
        with self.database.transaction():
            act, number = self._latest_act(), self.store.next_act(self.who)
            changes = self.journal.changes(act)
            elsewhere = [done for ledger in ledgers for done in ledger.deeds(act)]
            told = self._told(changes, elsewhere)
            tickets = self.journal.take_back(changes, number)
            for ledger in ledgers:
                ledger.take_back(act, number)
        events = tuple(event for _, event in changes)
        return Undone(tuple(tickets), events, tuple(elsewhere), told)

    def undo_with(self, ledger: Callable[[], Ledger]) -> None:
        """Has undo take back also what is done in a room above, whichever was later."""
        self._ledgers_of.append(ledger)

    def act_number(self) -> int:
        """The number of the act that whatever is done now belongs to, inside a transaction."""
        return self.journal.act_number()

    def note_moment(self, at: datetime) -> None:
        """Notes inside a transaction that something was written for that moment; who reads before it looks back."""
        self.store.note_moment(at)

    def in_bulk(self) -> AbstractContextManager[None]:
        """Around many calls of `record`, inside a transaction: the same result with less ado.

        The histories may tell of no hand-off, swarm or link to a problem.
        """
        return self.journal.in_bulk()

    def record(self, histories: Iterable[list[Event]]) -> list[int]:
        """Writes whole histories (the opening first) as new tickets, unasked by the rules of acting; their numbers.

        Runs inside the caller's transaction, so that an import is all or nothing.
        """
        return self.journal.record(histories)

    def reproject(self) -> int:
        """Rewrites the rows of all tickets from their events, as a change of what clocks go by demands; how many.

        What was kept of stays that have ended stays as it was.
        """
        return self.journal.reproject()

    def fill(self, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        """Gives tickets of a file from before there were reports the rows that reports read."""
        self.journal.fill(progress)

    def look_back(self) -> None:
        """From here on this connection sees the tickets as they stood at the clock's moment; nothing can be written."""
        self.journal.look_back()

    def may_follow(self, last: datetime) -> bool:
        """Whether an act now can follow an event of that instant."""
        return may_follow(self.clock, last)

    @property
    def _ledgers(self) -> list[Ledger]:
        return [ledger() for ledger in self._ledgers_of]

    def _told(self, changes: Iterable[tuple[Act, Event]], elsewhere: Iterable[Deed]) -> str:
        """What is taken back of an act, in words, of tickets first."""
        deeds = [Deed(f"#{act.ref}", event.kind.words, event.at) for act, event in changes]
        return told_undone([*deeds, *elsewhere], self.clock.now(), ZoneInfo(self.organisation.current().zone))

    def _latest_act(self) -> int:
        self.organisation.require_person(self.who)
        act = max(self.store.latest_act(self.who), *(ledger.latest_act() for ledger in self._ledgers), 0)
        if not act:
            raise Refused("there is no change of yours left to take back", "undo goes back to your first change")
        return act

    def _fields(self, new: NewTicket) -> dict[str, Any]:
        organisation = self.organisation.current()
        team = organisation.team(new.team) if new.team else organisation.first_team(organisation.first_tier().name)
        client = organisation.client(new.client).slug if new.client else self.organisation.only_client()
        contact = storable(new.contact or "").strip()
        if contact and client:
            self.organisation.ensure_contact(client, contact)
        external = storable(new.external) if new.external else None
        if external is not None and (known := self.store.with_external(external)) is not None:
            raise Refused(f"#{known} has the external id {external!r} already", "go on with that one")
        fields: dict[str, Any] = {
            "subject": required(new.subject, "subject", rules.LONGEST_SUBJECT),
            "body": rules.limited(new.body, "body"),
            "state": State.NEW.value,
            "team": team.slug,
            "tier": team.tier,
            "priority": priority_of(new.impact, new.urgency).value,
            "impact": new.impact.value,
            "urgency": new.urgency.value,
            "client": client,
            "contact": contact,
            "component": rules.component_named(new.component or ""),
            "external": external,
            "tags": [storable(tag) for tag in new.tags],
        }
        return {name: value for name, value in fields.items() if value not in (None, "", [])}
