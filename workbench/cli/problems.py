"""Problems: writing down a known cause, trying its rule, linking tickets, and fixing it for all of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import click

from workbench.cli.arguments import PROBLEM, TEXT, F, Instant, in_zone, json_option, reference_argument
from workbench.cli.layout import indented, screen_width, table
from workbench.cli.lazy import LazyGroup
from workbench.cli.output import say, tell, tell_json, tell_json_list
from workbench.cli.session import Session
from workbench.clock import iso
from workbench.desk import Desk
from workbench.problems.as_json import linked_told, problem_told
from workbench.problems.model import NewProblem, Problem, Rule
from workbench.text import one_line

PLACES: Final = {
    name: f"workbench.cli.problems:{function}"
    for name, function in {
        "list": "list_",
        "show": "show",
        "new": "new",
        "change": "change",
        "try": "try_",
        "link": "link",
        "unlink": "unlink",
        "under-way": "under_way",
        "fixed": "fixed",
        "reopen": "reopen",
    }.items()
}
"""Where each command about a problem is found."""

_TEXTS: Final = {
    "cause": "What it comes from, as far as is known.",
    "workaround": "How to go round it until it is fixed.",
    "answer": "What to tell the requester.",
    "root_cause": "What it really came from.",
    "permanent_fix": "What ends it for good.",
}
_number = click.argument("number", type=PROBLEM)


@click.group(cls=LazyGroup, places=PLACES)
def problem() -> None:
    """Known causes behind tickets, and the rules that recognise them.

    A new ticket that matches a problem's rule shows it at once, with its workaround.
    """


def _rule_options(command: F) -> F:
    for decorate in (
        click.option("--pattern", type=TEXT, metavar="RE", help="A regular expression that its text matches."),
        click.option("--component", type=TEXT, metavar="C", help="The component it is about."),
        click.option("--signature", type=TEXT, metavar="S", help="An error message; its numbers do not count."),
        click.option("--word", "words", multiple=True, type=TEXT, metavar="W", help="A word or phrase in its text."),
    ):
        command = decorate(command)
    return command


def _text_options(command: F) -> F:
    for name, words in reversed(_TEXTS.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, type=TEXT, metavar="T", help=words)(command)
    return click.option("--expected", type=Instant(local=True), metavar="INSTANT", help="When a fix is expected.")(
        command
    )


def _widely(command: F) -> F:
    words = "Take the rule although it matches more than half of the latest tickets."
    return click.option("--widely", is_flag=True, help=words)(command)


@click.command("list")
@json_option
@click.pass_obj
def list_(session: Session, as_json: bool) -> None:
    """List the problems, the newest first."""
    with session.reading() as desk:
        problems, counts, now = desk.problems.all(), desk.problems.counts(), desk.now()
        if as_json:
            tell_json_list(problem_told(each, counts.get(each.number), now) for each in problems)
            return
        rows = []
        for each in problems:
            linked, unresolved, matching = counts[each.number]
            tickets = f"{unresolved} open of {linked} linked" + (f", {matching} more match" if matching else "")
            rows.append((f"PRB-{each.number}", each.seen(now).replace("_", " "), tickets, each.title))
        tell(*table(rows, flexible=3, width=screen_width()))
        if not rows:
            say("no problem is known; `workbench problem new` writes one down")


@click.command()
@_number
@json_option
@click.pass_obj
def show(session: Session, number: int, as_json: bool) -> None:
    """Show a problem with its tickets and its history."""
    with session.reading() as desk:
        found = desk.problems.get(number)
        if not as_json:
            tell(*_page(desk, found))
            return
        linked, matching = desk.problems.linked(number), desk.problems.matching(number)
        tickets = {"tickets": [*map(linked_told, linked)], "matching_tickets": [*map(linked_told, matching)]}
        told = problem_told(found, desk.problems.counts()[number], desk.now())
        tell_json(told | {"spared": desk.problems.spared(number)} | tickets)


def _page(desk: Desk, found: Problem) -> list[str]:
    lines = [one_line(f"PRB-{found.number} {found.title}"), f"{found.seen(desk.now()).replace('_', ' ')}", ""]
    lines += [one_line(f"Rule: {found.rule.told}")]
    for name in _TEXTS:
        if value := getattr(found, name):
            lines += [f"{name.replace('_', ' ').capitalize()}:", *indented(value, "  ")]
    if found.expected_at:
        lines.append(f"Fix expected: {iso(found.expected_at)}")
    if spared := desk.problems.spared(found.number):
        lines.append(f"Spared hand-offs: {spared}")
    for heading, tickets in (
        ("Linked tickets", desk.problems.linked(found.number)),
        ("Tickets that match and are not linked", desk.problems.matching(found.number)),
    ):
        lines += ["", f"{heading}: {len(tickets)}"]
        lines += [one_line(f"  #{each.ref} {each.state} {each.subject}") for each in tickets]
    lines += ["", "History:"]
    return lines + [
        one_line(f"  {iso(event.at)} {event.who} {event.kind.replace('_', ' ')}: {event.text}")
        for event in desk.problems.events(found.number)
    ]


@click.command()
@click.option("--title", required=True, type=TEXT, metavar="T", help="What it is, in a line.")
@_rule_options
@_text_options
@_widely
@json_option
@click.pass_obj
def new(session: Session, /, title: str, widely: bool, as_json: bool, **said: Any) -> None:
    """Write down a known cause and how the next ticket of it is recognised; prints its number.

    \b
    workbench problem new --title "Token expiry behind 502s" --word 502 --component checkout-gateway \\
        --workaround "sign in again"
    """
    with session.writing() as desk:
        made = desk.problems.write(_told(desk, NewProblem(title, Rule()), said), widely=widely)
        say(desk.problems.try_rule(made.rule, made.number).told.replace("would have matched", "matches"))
        _tell(desk, made, f"PRB-{made.number}", as_json)


@click.command()
@_number
@click.option("--title", type=TEXT, metavar="T", help="What it is, in a line.")
@_rule_options
@_text_options
@_widely
@json_option
@click.pass_obj
def change(session: Session, /, number: int, title: str | None, widely: bool, as_json: bool, **said: Any) -> None:
    """Say better what a problem is; what is not named stays, and an empty text empties it."""
    with session.writing() as desk:

        def anew(kept: NewProblem) -> NewProblem:
            return _told(desk, kept._replace(title=kept.title if title is None else title), said)

        _tell(desk, desk.problems.rewrite(number, anew, widely=widely), f"PRB-{number} changed", as_json)


@click.command("try")
@_rule_options
@json_option
@click.pass_obj
def try_(session: Session, /, as_json: bool, **said: Any) -> None:
    """Try a rule on the latest tickets; nothing is saved."""
    with session.reading() as desk:
        trial = desk.problems.try_rule(_told(desk, NewProblem("", Rule()), said).rule)
        if as_json:
            tell_json({"matched": list(trial.matched), "linked": list(trial.linked), "tried": trial.tried})
            return
        tell(trial.told, *(one_line(f"#{ref} {desk.tickets.get(ref).subject}") for ref in trial.matched))


@click.command()
@_number
@reference_argument
@json_option
@click.pass_obj
def link(session: Session, number: int, reference: str, as_json: bool) -> None:
    """Take a ticket in as one of this problem."""
    with session.writing() as desk:
        ref = desk.tickets.number(reference)
        desk.problems.link(ref, number)
        _tell(desk, desk.problems.get(number), f"#{ref} linked to PRB-{number}", as_json)


@click.command()
@reference_argument
@json_option
@click.pass_obj
def unlink(session: Session, reference: str, as_json: bool) -> None:
    """Say that a ticket is none of its problem's."""
    with session.writing() as desk:
        ref = desk.tickets.number(reference)
        number = desk.problems.linked_to(ref)
        desk.problems.unlink(ref)
        assert number is not None
        _tell(desk, desk.problems.get(number), f"#{ref} linked to no problem", as_json)


