"""Looking back: the catalogue as it stood at an earlier moment, in tables of this connection hiding the real ones."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from workbench.database import Database
from workbench.ownership.changes import CatalogueEvent, with_fields
from workbench.ownership.model import Component
from workbench.ownership.store import ComponentStore, pattern_rows, row_of

_TABLES: Final = {
    "component": "slug",
    "component_owner": "component",
    "component_pattern": "component",
    "component_need": "component",
    "seam_lead": "component",
}
"""Tables of the catalogue, each with the column of the component."""
_INDEXES: Final = (
    ("component", "slug"),
    ("component_owner", "component"),
    ("component_owner", "team"),
    ("component_pattern", "component, kind, position"),
    ("component_need", "component"),
    ("component_need", "needs"),
)
_FOUND_BY: Final = frozenset({"title", "aliases", "hosts", "urls", "paths", "signatures", "retired"})
"""What a component is found by, besides its slug; who owns or confirmed it is not."""
_KEYS: Final = (
    "CREATE TEMP TABLE component_key (id INTEGER PRIMARY KEY, component, how, position, key, plain)",
    """
    INSERT INTO temp.component_key
    SELECT * FROM main.component_key WHERE component NOT IN (SELECT value FROM json_each(:changed))
    """,
    "CREATE INDEX temp.then_found ON component_key (how, key)",
    "CREATE INDEX temp.then_spelt ON component_key (length(plain), plain) WHERE plain IS NOT NULL",
    "CREATE VIRTUAL TABLE temp.component_words USING fts5 (words, tokenize='unicode61', prefix='2 3')",
    """
    INSERT INTO temp.component_words (rowid, words)
    SELECT rowid, words FROM main.component_words WHERE rowid IN (SELECT id FROM temp.component_key)
    """,
    "CREATE VIRTUAL TABLE temp.component_words_vocabulary USING fts5vocab (temp, component_words, row)",
)
"""What a lookup searches, of all components but those that have changed."""


def look_back(store: ComponentStore, later: Sequence[CatalogueEvent]) -> None:
    """Takes what happened later, the last first, back in a copy for this connection; nothing to do for nothing."""
    if not later:
        return
    components = {each.slug: each for each in store.components({event.component for event in later})}
    leads = {}
    for event in later:
        if "seam" in event.before:
            leads[frozenset((event.component, event.before["seam"]))] = event.before["lead"]
        else:
            components[event.component] = with_fields(components[event.component], event.before)
    connection = store.database.connection
    connection.execute("PRAGMA temp_store = MEMORY")  # before the first of these tables: a change would drop them
    for table, column in _TABLES.items():
        connection.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table}")
        if table != "seam_lead":
            connection.execute(
                f"DELETE FROM temp.{table} WHERE {column} IN (SELECT value FROM json_each(?))",
                (json.dumps(list(components)),),
            )
    for number, (table, columns) in enumerate(_INDEXES):
        connection.execute(f"CREATE INDEX temp.then_{number} ON {table} ({columns})")
    for component in components.values():
        _write(store, component)
    for pair, team in leads.items():
        _write_lead(store, pair, team)
    if any(_FOUND_BY & event.before.keys() for event in later):
        _write_keys(store.database, components)


def _write(store: ComponentStore, component: Component) -> None:
    connection, slug = store.database.connection, component.slug
    connection.execute("INSERT INTO temp.component VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row_of(component))
    for table, listed in (("owner", component.owners), ("need", component.needs)):
        connection.executemany(
            f"INSERT INTO temp.component_{table} VALUES (?, ?, ?)",
            [(slug, place, each) for place, each in enumerate(listed)],
        )
    connection.executemany("INSERT INTO temp.component_pattern VALUES (?, ?, ?, ?, ?)", list(pattern_rows(component)))


def _write_lead(store: ComponentStore, pair: frozenset[str], team: str | None) -> None:
    ordered = sorted(pair)
    connection = store.database.connection
    connection.execute("DELETE FROM temp.seam_lead WHERE component = ? AND other = ?", ordered)
    if team is not None:
        connection.execute("INSERT INTO temp.seam_lead VALUES (?, ?, ?)", (*ordered, team))


def _write_keys(database: Database, changed: Mapping[str, Component]) -> None:
    """What the components were found by; a copy of all keys, in half a second where there are 50,000 components."""
    from workbench.ownership.matching.keys import keys_of, words_of  # here, since most moments have the names of today

    connection = database.connection
    for statement in _KEYS:
        connection.execute(statement, {"changed": json.dumps(list(changed))})
    insert = "INSERT INTO temp.component_key (component, how, position, key, plain) VALUES (?, ?, ?, ?, ?)"
    for each in changed.values():
        if not each.retired:
            first, *others = [(each.slug, *key) for key in keys_of(each)]
            page = connection.execute(insert, first).lastrowid
            connection.executemany(insert, others)
            connection.execute("INSERT INTO temp.component_words (rowid, words) VALUES (?, ?)", (page, words_of(each)))
