"""Swarms: calling people together at one ticket, one log, and what was learned."""

from collections.abc import Callable
from typing import Any, Final

import click

from workbench.cli.arguments import TEXT, json_option, reference_argument, text_or_stdin
from workbench.cli.escalation import read_json, send
from workbench.cli.layout import screen_width, table
from workbench.cli.lazy import LazyGroup
from workbench.cli.output import say, tell, tell_json, tell_json_list
from workbench.cli.session import Session
from workbench.clock import iso
from workbench.desk import Desk
from workbench.duration import short
from workbench.errors import InvalidInput
from workbench.escalation.model import Category, Direction
from workbench.escalation.swarm import Swarm
from workbench.text import one_line
from workbench.tickets.rules import LONGEST_TEXT

PLACES: Final = {
    name: f"workbench.cli.swarm:{function}"
    for name, function in {
        "list": "list_",
        "show": "show",
        "start": "start",
        "join": "join",
        "leave": "leave",
        "drive": "drive",
        "log": "log",
        "close": "close",
    }.items()
}
"""Where each command about a swarm is found."""


@click.group(cls=LazyGroup, places=PLACES)
def swarm() -> None:
    """Work on one ticket together, with one driver, where no single team owns it."""


@click.command()
@reference_argument
@click.option("--why", type=TEXT, metavar="W", help="Why there is no single owner.")
@click.option("--driver", type=TEXT, metavar="WHO", help="Who drives it, else you.")
@click.option("--helper", "helpers", multiple=True, type=TEXT, metavar="WHO", help="Who helps besides.")
@click.option("--component", "components", multiple=True, type=TEXT, metavar="C", help="A component on the path.")
@click.option("--form", type=TEXT, metavar="FILE|-", help="The rest of the form of a hand-off, as JSON.")
@json_option
@click.pass_obj
def start(
    session: Session,
    reference: str,
    why: str | None,
    driver: str | None,
    helpers: tuple[str, ...],
    components: tuple[str, ...],
    form: str | None,
    as_json: bool,
) -> None:
    """Start a swarm; it is a hand-off, and needs what a hand-off to a swarm needs.

    \b
    workbench swarm start 1042 --why "between two teams" --component checkout --form form.json
    """
    rest = read_json(form) if form else {}
    if not isinstance(rest, dict):
        raise InvalidInput("the form is no JSON object", "write an object in braces")
    told: dict[str, Any] = rest | {"direction": Direction.SWARM.value}
    told["lead"] = driver or rest.get("lead") or session.who
    if components:
        told["components"] = list(components)
    if why is not None:
        reason = rest.get("reason") if isinstance(rest.get("reason"), dict) else {}
        told["reason"] = {"category": Category.CROSS_SYSTEM.value} | (reason or {}) | {"words": why}
    with session.writing() as desk:
        ref = desk.tickets.number(reference)
        here = desk.organisation.current().team(desk.tickets.get(ref).team, include_retired=True)
        told.setdefault("to", "" if here.retired else here.slug)  # else it goes to the team of its driver
        with desk.tickets.together():
            send(desk, ref, told)
            for helper in helpers:
                desk.escalation.swarms.join(ref, helper)
        _tell(desk, ref, f"swarm on #{ref}, driven by {told['lead']}", as_json)


@click.command()
@reference_argument
@click.argument("who", type=TEXT, metavar="[WHO]", required=False)
@json_option
@click.pass_obj
def join(session: Session, reference: str, who: str | None, as_json: bool) -> None:
    """Take part, or call somebody in."""
    _do(session, reference, as_json, lambda desk, ref: desk.escalation.swarms.join(ref, who), "joined")


@click.command()
@reference_argument
@json_option
@click.pass_obj
def leave(session: Session, reference: str, as_json: bool) -> None:
    """Take part no longer."""
    _do(session, reference, as_json, lambda desk, ref: desk.escalation.swarms.leave(ref), "left")


@click.command()
@reference_argument
@click.argument("who", type=TEXT)
@json_option
@click.pass_obj
def drive(session: Session, reference: str, who: str, as_json: bool) -> None:
    """Make somebody the one driver."""
    _do(session, reference, as_json, lambda desk, ref: desk.escalation.swarms.drive(ref, who), f"driven by {who}")


