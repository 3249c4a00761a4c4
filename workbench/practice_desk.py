"""The practice workbench: a file of its own with the sample's setup, and the desk on which nothing is real."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Final, Self

from workbench.clock import Clock, FixedClock
from workbench.database import Database
from workbench.desk import Desk
from workbench.errors import Refused
from workbench.practice.checking import Known
from workbench.practice.clock import SimulatedClock
from workbench.practice.disguise import Disguise
from workbench.practice.from_ticket import Place, Told, retell
from workbench.practice.marking import Made
from workbench.practice.service import PracticeService
from workbench.runbooks.runs.service import RunService
from workbench.sample import catalogue, problems
from workbench.sample.generator import ACTING
from workbench.tickets.replay import standing_events

MOST_CONTACTS: Final = 10_000
"""People of a client who are looked for in a ticket's texts."""


class PracticeDesk(Desk):
    """A desk with made-up tickets, simulated time, and commands that only seem to run; it knows no live file."""

    def __init__(
        self, database: Database, today: Clock, who: str, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self.simulated = SimulatedClock(today.now(), elapsed)
        self.today = today
        super().__init__(database, self.simulated, who)

    @classmethod
    def practise(cls, path: Path, today: Clock, who: str, elapsed: Callable[[], float] = time.monotonic) -> Self:
        """Opens the practice file, made where there is none, and takes up the session that was going; FileProblem.

        `today` tells the world's time, by which sessions are dated, `elapsed` the seconds by which simulated time goes.
        """
        desk = cls(_opened(path), today, who, elapsed)
        try:
            desk._furnish()
            desk.practice.take_up()
        except BaseException:
            desk.close()
            raise
        return desk

    def beside(self) -> Self:
        """The practice file once more, to be read by another thread; its clock stands at this one's instant."""
        return type(self)(self.database.again(), FixedClock(self.now()), self.who)

    @cached_property
    def practice(self) -> PracticeService:
        """Sessions, and what was done in them."""
        made = Made(
            handoffs=lambda ref: self.escalation.handoffs(ref),
            swarm=lambda ref: self.escalation.swarms.of_ticket(ref),
            runs=lambda ref: self.runs.runs(ref, limit=-1),
            problem=lambda number: self.problems.get(number).title,
        )
        return PracticeService(
            self.database,
            self.organisation,
            self.tickets,
            self.problems,
            made,
            lambda refs: self.escalation.record(refs),
            self.simulated,
            self.who,
            self.today.now,
        )

    @cached_property
    def runs(self) -> RunService:
        """Runs of runbooks, whose commands print what the scenario says."""
        return RunService(
            self.database,
            self.organisation,
            self.tickets,
            self.runbooks,
            self.clock,
            self.who,
            simulate=self.practice.output,
        )

    def known(self) -> Known:
        """What a scenario may name here."""
        current = self.organisation.current()
        return Known(
            tiers=[tier.name for tier in current.tiers],
            clients=[client.slug for client in current.clients],
            teams=[team.slug for team in current.teams],
            people=[person.login for person in current.people],
            components=[component.slug for component in self.ownership.components()],
            problems=[problem.title for problem in self.problems.all()],
            runbooks={entry.slug: len(self.runbooks.get(entry.slug).steps) for entry in self.runbooks.entries()},
        )

    def someone(self) -> tuple[str, str]:
        """A client here and a person there, for a scenario that has lost its own."""
        client = self.organisation.current().clients[0].slug
        return client, next((contact.name for contact in self.organisation.contacts(client)), "Requester")

    def team_like(self, slug: str, live: Desk) -> str:
        """The team of that name here, else the first of the same tier as the live one's."""
        teams = self.organisation.current().teams
        if teams.find(slug) is not None:
            return slug
        tier = live.organisation.current().team(slug, include_retired=True).tier
        return next((team.slug for team in teams if team.tier == tier), teams[-1].slug)

    def _furnish(self) -> None:
        """Gives a new file the sample's setup, catalogue, problems and runbooks; all of it or nothing."""
        if self.organisation.current().tiers:
            return
        with self.database.transaction():
            if self.organisation.current().tiers:
                return  # another session was first
            setup = resources.files("workbench.sample").joinpath("setup.toml").read_text("utf-8")
            self.organisation.apply(setup, "setup.toml")
            # The day before, lest the first session begin after all this, on another morning.
            maker = Desk(self.database, FixedClock(self.today.now() - timedelta(days=1)), ACTING)
            catalogue.write(maker)
            problems.write(maker, maker.now())
            maker.runbooks.import_starter()


def retold(live: Desk, practice: PracticeDesk, ref: int) -> str:
    """A real ticket that is done as the text of a scenario for this practice file, with other names; Refused."""
    ticket, events = live.tickets.with_timeline(ref)
    if ticket.unresolved:
        raise Refused(f"#{ref} is {ticket.state}, and nobody knows its end yet", "choose one that is resolved")
    handoffs, runs = live.escalation.handoffs(ref), live.runs.runs(ref, limit=-1)
    told = Told(ticket, standing_events(events), handoffs[::-1], runs[::-1])
    known = practice.known()
    client, contact = practice.someone()
    used = next((run.runbook for run in reversed(told.runs) if run.runbook in known.runbooks), None)
    place = Place(
        client=client,
        contact=contact,
        to=practice.team_like(told.handoffs[0].target, live) if told.handoffs else None,
        component=ticket.component if ticket.component in known.components else None,
        runbook=used,
    )
    return retell(told, place, _disguise(live, told, place))


def _disguise(live: Desk, told: Told, place: Place) -> Disguise:
    """One that knows everybody who may be named: the client and its people, and ours."""
    disguise, current = Disguise(told.ticket.ref), live.organisation.current()
    contacts: list[str] = []
    if told.ticket.contact:
        disguise.name(told.ticket.contact, place.contact)
    if told.ticket.client:
        client = current.client(told.ticket.client, include_retired=True)
        for name in (client.name, client.slug):
            disguise.thing(name, place.client.capitalize())
        contacts = [contact.name for contact in live.organisation.contacts(client.slug, limit=MOST_CONTACTS)]
    ours = {person.login: person.name for person in current.people.everyone}
    acted = [event.who for event in told.events if event.who]  # they come first, while there are made-up names
    disguise.people((login, ours.get(login, login)) for login in dict.fromkeys([*acted, *ours]))
    disguise.people(("", name) for name in contacts)
    return disguise


def practice_file() -> Path:
    """Where one practises: `$WORKBENCH_PRACTICE`, else `practice.db` in the user's data directory."""
    named = os.environ.get("WORKBENCH_PRACTICE")
    if named:
        return Path(named)
    import platformdirs  # here, since who names a file has no need of it

    return platformdirs.user_data_path("workbench", appauthor=False) / "practice.db"


def _opened(path: Path) -> Database:
    if not path.exists():
        if path == practice_file():
            path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(Refused):  # another session was first
            return Database.create(path, practice=True)
    return Database.open(path, practice=True)
