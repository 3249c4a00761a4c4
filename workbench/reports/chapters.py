"""The diagnosis in chapters of sentences, as every page tells it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from workbench.organisation.model import SupportModel
from workbench.reports.evidence import Hop
from workbench.reports.findings import Finding
from workbench.reports.fitting import Fit, Of
from workbench.reports.model import Unit
from workbench.reports.service import Diagnosis
from workbench.reports.words import counted, value_words


class Paragraph(NamedTuple):
    """A sentence, and those that stand below it."""

    told: str
    points: tuple[str, ...] = ()


Chapter = tuple[str, list[Paragraph]]
"""A heading, and what is said below it."""

_TICKETS_NAMED: Final = 8
"""Tickets that a finding names; the others are a number."""
_NAMES: Final = 8
"""Teams or components of which nobody can tell that are named."""
_PAIRS: Final = 10
"""Pairs of teams that are told of; the others are a number."""
MODELS: Final = {
    SupportModel.TIERED: "tiered stays",
    SupportModel.EMBEDDED: "embedded",
    SupportModel.SWARMING: "swarming",
    SupportModel.RUN: "you build it, you run it",
}


def chapters(found: Diagnosis, most: int | None = None) -> Iterator[Chapter]:
    """All of them; of teams and components at most so many."""
    yield "Where the tiers break", [_finding_told(each) for each in found.patterns]
    yield "Besides", [_finding_told(each) for each in found.besides]
    teams = [each for each in found.fits if each.of is Of.TEAM]
    yield "Which way of support fits which team", list(_fits_told(teams, most))
    components = [each for each in found.fits if each.of is Of.COMPONENT]
    if components:
        yield "Which way of support fits which component", list(_fits_told(components, most))
    if found.hops:
        yield "Who passed tickets to whom", list(_hops_told(found.hops))


def hop_words(hop: Hop) -> str:
    """`frontline → network: 12 hops of 10 tickets, 3 of them came back; before, they had lain …`."""
    told = f"{hop.source} → {hop.target}: {counted(hop.hops, 'hop')} of {counted(hop.tickets, 'ticket')}"
    back = f"{hop.came_back:,}" if hop.came_back else "none"
    lain = value_words(hop.seconds, Unit.SECONDS)
    return f"{told}, {back} of them came back; before, they had lain with {hop.source} for {lain} in all"


def _finding_told(finding: Finding) -> Paragraph:
    """`▲ Bottleneck, found where …`, and below what shows it, the tickets, and what to do."""
    points = [f"{clue.told}." for clue in finding.clues]
    if finding.found and finding.tickets:
        more = len(finding.tickets) - _TICKETS_NAMED
        named = ", ".join(f"#{ref}" for ref in finding.tickets[:_TICKETS_NAMED])
        points.append(f"Tickets: {named}{f' and {more:,} more' if more > 0 else ''}.")
    points += [f"What to do: {finding.advice}."] if finding.advice else []
    word = "▲ {}: found" if finding.found else "✓ {}: not found"
    return Paragraph(f"{word.format(finding.name.capitalize())} (the rule: {finding.rule}).", tuple(points))


def _fits_told(fits: Iterable[Fit], most: int | None) -> Iterator[Paragraph]:
    """A sentence for each of which one can tell, and one for all others."""
    told = list(fits)
    known = [(each, each.model) for each in told if each.model is not None]
    for each, model in known[:most]:
        yield Paragraph(f"{each.name}: {MODELS[model]}, since {each.because}.")
    if most is not None and len(known) > most:
        yield Paragraph(f"{len(known) - most:,} more are told of by `--markdown`, `--html` and `--json`.")
    for because, names in _untold(each for each in told if each.model is None):
        more = len(names) - _NAMES
        yield Paragraph(
            f"No data yet for {', '.join(names[:_NAMES])}{f' and {more:,} more' if more > 0 else ''}: {because}."
        )


def _untold(fits: Iterable[Fit]) -> Iterator[tuple[str, list[str]]]:
    """Those of which nobody can tell, by what is missing."""
    names: dict[str, list[str]] = {}
    for each in fits:
        names.setdefault(each.lacks, []).append(each.name)
    yield from names.items()


def _hops_told(hops: Sequence[Hop]) -> Iterator[Paragraph]:
    yield from (Paragraph(f"{hop_words(hop)}.") for hop in hops[:_PAIRS])
    if len(hops) > _PAIRS:
        yield Paragraph(f"{len(hops) - _PAIRS:,} more pairs of teams.")
