"""A help desk whose catalogue files are imported into."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.support.offices import Office
from workbench.intake.owners.service import Outcome

Import: TypeAlias = Callable[..., Outcome]


@pytest.fixture
def take(office: Office, tmp_path: Path) -> Import:
    """Imports a text as a file of that name, as maya."""

    def taken(text: str, name: str = "catalog.yaml", who: str = "maya", **options: Any) -> Outcome:
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return office.desk(who).catalogue_intake.run(path, **options)

    return taken
