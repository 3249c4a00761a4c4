"""Looking for what the tickets' tables should not say."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workbench.clock import FixedClock
from workbench.database import Database
from workbench.database.sqlite import connect
from workbench.desk import Desk
from workbench.tickets.integrity import faults
from workbench.tickets.model import NewTicket
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import WaitingFor

NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Iterator[Desk]:
    """Three tickets with some history, the last one resolved."""
    clock = FixedClock(NINE)
    with Desk(database, clock, "maya") as desk:
        desk.organisation.begin("Northwind", "maya")
        for number in range(3):
            desk.tickets.open(NewTicket(f"Ticket {number}", tags=("a",)))
            clock.at += timedelta(minutes=5)
        desk.tickets.move(1001, "second-line", "theirs")
        desk.tickets.take(1001)
        desk.tickets.wait(1002, WaitingFor.VENDOR, "carrier", clock.at + timedelta(hours=1))
        clock.at += timedelta(hours=3)
        desk.tickets.note(1001, "looked at it")
        desk.tickets.undo()
        desk.tickets.resolve(1003)
        yield desk


def _faults(desk: Desk) -> list[str]:
    return list(faults(desk.database, desk.organisation.current(), desk.tickets.limits, lambda done, total: None))


def test_what_the_services_write_is_sound(desk: Desk) -> None:
    assert _faults(desk) == []


def test_an_older_file_knows_again_since_when_the_requesters_of_reopened_tickets_wait(
    desk: Desk, tmp_path: Path
) -> None:
    desk.tickets.reopen(1003, "not so")  # whose opening nobody has answered
    for ref, answer in ((1001, "We look."), (1002, "We look.")):
        desk.tickets.comment(ref, answer)
        desk.tickets.reply(ref, "And?")
        desk.tickets.resolve(ref, Resolution("worn out", "replaced", one_off="a single one"))
        desk.tickets.reopen(ref, "not so")
    desk.tickets.comment(1002, "It is on its way.")
    known = desk.database.rows("SELECT id, unanswered_since FROM ticket")
    assert [since is None for _, since in known] == [False, True, False]
    before = tmp_path / "before.db"
    desk.database.backup(before)
    with closing(connect(before)) as connection:
        connection.execute("UPDATE ticket SET unanswered_since = CASE id WHEN 1003 THEN touched_at END")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm013_reopened'")
        connection.execute("PRAGMA user_version = 12")
    with Desk.open(before, desk.clock, "maya") as later:
        assert later.database.rows("SELECT id, unanswered_since FROM ticket") == known
        assert _faults(later) == []


def test_progress_ends_with_all_tickets(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    organisation, limits = desk.organisation.current(), desk.tickets.limits
    list(faults(desk.database, organisation, limits, lambda done, total: told.append((done, total))))
    assert told[-1] == (3, 3)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            "UPDATE ticket SET subject = 'x' WHERE id = 1001",
            "the row of #1001 is not what its events make of it (subject)",
        ),
        ("UPDATE ticket SET due_at = '2027-01-01T00:00:00Z' WHERE id = 1001", "(due_at)"),
        ("UPDATE ticket SET resolved_at = NULL WHERE id = 1003", "(resolved_at)"),
        ("UPDATE stay SET team = 'frontline' WHERE ticket_id = 1001", "(stays)"),
        ("DELETE FROM stay WHERE ticket_id = 1002", "#1002 is not what its events make of it (stays)"),
        ("UPDATE event SET seq = 9 WHERE ticket_id = 1001 AND seq = 2", "#1001 are not numbered one after the other"),
        ("UPDATE event SET after = '[' WHERE ticket_id = 1001 AND seq = 1", "#1001 has an event that cannot be read"),
        ("UPDATE event SET after = '{}' WHERE ticket_id = 1001 AND seq = 1", "#1001 has an event that cannot be read"),
        ("UPDATE event SET at = 'noon' WHERE ticket_id = 1001 AND seq = 1", "#1001 has an event that cannot be read"),
        ("DELETE FROM event WHERE ticket_id = 1002", "#1002 has no events"),
        ("UPDATE tally SET tickets = tickets + 1 WHERE team = 'second-line' AND tickets > 0", "where there are 1"),
        ("UPDATE ticket SET counted = 'aging/' WHERE id = 1002", "#1002 is counted among tickets of another stage"),
        ("UPDATE sqlite_sequence SET seq = 1001 WHERE name = 'ticket'", "would get the number 1002"),
    ],
)
def test_each_fault_is_named(desk: Desk, change: str, found: str) -> None:
    with desk.database.transaction():
        assert desk.database.execute(change) > 0
    assert found in "\n".join(_faults(desk))


def test_a_missing_ticket_is_missed(desk: Desk) -> None:
    desk.database.connection.execute("PRAGMA foreign_keys = OFF")
    with desk.database.transaction():
        desk.database.execute("DELETE FROM ticket WHERE id = 1002")
    told = _faults(desk)
    assert "of the tickets #1001 to #1003 only 2 are there" in told
    assert "there are events of a ticket #1002, but no ticket" in told


def test_work_on_a_ticket_of_an_older_file_completes_what_reports_read_of_it(desk: Desk) -> None:
    desk.tickets.take(1002)
    with desk.database.transaction():
        for statement in ("DELETE FROM resolution", "DELETE FROM first_response", "UPDATE projection SET missing = 1"):
            desk.database.execute(statement)
    desk.tickets.resolve(1002)
    desk.tickets.reopen(1003, "again")
    desk.tickets.resolve(1003)
    desk.tickets.fill()
    assert _faults(desk) == []
    assert desk.database.value("SELECT missing FROM projection") == 0
