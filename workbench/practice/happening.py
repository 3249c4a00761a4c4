"""What happens in a session by its clock: tickets come, requesters answer, others call, machines report."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from workbench.organisation.service import OrganisationService
from workbench.practice.before import history
from workbench.practice.model import UNABLE, Later, Scenario, Surprise
from workbench.practice.session import Arrival, Happening, Session
from workbench.practice.shelf import scenario_of
from workbench.practice.store import PracticeStore
from workbench.problems.service import ProblemService
from workbench.tickets.model import Event, NewTicket
from workbench.tickets.rules import LONGEST_SUBJECT, Change
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import Kind, State

ANSWERS_AFTER: Final = timedelta(minutes=2)
"""Simulated time that requesters take to answer."""
MONITORING: Final = "monitoring"
"""Who reports what machines say."""


class News(NamedTuple):
    """Something that has just happened, in words."""

    at: datetime
    ref: int
    words: str


class Due(NamedTuple):
    """Something that is to happen at an instant; `bring` makes it happen, and tells it unless it came to nothing."""

    at: datetime
    place: int
    what: str
    bring: Callable[[], News | None]


class Stage:
    """Brings about what one session holds; `hand_over` is as in PracticeService."""

    def __init__(
        self,
        store: PracticeStore,
        organisation: OrganisationService,
        tickets: TicketService,
        problems: ProblemService,
        hand_over: Callable[[list[int]], object],
    ) -> None:
        self._store = store
        self._organisation = organisation
        self._tickets = tickets
        self._problems = problems
        self._hand_over = hand_over

    def next(self, session: Session, until: datetime) -> Due | None:
        """What is to happen next, up to and with an instant."""
        due = (each for each in self._due(session) if each.at <= until)
        return min(due, key=lambda each: (each.at, each.place, each.what), default=None)

    def _due(self, session: Session) -> Iterator[Due]:
        happened = self._store.happenings(session.number)
        over = {(each.place, each.what) for each in happened}
        for arrival in self._store.arrivals(session.number):
            if arrival.ref is None:
                yield self._arriving(session, arrival)
                continue
            calls = [each.ref for each in happened if each.place == arrival.place and each.ref is not None]
            following = self._following(session, arrival, arrival.ref, calls)
            yield from (each for each in following if (each.place, each.what) not in over)

    def _arriving(self, session: Session, arrival: Arrival) -> Due:
        scenario = scenario_of(arrival.scenario, arrival.text)

        def bring() -> News:
            new = NewTicket(scenario.subject, scenario.body, contact=scenario.contact)
            ref = self._open(scenario, new, arrival.due_at - scenario.since, session.trainee)
            self._store.arrived(arrival, ref)
            return News(arrival.due_at, ref, f"#{ref} came in at {scenario.level}: {scenario.subject}")

        return Due(arrival.due_at, arrival.place, "", bring)

    def _following(self, session: Session, arrival: Arrival, ref: int, calls: Iterable[int]) -> Iterator[Due]:
        """What comes after the opening: by the clock, and in answer to what is said here or to who called about it."""
        for number, later in enumerate(scenario_of(arrival.scenario, arrival.text).later):
            yield self._later(session, arrival, ref, number, later)
        for asked in (ref, *calls):
            for event in self._tickets.store.events(asked):
                if event.kind is Kind.COMMENTED:
                    what = f"answer {event.seq}" if asked == ref else f"answer {event.seq} of {asked}"
                    yield self._answer(session, arrival, asked, event, what)

    def _later(self, session: Session, arrival: Arrival, ref: int, number: int, later: Later) -> Due:
        at, what = arrival.due_at + later.after, f"later {number}"

        def bring() -> News | None:
            opened, news = None, None
            if self._tickets.get(ref).unresolved:
                if later.kind is Surprise.CALL:
                    opened = self._call(session, arrival, number, later, at)
                    level = scenario_of(arrival.scenario, arrival.text).level
                    news = News(at, opened, f"#{opened} came in at {level}: {_parts(later.text)[0]}")
                elif later.kind is Surprise.REPLY:
                    self._tickets.reply(ref, later.text)
                    news = News(at, ref, f"#{ref}: the requester wrote again")
                else:
                    self._tickets.change(ref, lambda _: Change(Kind.NOTED, {}, later.text, who=MONITORING))
                    news = News(at, ref, f"#{ref}: {MONITORING} reports something")
            self._store.happened(session.number, Happening(arrival.place, what, at, opened))
            return news

        return Due(at, arrival.place, what, bring)

    def _answer(self, session: Session, arrival: Arrival, ref: int, comment: Event, what: str) -> Due:
        at = comment.at + ANSWERS_AFTER

        def bring() -> News | None:
            said = answer_to(scenario_of(arrival.scenario, arrival.text), comment.text)
            ticket, news = self._tickets.get(ref), None
            if said is not None and ticket.unresolved:
                self._tickets.reply(ref, said)
                news = News(at, ref, f"#{ref}: the requester answered")
            self._store.happened(session.number, Happening(arrival.place, what, at, None))
            return news

        return Due(at, arrival.place, what, bring)

    def _call(self, session: Session, arrival: Arrival, number: int, later: Later, at: datetime) -> int:
        scenario = scenario_of(arrival.scenario, arrival.text)
        names = [contact.name for contact in self._organisation.contacts(scenario.client, limit=1_000)]
        others = sorted(name for name in names if name != scenario.contact) or [scenario.contact]
        caller = Random(f"{session.seed} {arrival.scenario} {number}").choice(others)
        subject, body = _parts(later.text)
        return self._open(scenario, NewTicket(subject, body, contact=caller), at)

    def _open(self, scenario: Scenario, new: NewTicket, at: datetime, trainee: str | None = None) -> int:
        """Opens a ticket as its requester would, at the first team of the scenario's tier.

        For the trainee it has been where the scenario says; what somebody else opens about the same has not.
        """
        contact = new.contact or scenario.contact
        self._organisation.ensure_contact(scenario.client, contact)
        opening = Event(1, at, contact, Kind.OPENED, public=True, text=new.body, after=self._fields(scenario, new))
        before = history(scenario, opening, self._organisation.current(), trainee) if trainee else [opening]
        (ref,) = self._tickets.record([before])
        self._hand_over([ref])
        self._problems.heed(self._tickets.get(ref), opening)
        return ref

    def _fields(self, scenario: Scenario, new: NewTicket) -> dict[str, object]:
        team = self._organisation.current().first_team(scenario.level)
        told = {
            "subject": new.subject[:LONGEST_SUBJECT],
            "body": new.body,
            "state": State.NEW.value,
            "team": team.slug,
            "tier": team.tier,
            "priority": scenario.opened_with.value,
            "impact": scenario.impact.value,
            "urgency": scenario.urgency.value,
            "client": scenario.client,
            "contact": new.contact or scenario.contact,
        }
        return {name: value for name, value in told.items() if value}


def answer_to(scenario: Scenario, said: str) -> str | None:
    """What the requester answers to a comment; None to one that asks nothing, for which there is nothing to say."""
    return scenario.answer(said) or (UNABLE if "?" in said else None)


def _parts(text: str) -> tuple[str, str]:
    """What a second caller says: the first line is the subject, what follows it the body."""
    subject, _, body = text.strip().partition("\n")
    return subject.strip()[:LONGEST_SUBJECT], body.strip() or subject.strip()
