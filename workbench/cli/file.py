"""The workbench file itself: copying it, putting a copy back, looking whether it is sound."""

from itertools import chain, islice
from pathlib import Path

import click

from workbench.cli.arguments import PATH, json_option
from workbench.cli.output import say, show_progress, tell, tell_json
from workbench.cli.session import Session
from workbench.desk import Desk
from workbench.errors import Damaged
from workbench.text import one_line

MOST_FAULTS = 1_000
"""Faults that are looked for; a file with more is not read on."""


@click.command()
@click.argument("file", type=PATH)
@click.option("--replace", is_flag=True, help="Overwrite a file that is there.")
@json_option
@click.pass_obj
def backup(session: Session, file: Path, replace: bool, as_json: bool) -> None:
    """Copy the whole workbench to a file, consistently, while others go on working."""
    with session.writing() as desk:
        desk.database.backup(file, replace=replace)
    _tell_file(file, as_json)


@click.command()
@click.argument("file", type=PATH)
@json_option
@click.pass_obj
def restore(session: Session, file: Path, as_json: bool) -> None:
    """Put a backup in the place of the workbench; what was there is kept beside it."""
    from workbench.database.restore import restore as put_back

    if session.is_default:
        session.path.parent.mkdir(parents=True, exist_ok=True)
    kept = put_back(file, session.path)
    if kept:
        say(f"what was there before is kept in {one_line(str(kept))}")
    _tell_file(session.path, as_json)


@click.command()
@json_option
@click.pass_obj
def check(session: Session, as_json: bool) -> None:
    """Look whether the file is sound, and each ticket what its events make of it; exit 1 where not."""
    with session.writing() as desk:
        faults = _faults(desk)
        path = one_line(str(desk.database.path))
    if as_json:
        tell_json({"ok": not faults, "faults": faults})
    else:
        tell(*(one_line(fault) for fault in faults or [f"{path} is sound"]))
    if faults:
        many = f"at least {MOST_FAULTS}" if len(faults) == MOST_FAULTS else str(len(faults))
        put_right = "put the last good backup back with `workbench restore FILE`"
        raise Damaged(f"{path} has {many} {'fault' if len(faults) == 1 else 'faults'}", put_right)


def _faults(desk: Desk) -> list[str]:
    """What is wrong with the file or, where that is sound, with the tickets, runs, hand-offs and links in it."""
    from workbench.escalation.integrity import faults as faults_of_handoffs
    from workbench.problems.integrity import faults as faults_of_links
    from workbench.runbooks.runs.integrity import faults as faults_of_runs
    from workbench.tickets.integrity import faults

    broken = desk.database.check()
    if broken:
        return broken[:MOST_FAULTS]
    found = faults(desk.database, desk.organisation.current(), desk.tickets.limits, show_progress)
    others = (faults_of_runs(desk.database), faults_of_handoffs(desk.database), faults_of_links(desk.database))
    return list(islice(chain(found, *others), MOST_FAULTS))


def _tell_file(file: Path, as_json: bool) -> None:
    if as_json:
        tell_json({"file": str(file)})
    else:
        tell(one_line(str(file)))
