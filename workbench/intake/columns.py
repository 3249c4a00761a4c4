"""Finds out which column of another help desk's export holds which field of a ticket."""

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workbench.errors import InvalidInput, NotFound
from workbench.intake.vocabulary import COLUMN_NAMES, plain

FIELDS: Final = tuple(COLUMN_NAMES)
"""The fields of a ticket that a column can hold."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds which field; `notes` tell in words what was decided between two columns."""

    names: tuple[str, ...]
    columns: dict[str, int]
    """From field to the place of its column."""
    notes: tuple[str, ...] = ()
    more_tags: tuple[int, ...] = ()
    """Further columns of the name that the tags have, since Jira gives each label a column."""

    def pairs(self) -> list[tuple[str, str | None]]:
        """Every column in the file's order with the field it holds, None where it is not read."""
        held = dict.fromkeys(self.more_tags, "tags") | {place: field for field, place in self.columns.items()}
        return [(name, held.get(place)) for place, name in enumerate(self.names)]

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns that are not read."""
        return tuple(name for name, field in self.pairs() if field is None)


def map_columns(names: Sequence[str], chosen: Lookup[str, str] | None = None) -> Mapping:
    """Guesses each column's field by its name; `chosen` (field to column name, "" for no column) goes before any guess.

    Where two columns claim one field, the one whose name tells more wins, then the first; that is noted. Raises
    NotFound for a field or column that does not exist, and InvalidInput where no column holds the subject.
    """
    if not names:  # JSON without an object in it: what else it holds is told row by row
        return Mapping((), {})
    chosen = chosen or {}
    columns = _chosen_columns(names, chosen)
    taken = set(columns.values())
    claims: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(names):
        claim = _CLAIMS.get(plain(name))
        if claim and place not in taken and claim[0] not in chosen:
            claims.setdefault(claim[0], []).append((claim[1], place))
    notes = []
    for field in FIELDS:
        if field in claims:
            (_, best), *others = sorted(claims[field])
            columns[field] = best
            notes += [_note(field, names, best, other) for _, other in others if not _shares(field, names, best, other)]
    if "subject" not in columns:
        raise InvalidInput(
            "no column holds the subject",
            f"say which one does with --column subject=NAME; the columns are {', '.join(names)}",
        )
    ordered = {field: columns[field] for field in FIELDS if field in columns}
    return Mapping(tuple(names), ordered, tuple(notes), _more_tags(names, columns.get("tags")))


_CLAIMS: Final = {
    name: (field, rank) for field, known in COLUMN_NAMES.items() for rank, name in enumerate((plain(field), *known))
}


def _chosen_columns(names: Sequence[str], chosen: Lookup[str, str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for field, name in chosen.items():
        if field not in COLUMN_NAMES:
            raise NotFound.among("field", field, FIELDS)
        if not name:
            continue
        found = [place for place, each in enumerate(names) if each == name]
        found = found or [place for place, each in enumerate(names) if plain(each) == plain(name)]
        if not found:
            raise NotFound.among("column", name, names)
        columns[field] = found[0]
    return columns


def _shares(field: str, names: Sequence[str], best: int, other: int) -> bool:
    return field == "tags" and names[other] == names[best]


def _more_tags(names: Sequence[str], first: int | None) -> tuple[int, ...]:
    if first is None:
        return ()
    return tuple(place for place, name in enumerate(names) if place != first and name == names[first])


def _note(field: str, names: Sequence[str], best: int, other: int) -> str:
    if names[best] == names[other]:
        return f"{names[other]!r} stands twice; {field} is read from the first, column {best + 1}"
    return f"{names[other]!r} could hold {field} too; {names[best]!r} is read"
