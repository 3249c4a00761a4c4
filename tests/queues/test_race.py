"""Twenty processes that take the next ticket at once never get the same one."""

import subprocess
import sys

from tests.support.offices import PEOPLE, Office

PROCESSES = 20
TICKETS = 60

TAKER = """
import sys
from pathlib import Path
from workbench.clock import SystemClock
from workbench.desk import Desk
from workbench.errors import Refused

with Desk.open(Path(sys.argv[1]), SystemClock(), sys.argv[2]) as desk:
    print("ready", flush=True)
    sys.stdin.readline()
    while True:
        try:
            print(desk.queues.take_next("L1").ref, flush=True)
        except Refused as error:
            assert "nothing to take in L1" in str(error), error
            break
"""


def test_no_ticket_is_given_twice(office: Office) -> None:
    for _ in range(TICKETS):
        office.open()
    takers = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", TAKER, str(office.path), PEOPLE[number % len(PEOPLE)]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    for taker in takers:
        assert taker.stdout is not None
        assert taker.stdout.readline() == "ready\n"
    ends = _started(takers)
    taken = [int(ref) for told, _ in ends for ref in told.split()]
    assert [words for _, words in ends] == [""] * PROCESSES
    assert [taker.returncode for taker in takers] == [0] * PROCESSES
    assert sorted(taken) == list(range(1001, 1001 + TICKETS))
    have = office.desk().database.rows("SELECT id, assignee FROM ticket WHERE assignee IS NOT NULL")
    assert len(have) == TICKETS


def _started(takers: list[subprocess.Popen[str]]) -> list[tuple[str, str]]:
    """All go at once; what each said."""
    for taker in takers:
        assert taker.stdin is not None
        taker.stdin.write("go\n")
        taker.stdin.flush()
    return [taker.communicate() for taker in takers]
