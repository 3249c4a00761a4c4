"""Bringing the ownership catalogue in from files, and taking it out as Backstage's YAML."""

from pathlib import Path
from typing import Any

import click

from workbench.cli.arguments import PATH, TEXT, json_option
from workbench.cli.output import say, show_count, some, tell, tell_json
from workbench.cli.session import Session
from workbench.errors import InvalidInput
from workbench.intake.owners.service import Outcome
from workbench.intake.owners.writer import write_catalogue
from workbench.new_file import whole_file
from workbench.text import one_line


@click.command("owners")
@click.argument("path", type=PATH)
@click.option("--component", type=TEXT, metavar="NAME", help="What a CODEOWNERS file is about; else its folder's name.")
@click.option("--create-teams", is_flag=True, help="Make the owners that are no teams here teams of the last tier.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be different.")
@click.option("--partial", is_flag=True, help="Take what can be used; write the rest to a file.")
@json_option
@click.pass_obj
def import_owners(
    session: Session,
    path: Path,
    component: str | None,
    create_teams: bool,
    dry_run: bool,
    partial: bool,
    as_json: bool,
) -> None:
    """Import who owns what: Backstage YAML, CODEOWNERS, CSV, or a folder with all that is below it.

    The same file twice changes nothing; owners that were confirmed here stay.

    \b
    workbench import owners catalog-info.yaml --dry-run
    workbench import owners CODEOWNERS --component checkout
    workbench import owners catalogue/ --create-teams
    """
    with session.writing() as desk:
        outcome = desk.catalogue_intake.run(
            path, component=component, create_teams=create_teams, partial=partial, dry_run=dry_run, progress=show_count
        )
    if as_json:
        tell_json(_outcome_told(outcome, dry_run=dry_run))
    else:
        _tell(outcome, dry_run=dry_run)


@click.command("owners")
@click.argument("file", type=PATH)
@click.option("--replace", is_flag=True, help="Overwrite a file that is there.")
@json_option
@click.pass_obj
def export_owners(session: Session, file: Path, replace: bool, as_json: bool) -> None:
    """Export the ownership catalogue as Backstage YAML, which `import owners` reads back the same."""
    if file.suffix.lower() not in (".yaml", ".yml"):
        raise InvalidInput(f"{file} is neither .yaml nor .yml", "name the file so")
    with session.reading() as desk, whole_file(file, replace=replace) as opened, desk.database.snapshot():
        count = write_catalogue(desk.ownership.components(), desk.ownership.store.leads(), opened)
    if as_json:
        tell_json({"file": str(file), "components": count})
    else:
        tell(f"{_components(count)} in {one_line(str(file))}")


def _tell(outcome: Outcome, *, dry_run: bool) -> None:
    people = [str(each) for each in outcome.unknown if not each.team]
    for lines in (outcome.teams, outcome.kept, list(map(str, outcome.faults)), outcome.doubts, people):
        for line in some(lines):
            say(one_line(line))
    teams = [str(each) for each in outcome.unknown if each.team]  # all of them: --create-teams would make them
    for line in (*teams, *(["--create-teams makes them teams"] if teams else [])):
        say(one_line(line))
    if dry_run:
        changes = [
            *(f"+ {slug}" for slug in outcome.added),
            *(f"~ {slug}: {words}" for slug, words in outcome.changed.items()),
        ]
        tell(*map(one_line, [*changes, *(f"~ {lead}" for lead in outcome.leads)]))
    would = "would be " if dry_run else ""
    if outcome.is_news:
        parts = [f"{_components(len(outcome.added))} {would}added", f"{len(outcome.changed):,} {would}changed"]
    else:
        parts = ["nothing would change" if dry_run else "nothing changed"]
    parts += [f"{outcome.unchanged:,} as before"] if outcome.unchanged else []
    parts += [f"{len(outcome.leads):,} seams {would}led"] if outcome.leads else []
    parts += [f"{len(outcome.faults):,} cannot be used"] if outcome.faults else []
    others = sum(outcome.ignored.values())
    parts += [f"{others:,} document{'s' if others > 1 else ''} of other kinds"] if others else []
    parts += [f"what was left out is in {one_line(str(path))}" for path in outcome.rejected]
    tell(("would be refused without --partial; with it " if outcome.refused else "") + ", ".join(parts))


def _outcome_told(outcome: Outcome, *, dry_run: bool) -> dict[str, Any]:
    return {
        "read": outcome.read,
        "added": outcome.added,
        "changed": [{"component": slug, "difference": words} for slug, words in outcome.changed.items()],
        "unchanged": outcome.unchanged,
        "kept": outcome.kept,
        "leads": outcome.leads,
        "teams": outcome.teams,
        "unknown": [
            {"name": each.written, "team": each.team, "places": list(map(str, each.places))} for each in outcome.unknown
        ],
        "rejected": [{"place": str(fault.place), "reason": fault.reason} for fault in outcome.faults],
        "rejected_files": list(map(str, outcome.rejected)),
        "doubts": outcome.doubts,
        "ignored": outcome.ignored,
        "refused": outcome.refused,
        "dry_run": dry_run,
    }


def _components(count: int) -> str:
    return "1 component" if count == 1 else f"{count:,} components"
