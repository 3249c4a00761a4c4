"""A practice file that a test plays on, at a desk or at the screens."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.practice.rehearsals import SCENARIO, Rehearsal
from tests.practice.studios import Studio
from tests.support.offices import Office
from workbench.practice_desk import PracticeDesk


@pytest.fixture
def rehearsal(practice_file: Path, tmp_path: Path) -> Rehearsal:
    """A copy of the practice file, with the scenario `stuck`."""
    rehearsal = Rehearsal(tmp_path / "practice.db")
    shutil.copyfile(practice_file, rehearsal.path)
    rehearsal.add("stuck", SCENARIO)
    return rehearsal


@pytest.fixture
def desk(rehearsal: Rehearsal) -> Iterator[PracticeDesk]:
    """The desk of a trainee."""
    with rehearsal.desk() as desk:
        yield desk


@pytest.fixture
def studio(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A practice file beside the office's, made when it is first asked for."""
    path = tmp_path / "practice.db"
    monkeypatch.setenv("WORKBENCH_PRACTICE", str(path))
    return Studio(path, office)
