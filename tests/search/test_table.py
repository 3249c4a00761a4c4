"""Words that no text of a table has are told for what they may be a slip of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.offices import HOSTILE
from workbench.database import Database
from workbench.search.table import TableWords

TEXTS = (
    "The printer jams",
    "checkout fails",
    "A new password for the painter",
    "synchronisation of calendars",
    "Größe",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> TableWords:
    """The words of a few texts."""
    database = Database.create(tmp_path_factory.mktemp("table") / "workbench.db")
    with database.transaction():
        database.execute("CREATE VIRTUAL TABLE texts USING fts5 (text, detail='none', tokenize='unicode61')")
        database.execute_many("INSERT INTO texts (text) VALUES (?)", [(text,) for text in TEXTS])
    return TableWords(database, "texts")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("prnter", "printer"),  # a letter too few
        ("priinter", "printer"),  # too many
        ("prinzer", "printer"),  # another
        ("pritner", "printer"),  # swapped
        ("orinter", "printer"),  # the first
        ("PRNTER", "printer"),
        ("pinter", "painter"),  # of two the newer one
        ("synchornisatoin", "synchronisation"),  # two in a long word
        ("syncronisaton", "synchronisation"),
        ("calendr", None),  # not yet a word
        ("calenda", None),  # the beginning of one
        ("jams", None),  # one
        ("jms", None),  # too short to tell
        ("prnte1", None),  # no word
        ("zebra", None),  # near nothing
        ("x" * 500, None),
    ],
)
def test_says_what_was_meant(told: TableWords, typed: str, meant: str | None) -> None:
    assert told.meant(typed) == meant


@given(st.text(max_size=30))
def test_no_text_raises(told: TableWords, typed: str) -> None:
    assert told.meant(typed) != typed


def test_hostile_texts_mean_nothing(told: TableWords) -> None:
    assert [told.meant(text) for text in HOSTILE] == [None] * len(HOSTILE)
