"""The library in the database: runbooks, the versions of their texts, and what lists need of them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.runbooks.model import Entry, Figures, Runbook, Version

_ENTRY: Final = """
    SELECT id, slug, title, path, tier, owner, review_at, version, retired,
        (SELECT json_group_array(tag) FROM runbook_tag WHERE runbook = slug),
        (SELECT json_group_array(component) FROM runbook_component WHERE runbook = slug),
        (SELECT json_group_array(signature) FROM runbook_signature WHERE runbook = slug)
    FROM runbook
"""


class Place(NamedTuple):
    """Where a runbook stands: its number in the index, its path, and its present version."""

    id: int
    slug: str
    path: str
    version: int
    retired: bool


class LibraryStore:
    """Reads and writes runbooks; every write inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def place(self, slug: str) -> Place | None:
        """Where the runbook of that name stands; None where there is none."""
        row = self._database.row("SELECT id, slug, path, version, retired FROM runbook WHERE slug = ?", (slug,))
        return _place(row) if row else None

    def places(self) -> list[Place]:
        """Where each stands, the retired too, by path."""
        rows = self._database.rows("SELECT id, slug, path, version, retired FROM runbook ORDER BY path")
        return [_place(row) for row in rows]

    def places_at(self, paths: Iterable[str]) -> list[Place]:
        """What stands at these paths, in their order."""
        rows = self._database.rows(
            "SELECT runbook.id, slug, runbook.path, version, retired FROM json_each(?) AS wanted"
            " JOIN runbook ON runbook.path = wanted.value ORDER BY wanted.key",
            (json.dumps(list(paths)),),
        )
        return [_place(row) for row in rows]

    def numbers(self) -> dict[str, int]:
        """The numbers of those that are not retired, by slug, in the order of their titles."""
        return dict(
            self._database.rows("SELECT slug, id FROM runbook WHERE retired = 0 ORDER BY title COLLATE NOCASE, slug")
        )

    def text(self, slug: str, version: int) -> str | None:
        """The text of a version; None where there is none."""
        found = self._database.value(
            "SELECT text FROM runbook_version WHERE runbook = ? AND version = ?", (slug, version)
        )
        return None if found is None else str(found)

    def has_said(self, slug: str, text: str) -> bool:
        """Whether a version of a runbook says exactly this."""
        wanted = "SELECT 1 FROM runbook_version WHERE runbook = ? AND text = ?"
        return self._database.value(wanted, (slug, text)) is not None

    def texts(self) -> Iterable[tuple[str, str]]:
        """The present text of each that is not retired, with its path, by path."""
        return self._database.rows(
            "SELECT path, text FROM runbook JOIN runbook_version ON runbook = slug AND"
            " runbook_version.version = runbook.version WHERE retired = 0 ORDER BY path"
        )

    def texts_of(self, slugs: Iterable[str]) -> dict[str, str]:
        """The present texts of these."""
        rows = self._database.rows(
            "SELECT slug, text FROM runbook JOIN runbook_version ON runbook = slug AND"
            " runbook_version.version = runbook.version WHERE slug IN (SELECT value FROM json_each(?))",
            (json.dumps(list(slugs)),),
        )
        return dict(rows)

    def versions(self, slug: str) -> list[Version]:
        """Every version up to the present one, which stands first."""
        rows = self._database.rows(
            "SELECT runbook_version.version, at, who, text FROM runbook_version JOIN runbook ON runbook = slug"
            " AND runbook_version.version <= runbook.version WHERE slug = ? ORDER BY runbook_version.version DESC",
            (slug,),
        )
        return [Version(number, stored(at), who, text) for number, at, who, text in rows]

    def last_moment(self, slug: str) -> datetime | None:
        """When a runbook was last changed; None where there is none."""
        at = self._database.value("SELECT changed_at FROM runbook WHERE slug = ?", (slug,))
        return stored(at) if at else None

    def spared(self, slug: str, until: datetime) -> int:
        """How many tickets a runbook was begun for until then where somebody was about to hand them off."""
        return int(
            self._database.value(
                """
                SELECT count(DISTINCT event.ticket_id) FROM run JOIN event ON event.ticket_id = run.ticket_id
                WHERE runbook = ?1 AND kind = 'noted' AND after ->> '$.instead.runbook' = ?1 AND event.at <= ?2
                AND NOT EXISTS (
                    SELECT 1 FROM event AS later
                    WHERE later.ticket_id = event.ticket_id AND later.undoes = event.seq AND later.at <= ?2
                )
                """,
                (slug, iso(until)),
            )
        )

    def entries(self, figures: Mapping[str, Figures], *, retired: bool = False) -> list[Entry]:
        """All, by title; the retired only where they are asked for."""
        rows = self._database.rows(f"{_ENTRY} WHERE retired <= ? ORDER BY title COLLATE NOCASE, slug", (int(retired),))
        return [_entry(row, figures) for row in rows]

    def entries_of(
        self, ids: Iterable[int], figures: Mapping[str, Figures], *, retired: bool = False
    ) -> dict[int, Entry]:
        """Those of these numbers; the retired only where they are asked for."""
        rows = self._database.rows(
            f"{_ENTRY} WHERE id IN (SELECT value FROM json_each(?)) AND retired <= ?",
            (json.dumps(list(ids)), int(retired)),
        )
        return {row[0]: _entry(row, figures) for row in rows}

    def signatures(self) -> list[tuple[int, str]]:
        """Every error signature with the number of its runbook, the retired left out."""
        rows = self._database.rows(
            "SELECT id, signature FROM runbook_signature JOIN runbook ON runbook = slug WHERE retired = 0"
        )
        return [(number, signature) for number, signature in rows]

    def of_component(self, component: str) -> set[int]:
        """The numbers of the runbooks for a component."""
        rows = self._database.rows(
            "SELECT id FROM runbook_component JOIN runbook ON runbook = slug"
            " WHERE component = ? COLLATE NOCASE AND retired = 0",
            (component,),
        )
        return {number for (number,) in rows}

    def add(self, runbook: Runbook, now: datetime, who: str) -> int:
        """Writes a new runbook; its number."""
        self._database.execute(
            "INSERT INTO runbook (slug, path, title, version, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?)",
            (runbook.slug, runbook.path, runbook.title, runbook.version, iso(now), who),
        )
        self.change(runbook, now, who)
        return int(self._database.value("SELECT id FROM runbook WHERE slug = ?", (runbook.slug,)))

    def change(self, runbook: Runbook, now: datetime, who: str) -> None:
        """Writes a version, and what it says over what the version before said."""
        self._database.execute(
            "INSERT INTO runbook_version (runbook, version, text, at, who) VALUES (?, ?, ?, ?, ?)",
            (runbook.slug, runbook.version, runbook.text, iso(now), who),
        )
        for statement, rows in description(runbook, iso(now), who):
            self._database.execute_many(statement, rows)

    def retire(self, slug: str, now: datetime, who: str, *, retired: bool) -> None:
        """Takes a runbook out of the lists and the search, or back in."""
        self._database.execute(
            "UPDATE runbook SET retired = ?, changed_at = ?, changed_by = ? WHERE slug = ?",
            (int(retired), iso(now), who, slug),
        )


