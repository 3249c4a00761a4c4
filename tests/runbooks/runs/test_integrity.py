"""Looking for runs that are not what the events of their tickets tell."""

import pytest

from tests.support.offices import Office
from workbench.runbooks.runs.integrity import faults
from workbench.runbooks.runs.model import Did
from workbench.runbooks.runs.service import RunService


@pytest.fixture
def used(office: Office, runs: RunService, ticket: int) -> Office:
    """A run with a bit of everything, one without a ticket, and one whose step was taken back."""
    run = runs.note(runs.step(runs.begin("vpn", ticket), Did.FAILED), 3, "x")
    runs.end(runs.back(run), Did.NOT_FIXED)
    runs.end(runs.step(runs.begin("vpn"), Did.DONE), Did.LEFT)
    runs.step(runs.begin("vpn", ticket), Did.DONE)
    office.desk().tickets.undo()
    return office


def test_what_the_service_writes_is_sound(used: Office) -> None:
    assert list(faults(used.desk().database)) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE run_act SET did = 'done' WHERE did = 'failed'", "run 1 is not what the events of #1001"),
        ("UPDATE run_act SET step = 2 WHERE did = 'failed'", "run 1 is not"),
        ("UPDATE run_act SET who = 'ravi' WHERE did = 'not_fixed'", "run 1 is not"),
        ("UPDATE run_act SET event_seq = 99 WHERE did = 'not_fixed'", "run 1 is not"),
        ("UPDATE run_act SET event_seq = NULL WHERE did = 'not_fixed'", "run 1 is not"),
        ("UPDATE run_act SET at = '2026-03-02T10:00:01Z' WHERE run = 3", "run 3 is not"),
        ("DELETE FROM run_act WHERE run = 3 AND seq = 2", "#1001 has events of a run that is not there"),
        ("DELETE FROM run_act WHERE run = 2", "run 2 has not even begun"),
    ],
)
def test_each_fault_is_named(used: Office, change: str, found: str) -> None:
    database = used.desk().database
    with database.transaction():
        assert database.execute(change) > 0
    assert found in "\n".join(faults(database))
