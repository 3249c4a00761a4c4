"""The practice workbench: a file of its own with the sample's setup, and the desk on which nothing is real."""

import os
from contextlib import suppress
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Self

from workbench.clock import Clock, FixedClock
from workbench.database import Database
from workbench.desk import Desk
from workbench.errors import Refused
from workbench.practice.checking import Known
from workbench.practice.clock import SimulatedClock
from workbench.practice.marking import Made
from workbench.practice.service import PracticeService
from workbench.runbooks.runs.service import RunService
from workbench.runbooks.service import STARTER
from workbench.sample import catalogue, problems
from workbench.sample.generator import ACTING


class PracticeDesk(Desk):
    """A desk with made-up tickets, simulated time, and commands that only seem to run; it knows no live file."""

    def __init__(self, database: Database, today: Clock, who: str) -> None:
        self.simulated = SimulatedClock(today.now())
        self.today = today
        super().__init__(database, self.simulated, who)

    @classmethod
    def practise(cls, path: Path, today: Clock, who: str) -> Self:
        """Opens the practice file, made where there is none, and takes up the session that was going; FileProblem.

        `today` tells the world's time, by which sessions are dated.
        """
        desk = cls(_opened(path), today, who)
        try:
            desk._furnish()
            desk.practice.take_up()
        except BaseException:
            desk.close()
            raise
        return desk

    @cached_property
    def practice(self) -> PracticeService:
        """Sessions, and what was done in them."""
        made = Made(
            handoffs=lambda ref: self.escalation.handoffs(ref),
            runs=lambda ref: self.runs.runs(ref, limit=-1),
            problem=lambda number: self.problems.get(number).title,
        )
        return PracticeService(
            self.database,
            self.organisation,
            self.tickets,
            self.problems,
            made,
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
            components=[component.slug for component in self.ownership.components()],
            problems=[problem.title for problem in self.problems.all()],
            runbooks={entry.slug: len(self.runbooks.get(entry.slug).steps) for entry in self.runbooks.entries()},
        )

    def _furnish(self) -> None:
        """Gives a new file the sample's setup, catalogue, problems and runbooks; all of it or nothing."""
        if self.organisation.current().tiers:
            return
        with self.database.transaction():
            if self.organisation.current().tiers:
                return  # another session was first
            setup = resources.files("workbench.sample").joinpath("setup.toml").read_text("utf-8")
            self.organisation.apply(setup, "setup.toml")
            maker = Desk(self.database, FixedClock(self.today.now()), ACTING)
            catalogue.write(maker)
            problems.write(maker, maker.now())
            maker.runbooks.import_tree(STARTER)


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
