"""Readings that are given up."""

import pytest

from workbench.database import Database
from workbench.database.patience import giving_up
from workbench.errors import Interrupted

LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) SELECT count(*) FROM n"


def test_a_reading_ends_when_nobody_wants_it_any_more(database: Database) -> None:
    asked = iter([False, False, True])
    with pytest.raises(Interrupted, match="interrupted"), giving_up(database, lambda: next(asked)):
        database.value(LONG)
    assert database.value("SELECT 1") == 1


def test_a_reading_that_is_wanted_goes_on(database: Database) -> None:
    with giving_up(database, lambda: False):
        assert database.value(LONG.replace("00000000", "0000")) == 10_000
