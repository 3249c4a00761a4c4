"""Reports as JSON."""

from typing import Any

from workbench.clock import iso
from workbench.reports.baselines import Baseline
from workbench.reports.evidence import Hop, Load
from workbench.reports.findings import Finding
from workbench.reports.fitting import Fit
from workbench.reports.model import Figure, Period, Scope, Target, Unit
from workbench.reports.reckoning import WhatIf
from workbench.reports.service import Diagnosis, Line, Report


def report_told(report: Report, found: Diagnosis | None = None) -> dict[str, Any]:
    """A report with its figures, what each was before, its trend, and the diagnosis."""
    return {
        **_period_told(report.period),
        "scope": scope_told(report.scope),
        "figures": [_line_told(line) for line in report.lines],
        "weeks": [_period_told(week) for week in report.weeks],
        "assumptions": {
            "escalation_work_s": report.costs.work_s,
            "escalation_refocus_s": report.costs.refocus_s,
            "engineer_hour_cost": report.costs.hour,
        },
        "diagnosis": [finding_told(each) for each in found.patterns] if found else [],
        "besides": [finding_told(each) for each in found.besides] if found else [],
        "fits": [fit_told(each) for each in found.fits] if found else [],
        "hops": [hop_told(each) for each in found.hops] if found else [],
        "loads": [load_told(team, each) for team, each in found.loads.teams.items()] if found else [],
    }


def finding_told(finding: Finding) -> dict[str, Any]:
    """One pattern of the diagnosis."""
    return {
        "pattern": finding.pattern,
        "found": finding.found,
        "rule": finding.rule,
        "because": finding.because,
        "evidence": [clue.told for clue in finding.clues],
        "people": list(finding.people),
        "tickets": list(finding.tickets),
        "seams": [list(pair) for pair in finding.seams],
        "advice": finding.advice,
    }


def fit_told(fit: Fit) -> dict[str, Any]:
    """Which support model fits a team or a component; null where nobody can tell."""
    return {fit.of.value: fit.name, "fits": fit.model.value if fit.model else None, "because": fit.because}


def hop_told(hop: Hop) -> dict[str, Any]:
    """How one team passes tickets to another."""
    return {
        "from": hop.source,
        "to": hop.target,
        "hops": hop.hops,
        "tickets": hop.tickets,
        "came_back": hop.came_back,
        "lay_s": hop.seconds,
    }


def load_told(team: str, load: Load) -> dict[str, Any]:
    """What came to a team, by week."""
    return {
        "team": team,
        "weeks": list(load.weeks),
        "came": load.tickets,
        "own": load.own,
        "pressing": load.pressing,
        "from_others": load.hopped,
    }


def what_if_told(found: WhatIf) -> dict[str, Any]:
    """What would be if some shares were others."""
    return {
        "shares": dict(found.shares),
        "arrivals": found.arrivals,
        "cost": _plain(found.cost),
        "arrivals_then": _plain(found.arrivals_then),
        "cost_then": _plain(found.cost_then),
    }


def baseline_told(kept: Baseline) -> dict[str, Any]:
    """Figures that were kept, by name."""
    return {
        "name": kept.name,
        "kept_at": iso(kept.kept_at),
        "kept_by": kept.kept_by,
        **_period_told(kept.period),
        "scope": scope_told(kept.scope),
        "figures": dict(kept.values),
    }


def scope_told(scope: Scope) -> dict[str, Any]:
    """Whose tickets count; null for everybody's."""
    return scope._asdict()


def figure_told(figure: Figure) -> dict[str, Any]:
    """One figure."""
    definition = figure.definition
    return {
        "name": definition.name,
        "value": _value(figure),
        "numerator": _plain(figure.numerator),
        "denominator": _plain(figure.denominator),
        "unit": definition.unit.value,
        "target": _target_told(definition.target),
        "verdict": figure.verdict.value,
        "title": definition.title,
        "meaning": definition.meaning,
        "counted_by": definition.counted_by.value,
    }


def _line_told(line: Line) -> dict[str, Any]:
    trend = [_value(figure) for figure in line.trend]
    return figure_told(line.figure) | {"before": _value(line.before), "trend": trend}


def _period_told(period: Period) -> dict[str, Any]:
    return {"from": iso(period.start), "to": iso(period.end)}


def _target_told(target: Target | None) -> dict[str, Any] | None:
    return None if target is None else {"min": _plain(target.least), "max": _plain(target.most)}


def _value(figure: Figure) -> float | None:
    return figure.value if figure.definition.unit is Unit.SHARE else _plain(figure.value)


def _plain(number: float | None) -> float | None:
    """A whole number without a point."""
    return int(number) if number is not None and number == int(number) else number
