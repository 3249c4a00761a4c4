"""Bringing tickets in from other tools, with or without their history, and taking them out again."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import click

from workbench.cli.arguments import PATH, TEXT, at_most_one, json_option
from workbench.cli.lazy import LazyGroup
from workbench.cli.output import say, show_count, some, tell, tell_json
from workbench.cli.session import Session
from workbench.desk import Desk
from workbench.errors import InvalidInput, NotFound
from workbench.intake.columns import Mapping, map_columns
from workbench.intake.dates import DayOrder
from workbench.intake.export import write_csv, write_json
from workbench.intake.profile import load_profile
from workbench.intake.service import Outcome
from workbench.intake.tables import open_table
from workbench.new_file import whole_file
from workbench.text import one_line
from workbench.tickets.as_json import ticket_told

_dry_run = click.option("--dry-run", is_flag=True, help="Only tell what would be imported.")
_partial = click.option("--partial", is_flag=True, help="Take the rows that can be used; write the others to a file.")


@click.group(
    "import",
    cls=LazyGroup,
    places={
        "tickets": "workbench.cli.intake:tickets",
        "log": "workbench.cli.intake:log",
        "owners": "workbench.cli.catalogue_files:import_owners",
    },
)
def import_() -> None:
    """Bring in tickets from another tool's export, the whole history of its log, or who owns what."""


@click.group(
    cls=LazyGroup,
    places={
        "tickets": "workbench.cli.intake:export_tickets",
        "owners": "workbench.cli.catalogue_files:export_owners",
    },
)
def export() -> None:
    """Write tickets, or who owns what, to a file that other tools read, and `import` too."""


@click.command("tickets")
@click.argument("file", type=PATH)
@_dry_run
@_partial
@click.option(
    "--column", "columns", multiple=True, type=TEXT, metavar="FIELD=NAME", help="Say which column holds what."
)
@click.option("--zone", type=TEXT, metavar="ZONE", help="The zone of times without an offset; else the workbench's.")
@click.option("--day-first", is_flag=True, help="03/04/2026 is in April.")
@click.option("--month-first", is_flag=True, help="03/04/2026 is in March.")
@json_option
@click.pass_obj
def tickets(
    session: Session,
    file: Path,
    dry_run: bool,
    partial: bool,
    columns: tuple[str, ...],
    zone: str | None,
    day_first: bool,
    month_first: bool,
    as_json: bool,
) -> None:
    """Import tickets from CSV, JSON or JSON Lines; the same file twice changes nothing.

    The columns of the usual help desks are known by their names; --dry-run shows what each is taken for.

    \b
    workbench import tickets export.csv --dry-run
    workbench import tickets export.csv --column subject=Title --column team=
    """
    at_most_one(day_first=day_first, month_first=month_first)
    table = open_table(file)
    mapping = map_columns(table.names, dict(_pair(column) for column in columns))
    with session.writing() as desk:
        desk.organisation.require_person(desk.who)
        outcome = desk.intake.import_tickets(
            table,
            mapping,
            zone=_zone(zone or desk.organisation.current().zone),
            order=_order(day_first, month_first),
            partial=partial,
            dry_run=dry_run,
            progress=show_count,
        )
    if dry_run and not as_json:
        tell(*_columns_told(mapping))
    _tell(outcome, mapping, dry_run=dry_run, as_json=as_json)


@click.command("log")
@click.argument("file", type=PATH)
@click.option("--profile", required=True, type=TEXT, metavar="NAME|FILE", help="How the log is to be read.")
@_dry_run
@_partial
@json_option
@click.pass_obj
def log(session: Session, file: Path, profile: str, dry_run: bool, partial: bool, as_json: bool) -> None:
    """Import an event log with its whole history: CSV or XES, also gzipped, read as a profile says.

    \b
    workbench import log incidents.csv.gz --profile bpic2013
    """
    wanted = load_profile(profile)
    with session.writing() as desk:
        desk.organisation.require_person(desk.who)
        outcome = desk.intake.import_log(file, wanted, partial=partial, dry_run=dry_run, progress=show_count)
    _tell(outcome, None, dry_run=dry_run, as_json=as_json)


