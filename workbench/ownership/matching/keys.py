"""What the catalogue's names and patterns are found by: rows of an indexed table, written with each component."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from workbench.database import Database
from workbench.ownership.matching.hosts import HostPattern
from workbench.ownership.matching.name_words import NameWords
from workbench.ownership.matching.names import folded_name, name_key
from workbench.ownership.matching.paths import PathPattern
from workbench.ownership.matching.signatures import Signature
from workbench.ownership.matching.urls import UrlPattern
from workbench.ownership.model import Component
from workbench.search.words import words
from workbench.text import storable


class Key(NamedTuple):
    """One row: the name or pattern at `position` is found by `key`; `plain` is what may have been misspelt."""

    how: str
    position: int
    key: str
    plain: str | None


class KeyStore:
    """Keeps the keys of components; every write inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.words = NameWords(database)

    def write(self, component: Component) -> None:
        """Writes the keys of a component over those it had; a retired one has none."""
        page = self._page(component.slug)
        self.database.execute("DELETE FROM component_key WHERE component = ? AND id <> ?", (component.slug, page))
        if component.retired:
            self.words.remove(page)
            return
        self.database.execute_many(
            "INSERT INTO component_key (component, how, position, key, plain) VALUES (?, ?, ?, ?, ?)",
            [(component.slug, *key) for key in list(keys_of(component))[1:]],
        )
        self.words.put(page, words_of(component))

    def _page(self, slug: str) -> int:
        """The row of the component's slug, which stays, since the index of words knows the component by its number."""
        sql = "SELECT id FROM component_key WHERE component = ? AND how = 'name' AND position = 0"
        found = self.database.value(sql, (slug,))
        if found is None:
            self.database.execute(
                "INSERT INTO component_key (component, how, position, key, plain) VALUES (?, ?, ?, ?, ?)",
                (slug, *_key_of_slug(slug)),
            )
            found = self.database.value(sql, (slug,))
        return int(found)


def keys_of(component: Component) -> Iterator[Key]:
    """All keys of a component, first that of its slug."""
    slug, title = _key_of_slug(component.slug), folded_name(component.title)
    yield slug
    if title and title != slug.plain:
        yield Key("name", 1, name_key(title), title)
    for position, alias in enumerate(component.aliases):
        folded = folded_name(alias)
        if folded:
            yield Key("alias", position, name_key(folded), folded)
    kinds: tuple[tuple[str, tuple[str, ...], Any], ...] = (
        ("host", component.hosts, HostPattern),
        ("url", component.urls, UrlPattern),
        ("path", tuple(rule.pattern for rule in component.paths), PathPattern),
        ("signature", component.signatures, Signature),
    )
    for how, patterns, reader in kinds:
        for position, pattern in enumerate(patterns):
            read = reader.read(pattern)
            for number, key in enumerate(dict.fromkeys(read.keys) if read else ()):
                yield Key(how, position, storable(key), _plain(how, pattern) if number == 0 else None)


def words_of(component: Component) -> str:
    """The words of its names, each once, as the index of words has them."""
    names = " ".join((component.slug, component.title, *component.aliases))
    return " ".join(dict.fromkeys(words(names)))


def _key_of_slug(slug: str) -> Key:
    folded = folded_name(slug)
    return Key("name", 0, name_key(folded), folded)


def _plain(how: str, pattern: str) -> str | None:
    """The pattern as it is compared letter by letter; None where it has a wildcard or is too long to be misspelt."""
    if "*" in pattern or len(pattern) > 80 or how == "path":
        return None
    return folded_name(pattern)
