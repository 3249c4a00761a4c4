"""What is done to a ticket: opening it, working it, ending it."""

from collections.abc import Callable
from datetime import datetime

import click

from workbench.cli.arguments import (
    PROBLEM,
    TEXT,
    F,
    Instant,
    choice,
    in_zone,
    json_option,
    reference_argument,
    text_or_stdin,
)
from workbench.cli.output import say
from workbench.cli.session import Session
from workbench.cli.tickets import tell_changed
from workbench.desk import Desk
from workbench.text import one_line
from workbench.tickets.model import NewTicket, Ticket
from workbench.tickets.rules import LONGEST_TEXT, Resolution
from workbench.tickets.vocabulary import Avoidable, Impact, Priority, Urgency, WaitingFor

NOBODY = "nobody"
NOTHING = "nothing"


def _reason(command: F) -> F:
    return click.option("--reason", required=True, type=TEXT, metavar="R", help="Why.")(command)


@click.command()
@click.option("--subject", required=True, type=TEXT, metavar="S", help="What it is about, in a line.")
@click.option("--body", default="", type=TEXT, metavar="TEXT|-", help="All that was said; - reads it from stdin.")
@click.option("--client", type=TEXT, metavar="C", help="Whose ticket it is.")
@click.option("--contact", type=TEXT, metavar="NAME", help="Who asked; an unknown one is added to the client.")
@click.option("--component", type=TEXT, metavar="C", help="What is broken.")
@click.option("--team", type=TEXT, metavar="T", help="Who gets it, else the first team of the first tier.")
@click.option("--impact", type=choice(Impact), default=Impact.ONE.value, show_default=True, help="Whom it hits.")
@click.option(
    "--urgency",
    type=choice(Urgency),
    default=Urgency.HAMPERED.value,
    show_default=True,
    help="How badly they are hit.",
)
@json_option
@click.pass_obj
def new(
    session: Session,
    subject: str,
    body: str,
    client: str | None,
    contact: str | None,
    component: str | None,
    team: str | None,
    impact: str,
    urgency: str,
    as_json: bool,
) -> None:
    """Open a ticket and print its reference.

    \b
    workbench ticket new --subject "VPN drops every 10 min" --contact "Dana Reyes" --urgency blocked
    """
    text = text_or_stdin(body, LONGEST_TEXT)
    with session.writing() as desk:
        about = _component(desk, component) if component else None
        said = NewTicket(subject, text, client, contact, about, team, Impact(impact), Urgency(urgency))
        opened = desk.tickets.open(said)
        tell_changed(desk, opened.ref, f"#{opened.ref}", as_json)


@click.command()
@reference_argument
@json_option
@click.pass_obj
def take(session: Session, reference: str, as_json: bool) -> None:
    """Take a ticket that nobody has; what another has is refused and names them."""
    _act(session, reference, as_json, lambda desk, ref: desk.tickets.take(ref), "taken")


@click.command()
@reference_argument
@click.argument("who", metavar="WHO|nobody", type=TEXT)
@json_option
@click.pass_obj
def assign(session: Session, reference: str, who: str, as_json: bool) -> None:
    """Give a ticket to a person, or to nobody."""
    to = None if who == NOBODY else who
    _act(session, reference, as_json, lambda desk, ref: desk.tickets.assign(ref, to), f"assigned to {who}")


@click.command()
@reference_argument
@click.argument("text", metavar="TEXT|-", type=TEXT)
@click.option("--from-requester", is_flag=True, help="The requester said it; it ends a wait for them.")
@json_option
@click.pass_obj
def comment(session: Session, reference: str, text: str, from_requester: bool, as_json: bool) -> None:
    """Write to the requester, or write down what they said; - reads the text from stdin."""
    said = text_or_stdin(text, LONGEST_TEXT)

    def change(desk: Desk, ref: int) -> Ticket:
        return desk.tickets.reply(ref, said) if from_requester else desk.tickets.comment(ref, said)

    _act(session, reference, as_json, change, "replied to by the requester" if from_requester else "commented")


@click.command()
@reference_argument
@click.argument("text", metavar="TEXT|-", type=TEXT)
@json_option
@click.pass_obj
def note(session: Session, reference: str, text: str, as_json: bool) -> None:
    """Write down something that the requester does not see; - reads the text from stdin."""
    said = text_or_stdin(text, LONGEST_TEXT)
    _act(session, reference, as_json, lambda desk, ref: desk.tickets.note(ref, said), "noted")


@click.command()
@reference_argument
@click.argument("name", metavar="NAME|nothing", type=TEXT)
@json_option
@click.pass_obj
def component(session: Session, reference: str, name: str, as_json: bool) -> None:
    """Say what a ticket is about: a component of the catalogue, or in words what is not in it."""

    def change(desk: Desk, ref: int) -> Ticket:
        return desk.tickets.set_component(ref, "" if name == NOTHING else _component(desk, name))

    _act(session, reference, as_json, change, f"is about {name}")


