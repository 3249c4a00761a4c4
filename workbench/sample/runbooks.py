"""The sample's library: the starter tree, some of it amended since, and the runs that its tickets tell of."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from workbench.database import Database
from workbench.desk import Desk
from workbench.runbooks.finding import FITS_WELL
from workbench.runbooks.model import Runbook
from workbench.sample.catalogue import at
from workbench.sample.runs import with_runs
from workbench.tickets.model import Event
from workbench.tickets.replay import replay

WRITTEN: Final = timedelta(days=180)
"""How long before the sample's moment the starter tree was brought in."""
SHARE: Final = 0.35
"""The share of the tickets with a fitting runbook on which somebody runs it."""

_WRITER: Final = "sunita"
_REVIEW: Final = re.compile(r"^review: (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_TIMES: Final = {
    "run": "began_at",
    "run_act": "at",
    "run_output": "at",
    "runbook_version": "at",
    "runbook": "changed_at",
}
"""Columns that hold when something happened."""


class Amendment(NamedTuple):
    """What somebody changed in a runbook so long ago: a review date that has gone since, and words after others."""

    slug: str
    ago: timedelta
    who: str
    review: str
    words: str
    after: str


AMENDED: Final = (
    Amendment(
        "vpn-drops",
        timedelta(days=75),
        "ravi",
        "2026-10-31",
        "Note the time of two drops to the minute.\n\n",
        "## Steps\n\n",
    ),
    Amendment(
        "mail-delayed",
        timedelta(days=110),
        "viktor",
        "2026-09-30",
        "Look at the provider's own status page first.\n\n",
        "## Steps\n\n",
    ),
    Amendment(
        "queue-stuck", timedelta(days=40), "maya", "2027-06-30", "Ask who else prints there.\n\n", "## Steps\n\n"
    ),
)
"""What was changed, the first two with a review date that has gone."""


def write(desk: Desk) -> None:
    """Brings the library in as it came to be, inside a transaction."""
    at(desk, WRITTEN, _WRITER).runbooks.import_starter()
    for each in sorted(AMENDED, key=lambda each: each.ago, reverse=True):
        text = desk.runbooks.get(each.slug).text
        reviewed = _REVIEW.sub(f"review: {each.review}", text)
        amended = reviewed.replace(each.after, each.words + each.after, 1)
        at(desk, each.ago, each.who).runbooks.change(each.slug, amended, 1)


def with_runs_of(desk: Desk, histories: Iterable[list[Event]]) -> Iterator[list[Event]]:
    """The histories with the runs of what fits; `desk.runs.record` writes those once the tickets are written."""
    terms, limits = desk.organisation.current().terms, desk.tickets.limits

    def fitting(opening: Event) -> Runbook | None:
        ticket = replay(0, [opening], terms, limits.close_after)
        best = next((each for each in desk.runbooks.fitting(ticket, limit=1) if each.score >= FITS_WELL), None)
        return _as_it_stood(desk, best.entry.slug, opening.at) if best else None

    return with_runs(histories, fitting, SHARE)


def _as_it_stood(desk: Desk, slug: str, then: datetime) -> Runbook:
    """The version that people could run at that moment."""
    written = (each.number for each in desk.runbooks.versions(slug) if each.at <= then)
    return desk.runbooks.get(slug, next(written, None))


def shift(database: Database, by: timedelta) -> None:
    """Moves everything that has happened in the library, and the days of review with it."""
    seconds = f"{int(by.total_seconds()):+d} seconds"
    for table, column in _TIMES.items():
        database.execute(f"UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%SZ', {column}, ?)", (seconds,))
    for slug, review in database.rows("SELECT slug, review_at FROM runbook WHERE review_at IS NOT NULL"):
        moved = (date.fromisoformat(review) + by).isoformat()
        database.execute("UPDATE runbook SET review_at = ? WHERE slug = ?", (moved, slug))
    for slug, version, text in database.rows("SELECT runbook, version, text FROM runbook_version"):
        moved = _REVIEW.sub(lambda found: f"review: {(date.fromisoformat(found[1]) + by).isoformat()}", text)
        database.execute(
            "UPDATE runbook_version SET text = ? WHERE runbook = ? AND version = ?", (moved, slug, version)
        )
