"""Beginning: a new workbench, the demo, and the screens."""

import os
import sys
from contextlib import closing
from pathlib import Path

import click

from workbench.cli.arguments import PATH, TEXT, json_option
from workbench.cli.output import complain, tell, tell_json
from workbench.cli.session import NAME, Session
from workbench.database import Database
from workbench.errors import FileProblem, Refused
from workbench.organisation.model import login_of
from workbench.organisation.service import OrganisationService
from workbench.text import one_line

NO_TERMINAL = 2
"""The exit status where screens are asked for and cannot be shown."""


@click.command()
@click.argument("file", required=False, type=PATH)
@click.option("--name", default=NAME, show_default=True, type=TEXT, help="What the organisation is called.")
@json_option
@click.pass_obj
def init(session: Session, file: Path | None, name: str, as_json: bool) -> None:
    """Make an empty workbench with three tiers, a team at each, and you in the first.

    \b
    workbench init
    workbench init team.db --name "Northwind IT"
    """
    path = file or session.path
    login_of(session.who)  # before there is a file that nobody can work in
    if file is None and session.is_default:
        path.parent.mkdir(parents=True, exist_ok=True)
    with closing(_new(path)) as database:
        OrganisationService(database).begin(name, session.who)
    if as_json:
        tell_json({"file": str(path)})
    else:
        tell(one_line(str(path)))


def _new(path: Path) -> Database:
    """A new file, or one that an earlier try has left unfinished, as on a full disk."""
    try:
        return Database.create(path)
    except Refused as taken:
        try:
            database = Database.open(path)
        except FileProblem:
            raise taken from None
        if OrganisationService(database).current().tiers:
            database.close()
            raise
        return database


@click.command()
@click.option("--path", "only_path", is_flag=True, help="Only make the copy and print where it is.")
@click.pass_obj
def demo(session: Session, only_path: bool) -> None:
    """Try everything on a private copy of sample tickets, as fresh as when they were made.

    \b
    workbench demo
    workbench --db "$(workbench demo --path)" --as maya queues
    """
    from workbench.sample.copy import private_copy
    from workbench.sample.generator import ACTING

    if not only_path and (unfit := _why_no_screens()):
        complain(unfit)
        raise click.exceptions.Exit(NO_TERMINAL)
    path = private_copy(session.clock.now())
    if only_path:
        tell(one_line(str(path)))
    else:
        raise click.exceptions.Exit(show_screens(session._replace(file=path, login=session.login or ACTING)))


@click.command()
@click.pass_obj
def tour(session: Session) -> None:
    """Be shown around in ten minutes: a first ticket, a lookup, a runbook and a hand-off, on the file for practice.

    Leave it with q, and take it up with the same command.
    """
    if unfit := _why_no_screens():
        complain(unfit)
        raise click.exceptions.Exit(NO_TERMINAL)
    practice = session if session.practice else session._replace(file=None, practice=True)
    raise click.exceptions.Exit(_practise(practice, tour=True))


def show_screens(session: Session) -> int:
    """Opens the screens; the exit status. Without a terminal that can show them it says so at once."""
    if unfit := _why_no_screens():
        complain(unfit)
        return NO_TERMINAL
    if session.practice:
        return _practise(session)
    if session.is_default:
        session.writing().close()  # so that the file is there
    from workbench.app import run  # here, for everything else must start without the screens

    left = run(session.path, session.clock, session.who)
    while left.to_practise and not (ended := _practise(session._replace(file=None, practice=True))):
        left = run(session.path, session.clock, session.who, "practice")
    return ended if left.to_practise else left.status


def _practise(session: Session, *, tour: bool = False) -> int:
    from workbench.tour_app import practise

    return practise(session.path, session.clock, session.who, tour=tour)


def _why_no_screens() -> str | None:
    """Why no screen can be shown and which commands there are; None where one can."""
    from workbench.cli.main import PLACES

    if os.environ.get("TERM") == "dumb":
        wrong = "this terminal cannot show screens (TERM=dumb)"
    elif any(stream is None or not stream.isatty() for stream in (sys.stdin, sys.stdout)):
        wrong = "there is no terminal to show screens on"
    else:
        return None
    return f"{wrong}; use a command: {', '.join(PLACES)}"
