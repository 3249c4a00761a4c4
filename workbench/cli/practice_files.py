"""Scenario files: what is wrong with one, and one made of a ticket."""

import sys
from pathlib import Path

import click

from workbench.cli.arguments import PATH, json_option, reference_argument
from workbench.cli.output import say, tell, tell_json
from workbench.cli.session import Session
from workbench.errors import InvalidInput
from workbench.new_file import write_new
from workbench.practice.as_json import fault_told
from workbench.practice.checking import doubts
from workbench.practice.model import BadScenario, Fault
from workbench.practice.shelf import file_text, scenario_of
from workbench.practice_desk import retold
from workbench.text import one_line, visible


@click.command()
@click.argument("file", type=PATH)
@json_option
@click.pass_obj
def check(session: Session, file: Path, as_json: bool) -> None:
    """Look what is wrong with a scenario's file, line by line; exit 1 where anything is."""
    faults = _faults(session, file)
    if as_json:
        tell_json({"ok": not faults, "faults": [fault_told(fault) for fault in faults]})
    else:
        tell(*(one_line(fault.told) for fault in faults or ()))
    if faults:
        many, them = ("1 fault", "it") if len(faults) == 1 else (f"{len(faults)} faults", "them")
        raise InvalidInput(f"{file} has {many}", f"mend {them}, then look again")
    if not as_json:
        tell(one_line(f"{file} is a scenario"))


@click.command("from")
@reference_argument
@click.option("--save", "file", type=PATH, metavar="FILE", help="Write it to a new file.")
@click.option("--yes", is_flag=True, help="Save it without being asked.")
@json_option
@click.pass_obj
def from_(session: Session, reference: str, file: Path | None, yes: bool, as_json: bool) -> None:
    """Tell a real ticket that is done as a scenario, with other names and numbers; it is shown before it is saved.

    What the workbench does not know to be a name stays as it is: read it all. Numbers of up to three digits and dates
    stay as well.
    """
    with session.reading() as desk, session.practising() as practice:
        text = retold(desk, practice, desk.tickets.number(reference))
        shown = doubts(scenario_of("retold", text), text, str(file or "-"), practice.known())
    if as_json:
        tell_json({"text": text, "faults": [fault_told(fault) for fault in shown]})
    else:
        tell(*visible(text).rstrip("\n").split("\n"))
        for fault in shown:
            say(one_line(fault.told))
    if file is not None:
        if yes or _agreed(file):
            write_new(file, text)
            say(one_line(f"saved as {file}"))
        else:
            say("not saved")


def _agreed(file: Path) -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask on; read it, then save it with --yes")
    sys.stderr.write(one_line(f"Save this as {file}? Type yes: "))
    sys.stderr.flush()
    return sys.stdin.readline().strip() == "yes"


def _faults(session: Session, file: Path) -> tuple[Fault, ...]:
    try:
        text = file_text(file)
        scenario = scenario_of(file.stem, text, str(file))
    except BadScenario as bad:
        return bad.faults
    with session.practising() as desk:
        return doubts(scenario, text, str(file), desk.known())
