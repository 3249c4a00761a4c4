"""All figures of a period beside the same by SQL over the events, their memory, and working every projection out anew.

With a log (`--log FILE`, in the shape of the BPI Challenge 2013) every figure that it tells is compared with plain
Python over its rows.
"""

import json
import resource
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks import beside, million
from benchmarks.million import MOMENT, WHO
from benchmarks.table import Result, interleaved, limit, ratio
from tests.reports.plain import rounded
from tests.reports.plain_log import log_figures
from workbench.clock import FixedClock, SystemClock, iso
from workbench.database import Database
from workbench.desk import Desk
from workbench.intake.profile import load_profile
from workbench.reports.model import Period
from workbench.tickets.model import Event
from workbench.tickets.vocabulary import Kind

OLDER: Final = 50_000
"""Tickets of the file that is from before there were reports."""
_YEAR: Final = 365 * 86_400
_MONTH: Final = Period(MOMENT - timedelta(days=30), MOMENT)
_PEOPLE: Final = {"frontline": "maya", "evenings": "noor", "second-line": "ada", "engineering": "tove"}
_TIERS: Final = {"frontline": "L1", "evenings": "L1", "second-line": "L2", "engineering": "L3"}

_BY_EVENTS: Final = """
    WITH told AS (
        SELECT ticket_id, seq, at, kind, after ->> 'tier' AS tier, after ->> 'team' AS team, after ->> 'state' AS state
        FROM event WHERE at < :to
    ), whole AS (
        SELECT ticket_id, min(at) AS opened_at, max(at) AS touched_at,
            max(at) FILTER (WHERE state = 'resolved') AS resolved_at,
            max(seq) FILTER (WHERE state IN ('resolved', 'closed')) AS ended,
            max(seq) FILTER (WHERE state IN ('new', 'open', 'waiting')) AS begun,
            max(tier = 'L1') AS l1, max(tier = 'L2') AS l2, max(tier = 'L3') AS l3, count(team) - 1 AS hops,
            count(*) FILTER (WHERE kind = 'reopened') AS reopens
        FROM told GROUP BY ticket_id
    ), done AS (
        SELECT *, strftime('%s', resolved_at) - strftime('%s', opened_at) AS elapsed_s FROM whole
        WHERE ended > begun AND resolved_at >= :from
    )
    SELECT count(*), sum(l2 IS NOT 1 AND l3 IS NOT 1), sum(l1 AND (l2 OR l3)), sum(l2 AND l3), sum(l3), avg(elapsed_s),
        sum(hops), sum(reopens > 0),
        (SELECT count(*) FROM whole WHERE begun > coalesce(ended, 0) AND opened_at <= :old),
        (SELECT elapsed_s FROM done ORDER BY elapsed_s LIMIT 1 OFFSET (SELECT count(*) / 2 FROM done))
    FROM done
"""
"""Most of the figures, roughly: ways back down, first responses and people are left out, which is to its advantage."""


def measure(tickets: int, log: Path | None) -> Iterator[Result]:
    """The table's rows."""
    if log is not None:
        yield from _compared(log)
    path = _file(tickets)
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        events = desk.database.value("SELECT count(*) FROM event")
        desk.reports.figures(_MONTH)
        before = _megabytes()
        took = statistics.median(_seconds(lambda: desk.reports.figures(_MONTH)) for _ in range(5))
        year = _seconds(lambda: desk.reports.figures(Period(MOMENT - timedelta(days=365), MOMENT)))
        page = _seconds(lambda: desk.reports.report(_MONTH))
        diagnosis = _seconds(lambda: desk.reports.diagnosis(_MONTH))
        grown = _megabytes()
        values = {"from": iso(_MONTH.start), "to": iso(_MONTH.end), "old": iso(MOMENT - timedelta(days=90))}
        by_events = _seconds(lambda: desk.database.rows(_BY_EVENTS, values))
        what = f"all figures of a month, {tickets:,} tickets with {events:,} events"
        yield Result(what, f"{took:.3g} s", "< 1 s", took < 1)
        found = took / by_events
        yield Result(f"{what} / by SQL over the events", f"{found:.2g} × of {by_events:.3g} s", "≤ 0.1 ×", found <= 0.1)
        yield Result("all figures of the whole year", f"{year:.3g} s")
        yield Result("the whole report, twelve weeks and the month before", f"{page:.3g} s")
        yield Result("the diagnosis of a month", f"{diagnosis:.3g} s")
        yield limit(f"memory at most ({before:,.0f} MB before the year)", grown, 300, "MB")
    yield from beside.measure(path, million.file(OLDER))
    yield _anew(tickets)


