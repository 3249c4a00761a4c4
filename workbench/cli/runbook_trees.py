"""Runbooks as trees of Markdown files: checked, brought in, and written out."""

from pathlib import Path
from typing import Final

import click

from workbench.cli.arguments import PATH, json_option
from workbench.cli.output import say, show_count, tell, tell_json
from workbench.cli.session import Session
from workbench.errors import InvalidInput
from workbench.runbooks.as_json import fault_told, imported_told
from workbench.runbooks.model import Fault, Imported
from workbench.text import one_line

_TOLD: Final = 50
"""Runbooks and faults that text tells of each kind; JSON tells all."""


@click.command()
@click.argument("folder", type=PATH, metavar="DIR")
@json_option
def check(folder: Path, as_json: bool) -> None:
    """Tell by file and line what is wrong in a tree of runbooks; needs no workbench, and exits 1 if anything is."""
    from workbench.runbooks.checking import check_tree

    count, faults = check_tree(folder)
    if as_json:
        tell_json({"runbooks": count, "problems": [fault_told(fault) for fault in faults]})
    else:
        tell(*(one_line(str(fault)) for fault in faults))
    if faults:
        files = len({fault.path for fault in faults})
        raise InvalidInput(f"{_many(len(faults), 'fault')} in {_many(files, 'file')}", "mend them, then check again")
    if not as_json:
        tell(f"{_many(count, 'runbook')}, nothing wrong")


@click.command("import")
@click.argument("folder", type=PATH, metavar="[DIR]", required=False)
@click.option("--starter", is_flag=True, help="Bring in the runbooks that come with Workbench, where they are missing.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be imported.")
@click.option("--partial", is_flag=True, help="Take the files that can be read.")
@click.option("--replace", is_flag=True, help="Take what the files say over what was changed here since.")
@json_option
@click.pass_obj
def import_(
    session: Session, folder: Path | None, starter: bool, dry_run: bool, partial: bool, replace: bool, as_json: bool
) -> None:
    """Bring in a tree of Markdown files as it is; folders become tags, and links go on working.

    A file that came before gets a new version where it has changed, and keeps its runs. What was changed here while the
    file stayed as it was is kept.

    \b
    workbench runbook import --starter
    workbench runbook import ~/team/runbooks --dry-run
    """
    if starter == (folder is not None):
        raise click.UsageError("name one folder, or --starter for the runbooks that come with Workbench")
    with session.writing() as desk:
        if folder is None:
            done = desk.runbooks.import_starter(replace=replace, dry_run=dry_run)
        else:
            done = desk.runbooks.import_tree(
                folder, partial=partial, replace=replace, dry_run=dry_run, progress=show_count
            )
    if as_json:
        tell_json({**imported_told(done), "dry_run": dry_run})
    else:
        _tell_imported(done, dry_run=dry_run)


@click.command()
@click.argument("folder", type=PATH, metavar="DIR")
@click.option("--replace", is_flag=True, help="Overwrite files that say something else.")
@json_option
@click.pass_obj
def export(session: Session, folder: Path, replace: bool, as_json: bool) -> None:
    """Write the library as a tree of Markdown files that comes back the same by `runbook import`."""
    with session.reading() as desk:
        count = desk.runbooks.export_tree(folder, replace=replace)
    if as_json:
        tell_json({"folder": str(folder), "runbooks": count})
    else:
        tell(f"{_many(count, 'runbook')} in {one_line(str(folder))}")


def _tell_imported(done: Imported, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    kept = f", {len(done.kept)} {would}kept" if done.kept else ""
    tell(f"{len(done.added)} {would}new, {len(done.changed)} {would}changed, {done.same} as before{kept}")
    _tell_some([f"new      {slug}" for slug in done.added])
    _tell_some([one_line(f"changed  {slug} (was version {version} by {who})") for slug, version, who in done.changed])
    _tell_some([f"kept     {slug}" for slug in done.kept])
    if done.kept:
        say("what is kept says something else here than in its file; --replace takes the file's text")
    _say_faults(done.faults)


def _tell_some(lines: list[str]) -> None:
    tell(*lines[:_TOLD])
    if len(lines) > _TOLD:
        say(f"{len(lines) - _TOLD} more; --json tells all")


def _say_faults(faults: list[Fault]) -> None:
    for fault in faults[:_TOLD]:
        say(f"left out: {one_line(str(fault))}")
    if len(faults) > _TOLD:
        say(f"{len(faults) - _TOLD} more files were left out; --json tells all")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