@click.command()
@reference_argument
@click.argument("text", metavar="TEXT|-", type=TEXT)
@json_option
@click.pass_obj
def log(session: Session, reference: str, text: str, as_json: bool) -> None:
    """Write a line into the log that all in the swarm share; - reads it from stdin."""
    said = text_or_stdin(text, LONGEST_TEXT)
    _do(session, reference, as_json, lambda desk, ref: desk.escalation.swarms.log(ref, said), "logged")


@click.command()
@reference_argument
@click.option("--learning", required=True, type=TEXT, metavar="L", help="What was learned.")
@json_option
@click.pass_obj
def close(session: Session, reference: str, learning: str, as_json: bool) -> None:
    """End the swarm with what was learned; tells how long each has helped."""
    with session.writing() as desk:
        ref = desk.tickets.number(reference)
        closed = desk.escalation.swarms.close(ref, learning)
        hours = ", ".join(f"{who} {short(seconds)}" for who, seconds in closed.hours(desk.now()).items())
        _tell(desk, ref, f"swarm on #{ref} closed: {hours}", as_json)


@click.command("list")
@click.option("--open", "only_open", is_flag=True, help="Only those that go on.")
@json_option
@click.pass_obj
def list_(session: Session, only_open: bool, as_json: bool) -> None:
    """List the swarms, the latest first."""
    with session.reading() as desk:
        swarms = desk.escalation.swarms
        found = swarms.open_swarms() if only_open else swarms.all()
        if as_json:
            tell_json_list(_told(desk, each) for each in found)
            return
        rows = [(f"#{each.ref}", _state(each), each.driver, ", ".join(each.present), each.why) for each in found]
        tell(*table(rows, right=frozenset({0}), flexible=4, width=screen_width()))
        if not rows:
            say("no swarm is going on" if only_open else "there was no swarm")


@click.command()
@reference_argument
@json_option
@click.pass_obj
def show(session: Session, reference: str, as_json: bool) -> None:
    """Show a ticket's swarm with its log."""
    with session.reading() as desk:
        found = desk.escalation.swarms.get(desk.tickets.number(reference))
        if as_json:
            tell_json(_told(desk, found))
            return
        lines = [f"#{found.ref} {_state(found)}, driven by {found.driver}: {found.why}"]
        lines += [f"{who} {short(seconds)}" for who, seconds in found.hours(desk.now()).items()]
        for event in desk.escalation.swarms.log_of(found):
            lines.append(f"{iso(event.at)} {event.who} {event.kind.replace('_', ' ')}: {event.text}")
        tell(*map(one_line, lines))


def _do(session: Session, reference: str, as_json: bool, act: Callable[[Desk, int], Swarm], words: str) -> None:
    with session.writing() as desk:
        ref = desk.tickets.number(reference)
        act(desk, ref)
        _tell(desk, ref, f"#{ref}: {words}", as_json)


def _tell(desk: Desk, ref: int, words: str, as_json: bool) -> None:
    if as_json:
        tell_json(_told(desk, desk.escalation.swarms.get(ref)))
    else:
        tell(one_line(words))


def _state(each: Swarm) -> str:
    return "open" if each.learning is None else "closed"


def _told(desk: Desk, each: Swarm) -> dict[str, Any]:
    now = desk.now()
    return {
        "swarm": each.number,
        "ref": each.ref,
        "state": _state(each),
        "driver": each.driver,
        "why": each.why,
        "components": list(each.components),
        "started_by": each.started_by,
        "started_at": iso(each.started_at),
        "closed_by": each.closed_by,
        "closed_at": iso(each.closed_at) if each.closed_at else None,
        "learning": each.learning,
        "helpers": [
            {
                "who": helper.person,
                "team": helper.team,
                "joined_at": iso(helper.joined_at),
                "left_at": iso(helper.left_at) if helper.left_at else None,
                "helped_s": helper.seconds(now),
            }
            for helper in each.helpers
        ],
    }
