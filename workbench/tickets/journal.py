"""The one way tickets are written: a rule is asked, the ticket saved and its event added, in one transaction."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any, Final

from workbench.clock import Clock, iso, moment_after
from workbench.database import Database
from workbench.errors import NotFound, OutOfDate
from workbench.organisation.model import Organisation, Settings
from workbench.organisation.service import OrganisationService
from workbench.tickets.anew import histories, rewrite
from workbench.tickets.bulk import in_bulk
from workbench.tickets.clocks import Thresholds, seen
from workbench.tickets.lookback import look_back
from workbench.tickets.model import Event, Ticket
from workbench.tickets.replay import History, replay, standing_events
from workbench.tickets.rules import Change, require_undoable
from workbench.tickets.store import Act, TicketStore
from workbench.tickets.vocabulary import RESPONSES, Kind

Heed = Callable[[Ticket, Event], None]
"""What a room above does when it is told of a new event, within the event's transaction."""

_BATCH: Final = 50
"""Tickets; how many histories are told and written at a time, so that they stay in the cache of a processor."""
_KEPT_ABOVE: Final = frozenset({Kind.HANDED_OFF, Kind.LINKED, Kind.SWARM_STARTED})
"""Kinds with which hand-offs, links to problems and swarms begin."""
_FILLED: Final = 200
"""Tickets of an older file; so many are completed at a time, in a few hundredths of a second."""


class Journal:
    """Replays and writes the events of tickets on behalf of one person."""

    def __init__(self, database: Database, organisation: OrganisationService, clock: Clock, who: str) -> None:
        self.store = TicketStore(database)
        self.database = database
        self.organisation = organisation
        self.clock = clock
        self.who = who
        self.heeders: list[tuple[Collection[Kind], Callable[[], Heed]]] = []
        self._read: tuple[Settings, Thresholds] | None = None  # the settings asked for last, and their numbers
        self._in_bulk = False
        self._joint: int | None = None  # the act that everything belongs to while things are done together

    @property
    def limits(self) -> Thresholds:
        """The numbers of the setup that stages, graveyard and closing go by."""
        return self._limits_of(self.organisation.current().settings)

    def _limits_of(self, settings: Settings) -> Thresholds:
        if self._read is None or self._read[0] is not settings:
            self._read = settings, _limits(settings)
        return self._read[1]

    def replay(self, ref: int, events: Sequence[Event], now: datetime | None = None) -> Ticket:
        """The ticket as its events leave it."""
        organisation = self.organisation.current()
        return replay(ref, events, organisation.terms, timedelta(seconds=organisation.settings.close_after), now)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Makes everything done inside one act, all or nothing, which one undo takes back."""
        with self.database.transaction():
            outer = self._joint
            self._joint = self.act_number()
            try:
                yield
            finally:
                self._joint = outer

    def open(self, event: Event) -> Ticket:
        """Writes a new ticket, inside a transaction."""
        ref, now, event = self.store.next_number(), event.at, event._replace(act=self.act_number())
        ticket = self.replay(ref, [event])
        self.store.insert(ticket, now, self.limits)
        self.store.append(ref, event)
        self.store.turn(now, self.limits)
        self._let_heed(ticket, event)
        return ticket

    def change(self, ref: int, rule: Callable[[Ticket], Change | None], version: int | None) -> Ticket:
        """Loads, asks the rule, saves and appends the event, in one transaction; OutOfDate where `version` is past."""
        with self.database.transaction():
            organisation = self.organisation.require_person(self.who)
            events, limits = self.store.events(ref), self._limits_of(organisation.settings)
            if not events:
                raise NotFound(f"no ticket #{ref}", "`workbench ticket list` shows those there are")
            _require_version(ref, events, version)
            now = self._moment(events)
            history = History(events, organisation.terms, limits.close_after)
            before = seen(history.ticket(ref, len(events)), now, limits)
            change = rule(before)
            if change is None:
                return before
            event = self._event(before, change, len(events) + 1, now, organisation)
            history.add(event)
            ticket = history.ticket(ref, event.seq)
            self.store.update(ticket, now, limits, before)
            self.store.append(ref, event)
            self.store.turn(now, limits)
            self._let_heed(ticket, event)
        return ticket

    def make_ready(self, kind: Kind) -> None:
        """Loads what heeds events of that kind; inside the transaction everybody else would wait for it."""
        self._heeding(kind)

    def _heeding(self, kind: Kind) -> list[Heed]:
        return [load() for kinds, load in self.heeders if kind in kinds]

    def _let_heed(self, ticket: Ticket, event: Event) -> None:
        for heed in self._heeding(event.kind):
            heed(ticket, event)

    def act_number(self) -> int:
        """The number of the act that whatever is done now belongs to."""
        return self.store.next_act(self.who) if self._joint is None else self._joint

    def changes(self, number: int) -> list[tuple[Act, Event]]:
        """What that act of mine did, the last of each ticket first; Refused where it must stay."""
        found = []
        for act in self.store.of_act(self.who, number):
            events = self.store.events(act.ref)
            event = events[act.seq - 1]
            require_undoable(act.ref, event, [each for each in standing_events(events) if each.seq > act.seq])
            found.append((act, event))
        return found

    def take_back(self, undone: Iterable[tuple[Act, Event]], number: int) -> list[Ticket]:
        """Takes these events back by events of the act `number`, inside a transaction; the tickets as they stand."""
        told = [self._take_back(act.ref, event, number) for act, event in undone]
        for ticket, undoing in told:  # once all of them are, since what stood for a moment is nobody's news
            self._let_heed(ticket, undoing)
        return [ticket for ticket, _ in told]

    def record(self, histories: Iterable[list[Event]]) -> list[int]:
        """Writes whole histories (the opening first) as new tickets, inside a transaction; their numbers."""
        now, ref, limits = self.clock.now(), self.store.next_number(), self.limits
        terms = self.organisation.current().terms
        first, latest, source = ref, now, iter(histories)
        while batch := list(islice(source, _BATCH)):
            if self._in_bulk:
                _require_plain(batch)
            told = [History(events, terms, limits.close_after) for events in batch]
            tickets = [history.ticket(ref + place, batch[place][-1].seq) for place, history in enumerate(told)]
            self.store.insert_many(tickets, batch, now, limits)
            latest = max(latest, *(events[-1].at for events in batch))
            ref += len(batch)
        if not self._in_bulk:
            self.store.turn(now, limits)
        self.store.note_moment(latest)
        return list(range(first, ref))

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Around many calls of `record`: at the end it does for all tickets what triggers would do for each."""
        with in_bulk(self.database, self.store.next_number()):
            self._in_bulk = True  # nothing new may turn before it is counted
            try:
                yield
            finally:
                self._in_bulk = False
        self.store.turn(self.clock.now(), self.limits)

    def reproject(self) -> int:
        """Rewrites the rows of all tickets from their events; how many."""
        with self.database.transaction():
            now, limits, numbers = self.clock.now(), self.limits, self.store.numbers()
            terms = self.organisation.current().terms
            for batch in histories(self.database, numbers):
                told = [(ref, History(events, terms, limits.close_after), events[-1].seq) for ref, events in batch]
                tickets = [history.ticket(ref, version) for ref, history, version in told]
                rewrite(self.store, tickets, now, limits)
            self.store.note_moment(now)  # as of which they are counted
            self.store.lacks_no_rows()
        return len(numbers)

    def fill(self, progress: Callable[[int, int], None]) -> None:
        """Gives tickets of an older file the rows that reports read, a few in each transaction; others work on.

        They are told before the transaction, which lasts no longer than the writing: a ticket of which an act changes
        anything that the rows say has its rows from that act, and lacks none any more.
        """
        if not self.store.lacks_rows():
            return
        total, done, last = self.store.count(), 0, 0
        while some := self.store.unfilled(last, _FILLED):
            told = {ref: self.replay(ref, self.store.events(ref)) for ref in some}
            with self.database.transaction():
                lacking = self.store.unfilled(last, _FILLED)
                self.store.fill(told[ref] for ref in lacking if ref in told)
            last, done = some[-1], done + len(some)
            progress(min(done, total), total)
        with self.database.transaction():
            if not self.store.unfilled(0, 1):
                self.store.lacks_no_rows()

    def look_back(self) -> None:
        """From here on this connection sees the tickets as they stood at the clock's moment; nothing can be written."""
        look_back(self.store, self.clock.now(), self.limits, self.replay)

    def _event(self, ticket: Ticket, change: Change, seq: int, now: datetime, organisation: Organisation) -> Event:
        responds = change.kind in RESPONSES and organisation.answers_for(self.who, ticket.team)
        before = {name: _told(ticket, name) for name in change.after} | dict(change.before)
        if "problem" in before:  # kept by the events alone
            before["problem"] = self.store.problem_of(ticket.ref)
        who, act = (self.who, self.act_number()) if change.who is None else (change.who, None)
        told = (change.text, before, change.after)
        return Event(seq, now, who, change.kind, change.public, *told, responds, act=act)

    def _take_back(self, ref: int, event: Event, act: int) -> tuple[Ticket, Event]:
        events = self.store.events(ref)
        now = self._moment(events)
        told = f"took back: {event.kind.words}"
        undoing = Event(
            len(events) + 1, now, self.who, Kind.UNDONE, False, told, event.after, event.before, False, event.seq, act
        )
        ticket = self.replay(ref, [*events, undoing])
        self.store.update(ticket, now, self.limits)
        self.store.append(ref, undoing)
        self.store.turn(now, self.limits)
        return seen(ticket, now, self.limits), undoing

    def _moment(self, events: Sequence[Event]) -> datetime:
        """When an act happens that follows these events."""
        return moment_after(self.clock, events[-1].at, "the ticket's last event is of")


