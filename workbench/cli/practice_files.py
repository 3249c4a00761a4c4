"""Scenario files: what is wrong with one, and one made of a ticket."""

from pathlib import Path

import click

from workbench.cli.arguments import json_option
from workbench.cli.output import tell, tell_json
from workbench.cli.session import Session
from workbench.errors import InvalidInput
from workbench.practice.checking import doubts
from workbench.practice.model import BadScenario, Fault
from workbench.practice.shelf import file_text, scenario_of
from workbench.practice.told import fault_told
from workbench.text import one_line


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
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
        many = f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}"
        raise InvalidInput(f"{file} has {many}", "mend them, then look again")
    if not as_json:
        tell(one_line(f"{file} is a scenario"))


def _faults(session: Session, file: Path) -> tuple[Fault, ...]:
    try:
        text = file_text(file)
        scenario = scenario_of(file.stem, text, str(file))
    except BadScenario as bad:
        return bad.faults
    with session.practising() as desk:
        return doubts(scenario, text, str(file), desk.known())
