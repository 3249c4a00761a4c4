"""When the acts of a run happen that no ticket's timeline tells of."""

from datetime import timedelta

import pytest

from tests.support.offices import START, Office
from workbench.clock import SystemClock
from workbench.desk import Desk
from workbench.errors import Refused
from workbench.runbooks.runs.model import Did


def test_no_act_comes_before_the_last_one(office: Office, ticket: int) -> None:
    runs = office.desk().runs
    run = runs.begin("vpn")
    office.pass_time(hours=-1)
    with pytest.raises(Refused, match=r"the run last went on at 2026-03-02T10:00:00Z, after .*; write at a later"):
        runs.step(run, Did.DONE)
    office.pass_time(hours=1)
    assert runs.step(run, Did.DONE).acts[-1].at == START


def test_while_the_machines_clock_is_behind_time_stands_still(office: Office, ticket: int) -> None:
    office.clock.at = SystemClock().now() + timedelta(days=1)
    run = office.desk().runs.begin("vpn")
    with Desk.open(office.path, SystemClock(), "ravi") as behind:
        assert behind.runs.step(run, Did.DONE).acts[-1].at == office.clock.at