def _require_plain(histories: Iterable[list[Event]]) -> None:
    """Nothing written in bulk may be what a room above keeps by trigger: nobody would tell it."""
    for event in chain.from_iterable(histories):
        if event.kind in _KEPT_ABOVE:
            raise RuntimeError(f"a history that tells of {event.kind.words} cannot be written in bulk")


def _limits(settings: Settings) -> Thresholds:
    return Thresholds(
        settings.aging_share,
        settings.due_share,
        timedelta(seconds=settings.stale_after),
        timedelta(seconds=settings.graveyard_after_open),
        timedelta(seconds=settings.graveyard_after_untouched),
        timedelta(seconds=settings.close_after),
    )


def _require_version(ref: int, events: Sequence[Event], version: int | None) -> None:
    newer = [event for event in events if version is not None and event.seq > version]
    if newer:
        changes = ", ".join(f"{event.who or 'somebody'}: {event.kind.words}" for event in newer[-3:])
        raise OutOfDate(f"#{ref} has changed since you looked ({changes})", "look again; your text is kept", newer)


def _told(ticket: Ticket, name: str) -> Any:
    """A field's value as events tell it; what only events keep (cause, fix) has none."""
    if name == "waiting" and ticket.waiting:
        until = ticket.waiting.until
        return {"for": ticket.waiting.on.value, "reason": ticket.waiting.reason, "until": iso(until) if until else None}
    value = getattr(ticket, name, None)
    return list(value) if isinstance(value, tuple) else value
