"""Runbooks in words and colours: the cells of the list, and what stands over a page."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from rich.text import Text

from workbench.duration import short
from workbench.runbooks.model import Entry, Found, Runbook
from workbench.runbooks.panels.shelf import USE, Row
from workbench.runbooks.service import doubts
from workbench.text import times
from workbench.widgets.columns import Column
from workbench.widgets.show import show, show_line

FOUND: Final = "bold yellow"
"""How matched words are told apart; they are bold where there is no colour."""
ORDERS: Final = {
    USE: "by use",
    "title": "by title",
    "runs": "by runs",
    "worked": "least helpful first",
    "time": "longest first",
    "step": "by failed steps",
    "review": "by review date",
}
"""How each order of the list is told."""
EMPTY: Final = """\
There is no runbook yet.

I brings the starter library: some forty runbooks for everyday troubles.
`workbench runbook import DIR` brings a tree of Markdown files as it is.
N writes a new one in your editor.
"""
NOTHING_FOUND: Final = """\
No runbook is like that.

Fewer words find more; escape empties the search; N writes a new one.
"""


def columns(today: date, *, searching: bool) -> Sequence[Column[Row]]:
    """The columns of the list: how each has served, or where the words were found."""
    first: Sequence[Column[Row]] = (
        Column("State", 9, lambda row, _: _state(row, today)),
        Column("Runbook", 24, lambda row, _: _title(row), flexible=True),
        Column("Worked", 6, lambda row, _: show_line(_worked(row.entry)), right=True),
    )
    if searching:
        return (*first, Column("Found in", 24, lambda row, width: excerpt(row.found, width), flexible=True))
    return (
        *first,
        Column("Time", 4, lambda row, _: show_line(_time(row.entry)), drop_order=2, right=True),
        Column("Fails at", 10, lambda row, _: show_line(_worst(row.entry)), drop_order=1),
        Column("Review", 10, lambda row, _: show_line(_review(row.entry)), drop_order=3),
    )


def excerpt(found: Found, width: int | None = None) -> Text:
    """Where it was found, and the words there in their context; in a few cells the first of them stands in sight."""
    if not found.excerpt:
        return Text()
    where = show_line(f"{found.source}: ", "dim")
    words = _marked(found.excerpt, found.spans)
    if width is not None and found.spans:
        first, last = found.spans[0]
        before = max(0, (width - where.cell_len - (last - first)) // 3)
        if first > before:
            words = Text.assemble("…", words[first - before + 1 :])
    return where.append_text(words)


def facts(runbook: Runbook, entry: Entry, found: Found | None, today: date, spared: int) -> list[Text]:
    """What is to be known before the first step, with how many hand-offs it has `spared`."""
    told = [show_line(" · ".join(doubts(entry, today)), FOUND)] if doubts(entry, today) else []
    saved = [f"spared {spared:,} hand-off{'s' * (spared > 1)}"] if spared else []
    told.append(show(" · ".join([*_served(entry), *saved]), "bold"))
    known = (
        ("tier", runbook.tier),
        ("owner", runbook.owner),
        ("access", ", ".join(runbook.access)),
        ("for", ", ".join(runbook.components)),
        ("tags", ", ".join(runbook.tags)),
        ("errors", " · ".join(runbook.signatures)),
    )
    told.append(show(" · ".join(f"{name}: {words}" for name, words in known if words), "dim"))
    if found is not None and found.excerpt:
        told.append(excerpt(found))
    return [*(line for line in told if line.plain.strip()), Text()]


def links(titles: Iterable[str]) -> list[Text]:
    """The runbooks that a page leads to."""
    lines = [show_line(f"→ {title}") for title in titles]
    return [Text(), show("Leads to · press f", "bold"), *lines] if lines else []


def _state(row: Row, today: date) -> Text:
    if row.run is not None:
        return show_line("▶ open", "bold green")
    return show_line((doubts(row.entry, today) or [""])[0], FOUND)


def _title(row: Row) -> Text:
    title = _marked(row.entry.title, row.found.title_spans)
    if row.run is None:
        return title
    place = f" #{row.run.ticket}" if row.run.ticket else ""
    return Text.assemble(show_line(f"{row.run.standing}{place}, {row.run.who}: ", "bold"), title)


def _marked(words: str, spans: Iterable[tuple[int, int]]) -> Text:
    text = show_line(words)
    if len(text.plain) == len(words):
        for start, end in spans:
            text.stylize(FOUND, start, end)
    return text


def _worked(entry: Entry) -> str:
    return f"{entry.figures.worked}/{entry.figures.runs}" if entry.figures.runs else "–"


def _time(entry: Entry) -> str:
    return "–" if entry.figures.median_s is None else short(entry.figures.median_s)


def _worst(entry: Entry) -> str:
    figures = entry.figures
    return f"step {figures.worst_step}, {figures.worst_failed}×" if figures.worst_step else "–"


def _review(entry: Entry) -> str:
    return entry.review_at.isoformat() if entry.review_at else "–"


def _served(entry: Entry) -> list[str]:
    """How it has served, as sentences begin."""
    figures = entry.figures
    told = [f"worked {figures.worked} of {times(figures.runs)}" if figures.runs else "not run yet"]
    if figures.median_s is not None:
        told.append(f"{short(figures.median_s)} in the median")
    if figures.worst_step:
        told.append(f"step {figures.worst_step} fails most often")
    if entry.review_at:
        told.append(f"review {entry.review_at.isoformat()}")
    return told