@click.command()
@reference_argument
@click.argument("priority", metavar="P1…P4", type=choice(Priority))
@_reason
@json_option
@click.pass_obj
def priority(session: Session, reference: str, priority: str, reason: str, as_json: bool) -> None:
    """Override the priority that follows from impact and urgency, with the reason."""
    to = Priority(priority)
    _act(session, reference, as_json, lambda desk, ref: desk.tickets.prioritise(ref, to, reason), f"is {to.value} now")


@click.command()
@reference_argument
@click.argument("team", metavar="TEAM", type=TEXT)
@_reason
@json_option
@click.pass_obj
def move(session: Session, reference: str, team: str, reason: str, as_json: bool) -> None:
    """Route a ticket that nobody has worked on to another team."""
    _act(session, reference, as_json, lambda desk, ref: desk.tickets.move(ref, team, reason), f"moved to {team}")


@click.command()
@reference_argument
@click.option("--for", "on", required=True, type=choice(WaitingFor), help="Whom or what it waits for.")
@_reason
@click.option("--until", type=Instant(local=True), metavar="INSTANT", help="When it wakes up by itself.")
@json_option
@click.pass_obj
def wait(session: Session, reference: str, on: str, reason: str, until: datetime | None, as_json: bool) -> None:
    """Let a ticket wait for somebody or something, maybe until a moment.

    \b
    workbench ticket wait 1042 --for vendor --reason "carrier ticket 77" --until 2026-11-23T09:00
    """

    def change(desk: Desk, ref: int) -> Ticket:
        wakes = in_zone(until, desk.organisation.current().zone) if until else None
        return desk.tickets.wait(ref, WaitingFor(on), reason, wakes)

    _act(session, reference, as_json, change, f"waits for {on}")


@click.command()
@reference_argument
@json_option
@click.pass_obj
def resume(session: Session, reference: str, as_json: bool) -> None:
    """End a wait before its time."""
    _act(session, reference, as_json, lambda desk, ref: desk.tickets.resume(ref), "open again")


@click.command()
@reference_argument
@click.option("--cause", default="", type=TEXT, metavar="C", help="What it came from.")
@click.option("--fix", default="", type=TEXT, metavar="F", help="What put it right.")
@click.option("--runbook", default="", type=TEXT, metavar="SLUG", help="The runbook that put it right.")
@click.option("--problem", type=PROBLEM, metavar="N", help="The problem that it was one of.")
@click.option("--avoidable", type=choice(Avoidable), help="What the first line lacked to do this.")
@click.option("--one-off", default="", type=TEXT, metavar="R", help="Why it will not come again.")
@json_option
@click.pass_obj
def resolve(
    session: Session,
    reference: str,
    cause: str,
    fix: str,
    runbook: str,
    problem: int | None,
    avoidable: str | None,
    one_off: str,
    as_json: bool,
) -> None:
    """Resolve a ticket; one that was escalated needs the cause, the fix and what was learned."""
    told = Resolution(cause, fix, one_off, runbook, str(problem or ""), avoidable or "")

    def change(desk: Desk, ref: int) -> Ticket:
        if problem is not None:
            desk.problems.get(problem)
        return desk.tickets.resolve(ref, told)

    _act(session, reference, as_json, change, "resolved")


@click.command()
@reference_argument
@json_option
@click.pass_obj
def close(session: Session, reference: str, as_json: bool) -> None:
    """Close a resolved ticket before time does."""
    _act(session, reference, as_json, lambda desk, ref: desk.tickets.close(ref), "closed")


@click.command()
@reference_argument
@_reason
@json_option
@click.pass_obj
def reopen(session: Session, reference: str, reason: str, as_json: bool) -> None:
    """Open a resolved or closed ticket again."""
    _act(session, reference, as_json, lambda desk, ref: desk.tickets.reopen(ref, reason), "reopened")


def _component(desk: Desk, name: str) -> str:
    """The slug of what is called so; the name itself, and a word on stderr, where a catalogue has no such thing."""
    if doubt := desk.ownership.doubt(name):
        say(f"note: {one_line(doubt)}")
    found = desk.ownership.find(name)
    return found.slug if found else name


def _act(session: Session, reference: str, as_json: bool, change: Callable[[Desk, int], Ticket], done: str) -> None:
    """Does one thing to a ticket and says so."""
    with session.writing() as desk:
        ref = desk.tickets.number(reference)
        change(desk, ref)
        tell_changed(desk, ref, f"#{ref} {done}", as_json)
