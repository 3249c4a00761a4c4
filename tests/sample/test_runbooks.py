"""The sample's library: the starter tree for the sample's own troubles, and what became of it there."""

from datetime import timedelta
from pathlib import Path

import pytest

from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.runbooks.runs.integrity import faults
from workbench.runbooks.runs.model import Did
from workbench.sample.copy import redate
from workbench.sample.generator import ACTING, MOMENT
from workbench.sample.runbooks import AMENDED, WRITTEN


def test_its_runbooks_are_for_components_that_are_there(sample: Desk) -> None:
    known = {component.slug for component in sample.ownership.components()}
    entries = sample.runbooks.entries()
    assert len(entries) >= 30
    assert {slug for entry in entries for slug in entry.components} <= known


def _run(sample: Desk) -> set[str]:
    return {run.runbook for run in sample.runs.runs(limit=-1)}


def test_some_fifty_runs_worked_and_failed(sample: Desk) -> None:
    runs = sample.runs.runs(limit=-1)
    endings = [run.ending.did for run in runs if run.ending]
    assert 45 <= len(runs) == len(endings) <= 55
    assert min(endings.count(Did.FIXED), endings.count(Did.NOT_FIXED)) >= 10
    assert not list(faults(sample.database))
    assert min(run.began.at for run in runs) > MOMENT - WRITTEN


def test_nobody_ran_a_version_that_was_not_written_yet(sample: Desk) -> None:
    written = {(slug, each.number): each.at for slug in _run(sample) for each in sample.runbooks.versions(slug)}
    assert {run.version for run in sample.runs.runs(limit=-1)} == {1, 2}
    assert all(written[run.runbook, run.version] <= run.began.at for run in sample.runs.runs(limit=-1))


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=400, hours=3)])
def test_some_are_stale_some_fail_and_some_were_amended(built: Path, tmp_path: Path, later: timedelta) -> None:
    path = tmp_path / "sample.db"
    path.write_bytes(built.read_bytes())
    redate(path, MOMENT + later)
    with Desk.open(path, FixedClock(MOMENT + later), ACTING) as desk:
        today = desk.runbooks.today()
        entries = desk.runbooks.entries()
        assert sum(entry.is_stale(today) for entry in entries) == 2
        assert any(entry.figures.failing for entry in entries)
        assert not list(faults(desk.database))
        for each in AMENDED:
            latest, first = desk.runbooks.versions(each.slug)
            assert (latest.who, latest.at) == (each.who, MOMENT + later - each.ago)
            assert each.words in latest.text
            assert each.words not in first.text
            assert desk.runbooks.get(each.slug).review_at == desk.runbooks.entry(each.slug).review_at
