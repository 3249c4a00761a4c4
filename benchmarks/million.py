"""Workbench files of a given size to measure with, written through the services and kept between runs.

Of the tickets 85 % stand in L1 unresolved, so that its list is nearly as long as the file; the others stand in L2 and
L3, wait with and without a wake-up (a few of them past), were bounced, or are closed. Ages are such that every stage
is well filled.
"""

import hashlib
import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from workbench.clock import FixedClock, iso
from workbench.database import Database
from workbench.database.file import SCHEMA_VERSION
from workbench.desk import Desk
from workbench.migrations import tickets
from workbench.tickets.model import Event
from workbench.tickets.vocabulary import Kind

MOMENT: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""The moment at which the files are looked at."""
WHO: Final = "maya"

_SETUP: Final = """
name = "Northwind"
tier = [
    {name = "L1", title = "First line", respond = "8h", resolve = "240h"},
    {name = "L2", title = "Second line", respond = "24h", resolve = "480h"},
    {name = "L3", title = "Engineering", respond = "24h", resolve = "960h", update = "240h"},
]
team = [
    {slug = "frontline", name = "First line", tier = "L1", people = ["maya", "ravi", "sam"]},
    {slug = "evenings", name = "Evenings", tier = "L1", people = ["noor", "kim"]},
    {slug = "second-line", name = "Second line", tier = "L2", people = ["ada"]},
    {slug = "engineering", name = "Engineering", tier = "L3", people = ["tove"]},
]
person = [
    {login = "maya", name = "Maya"}, {login = "ravi", name = "Ravi"}, {login = "sam", name = "Sam"},
    {login = "noor", name = "Noor"}, {login = "kim", name = "Kim"}, {login = "ada", name = "Ada"},
    {login = "tove", name = "Tove"},
]
client = [
    {slug = "contoso", name = "Contoso"}, {slug = "fabrikam", name = "Fabrikam"},
    {slug = "northwind", name = "Northwind"}, {slug = "acme", name = "Acme"},
]
"""

_TALK: Final = (
    "vpn printer mailbox login slow error share folder invoice export laptop screen password reset update phone call"
    " network switch server backup disk full report access denied client app crash sync calendar"
)
_WORDS: Final = _TALK.split()
_CONTACTS: Final = ("Dana Reyes", "Sam Ortiz", "Kim Lee", "Ada Byron")
_PEOPLE: Final = {
    "frontline": ("maya", "ravi", "sam"),
    "evenings": ("noor", "kim"),
    "second-line": ("ada",),
    "engineering": ("tove",),
}
_TIERS: Final = {"frontline": "L1", "evenings": "L1", "second-line": "L2", "engineering": "L3"}


def file(tickets: int) -> Path:
    """The file with so many tickets; made where this schema has none yet. It is not to be written: see `copy`."""
    path = folder() / f"{tickets}.db"
    if not path.exists():
        print(f"making a file of {tickets:,} tickets (once)", flush=True)
        making = path.with_suffix(".making")
        for old in path.parent.glob(f"{making.name}*"):
            old.unlink()
        _make(making, tickets)
        making.rename(path)
    return path


def copy(tickets: int, name: str) -> Path:
    """A copy of that file, to be written; it replaces an earlier one of that name."""
    path = folder() / f"{name}-{tickets}.db"
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    shutil.copyfile(file(tickets), path)
    return path


def folder() -> Path:
    """Where files of this schema are kept."""
    made_by = "".join(tickets.STATEMENTS) + Path(__file__).read_text("utf-8")
    key = f"{SCHEMA_VERSION}-{hashlib.sha256(made_by.encode()).hexdigest()[:12]}"
    path = Path(tempfile.gettempdir()) / f"workbench-benchmarks-{key}"
    path.mkdir(exist_ok=True)
    return path


def environment() -> dict[str, str]:
    """Surroundings for a process in which compiled modules are kept, as those of an installed program are."""
    cache = {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "workbench-benchmarks-compiled")}
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | cache


def empty(path: Path) -> Path:
    """A new file at that path with the same organisation and no ticket."""
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    Database.create(path).close()
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        desk.organisation.apply(_SETUP, "benchmarks")
    return path


def words(random: Random, number: int) -> str:
    """So many words as tickets have them."""
    return " ".join(random.choices(_WORDS, k=number))


def _make(path: Path, tickets: int) -> None:
    with Desk.open(empty(path), FixedClock(MOMENT), WHO) as desk:
        with desk.database.transaction():
            desk.tickets.record(_history(number, Random(number)) for number in range(tickets))
        desk.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _history(number: int, random: Random) -> list[Event]:
    team = _team(random)
    opened = MOMENT - timedelta(seconds=60 + int(random.expovariate(1 / (9 * 86_400))))
    steps: list[tuple[Kind, dict[str, Any], bool]] = []
    who = random.choice(_PEOPLE[team])
    fate = random.random()
    if team != "frontline" and random.random() < 0.2:
        steps.append((Kind.MOVED, {"team": team, "tier": _TIERS[team]}, False))
    if fate < 0.7:
        steps.append((Kind.TAKEN, {"assignee": who, "state": "open"}, False))
    if fate < 0.3:
        steps.append((Kind.COMMENTED, {}, True))
    if fate < 0.12:
        steps.append((Kind.WAITED, {"state": "waiting", "waiting": _wait(random)}, False))
    if random.random() < 0.08:
        steps += [(Kind.RESOLVED, {"state": "resolved"}, True), (Kind.CLOSED, {"state": "closed"}, False)]
    bounced = random.random() < 0.03
    if bounced:
        away, home = {"team": "evenings", "tier": "L1"}, {"team": "frontline", "tier": "L1"}
        steps[:0] = [(Kind.MOVED, away, False), (Kind.MOVED, home, False)]
        team = "frontline"
    begins = "frontline" if bounced or (steps and steps[0][0] is Kind.MOVED) else team
    return _told(number, begins, opened, who, steps, random)


def _team(random: Random) -> str:
    return random.choices(tuple(_TIERS), (77, 15, 5, 3))[0]


def _wait(random: Random) -> dict[str, Any]:
    on = random.choice(("requester", "vendor", "change"))
    until = MOMENT + timedelta(seconds=random.randrange(-3 * 86_400, 30 * 86_400)) if random.random() < 0.5 else None
    return {"for": on, "reason": "asked for the log", "until": iso(until) if until else None}


def _told(
    number: int,
    team: str,
    opened: datetime,
    who: str,
    steps: list[tuple[Kind, dict[str, Any], bool]],
    random: Random,
) -> list[Event]:
    after: dict[str, Any] = {
        "subject": words(random, 6),
        "body": words(random, 20),
        "state": "new",
        "team": team,
        "tier": _TIERS[team],
        "priority": random.choice(("P1", "P2", "P3", "P3", "P3", "P4")),
        "impact": "one",
        "urgency": "hampered",
        "client": random.choice(("contoso", "fabrikam", "northwind", "acme")),
        "contact": random.choice(_CONTACTS),
        "external": f"INC{number:08d}",
    }
    events = [Event(1, opened, after["contact"], Kind.OPENED, public=True, text=after["body"], after=after)]
    left = (MOMENT - opened) / (len(steps) + 1)
    for seq, (kind, change, public) in enumerate(steps, 2):
        at = (events[-1].at + left * random.random()).replace(microsecond=0)
        text = "We are looking into it." if kind is Kind.COMMENTED else ""
        events.append(Event(seq, at, who, kind, public, text, {name: None for name in change}, change, public))
    return events
