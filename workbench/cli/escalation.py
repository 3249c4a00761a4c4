"""Handing a ticket off, and the receiving end of it."""

import json
from pathlib import Path
from typing import Any, Final

import click

from workbench.cli.arguments import (
    NUMBER,
    PROBLEM,
    TEXT,
    at_most_one,
    choice,
    from_stdin,
    json_option,
    limit_option,
    reference_argument,
)
from workbench.cli.layout import screen_width, table
from workbench.cli.lazy import LazyGroup
from workbench.cli.output import say, tell, tell_json, tell_json_list
from workbench.cli.session import Session
from workbench.desk import Desk
from workbench.duration import elapsed, short
from workbench.errors import Incomplete, InvalidInput
from workbench.escalation.as_json import PREVIEW_KEYS, handoff_told, preview_told, sent_told
from workbench.escalation.filling import stays
from workbench.escalation.forms import Outlook
from workbench.escalation.handing import fields_named
from workbench.escalation.model import Handoff, Return, ReturnCode
from workbench.text import one_line, visible

SHOWN: Final = 50
"""Hand-offs that a list shows as text unless told otherwise."""
LARGEST: Final = 4_000_000
"""Bytes of a form."""

PLACES: Final = {
    "list": "workbench.cli.escalation:list_",
    "show": "workbench.cli.escalation:show",
    "accept": "workbench.cli.escalation:accept",
    "return": "workbench.cli.escalation:return_",
    "complete": "workbench.cli.escalation:complete",
}
"""Where each command about a hand-off is found."""


@click.command()
@reference_argument
@click.option("--preview", is_flag=True, help="Show what the form would show, filled in; nothing is sent.")
@click.option("--form", type=TEXT, metavar="FILE|-", help="Send the form in this JSON file; - reads it from stdin.")
@click.option("--markdown", is_flag=True, help="With --preview: the text that the receiver will read.")
@json_option
@click.pass_obj
def escalate(session: Session, reference: str, preview: bool, form: str | None, markdown: bool, as_json: bool) -> None:
    """Hand a ticket to another team or person, so that they start where you stopped.

    What the form leaves out is taken from the draft and from what the ticket knows. With required fields missing
    nothing is sent, each is named, and what was said is kept.

    \b
    workbench escalate 1042 --preview --json > form.json
    workbench escalate 1042 --form form.json
    """
    if preview == (form is not None):
        raise click.UsageError("say --preview, or --form FILE")
    at_most_one(markdown=markdown, json=as_json)
    if form is None:
        _preview(session, reference, markdown, as_json)
        return
    told = read_json(form)
    with session.writing() as desk:
        ref = desk.tickets.number(reference)
        sent, warnings = send(desk, ref, told)
        for warning in warnings:
            say(f"note: {one_line(warning)}")
        if as_json:
            tell_json(sent_told(sent, warnings))
        else:
            owed = f", owed: {', '.join(sent.owed)}" if sent.owed else ""
            tell(one_line(f"hand-off {sent.number}: #{ref} {sent.direction} to {sent.person or sent.target}{owed}"))


def send(desk: Desk, ref: int, told: object) -> tuple[Handoff, tuple[str, ...]]:
    """Sends a form, and gives what speaks against it; one that is incomplete is kept."""
    given = {key: value for key, value in told.items() if key not in PREVIEW_KEYS} if isinstance(told, dict) else told
    form = desk.escalation.forms.read(ref, given)
    try:
        warnings = desk.escalation.forms.outlook(ref, form).warnings
        return desk.escalation.send(ref, form), warnings
    except Incomplete:
        desk.escalation.forms.keep(ref, form)
        raise


def _preview(session: Session, reference: str, markdown: bool, as_json: bool) -> None:
    with session.reading() as desk:
        ref = desk.tickets.number(reference)
        outlook = desk.escalation.forms.outlook(ref)
        if as_json:
            tell_json(preview_told(outlook, desk.escalation.gathering.around(outlook.ticket)))
            return
        from workbench.escalation.markdown import markdown as text_of
        from workbench.escalation.noting import locally

        if not markdown:
            tell(*_outlook_lines(desk, outlook))
        form = locally(outlook.form, desk.organisation.current().zone)
        tell(visible(text_of(form, outlook.ticket)).rstrip())


def _outlook_lines(desk: Desk, outlook: Outlook) -> list[str]:
    proposal, done, around = outlook.proposal, outlook.done, desk.escalation.gathering.around(outlook.ticket)
    told = [f"Proposed: {proposal.direction} to {proposal.to or '…'}, since {proposal.because}"]
    told.append(f"Filled: {done.filled} of {done.asked}")
    missing = [*done.missing, *(f"{each.part} ({each.asks})" for each in done.further)]
    if missing:
        told.append(f"Missing: {', '.join(missing)}")
    told += [f"Mind: {warning}" for warning in outlook.warnings]
    told += [f"Known problem {each.number}: {each.title}; {each.workaround}" for each in around.problems]
    told += [f"Similar: #{each.ref} {each.subject}" for each in around.similar]
    told += [f"Runbook not tried: {each.title} ({each.slug})" for each in around.runbooks]
    return [*map(one_line, told), ""]


