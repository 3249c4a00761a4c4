"""The demo's own copy of sample.db, moved in time so that its tickets are as fresh as on the day it shows."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

import platformdirs

from workbench.clock import FixedClock, iso, stored
from workbench.database import Database
from workbench.desk import Desk
from workbench.errors import NoSuchFile
from workbench.sample import catalogue, runbooks
from workbench.sample.generator import ACTING, MOMENT

KEPT: Final = timedelta(days=5)
"""How long an old copy stays: nobody leaves a demo open for longer."""

_RESPONSE_INSTANTS: Final = ("opened_at", "answered_at", "missed_at", "left_at")
_WEEK: Final = timedelta(weeks=1)
_MOVED: Final = "strftime('%Y-%m-%dT%H:%M:%SZ', {}, :by)"


def private_copy(now: datetime) -> Path:
    """A new copy for one start of the demo, as of `now`, in a folder of its own; old ones are cleared away.

    Raises NoSuchFile where the sample is missing from the installation.
    """
    shelf = platformdirs.user_cache_path("workbench") / "demo"
    shelf.mkdir(parents=True, exist_ok=True)
    path = Path(mkdtemp(dir=shelf)) / "sample.db"
    _clear(shelf, path.parent.stat().st_mtime)
    with _packaged() as sample:
        shutil.copyfile(sample, path)
    redate(path, now)
    return path


_TIMES: Final = {
    "handoff": ("sent_at", "ended_at"),
    "swarm": ("started_at", "closed_at"),
    "swarm_helper": ("joined_at", "left_at"),
    "problem": ("created_at", "expected_at", "fixed_at"),
    "problem_event": ("at",),
    "problem_match": ("at", "until"),
    "problem_link": ("at",),
}
"""Columns of the rooms above that hold when something happened, or is expected."""


def redate(path: Path, now: datetime) -> None:
    """Moves everything that has happened in a copy of the sample, so that its moment becomes `now`.

    Rotations move by whole weeks, so that they still change hands on Mondays; calendars stay, since their dates are
    real ones. The tickets' rows are worked out again from their events; how the clocks of ended stays came out is
    kept.
    """
    shift = now - MOMENT
    with Desk.open(path, FixedClock(now), ACTING) as desk, desk.database.transaction():
        _shift_events(desk.database, shift)
        _shift_times(desk.database, shift)
        catalogue.shift(desk.database, shift)
        runbooks.shift(desk.database, shift)
        _shift_rotations(desk.database, shift // _WEEK * _WEEK)
        desk.database.execute("UPDATE moment SET at = ?", (iso(now),))
        desk.tickets.reproject()


def _shift_events(database: Database, shift: timedelta) -> None:
    seconds = f"{int(shift.total_seconds()):+d} seconds"
    database.execute(f"UPDATE event SET at = {_MOVED.format('at')}", {"by": seconds})
    database.execute(
        f"UPDATE stay SET entered_at = {_MOVED.format('entered_at')}, left_at = {_MOVED.format('left_at')}",
        {"by": seconds},
    )
    # How first responses went is kept as well, and when they were owed.
    responses = ", ".join(f"{column} = {_MOVED.format(column)}" for column in _RESPONSE_INSTANTS)
    database.execute(f"UPDATE first_response SET {responses}", {"by": seconds})
    waits = database.rows(
        "SELECT before, after, ticket_id, seq FROM event WHERE before LIKE '%\"until\"%' OR after LIKE '%\"until\"%'"
    )
    database.execute_many(
        "UPDATE event SET before = ?, after = ? WHERE ticket_id = ? AND seq = ?",
        [(_shifted(before, shift), _shifted(after, shift), ref, seq) for before, after, ref, seq in waits],
    )


def _shift_times(database: Database, shift: timedelta) -> None:
    seconds = f"{int(shift.total_seconds()):+d} seconds"
    for table, columns in _TIMES.items():
        moved = ", ".join(f"{column} = {_MOVED.format(column)}" for column in columns)
        database.execute(f"UPDATE {table} SET {moved}", {"by": seconds})


def _shifted(fields: str, shift: timedelta) -> str:
    """An event's fields with the wake-up moved, if there is one."""
    told: dict[str, Any] = json.loads(fields)
    waiting = told.get("waiting")
    if waiting and waiting["until"]:
        waiting["until"] = iso(stored(waiting["until"]) + shift)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _shift_rotations(database: Database, shift: timedelta) -> None:
    for slug, start in database.rows("SELECT slug, rotation_start FROM team WHERE rotation_start IS NOT NULL"):
        moved = datetime.fromisoformat(start) + shift
        database.execute("UPDATE team SET rotation_start = ? WHERE slug = ?", (moved.isoformat(), slug))


@contextmanager
def _packaged() -> Iterator[Path]:
    """The sample as it was installed: in the package, or at the top of the repository that runs in place."""
    inside = resources.files("workbench.sample").joinpath("sample.db")
    with resources.as_file(inside) as installed:
        for sample in (installed, Path(__file__).parents[2] / "sample.db"):
            if sample.is_file():
                yield sample
                return
    raise NoSuchFile("sample.db is missing from this installation", "`python -m workbench.sample FILE` builds one")


def _clear(shelf: Path, present: float) -> None:
    """Removes copies that nobody has touched for long; `present` is the file system's own time, as files have it."""
    for folder in shelf.iterdir():
        with suppress(OSError):  # another start of the demo clears it at the same time
            touched = max(file.stat().st_mtime for file in (folder, *folder.iterdir()))
            if present - touched > KEPT.total_seconds():
                shutil.rmtree(folder, ignore_errors=True)
