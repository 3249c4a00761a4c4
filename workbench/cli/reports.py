"""The report: how the work went in a period, as a page, as JSON, and as a file for a browser or a wiki."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import click

from workbench.cli.arguments import TEXT, F, Instant, at_most_one, in_zone, json_option, limit_option
from workbench.cli.layout import screen_width, table
from workbench.cli.output import say, show_progress, tell, tell_json, tell_json_list
from workbench.cli.session import Session
from workbench.desk import Desk
from workbench.errors import InvalidInput
from workbench.text import one_line

if TYPE_CHECKING:
    from workbench.reports.model import Period, Scope

_SHOWN: Final = 50
"""Tickets that the text shows unless it is told otherwise."""

_SCOPE: Final = {
    "team": ("T", "Only tickets that have been with this team."),
    "tier": ("TIER", "Only tickets that have been at this tier."),
    "client": ("C", "Only tickets of this client."),
    "component": ("C", "Only tickets about this component."),
}


class Share(click.ParamType[tuple[str, float]]):
    """A figure's name with the share that it is to have: `l1_to_l2=0.3`, `l1_to_l2=30%`."""

    name = "share"

    def convert(
        self, value: str | tuple[str, float], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        """The name and the number."""
        if isinstance(value, tuple):
            return value
        from workbench.reports.reckoning import supposed

        try:
            return supposed(value)
        except InvalidInput as error:
            self.fail(error.wrong, param, ctx)


def _period_and_scope(command: F) -> F:
    for name, (letter, words) in reversed(_SCOPE.items()):
        command = click.option(f"--{name}", type=TEXT, metavar=letter, help=words)(command)
    end = click.option("--to", "end", type=Instant(local=True), metavar="D", help="Its end, no part of it (now).")
    start = click.option("--from", "start", type=Instant(local=True), metavar="D", help="Its start (30 days before).")
    return start(end(command))


def _form(command: F) -> F:
    html = click.option("--html", "as_html", is_flag=True, help="Print one HTML file that needs no other.")
    markdown = click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown.")
    return json_option(markdown(html(command)))


@click.command()
@_period_and_scope
@click.option("--tickets", "figure", type=TEXT, metavar="FIGURE", help="List the tickets behind a figure instead.")
@limit_option("tickets")
@click.option("--what-if", "shares", type=Share(), multiple=True, metavar="FIGURE=SHARE", help="Say the cost then.")
@click.option("--keep", type=TEXT, metavar="NAME", help="Keep the figures under a name.")
@click.option("--against", type=TEXT, metavar="NAME", help="Compare with figures that were kept.")
@click.option("--forget", type=TEXT, metavar="NAME", help="Delete figures that were kept; nothing else is told.")
@click.option("--baselines", is_flag=True, help="List the figures that were kept instead.")
@_form
@click.pass_obj
def report(
    session: Session, /, figure: str | None, keep: str | None, forget: str | None, baselines: bool, **said: Any
) -> None:
    """Say how the work went in a period, against what is aimed at, with the tickets behind each figure.

    A date is its midnight in the workbench's zone. Figures are taken at the end of the period.

    \b
    workbench report --from 2026-10-01 --to 2026-11-01 --team frontline
    workbench report --tickets graveyard_count
    workbench report --what-if l1_to_l2=0.3
    workbench report --keep before-the-runbooks
    workbench report --forget before-the-runbooks
    workbench report --html > report.html
    """
    from workbench.reports.model import Scope

    at_most_one(html=said["as_html"], markdown=said["as_markdown"], json=said["as_json"])
    if forget is not None:
        _forget(session, forget, as_json=said["as_json"])
        return
    with session.writing() if keep is not None else session.reading() as desk:
        if baselines:
            _tell_baselines(desk, as_json=said["as_json"])
            return
        if keep is not None:
            desk.reports.name_to_keep(keep)  # before anything is printed
        period = _period(desk, said["start"], said["end"])
        scope = Scope(*(said[name] for name in _SCOPE))
        desk.reports.prepare(show_progress)
        if figure is not None:
            _tell_tickets(desk, figure, period, scope, said["limit"], as_json=said["as_json"])
            return
        _tell_report(desk, period, scope, said)
        if keep is not None:
            kept = desk.reports.keep(keep, period, scope)
            say(one_line(f"kept; `workbench report --against {kept.name}` compares with it"))


def _period(desk: Desk, start: datetime | None, end: datetime | None) -> "Period":
    zone = desk.organisation.current().zone
    return desk.reports.period(*(None if at is None else in_zone(at, zone) for at in (start, end)))


def _tell_report(desk: Desk, period: "Period", scope: "Scope", said: dict[str, Any]) -> None:
    against = desk.reports.baseline(said["against"]) if said["against"] is not None else None
    shares = dict(said["shares"])
    what_if = desk.reports.what_if(period, scope, shares) if shares else None
    found = desk.reports.report(period, scope, progress=show_progress)
    diagnosis = desk.reports.diagnosis(period, scope, progress=show_progress)
    if said["as_json"]:
        from workbench.reports.as_json import baseline_told, report_told, what_if_told

        more: dict[str, Any] = {"what_if": what_if and what_if_told(what_if)}
        more["against"] = against and baseline_told(against)
        tell_json(report_told(found, diagnosis) | more)
        return
    from workbench.reports.page import Page

    organisation = desk.organisation.current()
    page = Page(organisation.name, organisation.zone, found, against, what_if, diagnosis)
    if said["as_html"]:
        from workbench.reports.html import html_page

        tell(html_page(page))
    elif said["as_markdown"]:
        from workbench.reports.markdown import markdown_page

        tell(*markdown_page(page))
    else:
        from workbench.cli.report_page import text_page

        tell(*text_page(page, screen_width()))


def _tell_tickets(
    desk: Desk, figure: str, period: "Period", scope: "Scope", limit: int | None, *, as_json: bool
) -> None:
    from workbench.queues.as_json import line_told

    now = desk.now()
    with desk.database.snapshot():
        refs = desk.reports.tickets_behind(figure, period, scope)
        shown = refs[: (None if as_json else _SHOWN) if limit is None else limit]
        lines = desk.queues.lines(shown, now, resolved=True)
        if as_json:
            tell_json_list(line_told(line, desk.queues.standing(line, now), now) for line in lines)
            return
        from workbench.cli.queues import say_rest
        from workbench.cli.words import lines_told

        tell(*lines_told(desk, lines))
        say_rest(len(refs) - len(lines))


def _forget(session: Session, name: str, *, as_json: bool) -> None:
    with session.writing() as desk:
        kept = desk.reports.forget(name)
    if as_json:
        from workbench.reports.as_json import baseline_told

        tell_json(baseline_told(kept))
    else:
        tell(one_line(kept.name))


def _tell_baselines(desk: Desk, *, as_json: bool) -> None:
    kept = desk.reports.baselines()
    if as_json:
        from workbench.reports.as_json import baseline_told

        tell_json_list(map(baseline_told, kept))
        return
    from workbench.reports.words import day_words, period_words, scope_words

    zone = desk.organisation.current().zone
    rows = [("NAME", "KEPT ON", "BY", "PERIOD", "OF")]
    rows += [
        (
            each.name,
            day_words(each.kept_at, zone),
            each.kept_by,
            period_words(each.period, zone),
            scope_words(each.scope),
        )
        for each in kept
    ]
    tell(*table(rows, flexible=0, width=screen_width()))
