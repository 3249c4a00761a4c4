"""A file for practice, and that neither it nor a live one is taken for the other."""

from contextlib import closing
from pathlib import Path

import pytest

from workbench.database import Database
from workbench.database.restore import restore
from workbench.errors import NotAWorkbench


def test_a_practice_file_is_refused_as_a_live_one_and_the_other_way_round(tmp_path: Path) -> None:
    live, practice = tmp_path / "live.db", tmp_path / "practice.db"
    Database.create(live).close()
    Database.create(practice, practice=True).close()
    before = live.read_bytes(), practice.read_bytes()
    with pytest.raises(NotAWorkbench, match=r"practice file.*--practice"):
        Database.open(practice)
    with pytest.raises(NotAWorkbench, match="live workbench"):
        Database.open(live, practice=True)
    assert (live.read_bytes(), practice.read_bytes()) == before
    Database.open(live).close()
    with closing(Database.open(practice, practice=True)) as database:
        assert database.check() == []


def test_neither_is_put_in_the_place_of_the_other(tmp_path: Path) -> None:
    live, practice = tmp_path / "live.db", tmp_path / "practice.db"
    Database.create(live).close()
    Database.create(practice, practice=True).close()
    for source, target in ((practice, live), (live, practice)):
        with pytest.raises(NotAWorkbench):
            restore(source, target)


def test_a_backup_of_a_practice_file_is_one_too(tmp_path: Path) -> None:
    with closing(Database.create(tmp_path / "practice.db", practice=True)) as database:
        database.backup(tmp_path / "copy.db")
    Database.open(tmp_path / "copy.db", practice=True).close()
