"""The library of runbooks: searched, listed, shown, and what became of each."""

from typing import Final

import click

from workbench.cli.arguments import NUMBER, TEXT, FilterCommand, json_option
from workbench.cli.lazy import LazyGroup
from workbench.cli.output import say, tell, tell_json, tell_json_list
from workbench.cli.session import Session
from workbench.runbooks.as_json import entry_told, found_told, runbook_told, version_told
from workbench.runbooks.service import ORDERS
from workbench.text import one_line, visible

PLACES: Final = {
    "search": "workbench.cli.runbooks:search",
    "list": "workbench.cli.runbooks:list_",
    "show": "workbench.cli.runbooks:show",
    "new": "workbench.cli.runbook_texts:new",
    "edit": "workbench.cli.runbook_texts:edit",
    "versions": "workbench.cli.runbooks:versions",
    "diff": "workbench.cli.runbooks:diff",
    "retire": "workbench.cli.runbooks:retire",
    "check": "workbench.cli.runbook_trees:check",
    "import": "workbench.cli.runbook_trees:import_",
    "export": "workbench.cli.runbook_trees:export",
    "run": "workbench.cli.runs:run",
    "runs": "workbench.cli.runs:runs",
}
"""Where each command of the library is found."""

_FOUND: Final = 20
"""Answers of a search unless told otherwise."""


@click.group(cls=LazyGroup, places=PLACES)
def runbook() -> None:
    """Procedures for known troubles: find one, follow it, and keep the library in order."""


@click.command(cls=FilterCommand)
@click.argument("words", nargs=-1, type=TEXT, metavar="QUERY")
@click.option("--ticket", "reference", type=TEXT, metavar="REF", help="Prefer what fits this ticket.")
@click.option("--limit", type=click.IntRange(1, 1000), default=_FOUND, metavar="N", help="Show N runbooks (20).")
@json_option
@click.pass_obj
def search(session: Session, words: tuple[str, ...], reference: str | None, limit: int, as_json: bool) -> None:
    """Find runbooks in spite of misspellings; without a query, what fits the ticket and what is used most.

    \b
    workbench runbook search prnter ofline
    workbench runbook search "AADSTS50126: invalid username or password"
    """
    with session.reading() as desk:
        ticket = desk.tickets.get(desk.tickets.number(reference)) if reference else None
        found = desk.runbooks.search(" ".join(words), ticket, limit=limit)
        if as_json:
            tell_json_list(map(found_told, found))
        else:
            from workbench.cli.runbook_words import found_lines

            tell(*found_lines(found, desk.runbooks.today()))
            if not found:
                say("no runbook fits; `workbench runbook list` shows those there are")


@click.command("list")
@click.option("--sort", type=click.Choice(list(ORDERS)), default="title", help="The first is what needs a look.")
@click.option("--retired", is_flag=True, help="Show the retired too.")
@json_option
@click.pass_obj
def list_(session: Session, sort: str, retired: bool, as_json: bool) -> None:
    """List the runbooks with how they served: runs, how many worked, median time, worst step, review."""
    with session.reading() as desk:
        today = desk.runbooks.today()
        entries = desk.runbooks.entries(sort, retired=retired)
        if as_json:
            tell_json_list(entry_told(entry, today) for entry in entries)
        else:
            from workbench.cli.runbook_words import entry_lines

            tell(*entry_lines(entries, today))


@click.command()
@click.argument("slug", type=TEXT)
@click.option("--version", "number", type=NUMBER, metavar="N", help="As this version said.")
@click.option("--source", is_flag=True, help="Print the Markdown as it stands.")
@json_option
@click.pass_obj
def show(session: Session, slug: str, number: int | None, source: bool, as_json: bool) -> None:
    """Show a runbook with its steps and how it served."""
    with session.reading() as desk:
        wanted, entry = desk.runbooks.get(slug, number), desk.runbooks.entry(slug)
        today, spared = desk.runbooks.today(), desk.runbooks.spared(entry.slug)
    if as_json:
        tell_json(runbook_told(wanted, entry, today) | {"spared": spared})
    elif source:
        tell(visible(wanted.text.removesuffix("\n")))
    else:
        from workbench.cli.runbook_words import runbook_lines

        tell(*runbook_lines(wanted, entry, today, spared))


@click.command()
@click.argument("slug", type=TEXT)
@json_option
@click.pass_obj
def versions(session: Session, slug: str, as_json: bool) -> None:
    """List the versions of a runbook, the latest first: who wrote each, and when."""
    with session.reading() as desk:
        found = desk.runbooks.versions(slug)
        zone = desk.organisation.current().zone
    if as_json:
        tell_json_list(map(version_told, found))
    else:
        from workbench.clock import local

        tell(*(f"{each.number:>4}  {local(each.at, zone)}  {one_line(each.who)}" for each in found))


@click.command()
@click.argument("slug", type=TEXT)
@click.argument("before", type=NUMBER, metavar="A")
@click.argument("after", type=NUMBER, metavar="B")
@json_option
@click.pass_obj
def diff(session: Session, slug: str, before: int, after: int, as_json: bool) -> None:
    """Show what differs between two versions of a runbook, line by line."""
    from difflib import unified_diff

    with session.reading() as desk:
        one, other = (desk.runbooks.get(slug, number).text.splitlines() for number in (before, after))
    lines = list(unified_diff(one, other, f"{slug} version {before}", f"{slug} version {after}", lineterm=""))
    if as_json:
        tell_json({"slug": slug, "before": before, "after": after, "lines": lines})
    else:
        tell(*map(visible, lines))


@click.command()
@click.argument("slug", type=TEXT)
@click.option("--back", is_flag=True, help="Bring a retired one in again.")
@json_option
@click.pass_obj
def retire(session: Session, slug: str, back: bool, as_json: bool) -> None:
    """Take a runbook out of the lists and the search; its versions and runs stay."""
    with session.writing() as desk:
        desk.runbooks.retire(slug, back=back)
        if as_json:
            tell_json(entry_told(desk.runbooks.entry(slug), desk.runbooks.today()))
        else:
            tell(one_line(f"{slug} {'is back' if back else 'retired'}"))
