"""The sample, built once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.sample.generator import ACTING, MOMENT, build


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as the generator builds it; not to be written to."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    build(path)
    return path


@pytest.fixture
def sample(built: Path) -> Iterator[Desk]:
    """Its desk at its moment."""
    with Desk.open(built, FixedClock(MOMENT), ACTING) as opened:
        yield opened