def read_json(name: str) -> Any:
    """The JSON of a file, or of stdin for `-`; InvalidInput where it cannot be read."""
    try:
        data = from_stdin(LARGEST + 1) if name == "-" else _bytes(Path(name))
        if len(data) > LARGEST:
            raise InvalidInput(f"{name} has over {LARGEST:,} bytes", "a form is some pages at most")
        return json.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise InvalidInput(f"{name} cannot be read ({error.strerror})", "name a JSON file, or - for stdin") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{_called(name)} is not UTF-8 text (at byte {error.start})", "save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{_called(name)} is no JSON ({error})", "write an object in braces") from error


def _called(name: str) -> str:
    return "stdin" if name == "-" else name


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


@click.group(cls=LazyGroup, places=PLACES)
def handoff() -> None:
    """Accept, return and look up what was handed off."""


@click.command("list")
@click.option("--ticket", "reference", type=TEXT, metavar="REF", help="Only this ticket's.")
@click.option("--open", "only_open", is_flag=True, help="Only those not accepted yet or still owing something.")
@limit_option("hand-offs")
@json_option
@click.pass_obj
def list_(session: Session, reference: str | None, only_open: bool, limit: int | None, as_json: bool) -> None:
    """List hand-offs, the latest first; the open ones, the oldest first."""
    with session.reading() as desk:
        ref = desk.tickets.number(reference) if reference else None
        most = limit if as_json or limit is not None else SHOWN
        found = desk.escalation.standing() if only_open else desk.escalation.handoffs(ref, most)
        shown = [each for each in found if ref is None or each.ref == ref][:most]
        if as_json:
            tell_json_list(map(handoff_told, shown))
            return
        rows = [_row(each, desk) for each in shown]
        tell(*table(rows, right=frozenset({0, 1}), flexible=7, width=screen_width()))
        if not rows:
            say("no hand-off is open" if only_open else "nothing was handed off")


def _row(each: Handoff, desk: Desk) -> tuple[str, ...]:
    why = each.code.words if each.code else ""
    owed = f"owes {', '.join(each.owed)}" if each.owed else ""
    age = f"{short(elapsed(each.sent_at, desk.now()))} ago"
    route = f"{each.source} → {each.person or each.target}"
    words = " · ".join(filter(None, [why, each.words or "", owed, each.form.summary]))
    return (str(each.number), f"#{each.ref}", each.status.value, each.direction.value, route, each.by, age, words)


@click.command()
@click.argument("number", type=NUMBER)
@json_option
@click.pass_obj
def show(session: Session, number: int, as_json: bool) -> None:
    """Show a hand-off as the receiver reads it."""
    from workbench.escalation.markdown import markdown
    from workbench.escalation.noting import locally
    from workbench.escalation.reading import form_told

    with session.reading() as desk:
        found = desk.escalation.get(number)
        if as_json:
            tell_json(handoff_told(found) | {"form": form_told(found.form)})
            return
        form = locally(found.form, desk.organisation.current().zone)
        tell(visible(markdown(form, desk.tickets.get(found.ref), found.source)).rstrip())


@click.command()
@reference_argument
@json_option
@click.pass_obj
def accept(session: Session, reference: str, as_json: bool) -> None:
    """Take what was handed to your team."""
    with session.writing() as desk:
        ref = desk.tickets.number(reference)
        _tell(desk.escalation.accept(ref), f"#{ref} accepted", as_json)


@click.command("return")
@reference_argument
@click.option("--code", required=True, type=choice(ReturnCode), help="Why it comes back.")
@click.option("--words", required=True, type=TEXT, metavar="W", help="The same in your words.")
@click.option("--field", "fields", multiple=True, type=TEXT, metavar="F", help="A field that says too little.")
@click.option("--problem", type=PROBLEM, metavar="N", help="The known problem that it is one of.")
@click.option("--runbook", default="", type=TEXT, metavar="SLUG", help="The runbook by which the sender can do it.")
@click.option(
    "--owner",
    default="",
    type=TEXT,
    metavar="TEAM",
    help="The team that really owns it, to be proposed to the catalogue.",
)
@json_option
@click.pass_obj
def return_(
    session: Session,
    reference: str,
    code: str,
    words: str,
    fields: tuple[str, ...],
    problem: int | None,
    runbook: str,
    owner: str,
    as_json: bool,
) -> None:
    """Give back what was handed to your team, with the reason.

    \b
    workbench handoff return 1042 --code information_missing --words "which host?" --field error
    """
    why = Return(ReturnCode(code), words, fields_named(fields), problem, runbook, owner)
    with session.writing() as desk:
        ref = desk.tickets.number(reference)
        back = desk.escalation.give_back(ref, why)
        _tell(back, f"#{ref} returned to {desk.tickets.get(ref).team}", as_json)


@click.command()
@click.argument("number", type=NUMBER)
@click.option("--form", required=True, type=TEXT, metavar="FILE|-", help="What was still to be said, as JSON.")
@json_option
@click.pass_obj
def complete(session: Session, number: int, form: str, as_json: bool) -> None:
    """Fill in what a hand-off still owes."""
    told = read_json(form)
    with session.writing() as desk:
        done, left = desk.escalation.complete(number, told)
        if left:
            say(f"note: {stays(left)}")
        _tell(done, f"owed still: {', '.join(done.owed)}" if done.owed else "nothing is owed any more", as_json)


def _tell(done: Handoff, words: str, as_json: bool) -> None:
    if as_json:
        tell_json(handoff_told(done))
    else:
        tell(one_line(words))
