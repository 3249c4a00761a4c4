"""The catalogue in the database: components with all that belongs to them, read and written whole."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.ownership.model import Component, ComponentKind, PathRule

_KINDS: Final = {"aliases": "alias", "hosts": "host", "urls": "url", "signatures": "signature"}
"""What patterns are called in the table, by the component's field."""

Row = tuple[Any, ...]


class ComponentStore:
    """Reads and writes components and the leads of seams; every write inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def find(self, slug: str) -> Component | None:
        """The component, retired or not; None where there never was one."""
        return next(iter(self.components([slug])), None)

    def is_empty(self) -> bool:
        """Whether there is no component, be it one that nobody owns."""
        return not self.database.value("SELECT EXISTS (SELECT 1 FROM component WHERE retired = 0)")

    def slugs(self) -> list[str]:
        """The slugs of all components in use, in their order."""
        return [slug for (slug,) in self.database.rows("SELECT slug FROM component WHERE retired = 0 ORDER BY slug")]

    def unowned(self) -> list[str]:
        """The slugs of components in use that nobody owns."""
        rows = self.database.rows(
            "SELECT slug FROM component WHERE retired = 0"
            " AND NOT EXISTS (SELECT 1 FROM component_owner WHERE component = slug) ORDER BY slug"
        )
        return [slug for (slug,) in rows]

    def disputed(self) -> dict[str, tuple[str, ...]]:
        """The components in use that several teams own, with those teams."""
        rows = self.database.rows(
            "SELECT component, team FROM component_owner JOIN component ON slug = component WHERE retired = 0"
            " AND slug IN (SELECT component FROM component_owner GROUP BY component HAVING count(*) > 1)"
            " ORDER BY slug, position"
        )
        return {slug: tuple(teams) for slug, teams in _grouped(rows).items()}

    def unconfirmed(self, since: datetime) -> dict[str, str]:
        """The components in use of one team that were not confirmed after an instant, the longest ago first."""
        rows = self.database.rows(
            "SELECT slug, min(team) FROM component_owner JOIN component ON slug = component"
            " WHERE retired = 0 GROUP BY slug HAVING count(*) = 1 AND coalesce(confirmed_at, '') <= ?"
            " ORDER BY coalesce(confirmed_at, ''), slug",
            (iso(since),),
        )
        return dict(rows)

    def owned_by(self, team: str) -> list[str]:
        """The slugs of components in use that the team owns, be it with others."""
        rows = self.database.rows(
            "SELECT slug FROM component_owner JOIN component ON slug = component"
            " WHERE team = ? AND retired = 0 ORDER BY slug",
            (team,),
        )
        return [slug for (slug,) in rows]

    def crossings(self) -> list[tuple[tuple[str, str], tuple[str, str]]]:
        """Each dependency whose ends belong to one team each, and not the same: the components and their teams."""
        rows = self.database.rows(
            """
            WITH sole AS (
                SELECT component, min(team) AS team FROM component_owner JOIN component ON slug = component
                WHERE retired = 0 GROUP BY component HAVING count(*) = 1
            )
            SELECT need.component, need.needs, mine.team, other.team FROM component_need AS need
            JOIN sole AS mine ON mine.component = need.component JOIN sole AS other ON other.component = need.needs
            WHERE mine.team <> other.team ORDER BY need.component, need.position
            """
        )
        return [((component, needs), (mine, other)) for component, needs, mine, other in rows]

    def components(self, slugs: Iterable[str] | None = None) -> list[Component]:
        """The components of those slugs, retired or not; without slugs all in use. By slug."""
        wanted = None if slugs is None else json.dumps(list(slugs))
        owners, needs = self._lists("owner", "team", wanted), self._lists("need", "needs", wanted)
        patterns = self._patterns(wanted)
        where, parameters = ("retired = 0", ()) if wanted is None else (_AMONG.format("slug"), (wanted,))
        rows = self.database.rows(
            "SELECT slug, kind, title, description, confirmed_at, confirmed_by, source, retired"
            f" FROM component WHERE {where} ORDER BY slug",
            parameters,
        )
        return [_component(row, owners[row[0]], needs[row[0]], patterns[row[0]]) for row in rows]

    def with_alias(self, alias: str) -> list[str]:
        """The slugs of components in use that are also called so, letters of either case."""
        rows = self.database.rows(
            "SELECT DISTINCT slug FROM component_pattern JOIN component ON slug = component"
            " WHERE component_pattern.kind = 'alias' AND pattern = ? COLLATE NOCASE AND retired = 0 ORDER BY slug",
            (alias,),
        )
        return [slug for (slug,) in rows]

    def names(self) -> list[str]:
        """Slugs and aliases of all components in use."""
        return self.slugs() + [
            alias
            for (alias,) in self.database.rows(
                "SELECT DISTINCT pattern FROM component_pattern JOIN component ON slug = component"
                " WHERE component_pattern.kind = 'alias' AND retired = 0"
            )
        ]

    def write(self, component: Component) -> None:
        """Writes a component over what is there of it."""
        slug = component.slug
        self.database.execute(
            """
            INSERT INTO component (slug, kind, title, description, confirmed_at, confirmed_by, source, retired)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (slug) DO UPDATE SET
                kind = excluded.kind, title = excluded.title, description = excluded.description,
                confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by,
                source = excluded.source, retired = excluded.retired
            """,
            row_of(component),
        )
        for table, column, listed in (("owner", "team", component.owners), ("need", "needs", component.needs)):
            self.database.execute(f"DELETE FROM component_{table} WHERE component = ?", (slug,))
            self.database.execute_many(
                f"INSERT INTO component_{table} (component, position, {column}) VALUES (?, ?, ?)",
                [(slug, place, each) for place, each in enumerate(listed)],
            )
        self.database.execute("DELETE FROM component_pattern WHERE component = ?", (slug,))
        self.database.execute_many(
            "INSERT INTO component_pattern (component, kind, position, pattern, owners) VALUES (?, ?, ?, ?, ?)",
            list(pattern_rows(component)),
        )
        from workbench.ownership.matching.keys import KeyStore  # here, since most only read

        KeyStore(self.database).write(component)

    def leads(self, slugs: Iterable[str] | None = None) -> dict[frozenset[str], str]:
        """The teams that lead between two components, by the pair; of pairs with one of the slugs, or of all."""
        where, parameters = "", []
        if slugs is not None:
            where = f" WHERE {_AMONG.format('component')} OR {_AMONG.format('other')}"
            parameters = [json.dumps(list(slugs))] * 2
        rows = self.database.rows(f"SELECT component, other, team FROM seam_lead{where}", parameters)
        return {frozenset((component, other)): team for component, other, team in rows}

    def lead(self, component: str, other: str) -> str | None:
        """The team that leads between two components; None where none does."""
        pair = sorted((component, other))
        found = self.database.value("SELECT team FROM seam_lead WHERE component = ? AND other = ?", pair)
        return None if found is None else str(found)

    def write_lead(self, component: str, other: str, team: str | None) -> None:
        """Writes who leads between two components, or that nobody does."""
        pair = sorted((component, other))
        self.database.execute("DELETE FROM seam_lead WHERE component = ? AND other = ?", pair)
        if team is not None:
            self.database.execute("INSERT INTO seam_lead (component, other, team) VALUES (?, ?, ?)", (*pair, team))

    def needed_by(self, slugs: Iterable[str]) -> dict[str, list[str]]:
        """Which components in use need each of those."""
        rows = self.database.rows(
            "SELECT needs, component FROM component_need JOIN component ON slug = component"
            f" WHERE retired = 0 AND {_AMONG.format('needs')} ORDER BY needs, component",
            (json.dumps(list(slugs)),),
        )
        return _grouped(rows)

    def _lists(self, table: str, column: str, wanted: str | None) -> dict[str, list[str]]:
        where, parameters = ("", ()) if wanted is None else (f" WHERE {_AMONG.format('component')}", (wanted,))
        return _grouped(
            self.database.rows(
                f"SELECT component, {column} FROM component_{table}{where} ORDER BY component, position", parameters
            )
        )

    def _patterns(self, wanted: str | None) -> dict[str, list[Row]]:
        where, parameters = ("", ()) if wanted is None else (f" WHERE {_AMONG.format('component')}", (wanted,))
        found: dict[str, list[Row]] = defaultdict(list)
        for component, *pattern in self.database.rows(
            f"SELECT component, kind, pattern, owners FROM component_pattern{where} ORDER BY component, kind, position",
            parameters,
        ):
            found[component].append(tuple(pattern))
        return found


_AMONG: Final = "{} IN (SELECT value FROM json_each(?))"


def _component(row: Row, owners: list[str], needs: list[str], patterns: list[Row]) -> Component:
    slug, kind, title, description, confirmed_at, confirmed_by, source, retired = row
    listed = {
        field: tuple(pattern for kind, pattern, _ in patterns if kind == stored_as)
        for field, stored_as in _KINDS.items()
    }
    return Component(
        slug,
        ComponentKind(kind),
        title,
        description,
        paths=tuple(
            PathRule(pattern, None if owned is None else tuple(json.loads(owned)))
            for kind, pattern, owned in patterns
            if kind == "path"
        ),
        owners=tuple(owners),
        needs=tuple(needs),
        confirmed_at=stored(confirmed_at) if confirmed_at else None,
        confirmed_by=confirmed_by,
        source=source,
        retired=bool(retired),
        **listed,
    )


def row_of(component: Component) -> Row:
    """The component's own row."""
    confirmed_at = iso(component.confirmed_at) if component.confirmed_at else None
    described = (component.slug, component.kind.value, component.title, component.description)
    return (*described, confirmed_at, component.confirmed_by, component.source, component.retired)


def pattern_rows(component: Component) -> Iterator[Row]:
    """The rows of its names and patterns."""
    for field, stored_as in _KINDS.items():
        for place, pattern in enumerate(getattr(component, field)):
            yield component.slug, stored_as, place, pattern, None
    for place, (pattern, owners) in enumerate(component.paths):
        yield component.slug, "path", place, pattern, None if owners is None else json.dumps(owners)


def _grouped(rows: Iterable[Row]) -> dict[str, list[str]]:
    """The second of each pair, listed by its first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in rows:
        groups[key].append(value)
    return groups
