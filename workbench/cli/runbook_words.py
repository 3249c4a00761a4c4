"""Runbooks in words for a terminal."""

from collections.abc import Iterator, Sequence
from datetime import date

from workbench.cli.layout import cut, indented, screen_width, table
from workbench.duration import short
from workbench.runbooks.model import Entry, Figures, Found, Runbook, Step
from workbench.runbooks.service import doubts
from workbench.text import one_line, times


def found_lines(found: Sequence[Found], today: date) -> Iterator[str]:
    """Answers of a search: slug, title, how it served; below it the words that matched."""
    width = screen_width()
    for each in found:
        notes = " · ".join((served(each.entry.figures), *doubts(each.entry, today)))
        yield cut(f"{each.entry.slug}  {each.entry.title} ({notes})", width)
        if each.excerpt:
            yield cut(f"    {each.source}: {each.excerpt}", width)


def entry_lines(entries: Sequence[Entry], today: date) -> list[str]:
    """The library as a table that fits the screen."""
    rows = [("RUNBOOK", "RUNS", "WORKED", "TIME", "WORST", "REVIEW", "TITLE")]
    for entry in entries:
        figures = entry.figures
        rows.append(
            (
                entry.slug,
                str(figures.runs),
                f"{figures.share:.0%}" if figures.share is not None else "-",
                short(figures.median_s) if figures.median_s is not None else "-",
                f"step {figures.worst_step}" if figures.worst_step else "-",
                entry.review_at.isoformat() if entry.review_at else "-",
                "  ".join((*doubts(entry, today), entry.title)),
            )
        )
    return table(rows, right=frozenset({1, 2, 3}), flexible=6, width=screen_width())


def runbook_lines(runbook: Runbook, entry: Entry, today: date, spared: int) -> Iterator[str]:
    """A runbook to be read: what it is for, how it served, the hand-offs it `spared`, and its steps."""
    yield one_line(f"{runbook.title}  ({runbook.slug}, version {runbook.version})")
    facts = (
        ("tier", runbook.tier),
        ("owner", runbook.owner),
        ("access", ", ".join(runbook.access)),
        ("components", ", ".join(runbook.components)),
        ("tags", ", ".join(runbook.tags)),
        ("signatures", " · ".join(runbook.signatures)),
        ("review", runbook.review_at.isoformat() if runbook.review_at else None),
    )
    yield from (one_line(f"  {name:<10}  {words}") for name, words in facts if words)
    yield one_line(f"  {'served':<10}  {' · '.join((*served_at_length(entry.figures), *doubts(entry, today)))}")
    if spared:
        yield f"  {'spared':<10}  {spared:,} hand-off{'s' * (spared > 1)}"
    for step in runbook.steps:
        yield ""
        yield from step_lines(step)


def step_lines(step: Step) -> Iterator[str]:
    """One step: what to do, the command, what to expect, what to beware of."""
    margin = "    "
    yield one_line(f"{step.number:>2}. {step.title}")
    if step.caution:
        yield one_line(f"{margin}⚠ {step.caution}")
    if step.text:
        yield from indented(step.text, margin)
    if step.command:
        yield from indented(step.command, f"{margin}$ ")
    if step.expected:
        yield one_line(f"{margin}→ {step.expected}")


def served(figures: Figures) -> str:
    """`worked 4 of 6 times`."""
    return f"worked {figures.worked} of {times(figures.runs)}" if figures.runs else "not run yet"


def served_at_length(figures: Figures) -> Iterator[str]:
    """The same with the median time and the step that fails most often."""
    yield served(figures)
    if figures.median_s is not None:
        yield f"{short(figures.median_s)} in the median"
    if figures.worst_step:
        yield f"step {figures.worst_step} failed most often, {times(figures.worst_failed)}"
