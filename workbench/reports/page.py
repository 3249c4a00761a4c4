"""What a report says before anybody decides on its form: sentences to read aloud, and rows of words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from workbench.reports.baselines import Baseline
from workbench.reports.chapters import Chapter, chapters
from workbench.reports.definitions import BY_NAME
from workbench.reports.model import Figure, Unit, Verdict
from workbench.reports.reckoning import WhatIf
from workbench.reports.service import Diagnosis, Line, Report
from workbench.reports.words import (
    counted,
    day_words,
    listed,
    parts_words,
    period_words,
    scope_words,
    sparkline,
    target_words,
    value_words,
    verdict_words,
)


class Row(NamedTuple):
    """One figure in words; `then` is its value in the period before, or of the baseline."""

    figure: Figure
    title: str
    value: str
    verdict: str
    parts: str
    then: str
    trend: tuple[float | None, ...]
    spark: str


@dataclass(frozen=True, slots=True)
class Page:
    """A report of a named organisation, maybe compared with a baseline, maybe with what would be if."""

    organisation: str
    zone: str
    report: Report
    against: Baseline | None = None
    what_if: WhatIf | None = None
    diagnosis: Diagnosis | None = None

    @property
    def heading(self) -> str:
        """Whose report it is."""
        return f"{self.organisation}: where we stand"

    @property
    def subheading(self) -> str:
        """Of which period and whose tickets."""
        return f"{period_words(self.report.period, self.zone)}, {scope_words(self.report.scope)}"

    @property
    def then(self) -> str:
        """What the values are compared with."""
        if self.against is None:
            return f"before: {period_words(self.report.period.before, self.zone)}"
        kept = self.against
        of = f"{period_words(kept.period, self.zone)}, {scope_words(kept.scope)}"
        return f"then: {kept.name}, kept by {kept.kept_by} on {day_words(kept.kept_at, self.zone)}: {of}"

    def rows(self) -> list[Row]:
        """Every figure."""
        return [self._row(line) for line in self.report.lines]

    def sentences(self) -> Iterator[str]:
        """What to say first: how much was resolved, which targets are met, which are not, and what it costs."""
        figures = {line.figure.name: line.figure for line in self.report.lines}
        resolved = figures["l1_resolution_rate"].denominator or 0
        if not resolved:
            yield "No ticket was resolved in this time."
        else:
            yield f"{resolved:,.0f} ticket{' was' if resolved == 1 else 's were'} resolved in this time."
        met = [each for each in figures.values() if each.verdict is Verdict.IN]
        missed = [each for each in figures.values() if each.verdict in (Verdict.OVER, Verdict.UNDER)]
        if met:
            yield f"As it should be: {listed(map(_named, met))}."
        if missed:
            yield f"Not as it should be: {listed(_named(each, aim=True) for each in missed)}."
        yield from self._cost_told(figures["escalation_cost"])

    def chapters(self, most: int | None = None) -> Iterator[Chapter]:
        """The diagnosis: headings, each with its sentences; of components at most so many."""
        if self.diagnosis is not None:
            yield from chapters(self.diagnosis, most)

    def meanings(self) -> Iterator[tuple[str, str, str]]:
        """Each figure's title, its name, and how it is counted with what puts a ticket into its period."""
        for line in self.report.lines:
            each = line.figure.definition
            yield each.title, each.name, f"{each.meaning}; {each.counted_by.words}"

    def _cost_told(self, cost: Figure) -> Iterator[str]:
        costs, arrivals = self.report.costs, cost.numerator or 0
        of_each = f"{value_words(costs.hour, cost.definition.unit)} an hour"
        if arrivals:
            yield (
                f"{arrivals:,.0f} arrival{'' if arrivals == 1 else 's'} at engineering cost about"
                f" {value_words(cost.value, cost.definition.unit)}, at {_hours(costs.work_s)} of work,"
                f" {costs.refocus_s // 60} minutes to refocus and {of_each}."
            )
        if self.what_if is not None:
            yield supposition(self.what_if)

    def _row(self, line: Line) -> Row:
        figure, unit = line.figure, line.figure.definition.unit
        then = line.before.value if self.against is None else self.against.values.get(figure.name)
        trend = tuple(each.value for each in line.trend)
        return Row(
            figure,
            figure.definition.title,
            value_words(figure.value, unit),
            verdict_words(figure),
            parts_words(figure),
            value_words(then, unit),
            trend,
            sparkline(trend),
        )


def supposition(found: WhatIf) -> str:
    """What it would cost if some shares were others."""
    shares = listed(f"{BY_NAME[name].title} were {100 * share:.4g}%" for name, share in found.shares.items())
    saved = found.cost - found.cost_then
    return (
        f"If {shares}, it would be about {counted(round(found.arrivals_then), 'arrival')} and"
        f" {value_words(found.cost_then, Unit.MONEY)}, {value_words(abs(saved), Unit.MONEY)}"
        f" {'less' if saved >= 0 else 'more'}."
    )


def _named(figure: Figure, *, aim: bool = False) -> str:
    """`passed up from L1 (35.1%, 39 of 111, aim <30%)`."""
    definition = figure.definition
    told = [value_words(figure.value, definition.unit), parts_words(figure)]
    told += [f"aim {target_words(definition.target, definition.unit)}"] if aim else []
    return f"{definition.title[0].lower()}{definition.title[1:]} ({', '.join(filter(None, told))})"


def _hours(seconds: int) -> str:
    hours = seconds / 3_600
    return f"{hours:g} hour{'' if hours == 1 else 's'}"