@click.command("tickets")
@click.argument("file", type=PATH)
@click.option("--replace", is_flag=True, help="Overwrite a file that is there.")
@json_option
@click.pass_obj
def export_tickets(session: Session, file: Path, replace: bool, as_json: bool) -> None:
    """Export all tickets to FILE.csv or FILE.json; no cell of it can be run as a formula."""
    writers = {".csv": write_csv, ".json": write_json}
    if file.suffix.lower() not in writers:
        raise InvalidInput(f"{file} is neither .csv nor .json", "choose one by the file's name")
    with session.reading() as desk, whole_file(file, replace=replace) as opened:
        count = writers[file.suffix.lower()](_all_tickets(desk), opened)
    if as_json:
        tell_json({"file": str(file), "tickets": count})
    else:
        tell(f"{_tickets(count)} in {one_line(str(file))}")


def _pair(column: str) -> tuple[str, str]:
    field, sign, name = column.partition("=")
    if not sign:
        raise click.UsageError(f"--column {column!r} has no =; write it like subject=Title, or team= to leave it out")
    return field, name


def _order(day_first: bool, month_first: bool) -> DayOrder | None:
    if day_first:
        return DayOrder.DAY_FIRST
    return DayOrder.MONTH_FIRST if month_first else None


def _zone(name: str) -> ZoneInfo:
    if name not in available_timezones():
        raise NotFound.among("zone", name, available_timezones())
    return ZoneInfo(name)


def _columns_told(mapping: Mapping) -> list[str]:
    width = max((len(one_line(name)) for name in mapping.names), default=0)
    pairs = [f"{one_line(name):<{width}}  {field or '(not read)'}" for name, field in mapping.pairs()]
    return [*pairs, *map(one_line, mapping.notes)]


def _tell(outcome: Outcome, mapping: Mapping | None, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        tell_json(_outcome_told(outcome, mapping, dry_run=dry_run))
        return
    faults = [str(fault) for fault in outcome.faults]
    for line in (*some(outcome.added), *some(faults), *some(outcome.doubts)):
        say(one_line(line))
    count = len(outcome.numbers)
    ends = dict.fromkeys((*outcome.numbers[:1], *outcome.numbers[-1:]))
    where = "" if dry_run or not count else f" (#{' to #'.join(map(str, ends))})"
    parts = [f"{_tickets(count)} {'would be ' if dry_run else ''}imported{where}"]
    parts += [f"{outcome.known:,} known already"] if outcome.known else []
    parts += [f"{len(outcome.faults):,} cannot be used"] if outcome.faults else []
    parts += [f"those are in {one_line(str(outcome.rejected))}"] if outcome.rejected else []
    tell(("would be refused without --partial; with it " if outcome.refused else "") + ", ".join(parts))


def _outcome_told(outcome: Outcome, mapping: Mapping | None, *, dry_run: bool) -> dict[str, Any]:
    return {
        "read": outcome.read,
        "imported": len(outcome.numbers),
        "known": outcome.known,
        "rejected": [{"row": fault.number, "reason": fault.reason} for fault in outcome.faults],
        "rejected_file": str(outcome.rejected) if outcome.rejected else None,
        "doubts": outcome.doubts,
        "added": outcome.added,
        "columns": None if mapping is None else [{"column": name, "field": field} for name, field in mapping.pairs()],
        "refs": [] if dry_run else list(outcome.numbers),
        "refused": outcome.refused,
        "dry_run": dry_run,
    }


def _tickets(count: int) -> str:
    return "1 ticket" if count == 1 else f"{count:,} tickets"


def _all_tickets(desk: Desk) -> Iterator[dict[str, Any]]:
    now = desk.now()
    with desk.database.snapshot():
        for ref in desk.tickets.store.numbers():
            with suppress(NotFound):  # opened later than the moment that is looked from
                yield ticket_told(desk.tickets.get(ref), [], now, desk.tickets.limits)
