"""Similar tickets: how often the form shows another of the same problem, on the sample.

What belongs together is what people linked to one problem; the peer shows the newest tickets of the same component.
"""

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile

from benchmarks.table import Result
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.escalation.gathering import RECENT, SHOWN
from workbench.sample.generator import ACTING, MOMENT
from workbench.tickets.model import Ticket

_SAMPLE = Path(__file__).parents[1] / "sample.db"
_EVER = datetime.min.replace(tzinfo=UTC)


def measure() -> Iterator[Result]:
    """Of the tickets that share a problem with another, those that find one among their first five."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(copyfile(_SAMPLE, Path(folder, "sample.db")))
        with Desk.open(path, FixedClock(MOMENT), ACTING) as desk:
            groups = [[each.ref for each in desk.problems.linked(problem.number)] for problem in desk.problems.all()]
            whole = [group for group in groups if len(group) > 1]
            newest = _found(desk, whole, lambda ticket: _newest(desk, ticket))
            found = _found(desk, whole, lambda ticket: _like(desk, ticket, _EVER))
            verdict = (sum(found) / len(found), sum(newest) / len(newest))
            told = f"{sum(found)} of {len(found)} / {sum(newest)} of {len(newest)}"
            yield Result(
                "another of the problem among five / the newest five", told, "≥ peer", verdict[0] >= verdict[1]
            )
            bare = _found(desk, whole, lambda ticket: _like(desk, ticket._replace(component=None), _EVER))
            told = f"{sum(bare)} of {len(bare)}"
            yield Result("the same, where nobody has named the component", told)
            near = [[ref for ref in group if _has_near(desk, ref, group)] for group in whole]
            close = _found(desk, near, lambda ticket: _like(desk, ticket, ticket.opened_at - RECENT), within=whole)
            told = f"{sum(close)} of {len(close)}"
            yield Result("the same, of the 72 h before, where there was one", told)


def _found(
    desk: Desk, groups: list[list[int]], shown: Callable[[Ticket], list[int]], within: list[list[int]] | None = None
) -> list[bool]:
    """For each ticket whether one of its group is among those that are shown."""
    return [
        bool(set(shown(desk.tickets.get(ref))) & set(everyone) - {ref})
        for group, everyone in zip(groups, within or groups, strict=True)
        for ref in group
    ]


def _like(desk: Desk, ticket: Ticket, since: datetime) -> list[int]:
    return [line.ref for line in desk.queues.recent_like(ticket, since, SHOWN)]


def _newest(desk: Desk, ticket: Ticket) -> list[int]:
    rows = desk.database.rows(
        "SELECT id FROM ticket WHERE component = ? AND id <> ? ORDER BY id DESC LIMIT ?",
        (ticket.component, ticket.ref, SHOWN),
    )
    return [ref for (ref,) in rows]


def _has_near(desk: Desk, ref: int, group: list[int]) -> bool:
    opened = desk.tickets.get(ref).opened_at
    others = (desk.tickets.get(other).opened_at for other in group if other != ref)
    return any(timedelta(0) <= opened - other <= RECENT for other in others)
