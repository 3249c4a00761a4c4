"""Runs in the sample's histories are those that the desk would have written."""

from importlib import resources
from itertools import pairwise

import pytest

from workbench.clock import FixedClock
from workbench.database import Database
from workbench.desk import Desk
from workbench.runbooks.runs.model import Did, Run
from workbench.sample import problems
from workbench.sample.generator import ACTING, MOMENT, histories
from workbench.sample.runs import with_runs
from workbench.tickets.integrity import faults
from workbench.tickets.model import Event
from workbench.tickets.vocabulary import Kind


@pytest.fixture
def desk(database: Database) -> Desk:
    """The sample with one runbook, which somebody runs wherever there is time."""
    desk = Desk(database, FixedClock(MOMENT), ACTING)
    with database.transaction():
        desk.organisation.apply(resources.files("workbench.sample").joinpath("setup.toml").read_text("utf-8"), "s")
        problems.write(desk, MOMENT)
        runbook = desk.runbooks.create("all", "# All [/b] troubles\n\n1. Look\n2. Mend\n3. Look again\n")
        told = with_runs(histories(desk), lambda opening: runbook if "component" in opening.after else None)
        desk.runs.record(desk.tickets.record(told))
    return desk


def events_of(desk: Desk, run: Run) -> list[Event]:
    return desk.tickets.store.events(run.ticket or 0)


def test_they_are_runs_like_any(desk: Desk) -> None:
    assert list(faults(desk.database, desk.organisation.current(), desk.tickets.limits, lambda done, of: None)) == []
    runs = desk.runs.runs(limit=-1)
    assert len(runs) >= 40
    verdicts = {run.ending.did for run in runs if run.ending and run.is_over}
    assert (len(verdicts), all(run.is_over for run in runs)) == (2, True)
    assert {act.did for run in runs for act in run.outcomes.values()} == {Did.DONE, Did.FAILED, Did.SKIPPED}
    figures = desk.runbooks.entry("all").figures
    assert (figures.runs, 0 < figures.worked < figures.runs) == (len(runs), True)
    assert (figures.median_s or 0) > 60


def test_time_never_goes_back_and_the_end_is_told(desk: Desk) -> None:
    for run in desk.runs.runs(limit=-1):
        events = events_of(desk, run)
        assert all(one.at <= other.at for one, other in pairwise(events))
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        end = next(place for place, event in enumerate(events) if event.kind is Kind.RUN and place > 1 and
                   event.after["run"]["did"] != "began")  # fmt: skip
        following = events[end + 1]
        if run.ending and run.ending.did is Did.FIXED:
            assert (following.kind, following.after["runbook"]) == (Kind.RESOLVED, "all")
        else:
            assert following.text.startswith("Runbook All [/b] troubles (all) did not fix it.")