@click.command("under-way")
@_number
@click.option("--expected", type=Instant(local=True), metavar="INSTANT", help="When the fix is expected.")
@json_option
@click.pass_obj
def under_way(session: Session, number: int, expected: datetime | None, as_json: bool) -> None:
    """Say that the fix is under way."""
    _change(session, as_json, lambda desk: desk.problems.begin_fix(number, _placed(desk, expected)), "fix under way")


@click.command()
@_number
@click.option("--fix", required=True, type=TEXT, metavar="F", help="What put it right.")
@click.option("--answer", type=TEXT, metavar="T", help="What to tell the requesters, else the problem's own.")
@click.option("--dry-run", is_flag=True, help="Only show the tickets that would be told and resolved.")
@json_option
@click.pass_obj
def fixed(session: Session, number: int, fix: str, answer: str | None, dry_run: bool, as_json: bool) -> None:
    """Say that it is fixed: tells the requesters of its linked tickets, and resolves these."""
    with session.reading() if dry_run else session.writing() as desk:
        shown = desk.problems.linked(number, unresolved=True)
        if not dry_run:
            desk.problems.fix(number, fix, answer)
        if as_json:
            tickets = {"tickets": [linked_told(each) for each in shown]}
            tell_json(problem_told(desk.problems.get(number), desk.problems.counts()[number], desk.now()) | tickets)
            return
        said = desk.problems.get(number).answer if answer is None else answer
        done = _done(len(shown), said, dry_run=dry_run)
        tell(f"PRB-{number}: {done}", *(one_line(f"  #{each.ref} {each.subject}") for each in shown))


def _done(tickets: int, answer: str, *, dry_run: bool) -> str:
    """What a fix does to so many tickets, in words."""
    would, was = ("would be ", "would be") if dry_run else ("", "was")
    if answer.strip():
        return f"{tickets} {would}told and resolved"
    return f"{tickets} {would}resolved; nobody {was} told, since there is no answer (`--answer` says one)"


@click.command()
@_number
@click.option("--reason", required=True, type=TEXT, metavar="R", help="Why.")
@json_option
@click.pass_obj
def reopen(session: Session, number: int, reason: str, as_json: bool) -> None:
    """Say that a problem is not fixed after all."""
    _change(session, as_json, lambda desk: desk.problems.reopen(number, reason), "known again")


def _told(desk: Desk, before: NewProblem, said: dict[str, Any]) -> NewProblem:
    """A problem with what the options say; those that were not given leave it as it was."""
    given = {name: value for name, value in said.items() if value is not None}
    rule = replace(
        before.rule, **{name: given[name] for name in ("signature", "component", "pattern") if name in given}
    )
    if given.get("words"):
        rule = replace(rule, words=given["words"])
    texts = {name: given[name] for name in _TEXTS if name in given}
    expected = _placed(desk, given.get("expected")) or before.expected_at
    return before._replace(rule=rule, expected_at=expected, **texts)


def _placed(desk: Desk, at: datetime | None) -> datetime | None:
    return None if at is None else in_zone(at, desk.organisation.current().zone)


def _change(session: Session, as_json: bool, act: Callable[[Desk], Problem], words: str) -> None:
    with session.writing() as desk:
        done = act(desk)
        _tell(desk, done, f"PRB-{done.number}: {words}", as_json)


def _tell(desk: Desk, found: Problem, words: str, as_json: bool) -> None:
    if as_json:
        tell_json(problem_told(found, desk.problems.counts()[found.number], desk.now()))
    else:
        tell(one_line(words))
