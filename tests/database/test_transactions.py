"""Reading and writing in one session: all or nothing, and mistakes told as what they are."""

import pytest

from tests.database.settings import save, saved
from workbench.database import Database
from workbench.database.sqlite import library
from workbench.errors import FileProblem


def test_a_transaction_saves_all_or_nothing(database: Database) -> None:
    save(database, "test-1", "test-2")
    with pytest.raises(KeyboardInterrupt):
        save(database, "test-3", then=KeyboardInterrupt)
    with pytest.raises(library.IntegrityError):
        save(database, "test-4", "test-1")
    assert saved(database) == {"test-1", "test-2"}


def test_many_rows_are_one_change(database: Database) -> None:
    rows = [("test-1", 1), ("test-2", 2), ("test-1", 3)]
    with database.transaction():
        database.execute_many("INSERT INTO setting VALUES (?, ?)", rows[:2])
    with pytest.raises(RuntimeError):
        database.execute_many("INSERT INTO setting VALUES (?, ?)", rows)
    assert saved(database) == {"test-1", "test-2"}


def test_a_transaction_inside_another_undoes_its_own_part(database: Database) -> None:
    with database.transaction():
        save(database, "test-1")
        with pytest.raises(ValueError):
            save(database, "test-2", then=ValueError)
        save(database, "test-3")
    assert saved(database) == {"test-1", "test-3"}


def test_a_broken_reference_found_at_the_end_saves_nothing(database: Database) -> None:
    with database.transaction():
        database.execute("CREATE TABLE parent (id TEXT PRIMARY KEY)")
        database.execute("CREATE TABLE child (p TEXT REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
        database.execute("CREATE TRIGGER lost AFTER INSERT ON setting BEGIN INSERT INTO child VALUES (new.key); END")
    with pytest.raises(library.IntegrityError):
        save(database, "test-1")
    with database.transaction():
        database.execute("DROP TRIGGER lost")
    save(database, "test-2")
    assert saved(database) == {"test-2"}


def test_a_change_outside_a_transaction_is_a_mistake_of_the_program(database: Database) -> None:
    with pytest.raises(RuntimeError):
        database.execute("DELETE FROM setting")
    with database.snapshot():
        with pytest.raises(RuntimeError):
            database.execute("DELETE FROM setting")
        with pytest.raises(RuntimeError):
            save(database, "test-1")
    assert saved(database) == set()


def test_a_mistake_in_a_statement_stays_what_it_is(database: Database) -> None:
    with pytest.raises(library.OperationalError, match="no such table"):
        database.rows("SELECT * FROM nowhere")


def test_one_flipped_byte_does_not_hide_the_rest(database: Database) -> None:
    assert database.value("SELECT CAST(x'4869FF21' AS TEXT)") == "Hi\N{REPLACEMENT CHARACTER}!"


def test_reading_gives_rows_a_row_and_a_value(database: Database) -> None:
    assert database.rows("VALUES (1, 'a'), (2, 'b')") == [(1, "a"), (2, "b")]
    assert database.row("SELECT 1, :x", {"x": "a"}) == (1, "a")
    assert database.value("SELECT ?", (5,)) == 5
    assert database.row("SELECT 1 WHERE 0") is None
    assert database.value("SELECT 1 WHERE 0") is None


def test_a_full_disk_saves_nothing_and_says_so(database: Database) -> None:
    pages = database.value("PRAGMA page_count")
    database.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(FileProblem, match="disk is full"):
        save(database, "test-1", value="x" * 100_000)
    save(database, "test-2")
    assert saved(database) == {"test-2"}


def test_an_interrupted_reading_says_so(database: Database) -> None:
    endless = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    database.connection.set_progress_handler(lambda: 1, 1000)
    with pytest.raises(FileProblem, match="interrupted"):
        database.value(endless)


def test_only_our_own_commits_leave_the_data_version_as_it_is(database: Database) -> None:
    other = Database.open(database.path)
    before = database.data_version()
    save(database, "test-1")
    assert database.data_version() == before
    save(other, "test-2")
    assert database.data_version() != before
    other.close()


def test_a_snapshot_sees_one_state(database: Database) -> None:
    other = Database.open(database.path)
    with database.snapshot():
        assert saved(database) == set()
        save(other, "test-1")
        with database.snapshot():
            assert saved(database) == set()
    assert saved(database) == {"test-1"}
    other.close()