def _compared(log: Path) -> Iterator[Result]:
    path = million.folder() / "log.db"
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    Database.create(path).close()
    with Desk.open(path, SystemClock(), WHO) as desk:
        desk.organisation.begin("Help desk", WHO)
        desk.intake.import_log(log, load_profile("bpic2013"))
        last = datetime.fromisoformat(desk.database.value("SELECT max(at) FROM event")) + timedelta(seconds=1)
        for days in (30, 365, 2_000):
            period = Period(last - timedelta(days=days), last.astimezone(UTC))
            cases, plain = log_figures(log, *period)
            found = {figure.name: figure[1:] for figure in desk.reports.figures(period)}
            alike = sum(rounded(plain)[name] == rounded(found)[name] for name in plain)
            what = f"figures of {days} days that plain Python over the {cases:,} cases of the log gives too"
            yield Result(what, f"{alike} of {len(plain)}", "all", alike == len(plain))


def _anew(tickets: int) -> Result:
    """On a copy: rewrites every row beside a bare loop that reads every event and what it changed."""
    path = million.folder() / f"anew-{tickets}.db"
    path.write_bytes(_file(tickets).read_bytes())
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:

        def bare() -> None:
            for row in desk.database.connection.execute("SELECT * FROM event ORDER BY ticket_id, seq"):
                json.loads(row[8])

        loops, times = interleaved(3, bare, desk.tickets.reproject)
    path.unlink()
    return ratio("working every projection out anew / a bare loop over the events", times, loops, 3, "s")


def _file(tickets: int) -> Path:
    path = million.folder() / f"reports-{tickets}.db"
    if not path.exists():
        print(f"making a file of {tickets:,} tickets that were worked on (once)", flush=True)
        making = million.empty(path.with_suffix(".making"))
        with Desk.open(making, FixedClock(MOMENT), WHO) as desk:
            with desk.database.transaction(), desk.tickets.in_bulk():
                desk.tickets.record(_history(number, Random(number)) for number in range(tickets))
            desk.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        making.rename(path)
    return path


def _history(number: int, random: Random) -> list[Event]:
    """About six events: opened, taken, answered, maybe passed up or back, resolved, maybe reopened; few are open."""
    team = "frontline" if random.random() < 0.8 else random.choice(tuple(_TIERS))
    steps: list[tuple[Kind, dict[str, Any], bool]] = []
    for _ in range(random.choices((1, 2, 3), (75, 18, 7))[0]):
        steps += [
            (Kind.TAKEN, {"assignee": _PEOPLE[team], "state": "open"}, True),
            (Kind.COMMENTED, {}, True),
            (Kind.NOTED, {}, False),
        ]
        other = random.choice(tuple(_TIERS))
        if len(steps) > 3 and other != team:
            steps.append((Kind.MOVED, {"team": other, "tier": _TIERS[other], "assignee": None}, False))
            team = other
    if random.random() < 0.97:
        steps.append((Kind.RESOLVED, {"state": "resolved"}, True))
        if random.random() < 0.06:
            steps += [(Kind.REOPENED, {"state": "open"}, False), (Kind.RESOLVED, {"state": "resolved"}, True)]
    at = MOMENT - timedelta(seconds=random.randrange(_YEAR))
    return _told(number, random, at, steps)


def _told(number: int, random: Random, at: datetime, steps: list[tuple[Kind, dict[str, Any], bool]]) -> list[Event]:
    first = next((after for _, after, _ in steps if after.get("assignee")), {})
    team = next((team for team, person in _PEOPLE.items() if person == first.get("assignee")), "frontline")
    after = {
        "subject": million.words(random, 6),
        "state": "new",
        "team": team,
        "tier": _TIERS[team],
        "priority": random.choice(("P1", "P2", "P3", "P4")),
        "client": random.choice(("contoso", "fabrikam", "northwind", "acme")),
        "component": f"component-{random.randrange(300)}",
    }
    events = [Event(1, at, None, Kind.OPENED, public=True, after=after)]
    holder = team
    for seq, (kind, change, responds) in enumerate(steps, 2):
        at = min(MOMENT, at + timedelta(seconds=int(random.expovariate(1 / 20_000))))
        holder = change.get("team", holder)
        events.append(Event(seq, at, _PEOPLE[holder], kind, kind is Kind.COMMENTED, "", {}, change, responds))
    return events


def _seconds(act: Any) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _megabytes() -> float:
    """The most this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
