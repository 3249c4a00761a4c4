"""Which tickets stand behind a figure, a finding, a sentence that shows it, or a way of support that fits."""

from workbench.reports.definitions import definition
from workbench.reports.findings import Clue, Finding
from workbench.reports.fitting import Fit, Of
from workbench.reports.model import Period
from workbench.reports.panels.works import MOST, Sought
from workbench.reports.service import Report

Item = Finding | Clue | Fit | None


def of_figure(name: str, report: Report, *, whole: bool = False) -> Sought:
    """Those of a figure; `whole`: all that it is a share of."""
    title = definition(name).title
    return Sought(
        f"{title}: all of them" if whole else title,
        lambda reports: reports.tickets_behind(name, report.period, report.scope, limit=MOST + 1, whole=whole),
    )


def of_item(item: Item, report: Report) -> Sought | None:
    """Those that a line of the diagnosis is about; of a finding those of all that shows it, else of the first sentence.

    None where there are none to show.
    """
    match item:
        case Fit():
            return _of_fit(item, report)
        case Finding() if item.tickets:
            return Sought(item.name, lambda _reports: item.tickets)
        case Finding():
            clue = next((clue for clue in item.clues if clue.openable), None)
            return None if clue is None else _of_clue(clue, report)
        case Clue() if item.openable:
            return _of_clue(item, report)
    return None


def _of_clue(clue: Clue, report: Report) -> Sought:
    return Sought(clue.told, lambda reports: reports.tickets_showing(clue, report.period, report.scope))


def _of_fit(fit: Fit, report: Report) -> Sought:
    weeks = Period(report.weeks[0].start, report.weeks[-1].end)
    if fit.of is Of.TEAM:
        return Sought(f"came to {fit.name}", lambda reports: reports.tickets_come(fit.name, weeks, report.scope))
    return Sought(f"came about {fit.name}", lambda reports: reports.tickets_about(fit.name, weeks, report.scope))
