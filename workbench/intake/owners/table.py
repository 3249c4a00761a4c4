"""Reads components from a table with the columns of the catalogue, lists separated by `;`."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from workbench.errors import InvalidInput, nearest
from workbench.intake.cells import unguarded
from workbench.intake.dates import BadCell, read_instant
from workbench.intake.owners.lists import read_path
from workbench.intake.owners.model import Catalogue, Entry, Fault, Form, Need, Place, Rule
from workbench.intake.owners.patterns import refused
from workbench.intake.owners.references import path_owner, plain_owner
from workbench.intake.rejected import ADDED
from workbench.intake.rows import RowFault
from workbench.intake.tables import Table, open_table
from workbench.organisation.register import is_key
from workbench.ownership.model import ComponentKind

COLUMNS: Final = (
    "component", "kind", "title", "description", "owners", "aliases", "hosts", "urls", "paths", "signatures", "needs",
    "confirmed_at",
)  # fmt: skip
"""The columns that are known; only the first must be there, and what has no column stays as it is."""

_SINGULAR: Final = {
    "owner": "owners", "alias": "aliases", "host": "hosts", "url": "urls", "path": "paths", "signature": "signatures",
    "need": "needs",
}  # fmt: skip
"""Other names of columns: a table with one of each is named so."""

_TELLING: Final = frozenset({"owners", "aliases", "hosts", "urls", "paths", "signatures", "needs"})
"""Columns that only a table of components has: tickets, too, have a component and a title."""


class _Unusable(Exception):
    """Why a row cannot be used."""


def read_table(path: Path, file: str, zone: tzinfo, into: Catalogue) -> None:
    """Reads every row as a component; a date without an offset is of `zone`.

    Raises InvalidInput for what is no table, or none of components.
    """
    table = open_table(path)
    places, unread = _columns(table)
    if "component" not in places:
        raise InvalidInput(f"{path.name} has no column named component", f"the columns are {', '.join(COLUMNS)}")
    into.doubts += [f"{Place(file, table.header_row, 'row')}: {each}" for each in unread]
    seen: dict[str, int] = {}
    for row in table.rows():
        if isinstance(row, RowFault):
            into.faults.append(Fault(Place(file, row.number, "row"), row.reason, form=Form.TABLE))
            continue
        number, cells = row
        told = {name: unguarded(cells[place]).strip() for name, place in places.items()}
        place = Place(file, number, "row")
        try:
            entry = _entry(told, place, zone)
            first = seen.setdefault(entry.slug.casefold(), number)
            if first != number:
                raise _Unusable(f"{entry.slug!r} stands in row {first} too")
        except _Unusable as error:
            into.faults.append(Fault(place, str(error), form=Form.TABLE))
        else:
            into.entries.append(entry)


def tells_of_components(path: Path) -> bool:
    """Whether a table that nobody named is one of components; InvalidInput where it is no table that can be read."""
    names = set(map(_plain, open_table(path).names))
    return "component" in names and not _TELLING.isdisjoint(names)


def _columns(table: Table) -> tuple[dict[str, int], list[str]]:
    """Where each known column is, and in words which others are not read."""
    places: dict[str, int] = {}
    unread = []
    for place, name in enumerate(table.names):
        plain = _plain(name)
        column = _SINGULAR.get(plain, plain)
        if column in places:
            unread.append(f"column {name!r} is not read, since {table.names[places[column]]!r} is")
        elif column in COLUMNS:
            places[column] = place
        elif name and name not in ADDED:
            meant = nearest(plain, COLUMNS)
            unread.append(f"column {name!r} is not read{f'; did you mean {meant}?' if meant else ''}")
    return places, unread


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _entry(told: Mapping[str, str], place: Place, zone: tzinfo) -> Entry:
    slug = told["component"]
    if not is_key(slug):
        raise _Unusable(f"component: {slug!r} cannot name one" if slug else "has no component")
    owners = _elements(told, "owners")
    needs = _elements(told, "needs")
    return Entry(
        place,
        slug,
        source=place.file,
        kind=_kind(told.get("kind", "")),
        title=told.get("title"),
        description=told.get("description"),
        aliases=_patterns(told, "aliases"),
        hosts=_patterns(told, "hosts"),
        urls=_patterns(told, "urls"),
        signatures=_patterns(told, "signatures"),
        paths=_paths(told, place),
        owners=None if owners is None else tuple(plain_owner(owner, place) for owner in owners),
        needs=None if needs is None else tuple(Need(need, place) for need in needs),
        confirmed_at=_confirmed_at(told.get("confirmed_at", ""), zone),
        form=Form.TABLE,
    )


def _kind(text: str) -> ComponentKind | None:
    try:
        return ComponentKind(text.lower()) if text else None
    except ValueError as error:
        raise _Unusable(f"kind: {text!r} is none; they are {', '.join(ComponentKind)}") from error


def _elements(told: Mapping[str, str], column: str) -> list[str] | None:
    if column not in told:
        return None
    return list(dict.fromkeys(part.strip() for part in told[column].split(";") if part.strip()))


def _patterns(told: Mapping[str, str], column: str) -> tuple[str, ...] | None:
    elements = _elements(told, column)
    for each in elements or ():
        if reason := refused(column, each):
            raise _Unusable(f"{column}: {reason}")
    return None if elements is None else tuple(elements)


def _paths(told: Mapping[str, str], place: Place) -> tuple[Rule, ...] | None:
    elements = _elements(told, "paths")
    if elements is None:
        return None
    rules = []
    for pattern, owners in map(read_path, elements):
        if reason := refused("paths", pattern):
            raise _Unusable(f"paths: {reason}")
        named = None if owners is None else tuple(path_owner(owner, place) for owner in owners)
        rules.append(Rule(pattern, named))
    return tuple(rules)


def _confirmed_at(text: str, zone: tzinfo) -> datetime | None:
    try:
        return read_instant(text, zone)
    except BadCell as error:
        raise _Unusable(f"confirmed_at: {error}") from error
