"""A report as one HTML file without scripts, that loads nothing and prints on paper as it looks."""

from collections.abc import Sequence
from html import escape

from workbench.reports.chapters import Paragraph
from workbench.reports.model import Unit, Verdict
from workbench.reports.page import Page, Row
from workbench.text import one_line

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } .of { color: #667; margin-top: 0; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; }
td, th { padding: .3rem .6rem; border-bottom: 1px solid #8884; vertical-align: middle; }
td, th { white-space: nowrap; } td:first-child { white-space: normal; } small { color: #667; display: block; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.bar { display: block; width: 5em; height: .6em; border: 1px solid #8888; }
.bar i { display: block; height: 100%; background: #47a; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.over, .under { font-weight: 700; } .over::before { content: "▲ "; } .under::before { content: "▼ "; }
.in::before { content: "✓ "; } svg { display: block; }
ul { padding-left: 1.2em; } ul ul { margin-bottom: .4em; }
dt { font-weight: 600; margin-top: .4rem; } dd { margin-left: 1rem; }
@media print {
  @page { margin: 1.5cm; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10px; line-height: 1.35; } td, th { padding: .15rem .4rem; }
  tr, ul ul > li, dt, dd { break-inside: avoid; } h2, dt { break-after: avoid; }
}
"""


def html_page(page: Page) -> str:
    """The whole file; names from outside are no markup."""
    rows = "\n".join(map(_row, page.rows()))
    then = "Before" if page.against is None else "Then"
    meanings = "\n".join(
        f"<dt>{_plain(title)} <code>{name}</code></dt><dd>{_plain(meaning)}</dd>"
        for title, name, meaning in page.meanings()
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{_plain(page.heading)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{_plain(page.heading)}</h1>
<p class="of">{_plain(page.subheading)}</p>
{"".join(f"<p>{_plain(sentence)}</p>" for sentence in page.sentences())}
<table>
<thead><tr><th>Figure</th><th class="number">Now</th><th></th><th class="number">Of</th><th>Target</th>\
<th class="number">{then}</th><th>{len(page.report.weeks)} weeks</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
<p>{_plain(page.then)}</p>
{"".join(_chapter(*chapter) for chapter in page.chapters())}
<h2>How each figure is counted</h2>
<dl>
{meanings}
</dl>
</body>
</html>"""


def _chapter(heading: str, paragraphs: Sequence[Paragraph]) -> str:
    items = "".join(f"<li>{_plain(each.told)}{_points(each.points)}</li>" for each in paragraphs)
    return f"<h2>{_plain(heading)}</h2><ul>{items}</ul>"


def _points(points: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{_plain(point)}</li>' for point in points)}</ul>" if points else ""


def _row(row: Row) -> str:
    verdict = "" if row.figure.verdict is Verdict.NONE else f' class="{row.figure.verdict}"'
    drawn = _bar(row.figure.value) if row.figure.definition.unit is Unit.SHARE else ""
    return (
        f"<tr><td>{_plain(row.title)} <small>by {row.figure.definition.counted_by}</small></td>"
        f'<td class="number">{_plain(row.value)}</td><td>{drawn}</td>'
        f'<td class="number">{_plain(row.parts)}</td><td{verdict}>{_plain(row.verdict)}</td>'
        f'<td class="number">{_plain(row.then)}</td><td>{_trend(row.trend)}</td></tr>'
    )


def _bar(value: float | None) -> str:
    if value is None:
        return ""
    return f'<span class="bar"><i style="width:{100 * min(1.0, value):.1f}%"></i></span>'


def _trend(values: Sequence[float | None]) -> str:
    """The weeks as bars; none where there are no data."""
    greatest = max((value for value in values if value is not None), default=0) or 1
    bars = "".join(
        f'<rect x="{8 * place}" y="{20 - height:.1f}" width="6" height="{height:.1f}"/>'
        for place, value in enumerate(values)
        if value is not None
        for height in (1 + 19 * value / greatest,)
    )
    return f'<svg width="{8 * len(values)}" height="20" fill="#47a" role="img" aria-label="by week">{bars}</svg>'


def _plain(text: str) -> str:
    return escape(one_line(text))
