"""Runs of runbooks: one made step by step or from a file, and those that there are."""

from pathlib import Path

import click

from workbench.cli.arguments import NUMBER, TEXT, json_option, text_or_stdin
from workbench.cli.layout import screen_width, table
from workbench.cli.output import tell, tell_json, tell_json_list
from workbench.cli.session import Session
from workbench.cli.words import since
from workbench.desk import Desk
from workbench.errors import InvalidInput
from workbench.runbooks.runs.as_json import run_told
from workbench.runbooks.runs.model import Run
from workbench.runbooks.runs.script import LONGEST, Script, read_script
from workbench.text import one_line


@click.command()
@click.argument("slug", type=TEXT)
@click.option("--ticket", "reference", type=TEXT, metavar="REF", help="The ticket it is done for.")
@click.option("--run", "number", type=NUMBER, metavar="N", help="Take up this run.")
@click.option("--steps", "file", type=TEXT, metavar="FILE|-", help="What became of the steps, as JSON.")
@json_option
@click.pass_obj
def run(
    session: Session, slug: str, reference: str | None, number: int | None, file: str | None, as_json: bool
) -> None:
    """Follow a runbook step by step; one that is open on the ticket is taken up where it was left.

    \b
    workbench runbook run disk-full --ticket 1042
    echo '{"steps": [{"step": 1, "outcome": "done"}], "ended": "fixed"}' |
        workbench runbook run disk-full --ticket 1042 --steps -
    """
    from workbench.cli.run_prompts import Prompts, answers

    script = read_script(_text(file)) if file is not None else None
    said = answers() if script is None else iter(())
    with session.writing() as desk:
        ticket = desk.tickets.number(reference) if reference is not None else None
        if script is not None:
            done = _by_script(desk, slug, ticket, number, script)
        else:
            done = Prompts(desk, said).follow(_taken_up(desk, slug, ticket, number))
        if as_json:
            tell_json(run_told(done, desk.runs.values(done)))
        else:
            tell(one_line(run_words(done)))


@click.command()
@click.option("--ticket", "reference", type=TEXT, metavar="REF", help="Only those on this ticket.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, metavar="N", help="Show N runs (50).")
@json_option
@click.pass_obj
def runs(session: Session, reference: str | None, limit: int, as_json: bool) -> None:
    """List runs, open and past, those that began last first."""
    with session.reading() as desk:
        ticket = desk.tickets.number(reference) if reference is not None else None
        found = desk.runs.runs(ticket, limit=limit)
        if as_json:
            tell_json_list(run_told(each, desk.runs.values(each)) for each in found)
            return
        now = desk.now()
        rows = [("RUN", "TICKET", "BEGAN", "BY", "STATE", "RUNBOOK")]
        rows += [
            (
                str(each.number),
                f"#{each.ticket}" if each.ticket else "-",
                f"{since(each.began.at, now)} ago",
                each.began.who,
                each.standing,
                each.title,
            )
            for each in found
        ]
        tell(*table(rows, right=frozenset({0}), flexible=5, width=screen_width()))


def run_words(run: Run) -> str:
    """A run in a line: `run 12 of disk-full on #1042: fixed it`."""
    place = f" on #{run.ticket}" if run.ticket else ""
    return f"run {run.number} of {run.runbook}{place}: {run.standing}"


def _taken_up(desk: Desk, slug: str, ticket: int | None, number: int | None) -> Run:
    """The run of that number, else the one that is open on the ticket, else a new one."""
    if number is not None:
        found = desk.runs.get(number)
        if found.runbook != slug or ticket not in (None, found.ticket):
            raise InvalidInput(
                f"run {number} is another one: {run_words(found)}", "`workbench runbook runs` shows the runs"
            )
        return found
    going = desk.runs.open_run(slug, ticket) if ticket is not None else None
    return going or desk.runs.begin(slug, ticket)


def _by_script(desk: Desk, slug: str, ticket: int | None, number: int | None, script: Script) -> Run:
    """All of what the file says, or nothing."""
    with desk.database.transaction():
        run = _taken_up(desk, slug, ticket, number)
        for told in script.steps:
            run = desk.runs.step(run, told.outcome, told.note, told.step)
        return desk.runs.end(run, script.ended) if script.ended is not None else run


def _text(file: str) -> str:
    if file == "-":
        return text_or_stdin(file, LONGEST)
    with Path(file).open("rb") as opened:
        raw = opened.read(4 * LONGEST + 4)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(f"{file} is not UTF-8", "save it as UTF-8") from None
