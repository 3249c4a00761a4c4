"""Queues: which there are, what stands in one, why, and taking the next."""

from collections.abc import Iterator
from typing import Any

import click

from workbench.cli.arguments import TEXT, FilterCommand, json_option, limit_option, reference_argument
from workbench.cli.output import say, tell, tell_json, tell_json_list
from workbench.cli.session import Session
from workbench.desk import Desk
from workbench.queues.as_json import line_told, queue_told
from workbench.queues.filters import Filter
from workbench.queues.model import SAVE, Line
from workbench.queues.store import Selection
from workbench.text import one_line

SHOWN = 50
"""Tickets that text shows unless told otherwise."""
_PAGE = 500
"""Lines read at a time."""


@click.command()
@json_option
@click.pass_obj
def queues(session: Session, as_json: bool) -> None:
    """List the queues with how many tickets are fresh, aging, due, late and waiting."""
    with session.reading() as desk:
        with desk.database.snapshot():
            counts, now = desk.queues.counts(), desk.now()
            desk.queues.date(counts)
        if as_json:
            tell_json_list(queue_told(total, now) for total in counts)
        else:
            from workbench.cli.words import counts_told

            tell(*counts_told(counts, now))


@click.command(cls=FilterCommand)
@click.argument("name", type=TEXT)
@click.argument("words", nargs=-1, type=TEXT, metavar="[FILTER]...")
@limit_option("tickets")
@json_option
@click.pass_obj
def queue(session: Session, name: str, words: tuple[str, ...], limit: int | None, as_json: bool) -> None:
    """Show a queue in urgency order, or what a filter lets through of it; `save NAME FILTER…` keeps one as your own.

    \b
    workbench queue L1
    workbench queue L1 is:late client:contoso
    workbench queue Late --json --limit 20
    workbench queue save mailroom printer tier:L1 -is:waiting
    """
    if name == SAVE and words:
        _save(session, words[0], " ".join(words[1:]), as_json)
    else:
        with session.reading() as desk:
            wanted, typed = desk.queues.find(name).filter, desk.queues.parse(" ".join(words))
            within = Filter((*wanted.terms, *typed.terms), (*wanted.words, *typed.words))
            _show(desk, within, limit, as_json)


@click.command()
@reference_argument
@json_option
@click.pass_obj
def why(session: Session, reference: str, as_json: bool) -> None:
    """Say in a sentence why a ticket stands where it stands."""
    with session.reading() as desk:
        ref = desk.tickets.number(reference)
        because = desk.queues.why(ref)
    if as_json:
        tell_json({"ref": ref, "why": because})
    else:
        tell(one_line(because))


@click.command("take-next")
@click.argument("name", required=False, metavar="[QUEUE]", type=TEXT)
@json_option
@click.pass_obj
def take_next(session: Session, name: str | None, as_json: bool) -> None:
    """Take the most urgent ticket that nobody has, of a queue or else of your teams."""
    from workbench.cli.tickets import tell_changed

    with session.writing() as desk:
        taken = desk.queues.take_next(name)
        tell_changed(desk, taken.ref, f"#{taken.ref}", as_json)


def _save(session: Session, name: str, text: str, as_json: bool) -> None:
    with session.writing() as desk:
        desk.organisation.require_person(desk.who)
        saved = desk.queues.save(name, text)
        if as_json:
            counts = desk.queues.counts([saved])
            desk.queues.date(counts)
            tell_json(queue_told(counts[0], desk.now()))
        else:
            tell(one_line(saved.name))


def _show(desk: Desk, wanted: Filter, limit: int | None, as_json: bool) -> None:
    selection = desk.queues.select(wanted)
    if as_json:
        with desk.database.snapshot():
            tell_json_list(_told(desk, selection, limit))
        return
    from workbench.cli.words import lines_told

    lines = selection.page(SHOWN if limit is None else limit)
    tell(*lines_told(desk, lines))
    say_rest(desk.queues.size(wanted) - len(lines))


def say_rest(more: int) -> None:
    """Says on stderr how many tickets were left out."""
    if more > 0:
        say(f"{more:,} more; --limit N shows them")


def _told(desk: Desk, selection: Selection, limit: int | None) -> Iterator[dict[str, Any]]:
    now, standing = desk.now(), desk.queues.standings()
    for line in _lines(selection, limit):
        yield line_told(line, standing(line, now), now)


def _lines(selection: Selection, limit: int | None) -> Iterator[Line]:
    """The lines from the first on, a page at a time, since there may be a million."""
    if limit is not None and limit <= _PAGE:
        yield from selection.page(limit)
        return
    left, page = limit, selection.page(_PAGE)
    while page:
        yield from page if left is None else page[:left]
        left = None if left is None else left - len(page)
        page = [] if left is not None and left <= 0 else selection.beyond(page[-1], _PAGE)
