"""How figures and findings look on the screen: a glyph, then words, and only then colour."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from workbench.reports.chapters import MODELS
from workbench.reports.findings import Clue, Finding
from workbench.reports.fitting import Fit
from workbench.reports.model import Figure, Unit, Verdict
from workbench.reports.page import Row, supposition
from workbench.reports.reckoning import WhatIf
from workbench.reports.words import target_words, value_words, verdict_words
from workbench.text import one_line
from workbench.widgets.show import show, show_line

VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.IN: ("✓ ", "green"),
    Verdict.OVER: ("▲ ", "bold red"),
    Verdict.UNDER: ("▼ ", "bold red"),
    Verdict.NONE: ("", "dim"),
}
"""How verdicts are shown."""
SHADES: Final = " ░▒▓█"
"""How much, by a quarter of the greatest each."""
BEING_WORKED_OUT: Final = "This is being worked out …"
"""What stands where nothing has come yet."""
_TICKETS_NAMED: Final = 8
_PAIRS_NAMED: Final = 4


def value_cell(row: Row) -> Text:
    """The value; said in words where there are no data."""
    return show_line("no data", "dim") if row.figure.value is None else show_line(row.value, "bold")


def verdict_cell(figure: Figure) -> Text:
    """`✓ in 65–80%`, `▲ over <30%`."""
    glyph, style = VERDICTS[figure.verdict]
    return show_line(f"{glyph}{verdict_words(figure)}", style)


def change_cell(figure: Figure, then: float | None) -> Text:
    """How much more or less than before, green where that is better and red where it is worse."""
    good = better(figure, then)
    return show_line(change_words(figure, then), "dim" if good is None else "green" if good else "red")


def better(figure: Figure, then: float | None) -> bool | None:
    """Whether a change is for the better; None where there is none, or nobody can tell.

    Where the target has two ends, what comes nearer to it is better.
    """
    value, definition = figure.value, figure.definition
    if value is None or then is None or value == then or definition.more_is_better is None:
        return None
    target = definition.target
    if target is None or target.least is None or target.most is None:
        return (value > then) is definition.more_is_better
    now, was = (max(target.least - each, each - target.most, 0.0) for each in (value, then))
    return None if now == was else now < was


def change_words(figure: Figure, then: float | None) -> str:
    """`↑ 3.1 pt`, `↓ 2h05m`, `=`; nothing where either is no data. Shares by points of a hundred."""
    if figure.value is None or then is None:
        return ""
    unit, change = figure.definition.unit, figure.value - then
    if unit is Unit.SHARE:
        told = f"{abs(_percent(figure.value) - _percent(then)):.1f} pt"
    else:
        told = value_words(abs(change), unit)
    if told in ("0.0 pt", "0s", "0", "0.00", "$0"):
        return "="
    return f"{'↑' if change > 0 else '↓'} {told.removesuffix('.00')}"


def _percent(share: float) -> float:
    """The number that is shown, so that the difference is that of what one sees."""
    return float(value_words(share, Unit.SHARE).rstrip("%"))


def figure_told(row: Row, then: float | None, compared: str, what_if: WhatIf | None) -> Iterator[Text]:
    """What a figure is, what it is made of, how it was, and what was supposed of it or of the cost."""
    figure, definition = row.figure, row.figure.definition
    yield show_line(f"{definition.title} ({definition.name})", "bold")
    yield show_line(f"{definition.meaning}; {definition.counted_by.words}")
    parts = ["no data" if figure.value is None else row.value, row.parts]
    if definition.target:
        parts.append(f"aim {target_words(definition.target, definition.unit)}")
    change = change_words(figure, then)
    if change:
        was = f"{compared} {value_words(then, definition.unit)}"
        good = better(figure, then)
        parts.append(f"{was}, {change}" + ("" if good is None else ", better" if good else ", worse"))
    yield show_line(" · ".join(filter(None, parts)))
    if what_if is not None and definition.name in ("escalation_cost", *what_if.shares):
        yield show_line(supposition(what_if), "cyan")


def finding_told(finding: Finding) -> Table:
    """A finding: its rule, people, seams, tickets, and what to do; what shows it comes below."""
    glyph, style = ("▲", "bold red") if finding.found else ("✓", "green")
    table = _hanging()
    first = show(f"{finding.name.capitalize()}: {'found' if finding.found else 'not found'}", style)
    table.add_row(show_line(glyph, style), Text.assemble(first, show(f" (the rule: {finding.rule}).", "dim")))
    if finding.people:
        table.add_row("", _listed("People", ", ".join(finding.people)))
    if finding.seams:
        table.add_row("", _listed("Between", _pairs_told(finding.seams)))
    if finding.tickets:
        more = len(finding.tickets) - _TICKETS_NAMED
        named = " ".join(f"#{ref}" for ref in finding.tickets[:_TICKETS_NAMED])
        table.add_row("", _listed("Tickets", f"{named}{f' and {more:,} more' if more > 0 else ''}"))
    if finding.advice:
        table.add_row(show_line("→", "cyan"), show(f"{one_line(finding.advice)}.", "cyan"))
    return table


def _pairs_told(pairs: Sequence[tuple[str, str]]) -> str:
    """Each two teams once, whichever passed to the other."""
    named = list(dict.fromkeys(f"{min(pair)} ⇄ {max(pair)}" for pair in pairs))
    more = len(named) - _PAIRS_NAMED
    return f"{', '.join(named[:_PAIRS_NAMED])}{f' and {more:,} more' if more > 0 else ''}"


def clue_told(clue: Clue) -> Table:
    """What shows a finding; an arrow where tickets stand behind it."""
    table = _hanging(3)
    table.add_row(show_line("  ›" if clue.openable else "  ·", "dim"), show(f"{one_line(clue.told)}."))
    return table


def fit_told(fit: Fit) -> Table:
    """Which model fits a team, and why."""
    model = show(MODELS[fit.model], "bold cyan") if fit.model else show("no data", "dim")
    table = _hanging()
    name = show(f"{one_line(fit.name)}: ", "bold")
    table.add_row(show_line("·", "dim"), Text.assemble(name, model, show(f" – {one_line(fit.because)}.")))
    return table


def shaded(count: int, greatest: int, width: int) -> Text:
    """A number of a map with its shade before it; a dot for none."""
    if not count:
        return show_line("·".rjust(width), "dim")
    place = -(-count * (len(SHADES) - 1) // max(1, greatest))
    style = ("dim", "", "", "bold", "bold")[place]
    return show_line(f"{SHADES[place]} {count:,}".rjust(width), style)


def _hanging(width: int = 1) -> Table:
    """Two columns, so that what is wrapped stays behind its mark, which is at the end of so many cells."""
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=width)
    table.add_column(ratio=1, overflow="fold")
    return table


def _listed(title: str, names: str) -> Text:
    return Text.assemble(show(f"{title}: ", "dim"), show(one_line(names)))