def description(runbook: Runbook, at: str, who: str) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Statements, each with its rows, that write what a version says over what another said, for lists and searches."""
    review = runbook.review_at.isoformat() if runbook.review_at else None
    said = (runbook.title, runbook.tier, runbook.owner, json.dumps(runbook.access), review, runbook.version)
    columns = ("title", "tier", "owner", "access", "review_at", "version", "changed_at", "changed_by")
    changes = ", ".join(f"{column} = ?" for column in columns)
    yield f"UPDATE runbook SET {changes} WHERE slug = ?", [(*said, at, who, runbook.slug)]
    lists = {"tag": runbook.tags, "component": runbook.components, "signature": runbook.signatures}
    for name, texts in lists.items():
        yield f"DELETE FROM runbook_{name} WHERE runbook = ?", [(runbook.slug,)]
        yield (
            f"INSERT INTO runbook_{name} (runbook, position, {name}) VALUES (?, ?, ?)",
            [(runbook.slug, place, text) for place, text in enumerate(texts)],
        )


def _place(row: tuple[Any, ...]) -> Place:
    number, slug, path, version, retired = row
    return Place(number, slug, path, version, bool(retired))


def _entry(row: tuple[Any, ...], figures: Mapping[str, Figures]) -> Entry:
    _, slug, title, path, tier, owner, review_at, version, retired, tags, components, signatures = row
    return Entry(
        slug=slug,
        title=title,
        path=path,
        tags=tuple(json.loads(tags)),
        components=tuple(json.loads(components)),
        signatures=tuple(json.loads(signatures)),
        tier=tier,
        owner=owner,
        review_at=date.fromisoformat(review_at) if review_at else None,
        version=version,
        retired=bool(retired),
        figures=figures.get(slug, Figures()),
    )
