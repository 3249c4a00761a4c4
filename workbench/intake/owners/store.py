"""What an import of the catalogue asks the database."""

from typing import NamedTuple

from workbench.database import Database


class Known(NamedTuple):
    """A component that is there: where it was read from, and whether it is out of use."""

    source: str
    retired: bool


def known_components(database: Database) -> dict[str, Known]:
    """All components by their slugs."""
    rows = database.rows("SELECT slug, source, retired FROM component")
    return {slug: Known(source, bool(retired)) for slug, source, retired in rows}
