"""A report as Markdown, with every definition below the figures."""

import re
from collections.abc import Iterator

from workbench.reports.page import Page
from workbench.text import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")


def markdown_page(page: Page) -> Iterator[str]:
    """The lines of the page; names from outside are no markup."""
    yield f"# {_plain(page.heading)}"
    yield ""
    yield _plain(page.subheading)
    yield ""
    yield " ".join(map(_plain, page.sentences()))
    yield ""
    yield f"| Figure | Now | Of | Target | {'Before' if page.against is None else 'Then'} | Counts by | By week |"
    yield "| --- | ---: | ---: | --- | ---: | --- | --- |"
    for row in page.rows():
        cells = (row.title, row.value, row.parts, row.verdict, row.then, row.figure.definition.counted_by)
        yield f"| {' | '.join(map(_plain, cells))} | {row.spark} |"
    yield ""
    yield f"{_plain(page.then)}."
    yield ""
    for heading, paragraphs in page.chapters():
        yield f"## {heading}"
        yield ""
        for paragraph in paragraphs:
            yield f"- {_plain(paragraph.told)}"
            yield from (f"  - {_plain(point)}" for point in paragraph.points)
        yield ""
    yield "## How each figure is counted"
    yield ""
    for title, name, meaning in page.meanings():
        yield f"- **{_plain(title)}** (`{name}`): {_plain(meaning)}."


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", one_line(text))
