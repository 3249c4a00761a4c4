"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from workbench.database import Database

# A busy machine is no failure, and what passed once passes again.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new and empty workbench file, closed at the end."""
    opened = Database.create(tmp_path / "workbench.db")
    yield opened
    opened.close()
