"""What every test may ask for."""

import gc
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["TEXTUAL_FPS"] = "1000"  # read once, by the first import of Textual: no test is to wait for a frame

from tests.practice.rehearsals import make_practice_file
from tests.support.busy import make_busy
from tests.support.offices import Office, copied, make_file
from workbench.database import Database

# A test of screens makes objects by the hundred thousand, which all are reachable; to look for others among them after
# every 700, as Python does, takes over a quarter of the time of such a test.
gc.set_threshold(50_000)

# A busy machine is no failure, and what passed once passes again.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

_HOMES = count()


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing of the machine's own reaches a test, and nothing that a test does reaches the files of its owner."""
    for name in ("WORKBENCH_DB", "WORKBENCH_PRACTICE", "WORKBENCH_USER", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path_factory.getbasetemp() / f"home-{next(_HOMES)}"
    for place in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{place}_HOME", str(home / place.lower()))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new and empty workbench file, closed at the end."""
    opened = Database.create(tmp_path / "workbench.db")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the setup and no tickets, to be copied."""
    return make_file(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(office_file: Path, tmp_path: Path) -> Iterator[Office]:
    """A fresh help desk without tickets."""
    made = Office(copied(office_file, tmp_path))
    yield made
    made.close()


@pytest.fixture
def busy(office: Office) -> Office:
    """A help desk in the middle of its day."""
    make_busy(office)
    return office


@pytest.fixture(scope="session")
def practice_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice file as it is made; never to be written."""
    return make_practice_file(tmp_path_factory.mktemp("practice"))
