"""Swarming: calling people together, keeping one log, and closing with what was learned."""

from collections.abc import Sequence

from workbench.clock import Clock
from workbench.database import Database
from workbench.errors import NotFound, Refused
from workbench.escalation.swarm import Swarm
from workbench.escalation.swarm_store import SwarmStore
from workbench.organisation.service import OrganisationService
from workbench.tickets.model import Event, Ticket
from workbench.tickets.rules import Change, require_unresolved, required
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import Kind


class SwarmService:
    """Swarms on behalf of one person."""

    def __init__(
        self, database: Database, organisation: OrganisationService, tickets: TicketService, clock: Clock, who: str
    ) -> None:
        self.database = database
        self.store = SwarmStore(database)
        self.organisation = organisation
        self.tickets = tickets
        self.clock = clock
        self.who = who

    def of_ticket(self, ref: int) -> Swarm | None:
        """The open swarm of a ticket, else its latest; None where there was none."""
        return self.store.of_ticket(ref)

    def get(self, ref: int) -> Swarm:
        """The swarm of a ticket; NotFound where there was none."""
        found = self.of_ticket(ref)
        if found is None:
            raise NotFound(f"there was no swarm on #{ref}", "hand the ticket off to a swarm to start one")
        return found

    def open_swarms(self) -> list[Swarm]:
        """All that are open, the oldest first."""
        return self.store.open_swarms()

    def all(self) -> list[Swarm]:
        """All, the latest first."""
        return self.store.all()

    def begin(self, ref: int, driver: str, why: str, components: Sequence[str], helpers: Sequence[str] = ()) -> Swarm:
        """Begins it, inside the transaction of the hand-off that calls people together."""
        if (swarm := self.of_ticket(ref)) is not None and swarm.learning is None:
            raise Refused(
                f"{swarm.driver} drives a swarm on #{ref} already", f"`workbench swarm join {ref}` helps them"
            )
        said, login = required(why, "reason why there is no single owner"), self._person(driver)
        people = list(dict.fromkeys([login, *map(self._person, helpers)]))
        after = {"swarm": {"driver": login, "components": list(components), "helpers": people}}
        ticket = self.tickets.change(ref, lambda _: Change(Kind.SWARM_STARTED, after, said))
        self.store.insert(ticket, login, said, components, self.who)
        for person in people:
            self._add(ref, person, ticket)
        return self._require_open(ref)

    def join(self, ref: int, person: str | None = None) -> Swarm:
        """Takes part, or calls somebody in."""
        with self.database.transaction():
            login, swarm = self._person(person or self.who), self._require_open(ref)
            if login in swarm.present:
                return swarm
            ticket = self.tickets.change(ref, lambda _: Change(Kind.SWARM_JOINED, {"helper": login}, login))
            self._add(ref, login, ticket)
            return self._require_open(ref)

    def leave(self, ref: int) -> Swarm:
        """Takes part no longer; the driver stays until it is closed or somebody else drives."""
        with self.database.transaction():
            swarm = self._require_open(ref)
            if self.who not in swarm.present:
                raise Refused(f"you are not in the swarm on #{ref}", "there is nothing to leave")
            if self.who == swarm.driver:
                raise Refused(
                    f"you drive the swarm on #{ref}",
                    f"name another driver first: D, or `workbench swarm drive {ref} WHO`",
                )
            ticket = self.tickets.change(ref, lambda _: Change(Kind.SWARM_LEFT, {"helper": self.who}, self.who))
            self.store.end_stays(swarm, ticket, self.who)
            return self._require_open(ref)

    def drive(self, ref: int, person: str) -> Swarm:
        """Makes somebody else its one driver, who takes part then."""
        with self.tickets.together():
            login, swarm = self._person(person), self._require_open(ref)
            if login != swarm.driver:
                self.join(ref, login)
                said = f"{login} drives the swarm now, {swarm.driver} no longer"
                drives = {"now": login, "was": swarm.driver}
                self.tickets.change(ref, lambda _: Change(Kind.NOTED, {"drives": drives}, said))
                self.store.set_driver(swarm, login)
            return self._require_open(ref)

    def log(self, ref: int, text: str) -> Swarm:
        """Writes a line into the log that all in it share."""
        said = required(text, "line of the log")
        with self.database.transaction():
            swarm = self._require_open(ref)
            self.tickets.change(ref, lambda _: Change(Kind.SWARM_LOGGED, {}, said))
            return swarm

    def close(self, ref: int, learning: str) -> Swarm:
        """Ends it with what was learned; refused without."""
        said = required(learning, "learning")
        with self.database.transaction():
            swarm = self._require_open(ref)
            ticket = self.tickets.change(ref, lambda _: Change(Kind.SWARM_CLOSED, {}, said))
            self.store.end_stays(swarm, ticket)
            self.store.close(swarm, ticket, said, self.who)
            return self.get(ref)

    def log_of(self, swarm: Swarm) -> list[Event]:
        """Its log: what was said and done in the ticket while it was open."""
        _, events = self.tickets.with_timeline(swarm.ref)
        return [
            event
            for event in events
            if event.seq >= swarm.seq and (swarm.closed_seq is None or event.seq <= swarm.closed_seq)
        ]

    def heed(self, ticket: Ticket, event: Event) -> None:
        """Refuses to resolve a ticket while people still swarm on it."""
        if event.kind is Kind.RESOLVED and (swarm := self.of_ticket(ticket.ref)) is not None and swarm.learning is None:
            raise Refused(
                f"{swarm.driver} drives a swarm on #{ticket.ref}",
                f"close it first with what was learned: `workbench swarm close {ticket.ref} --learning L`",
            )

    def _person(self, login: str) -> str:
        return self.organisation.current().person(login).login

    def _require_open(self, ref: int) -> Swarm:
        require_unresolved(self.tickets.get(ref), "worked on together")
        swarm = self.of_ticket(ref)
        if swarm is None or swarm.learning is not None:
            raise Refused(f"there is no swarm on #{ref}", f"`workbench swarm start {ref}` calls one together")
        return swarm

    def _add(self, ref: int, person: str, ticket: Ticket) -> None:
        teams = self.organisation.current().teams_of(person)
        if not teams:
            raise Refused(f"{person} is in no team", "a swarm is made of people of teams")
        swarm = self._require_open(ref)
        self.store.add(swarm, person, teams[0].slug, ticket)
