"""Which tickets stand behind a figure or a finding."""

from workbench.reports.definitions import definition
from workbench.reports.diagnosis import Finding
from workbench.reports.fitting import Fit
from workbench.reports.model import Period
from workbench.reports.panels.words import FIGURES_BEHIND
from workbench.reports.panels.works import MOST, Sought
from workbench.reports.service import Report


def of_figure(name: str, report: Report) -> Sought:
    """Those of a figure."""
    return Sought(
        definition(name).title,
        lambda reports: reports.tickets_behind(name, report.period, report.scope, limit=MOST + 1),
    )


def of_item(item: Finding | Fit | None, report: Report) -> Sought | None:
    """Those that show a finding, or that came to a team; None where there are none to show."""
    if isinstance(item, Fit):
        weeks = Period(report.weeks[0].start, report.weeks[-1].end)
        return Sought(f"came to {item.team}", lambda reports: reports.tickets_come(item.team, weeks))
    if item is None:
        return None
    if item.tickets:
        return Sought(item.pattern.replace("_", " "), lambda _reports: item.tickets)
    if item.pattern == "first_line_lacks":
        return Sought("avoidable hand-offs", lambda reports: reports.tickets_spared(report.period))
    name = FIGURES_BEHIND.get(item.pattern)
    return None if name is None else of_figure(name, report)
