"""Queues for one person: which there are, how full they are, what stands in them, and taking the next."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from workbench.clock import Clock, stored
from workbench.database import Database
from workbench.errors import InvalidInput, NotFound, Refused
from workbench.organisation.service import OrganisationService
from workbench.queues.counting import Counting
from workbench.queues.filters import Filter, known_words, only, parse
from workbench.queues.model import (
    Line,
    Queue,
    QueueCount,
    countable,
    let_through,
    smart_queues,
)
from workbench.queues.naming import QueueNames
from workbench.queues.saved import SavedStore
from workbench.queues.store import Order, QueueStore, Selection
from workbench.queues.walks import SORTED, SORTS
from workbench.queues.why import why
from workbench.text import storable
from workbench.tickets.clocks import Stage, Standing, standing
from workbench.tickets.model import Ticket
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import UNRESOLVED, State

if TYPE_CHECKING:
    from workbench.queues.likeness import LikenessStore


class QueueService:
    """Reads the queues as one person sees them at the clock's moment."""

    def __init__(
        self, database: Database, organisation: OrganisationService, tickets: TicketService, clock: Clock, who: str
    ) -> None:
        self.database = database
        self.store = QueueStore(database)
        self.saved = SavedStore(database, who)
        self.names = QueueNames(organisation, self.saved)
        self.organisation = organisation
        self.tickets = tickets
        self.clock = clock
        self.who = who
        self._counting = Counting(database, self.store, who)

    @cached_property
    def likeness(self) -> "LikenessStore":
        """Tickets by what they have in common; loaded when it is asked for, since a queue must answer at once."""
        from workbench.queues.likeness import LikenessStore

        return LikenessStore(self.database)

    def queues(self) -> list[Queue]:
        """Every queue: of the tiers, of the teams, the smart ones, those that one has saved."""
        organisation = self.organisation.current()
        found = [Queue(tier.name, "tier", only("tier", tier.name), tier.title) for tier in organisation.tiers]
        found += [Queue(team.slug, "team", only("team", team.slug), team.name) for team in organisation.teams]
        found += smart_queues()
        # Names in a saved filter were known when it was saved; one that has gone since lets nothing through.
        zone = ZoneInfo(organisation.zone)
        found += [Queue(name, "saved", parse(text, zone)) for name, text in self.saved.all()]
        return found

    def home(self) -> str:
        """Where one's work is: the tier of the first team one works in; the first tier for whom works in none."""
        organisation = self.organisation.current()
        teams = organisation.teams_of(self.who)
        return teams[0].tier if teams else organisation.first_tier().name

    def near_queues(self) -> list[Queue]:
        """The queues without the teams one does not work in, where there are more teams than a screen should list."""
        organisation = self.organisation.current()
        if len(organisation.teams) <= _MANY_TEAMS:
            return self.queues()
        mine = {team.slug for team in organisation.teams_of(self.who)}
        return [queue for queue in self.queues() if queue.kind != "team" or queue.name in mine]

    def find(self, name: str) -> Queue:
        """The queue of that name, letters of either case; NotFound names the nearest."""
        queues = self.queues()
        exact = [queue for queue in queues if queue.name == name]
        near = [queue for queue in queues if queue.name.lower() == name.lower()]
        for queue in exact + near:
            return queue
        raise NotFound.among("queue", name, [queue.name for queue in queues])

    def parse(self, text: str) -> Filter:
        """Reads a filter; names of tiers, teams, clients, people and components must be known."""
        organisation = self.organisation.current()
        wanted = parse(text, ZoneInfo(organisation.zone))
        known = {"tier": organisation.tier, "team": organisation.team, "client": organisation.client}
        known["owner"] = organisation.team
        for term in wanted.terms:
            for value in map(str, term.values):
                if term.field in known and not (term.field in ("client", "owner") and value == "none"):
                    known[term.field](value, include_retired=True)
                if term.field == "who" and value not in ("me", "none", "nobody"):
                    organisation.person(value, include_retired=True)
                if term.field == "component" and value != "none":
                    self.store.require_component(value)
        return wanted

    def save(self, name: str, text: str) -> Queue:
        """Keeps a filter as a queue of one's own; an own name is rewritten, another queue's is refused."""
        wanted = self.parse(text)
        if not wanted.terms and not wanted.words:
            raise InvalidInput("the filter is empty", 'say what stands in the queue, like "tier:L1 is:late"')
        with self.database.transaction():
            label = self.names.free(name)
            label = self.names.own(label) or label
            self.saved.save(label, wanted.text)
        return Queue(label, "saved", wanted)

    def move(self, name: str, place: int) -> None:
        """Puts a saved queue at a place among them, the first is 1; beyond the last is the last."""
        with self.database.transaction():
            label = self.names.require_own(name)
            names = [each for each, _ in self.saved.all() if each != label]
            names.insert(max(0, place - 1), label)
            self.saved.arrange(names)

    def rename(self, name: str, to: str) -> None:
        """Gives a saved queue another name, which no queue has; Refused, InvalidInput."""
        with self.database.transaction():
            label, new = self.names.require_own(name), self.names.free(to)
            same = {each.lower() for each, _ in self.saved.all() if each != label}
            if new.lower() in same:
                raise Refused(f"there is a queue {new!r} already", "choose another name, or delete that one first")
            self.saved.rename(label, new)

    def delete(self, name: str) -> None:
        """Forgets a saved queue; its tickets stay as they are. NotFound, Refused."""
        with self.database.transaction():
            self.saved.delete(self.names.require_own(name))

    def counts(self, queues: list[Queue] | None = None, patience: float = inf) -> list[QueueCount]:
        """How full the queues are (all of them unless told), with their aging.

        A saved queue whose tickets have to be looked at one by one is left uncounted after `patience` seconds.
        """
        now, limits = self.clock.now(), self.tickets.limits
        with self.database.snapshot():
            return self._counting.counts(self.queues() if queues is None else queues, now, limits, patience)

    def date(self, counts: Iterable[QueueCount]) -> None:
        """Adds to counts of this service when the oldest ticket of each was opened; what is told already stays.

        For all queues that takes as long as to count them.
        """
        if undated := [each for each in counts if each.open and not each.dated]:
            now, limits = self.clock.now(), self.tickets.limits
            with self.database.snapshot():
                self._counting.date(undated, now, limits)

    def size(self, wanted: Filter) -> int:
        """How many unresolved tickets a filter lets through."""
        now, limits = self.clock.now(), self.tickets.limits
        if not countable(wanted):
            return self.store.select(wanted, now, self.who, limits).count()
        cells = list(self.store.cells(now, limits).items())
        return sum(tickets for _, tickets in let_through(wanted, cells, self.who))

    def knows_owners(self) -> bool:
        """Whether there is a catalogue that tells whose something is."""
        return self.store.has_catalogue()

    def highest_number(self) -> int | None:
        """The highest number of a ticket in any state; None where there is none yet."""
        return self.store.highest_number()

    def select(
        self, wanted: Filter, order: Order = Order.URGENCY, *, down: bool = False, at: datetime | None = None
    ) -> Selection:
        """The unresolved tickets that a filter lets through, at the clock's moment unless told.

        Refused where an order that no index has would sort more than `SORTED` of them; a filter that the counters
        cannot answer is not asked how many they are.
        """
        if order in SORTS and countable(wanted) and (tickets := self.size(wanted)) > SORTED:
            raise Refused(
                f"{tickets:,} tickets are too many to be sorted by {order}",
                f"filter first: up to {SORTED:,} are sorted by any column",
            )
        return self.store.select(wanted, at or self.clock.now(), self.who, self.tickets.limits, order, down)

    def lines(self, refs: Sequence[int], at: datetime, *, resolved: bool = False) -> list[Line]:
        """Those tickets as they stand at that moment, in the order of the numbers; resolved ones where that is said."""
        return self.store.lines(refs, at, self.tickets.limits, resolved=resolved)

    def similar(self, subject: str, client: str | None = None, limit: int = 5) -> list[Line]:
        """Unresolved tickets with a subject like this one, the likest first; the client's own are liker."""
        refs = self.likeness.like(storable(subject), client, limit)
        return self.store.lines(refs, self.clock.now(), self.tickets.limits)

    def meant(self, wanted: Filter) -> dict[str, str]:
        """What the words of a filter that no ticket has may be a slip of, by the words as they were typed."""
        return self.likeness.meant(word for words in wanted.words if not words.negated for word in words.words)

    def recent_like(self, ticket: Ticket, since: datetime, limit: int = 5) -> list[Line]:
        """Other tickets opened since then, in any state, of the same component or with a subject like this one."""
        refs = self.likeness.recent_like(ticket.ref, ticket.subject, ticket.component, since, limit)
        return self.store.lines(refs, self.clock.now(), self.tickets.limits, resolved=True)

    def matches(self, query: str, limit: int = 20) -> list[Line]:
        """Tickets in any state by number, by external id, or by words; unresolved ones first, then the newest."""
        text = storable(query).strip()
        exact = self.tickets.store.number_of(text) if text else None
        refs = [] if exact is None else [exact]
        refs += [ref for ref in self.likeness.newest_with(known_words(text), limit) if ref != exact]
        lines = self.store.lines(refs, self.clock.now(), self.tickets.limits, resolved=True)
        return sorted(lines, key=lambda line: (line.ref != exact, State(line.state) not in UNRESOLVED))[:limit]

    def loads(self) -> dict[str, tuple[int, int]]:
        """How many tickets each person in use has that are unresolved, and how many of them are late."""
        loads = {person.login: (0, 0) for person in self.organisation.current().people}
        for cell, tickets in self.store.cells(self.clock.now(), self.tickets.limits).items():
            if cell.assignee in loads:
                unresolved, late = loads[cell.assignee]
                is_late = cell.counted.startswith(f"{Stage.LATE}/")
                loads[cell.assignee] = (unresolved + tickets, late + (tickets if is_late else 0))
        return loads

    def next_turn(self, then: datetime) -> datetime | None:
        """The first instant after `then` at which time alone changes some ticket's stage; None if it never does."""
        return self.store.next_turn(then)

    def all_lines(self, wanted: Filter, limit: int | None = None) -> list[Line]:
        """Tickets in any state that a filter lets through, in urgency order."""
        return self.store.all_lines(wanted, self.clock.now(), self.who, self.tickets.limits, limit)

    def number_of_lines(self, wanted: Filter) -> int:
        """How many tickets in any state a filter lets through."""
        return self.store.count_all(wanted, self.clock.now(), self.who, self.tickets.limits)

    def standing(self, line: Line, now: datetime) -> Standing:
        """Stage and figures of the clock that runs out first for a line."""
        return self.standings()(line, now)

    def standings(self) -> Callable[[Line, datetime], Standing]:
        """The same for many lines, by the setup as it stands now: to look for another one takes longer than a line."""
        calendar, limits = self.organisation.current().calendar, self.tickets.limits
        return lambda line, now: standing(State(line.state), line.clock(calendar), now, limits)

    def take_next(self, name: str | None = None) -> Ticket:
        """Takes the most urgent ticket nobody has; of my own teams where no queue is named.

        Looks for it before others have to wait, since of a rare filter that may take a second, and takes it in one
        transaction in which it still is free, so that two callers never get the same one. Refused where there is none.
        """
        wanted = self.find(name).filter if name else self._of_my_teams()
        free = Filter((*wanted.terms, *parse("who:none -is:waiting").terms), wanted.words)
        selection = self.select(free)
        if found := selection.page(1):
            with self.database.transaction():
                for line in self._still_free(selection, found[0].ref):
                    if self.tickets.may_follow(stored(line.touched_at)):
                        return self.tickets.take(line.ref)
        where = f"in {name}" if name else "in the queues of your teams"
        raise Refused(f"there is nothing to take {where}", "`workbench queues` shows where there is")

    def why(self, ref: int) -> str:
        """In a sentence, why a ticket stands where it stands."""
        return why(self.tickets.get(ref), self.clock.now(), self.tickets.limits, self.organisation.current().zone)

    def _still_free(self, selection: Selection, first: int) -> Iterator[Line]:
        """The lines to be tried: the one that was found, else the first, else others."""
        if line := selection.find(first):
            yield line
        for tries in (1, _TRIES):
            yield from selection.page(tries)

    def _of_my_teams(self) -> Filter:
        self.organisation.require_person(self.who)
        teams = self.organisation.current().teams_of(self.who)
        if not teams:
            raise Refused(f"{self.who} is in no team", "name the queue, or add them to a team in the setup file")
        return only("team", *(team.slug for team in teams))


_MANY_TEAMS = 12
_TRIES = 50
"""Lines; a ticket written at a later instant than the caller's clock cannot be taken, and the next one is looked at."""
