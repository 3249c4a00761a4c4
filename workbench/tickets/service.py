"""Reading and changing tickets: each act is one transaction that asks a rule, saves the ticket and adds its event."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from workbench.clock import Clock, FixedClock, iso
from workbench.database import Database
from workbench.errors import NotFound, OutOfDate, Refused
from workbench.organisation.service import OrganisationService
from workbench.text import storable
from workbench.tickets import rules
from workbench.tickets.clocks import Rules, seen
from workbench.tickets.lookback import look_back
from workbench.tickets.model import Event, Kind, NewTicket, Priority, State, Ticket, WaitingFor, priority_of
from workbench.tickets.replay import replay, standing_events
from workbench.tickets.rules import Change, Resolution, required
from workbench.tickets.store import TicketStore

_BATCH = 500
"""Tickets; how many histories are written at a time."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back: the tickets as they stand again, and the events."""

    tickets: tuple[Ticket, ...]
    events: tuple[Event, ...]


class TicketService:
    """Reads and changes tickets on behalf of one person."""

    def __init__(self, database: Database, organisation: OrganisationService, clock: Clock, who: str) -> None:
        self.store = TicketStore(database)
        self.database = database
        self.organisation = organisation
        self.clock = clock
        self.who = who
        organisation.when_terms_change(self.reproject)

    def number(self, reference: str) -> int:
        """The number of the ticket with that number (with or without `#`) or external id; NotFound."""
        found = self.store.number_of(storable(reference).strip())
        if found is None:
            raise NotFound(f"no ticket {reference!r}", "`workbench ticket list` shows those there are")
        return found

    def get(self, ref: int) -> Ticket:
        """The ticket as it is at this moment; history written for later is not seen; NotFound."""
        ticket, _ = self.with_timeline(ref)
        return ticket

    def with_timeline(self, ref: int) -> tuple[Ticket, list[Event]]:
        """The ticket as it is at this moment and its events so far; NotFound."""
        now = self.clock.now()
        events = self.store.events(ref, now)
        if not events:
            raise NotFound(f"no ticket #{ref} at {iso(now)}", "`workbench ticket list` shows those there are")
        return self.store.with_kept_outcomes(self._replay(ref, events, now)), events

    @property
    def rules(self) -> Rules:
        """The numbers of the setup that stages, graveyard and closing go by."""
        settings = self.organisation.current().settings
        return Rules(
            settings.aging_share,
            settings.due_share,
            timedelta(seconds=settings.stale_after),
            timedelta(seconds=settings.graveyard_after_open),
            timedelta(seconds=settings.graveyard_after_untouched),
            timedelta(seconds=settings.close_after),
        )

    def open(self, new: NewTicket) -> Ticket:
        """Opens a ticket; without a team the first team of the first tier gets it."""
        with self.database.transaction():
            self.organisation.require_person(self.who)
            now, ref = self.clock.now(), self.store.next_number()
            event = Event(1, now, self.who, Kind.OPENED, public=True, text=storable(new.body), after=self._fields(new))
            ticket = self._replay(ref, [event])
            self.store.insert(ticket, now, self.rules)
            self.store.append(ref, event, self.store.next_act(self.who))
            self.store.turn(now, self.rules)
        return ticket

    def take(self, ref: int, version: int | None = None) -> Ticket:
        """Makes me the one who has it; refused where somebody else has it already."""
        return self._change(ref, lambda ticket: rules.take(ticket, self.who), version)

    def assign(self, ref: int, to: str | None, version: int | None = None) -> Ticket:
        """Gives it to a person, or to nobody; being assigned is no response to the requester."""
        login = self.organisation.current().person(to).login if to is not None else None
        return self._change(ref, lambda ticket: rules.assign(ticket, login), version)

    def comment(self, ref: int, text: str, version: int | None = None) -> Ticket:
        """Writes to the requester."""
        said = required(text, "comment")
        return self._change(ref, lambda _: Change(Kind.COMMENTED, {}, said, public=True), version)

    def note(self, ref: int, text: str, version: int | None = None) -> Ticket:
        """Writes down something that the requester does not see."""
        said = required(text, "note")
        return self._change(ref, lambda _: Change(Kind.NOTED, {}, said), version)

    def reply(self, ref: int, text: str) -> Ticket:
        """Writes down what the requester said."""
        said = required(text, "comment")
        return self._change(ref, lambda ticket: rules.reply(ticket, said))

    def prioritise(self, ref: int, priority: Priority, reason: str, version: int | None = None) -> Ticket:
        """Overrides the priority, with the reason."""
        because = required(reason, "reason")
        return self._change(ref, lambda ticket: rules.prioritise(ticket, priority, because), version)

    def move(self, ref: int, team: str, reason: str, version: int | None = None) -> Ticket:
        """Routes a ticket that nobody has worked on to another team."""
        to, because = self.organisation.current().team(team), required(reason, "reason")
        return self._change(ref, lambda ticket: rules.move(ticket, to.slug, to.tier, because), version)

    def wait(
        self, ref: int, on: WaitingFor, reason: str, until: datetime | None = None, version: int | None = None
    ) -> Ticket:
        """Lets it wait, with a reason and maybe a wake-up, after which it is open again."""
        because = required(reason, "reason")
        now = self.clock.now()
        return self._change(ref, lambda ticket: rules.wait(ticket, on, because, until, now), version)

    def resume(self, ref: int, version: int | None = None) -> Ticket:
        """Ends a wait."""
        return self._change(ref, rules.resume, version)

    def resolve(self, ref: int, resolution: Resolution | None = None, version: int | None = None) -> Ticket:
        """Resolves it, with what was the cause, what fixed it and what was learned."""
        told = resolution or Resolution()
        return self._change(ref, lambda ticket: rules.resolve(ticket, told, self.who), version)

    def close(self, ref: int, version: int | None = None) -> Ticket:
        """Closes a resolved ticket before its time."""
        return self._change(ref, rules.close, version)

    def reopen(self, ref: int, reason: str, version: int | None = None) -> Ticket:
        """Opens a resolved or closed ticket again; it is counted."""
        because = required(reason, "reason")
        return self._change(ref, lambda ticket: rules.reopen(ticket, because), version)

    def undo(self) -> Undone:
        """Takes back my latest change not yet taken back, as a new event; Refused where that cannot be."""
        with self.database.transaction():
            self.organisation.require_person(self.who)
            acts = self.store.latest_act(self.who)
            if not acts:
                raise Refused("there is no change of yours left to take back", "undo goes back to your first change")
            number = self.store.next_act(self.who)
            undone = [self._take_back(act.ref, act.seq, number) for act in acts]
        return Undone(tuple(ticket for ticket, _ in undone), tuple(event for _, event in undone))

    def record(self, histories: Iterable[list[Event]]) -> list[int]:
        """Writes whole histories (the opening first) as new tickets, unasked by the rules of acting; their numbers.

        Runs inside the caller's transaction, so that an import is all or nothing.
        """
        now, ref, limits = self.clock.now(), self.store.next_number(), self.rules
        latest = now
        numbers: list[int] = []
        batch: list[tuple[Ticket, list[Event]]] = []
        for events in histories:
            batch.append((self._replay(ref, events), events))
            numbers.append(ref)
            latest = max(latest, events[-1].at)
            ref += 1
            if len(batch) == _BATCH:
                self.store.insert_many(batch, now, limits)
                batch.clear()
        self.store.insert_many(batch, now, limits)
        self.store.turn(now, limits)
        self.store.note_moment(latest)
        return numbers

    def reproject(self) -> int:
        """Rewrites the rows of all tickets from their events, as a change of what clocks go by demands; how many.

        What was kept of stays that have ended stays as it was.
        """
        with self.database.transaction():
            now, limits, numbers = self.clock.now(), self.rules, self.store.numbers()
            for ref in numbers:
                self.store.update(self._replay(ref, self.store.events(ref)), now, limits, stays=False)
        return len(numbers)

    def _fields(self, new: NewTicket) -> dict[str, Any]:
        organisation = self.organisation.current()
        team = organisation.team(new.team) if new.team else organisation.first_team(organisation.tiers[0].name)
        client = organisation.client(new.client).slug if new.client else self.organisation.only_client()
        if new.contact and client:
            self.organisation.ensure_contact(client, new.contact)
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
            "contact": storable(new.contact) if new.contact else None,
            "component": storable(new.component) if new.component else None,
            "external": external,
            "tags": [storable(tag) for tag in new.tags],
        }
        return {name: value for name, value in fields.items() if value not in (None, "", [])}

    def _change(self, ref: int, rule: Callable[[Ticket], Change | None], version: int | None = None) -> Ticket:
        """Loads, asks the rule, saves and appends the event, in one transaction."""
        with self.database.transaction():
            self.organisation.require_person(self.who)
            events = self.store.events(ref)
            if not events:
                raise NotFound(f"no ticket #{ref}", "`workbench ticket list` shows those there are")
            _require_version(ref, events, version)
            now = self._moment(events)
            before = seen(self._replay(ref, events), now, self.rules)
            change = rule(before)
            if change is None:
                return before
            event = self._event(before, change, len(events) + 1, now)
            ticket = self._replay(ref, [*events, event])
            self.store.update(ticket, now, self.rules, stays=ticket.stays != before.stays)
            self.store.append(ref, event, self.store.next_act(self.who) if change.who is None else None)
            self.store.turn(now, self.rules)
        return ticket

    def _event(self, ticket: Ticket, change: Change, seq: int, now: datetime) -> Event:
        responds = change.kind in (Kind.TAKEN, Kind.COMMENTED, Kind.RESOLVED) and self.organisation.current().is_member(
            self.who, ticket.team
        )
        before = {name: _told(ticket, name) for name in change.after}
        who = self.who if change.who is None else change.who
        return Event(seq, now, who, change.kind, change.public, change.text, before, change.after, responds)

    def _take_back(self, ref: int, seq: int, act: int) -> tuple[Ticket, Event]:
        events = self.store.events(ref)
        event = events[seq - 1]
        rules.require_undoable(ref, event, [each for each in standing_events(events) if each.seq > seq])
        now = self._moment(events)
        told = f"took back: {event.kind}"
        undoing = Event(len(events) + 1, now, self.who, Kind.UNDONE, False, told, event.after, event.before, undoes=seq)
        ticket = self._replay(ref, [*events, undoing])
        self.store.update(ticket, now, self.rules, stays=True)
        self.store.append(ref, undoing, act)
        self.store.turn(now, self.rules)
        return seen(ticket, now, self.rules), event

    def _replay(self, ref: int, events: Sequence[Event], now: datetime | None = None) -> Ticket:
        organisation = self.organisation.current()
        return replay(ref, events, organisation.terms, timedelta(seconds=organisation.settings.close_after), now)

    def look_back(self) -> None:
        """From here on this connection sees the tickets as they stood at the clock's moment; nothing can be written."""
        now = self.clock.now()
        look_back(self.store, now, self.rules, self._replay)

    def _moment(self, events: Sequence[Event]) -> datetime:
        """When an act happens: while the machine's clock is behind the history, time stands still.

        An instant that somebody chose is refused instead, since they can choose a better one.
        """
        now, last = self.clock.now(), events[-1].at
        if not self.may_follow(last):
            raise Refused(f"the ticket's last event is of {iso(last)}, after {iso(now)}", "write at a later instant")
        return max(now, last)

    def may_follow(self, last: datetime) -> bool:
        """Whether an act now can follow an event of that instant."""
        return last <= self.clock.now() or not isinstance(self.clock, FixedClock)


def _require_version(ref: int, events: Sequence[Event], version: int | None) -> None:
    newer = [event for event in events if version is not None and event.seq > version]
    if newer:
        changes = ", ".join(f"{event.who or 'somebody'}: {event.kind}" for event in newer[-3:])
        raise OutOfDate(f"#{ref} has changed since you looked ({changes})", "look again; your text is kept")


def _told(ticket: Ticket, name: str) -> Any:
    """A field's value as events tell it; what only events keep (cause, fix) has none."""
    if name == "waiting" and ticket.waiting:
        until = ticket.waiting.until
        return {"for": ticket.waiting.on.value, "reason": ticket.waiting.reason, "until": iso(until) if until else None}
    value = getattr(ticket, name, None)
    return list(value) if isinstance(value, tuple) else value
