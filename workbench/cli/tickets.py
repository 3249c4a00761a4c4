"""Tickets: the group of their commands, reading them, and taking back the latest change."""

from typing import Final

import click

from workbench.cli.arguments import TEXT, FilterCommand, json_option, limit_option, reference_argument
from workbench.cli.lazy import LazyGroup
from workbench.cli.output import say, tell, tell_json, tell_json_list
from workbench.cli.session import Session
from workbench.desk import Desk
from workbench.tickets.as_json import ticket_told
from workbench.tickets.undoing import Deed

_ACTS = "workbench.cli.acts"

PLACES: Final = {
    "new": f"{_ACTS}:new",
    "show": "workbench.cli.tickets:show",
    "list": "workbench.cli.tickets:list_",
    "take": f"{_ACTS}:take",
    "assign": f"{_ACTS}:assign",
    "comment": f"{_ACTS}:comment",
    "note": f"{_ACTS}:note",
    "component": f"{_ACTS}:component",
    "priority": f"{_ACTS}:priority",
    "move": f"{_ACTS}:move",
    "wait": f"{_ACTS}:wait",
    "resume": f"{_ACTS}:resume",
    "resolve": f"{_ACTS}:resolve",
    "close": f"{_ACTS}:close",
    "reopen": f"{_ACTS}:reopen",
}
"""Where each command about a ticket is found."""


@click.group(cls=LazyGroup, places=PLACES)
def ticket() -> None:
    """Open, read and change tickets.

    REF is a ticket's number with or without #, or its external id.
    """


@click.command()
@reference_argument
@json_option
@click.pass_obj
def show(session: Session, reference: str, as_json: bool) -> None:
    """Show a ticket with its clocks and its timeline, newest last."""
    with session.reading() as desk:
        ref = desk.tickets.number(reference)
        if as_json:
            tell_ticket(desk, ref)
        else:
            from workbench.cli.page import ticket_page

            tell(*ticket_page(desk, ref))


@click.command("list", cls=FilterCommand)
@click.argument("words", nargs=-1, type=TEXT, metavar="[FILTER]...")
@limit_option("tickets")
@json_option
@click.pass_obj
def list_(session: Session, words: tuple[str, ...], limit: int | None, as_json: bool) -> None:
    """List tickets in any state that a filter lets through, the most urgent first.

    \b
    workbench ticket list
    workbench ticket list vpn tier:L1 'age:>4h' -is:waiting
    workbench ticket list 'client:contoso "exact words"' --json
    """
    from workbench.cli.queues import SHOWN, say_rest
    from workbench.queues.as_json import line_told

    with session.reading() as desk, desk.database.snapshot():
        wanted, now = desk.queues.parse(" ".join(words)), desk.now()
        if as_json:
            lines = desk.queues.all_lines(wanted, limit)
            tell_json_list(line_told(line, desk.queues.standing(line, now), now) for line in lines)
            return
        from workbench.cli.words import lines_told

        lines = desk.queues.all_lines(wanted, SHOWN if limit is None else limit)
        tell(*lines_told(desk, lines))
        say_rest(desk.queues.number_of_lines(wanted) - len(lines))
        if not lines:
            for typed, meant in desk.queues.meant(wanted).items():
                say(f"nothing has {typed!r}; did you mean {meant}?")


@click.command()
@json_option
@click.pass_obj
def undo(session: Session, as_json: bool) -> None:
    """Take back your latest change that is not taken back yet."""
    with session.writing() as desk:
        undone = desk.tickets.undo()
        if undone.tickets or not as_json:
            tell_changed(desk, undone.tickets[0].ref if undone.tickets else 0, undone.told, as_json)
        else:
            _tell_elsewhere(desk, undone.elsewhere[0])


def _tell_elsewhere(desk: Desk, deed: Deed) -> None:
    """Prints as JSON the problem or the component of which something was taken back."""
    if deed.problem is None:
        from workbench.cli.catalogue import tell_component

        tell_component(desk, deed.what)
    else:
        from workbench.problems.as_json import problem_told

        problem = desk.problems.get(deed.problem)
        tell_json(problem_told(problem, desk.problems.counts()[deed.problem], desk.now()))


def tell_changed(desk: Desk, ref: int, words: str, as_json: bool) -> None:
    """Prints a few words about a ticket that was changed, or with `--json` the ticket."""
    if as_json:
        tell_ticket(desk, ref)
    else:
        from workbench.text import one_line

        tell(one_line(words))


def tell_ticket(desk: Desk, ref: int) -> None:
    """Prints the whole ticket as JSON."""
    ticket, events = desk.tickets.with_timeline(ref)
    tell_json(ticket_told(ticket, events, desk.now(), desk.tickets.limits))
