"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new and empty workbench file, closed at the end."""
    opened = Database.create(tmp_path / "workbench.db")
    yield opened
    opened.close()
