"""A practice file for tests, with a scenario of its own, and a clock that a test moves on."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.support.offices import HOSTILE
from workbench.clock import FixedClock
from workbench.practice_desk import PracticeDesk

TODAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
"""A Saturday, so that the first session is on the Monday after."""
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

HARMFUL = " ".join(HOSTILE[:-1])
"""Everything that is harmful anywhere; files of text cannot hold a lone surrogate."""

SCENARIO = f"""---
title: "A stuck [/b] queue"
level: L1
skills: [triage, runbook, communication]
client: kessel-moor
contact: "Ute [web01] Harm"
impact: team
urgency: blocked
said: {{ impact: one, urgency: hampered }}
ending: resolved
component: lan
runbook: checkout-5xx
within: 30m
told:
  that it prints again: [prints again]
---
# {HARMFUL}
{HARMFUL}
- and a list
## Asked: wording, message
It says [@click=app.quit]boo[/].
## Asked: since
Since nine.
## Step: checkout-5xx 1
[2J spooler stopped
## After 10m: reply
Hello?
## After 10m: call
Nothing prints on [/] the second floor
Not one page.
## After 12m: alert
spooler down for 10 minutes
## Hint
Look at the queue.
## Hint
Is it only one?
## Debrief
The queue was stuck.
## Key
take
"""


class Rehearsal:
    """One practice file, whose desks go by the seconds that the test sets."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds = 0.0

    @contextmanager
    def desk(self, who: str = "zoe") -> Iterator[PracticeDesk]:
        """The program, from its start to its end."""
        with PracticeDesk.practise(self.path, FixedClock(TODAY), who, lambda: self.seconds) as desk:
            yield desk

    def fork(self, name: str) -> "Rehearsal":
        """Another one that goes on from here, as if the program had been ended at this moment."""
        fork = Rehearsal(self.path.with_name(f"{name}.db"))
        for ending in ("", "-wal"):
            if (left := Path(f"{self.path}{ending}")).exists():
                shutil.copyfile(left, f"{fork.path}{ending}")
        fork.seconds = self.seconds
        return fork

    def add(self, name: str, text: str | bytes) -> Path:
        """Puts a scenario of its own beside the file."""
        folder = self.path.parent / "scenarios"
        folder.mkdir(exist_ok=True)
        file = folder / f"{name}.md"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file


def make_practice_file(folder: Path) -> Path:
    """A practice file as it is made."""
    path = folder / "practice.db"
    PracticeDesk.practise(path, FixedClock(TODAY), "zoe").close()
    return path
