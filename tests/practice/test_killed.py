"""kill -9 in the middle of a shift: it is taken up where it stood, nothing is lost and nothing comes twice."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.practice.rehearsals import TODAY, Rehearsal
from workbench.clock import FixedClock, stored
from workbench.practice.session import SessionKind
from workbench.practice_desk import PracticeDesk

ROOT = Path(__file__).parents[2]
SEED = 7
LENGTH = timedelta(hours=3)

SHIFT = """
import sys
from datetime import timedelta
from pathlib import Path
from workbench.clock import SystemClock, iso
from workbench.practice.session import SessionKind
from workbench.practice_desk import PracticeDesk

with PracticeDesk.practise(Path(sys.argv[1]), SystemClock(), "zoe") as desk:
    if desk.practice.going() is None:
        desk.practice.begin(SessionKind.SHIFT, "L1", seed=int(sys.argv[2]), speed=60)
    while True:
        desk.practice.tick(timedelta(seconds=20))
        print(iso(desk.now()), flush=True)
"""


def killed(path: Path, lines: int) -> str:
    """Works on the shift in a process of its own, and kills it in the middle of its work; what it told last."""
    with subprocess.Popen(
        [sys.executable, "-c", SHIFT, str(path), str(SEED)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        for _ in range(lines):
            last = process.stdout.readline().strip()
        os.kill(process.pid, signal.SIGKILL)
        process.wait(20)
    return last


def told(desk: PracticeDesk) -> list[tuple[timedelta, str, str]]:
    """Everything that has come about in the session, by its clock."""
    session = desk.practice.status().session
    events = desk.database.rows(
        "SELECT event.at, kind, text FROM event JOIN ticket ON ticket.id = ticket_id ORDER BY ticket_id, seq"
    )
    return sorted((stored(at) - session.started_at, kind, text) for at, kind, text in events)


def test_a_killed_shift_goes_on_where_it_stood(rehearsal: Rehearsal, tmp_path: Path) -> None:
    for lines in (3, 60, 120):
        last = killed(rehearsal.path, lines)
        with rehearsal.desk() as desk:
            session = desk.practice.status().session
            assert session.ended_at is None
            assert stored(last) <= desk.now() < stored(last) + timedelta(hours=1)
            assert desk.database.check() == []
    with rehearsal.desk() as desk:
        desk.practice.tick(desk.practice.status().session.started_at + LENGTH - desk.now())
        interrupted = told(desk)
    other = Rehearsal(tmp_path / "whole" / "practice.db")
    other.path.parent.mkdir()
    other.add("stuck", (rehearsal.path.parent / "scenarios" / "stuck.md").read_bytes())
    with PracticeDesk.practise(other.path, FixedClock(TODAY), "zoe") as desk:
        desk.practice.begin(SessionKind.SHIFT, "L1", seed=SEED)
        desk.practice.tick(LENGTH)
        assert told(desk) == interrupted


def test_several_that_start_at_once_furnish_the_file_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from workbench.clock import SystemClock;"
        "from workbench.practice_desk import PracticeDesk;"
        "PracticeDesk.practise(Path(sys.argv[1]), SystemClock(), 'zoe').close()"
    )
    path = tmp_path / "practice.db"
    starts = [subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=ROOT) for _ in range(4)]
    assert [start.wait(60) for start in starts] == [0, 0, 0, 0]
    with PracticeDesk.practise(path, FixedClock(TODAY), "zoe") as desk:
        assert len(desk.runbooks.entries()) == len({entry.title for entry in desk.runbooks.entries()})
        assert [problem.title for problem in desk.problems.all()]
        assert desk.tickets.store.count() == 0
        assert desk.database.check() == []
