"""Opening a workbench file for somebody."""

from datetime import timedelta

import pytest

from tests.support.offices import START, Office
from workbench.database import Database
from workbench.errors import Damaged
from workbench.ownership.service import OwnershipService


def test_a_file_at_which_nobody_can_look_back_is_closed_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.open()
    closed: list[Database] = []
    close = Database.close

    def damaged(service: OwnershipService) -> None:
        raise Damaged("the catalogue cannot be read", "restore a backup")

    def noted(database: Database) -> None:
        closed.append(database)
        close(database)

    monkeypatch.setattr(OwnershipService, "look_back", damaged)
    monkeypatch.setattr(Database, "close", noted)
    with pytest.raises(Damaged):
        office.at(START - timedelta(hours=1))
    assert len(closed) == 1
