"""The catalogue's events in the database; they are only ever added."""

import json
from datetime import datetime
from typing import Any, Final

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.ownership.changes import OPINIONS, CatalogueEvent, CatalogueKind

_COLUMNS: Final = "id, at, who, act, kind, component, before, after, undoes"
_CHANGES: Final = (
    f"FROM catalogue_event AS mine WHERE kind NOT IN ({', '.join(f'{kind.value!r}' for kind in OPINIONS)})"
)
_STANDS: Final = "kind <> 'undone' AND NOT EXISTS (SELECT 1 FROM catalogue_event AS later WHERE later.undoes = mine.id)"


class CatalogueLog:
    """Reads and adds events of the catalogue."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def append(
        self,
        at: datetime,
        who: str,
        act: int,
        kind: CatalogueKind,
        component: str,
        changed: tuple[dict[str, Any], dict[str, Any]],
        undoes: int | None = None,
    ) -> None:
        """Adds an event inside a transaction; `changed` are the fields before and after."""
        before, after = (json.dumps(fields, ensure_ascii=False) for fields in changed)
        self.database.execute(
            "INSERT INTO catalogue_event (at, who, act, kind, component, before, after, undoes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (iso(at), who, act, kind.value, component, before, after, undoes),
        )

    def stamp(self) -> tuple[object, ...]:
        """What is another once the catalogue, or what people propose for it, is."""
        row = self.database.row("SELECT (SELECT max(id) FROM catalogue_event), count(*), max(at) FROM correction")
        return tuple(row or ())

    def note_opinion(self, at: datetime, who: str, kind: CatalogueKind, component: str, said: dict[str, Any]) -> None:
        """Adds what somebody thinks about the owner of a component, inside a transaction."""
        self.append(at, who, 0, kind, component, ({}, said))

    def of(self, component: str, until: datetime) -> list[CatalogueEvent]:
        """What happened to a component up to an instant, in order."""
        rows = self.database.rows(
            f"SELECT {_COLUMNS} {_CHANGES} AND component = ? AND at <= ? ORDER BY id",
            (component, iso(until)),
        )
        return [_event(row) for row in rows]

    def after(self, at: datetime) -> list[CatalogueEvent]:
        """What happened after an instant, the latest first."""
        rows = self.database.rows(f"SELECT {_COLUMNS} {_CHANGES} AND at > ? ORDER BY id DESC", (iso(at),))
        return [_event(row) for row in rows]

    def last_moment(self, component: str) -> datetime | None:
        """When the component last changed; None where it never did."""
        at = self.database.value(f"SELECT max(at) {_CHANGES} AND component = ?", (component,))
        return stored(at) if at else None

    def latest_act(self, who: str) -> int:
        """The number of that person's latest act on the catalogue not yet taken back; 0 where there is none."""
        found = self.database.value(
            f"SELECT act {_CHANGES} AND who = ? AND {_STANDS} ORDER BY act DESC LIMIT 1", (who,)
        )
        return int(found or 0)

    def of_act(self, who: str, act: int) -> list[CatalogueEvent]:
        """What somebody's act did that stands, the last first."""
        rows = self.database.rows(
            f"SELECT {_COLUMNS} {_CHANGES} AND who = ? AND act = ? AND {_STANDS} ORDER BY id DESC",
            (who, act),
        )
        return [_event(row) for row in rows]

    def built_on(self, event: CatalogueEvent) -> CatalogueEvent | None:
        """The latest change of the same component by somebody else that came after it and stands."""
        row = self.database.row(
            f"SELECT {_COLUMNS} {_CHANGES}"
            f" AND component = ? AND id > ? AND who <> ? AND {_STANDS} ORDER BY id DESC LIMIT 1",
            (event.component, event.id, event.who),
        )
        return _event(row) if row else None


def _event(row: tuple[Any, ...]) -> CatalogueEvent:
    number, at, who, act, kind, component, before, after, undoes = row
    known = CatalogueKind(kind)
    return CatalogueEvent(number, stored(at), who, act, known, component, json.loads(before), json.loads(after), undoes)
