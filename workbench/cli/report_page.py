"""A report as a page of text: sentences to read aloud, then each figure in a line with a bar and its weeks."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from workbench.cli.layout import table
from workbench.reports.chapters import Paragraph
from workbench.reports.model import Unit
from workbench.reports.page import Page, Row
from workbench.text import bar, one_line

_BAR: Final = 5
"""Cells of a bar that is full."""
_WIDE: Final = 100
"""Cells of a line from which on it says beside each figure by what a ticket counts, as the end of the page does."""
_COMPONENTS: Final = 10
"""Components whose fitting way of support is told; the files for a browser or a wiki tell them all."""


def text_page(page: Page, width: int) -> Iterator[str]:
    """The lines of the page; what comes from outside is made visible."""
    yield one_line(page.heading)
    yield one_line(page.subheading)
    yield ""
    for sentence in page.sentences():
        yield from wrap(one_line(sentence), max(40, min(width, 100)))
    yield ""
    weeks = f"{len(page.report.weeks)} WEEKS"
    rows: list[tuple[str, ...]] = [("FIGURE", "NOW", "", "TARGET", "BEFORE" if page.against is None else "THEN", weeks)]
    rows += [_row(row) for row in page.rows()]
    if width >= _WIDE:
        by = ["COUNTS BY", *(row.figure.definition.counted_by for row in page.rows())]
        rows = [(*row, word) for row, word in zip(rows, by, strict=True)]
    yield from table(rows, right=frozenset({1, 4}), flexible=0, width=width)
    yield ""
    yield one_line(page.then)
    counted = [Paragraph(f"{title} ({name}): {meaning}.") for title, name, meaning in page.meanings()]
    for heading, paragraphs in (*page.chapters(_COMPONENTS), ("How each figure is counted", counted)):
        yield from ("", heading)
        for paragraph in paragraphs:
            yield from _wrapped(paragraph.told, width, "", "  ")
            for point in paragraph.points:
                yield from _wrapped(point, width, "  - ", "    ")


def _wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    return wrap(one_line(text), max(40, min(width, 100)), initial_indent=first, subsequent_indent=rest)


def _row(row: Row) -> tuple[str, ...]:
    share = row.figure.value if row.figure.definition.unit is Unit.SHARE else None
    drawn = "" if share is None else bar(share, _BAR)
    return row.title, row.value, drawn, row.verdict, row.then, row.spark
