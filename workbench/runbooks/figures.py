"""How each runbook has served, counted from its runs."""

from collections.abc import Iterator
from statistics import median
from typing import Any, Final

from workbench.clock import stored
from workbench.database import Database
from workbench.runbooks.model import JUDGED_BY, LEAST_TO_JUDGE, Figures
from workbench.runbooks.undone import taken_back

_ENDED: Final = f"""
    SELECT runbook, began_at, max(at), did FROM run_act JOIN run ON run.id = run_act.run
    WHERE did IN ('fixed', 'not_fixed') AND NOT {taken_back()}
    GROUP BY run.id ORDER BY runbook, max(at) DESC, run.id DESC
"""
_FAILED: Final = f"""
    SELECT runbook, step, count(DISTINCT run.id) AS times FROM run_act JOIN run ON run.id = run_act.run
    WHERE did = 'failed' AND NOT {taken_back()}
    GROUP BY runbook, step ORDER BY times, step DESC
"""


def figures(database: Database) -> dict[str, Figures]:
    """The figures of every runbook that was ever run to an end, by slug."""
    worst = {runbook: (step, times) for runbook, step, times in database.rows(_FAILED)}
    return {
        runbook: _figures(runs, *worst.get(runbook, (None, 0))) for runbook, runs in _grouped(database.rows(_ENDED))
    }


def _figures(runs: list[tuple[str, str, str]], worst_step: int | None, worst_failed: int) -> Figures:
    """Figures of runs as (began, ended, how), the latest first."""
    seconds = [(stored(ended) - stored(began)).total_seconds() for began, ended, _ in runs]
    latest = [did == "fixed" for _, _, did in runs[:JUDGED_BY]]
    return Figures(
        runs=len(runs),
        worked=sum(did == "fixed" for _, _, did in runs),
        median_s=max(0, int(median(seconds))),
        worst_step=worst_step,
        worst_failed=worst_failed,
        last_at=stored(runs[0][1]),
        failing=len(latest) >= LEAST_TO_JUDGE and sum(latest) * 2 < len(latest),
    )


def _grouped(rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for runbook, began, ended, did in rows:
        groups.setdefault(runbook, []).append((began, ended, did))
    yield from groups.items()
