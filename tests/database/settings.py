"""The smallest thing there is to save: a setting; and what stands in a folder."""

from pathlib import Path

from workbench.database import Database


def save(database: Database, *keys: str, value: object = 1, then: type[BaseException] | None = None) -> None:
    """Saves settings in one transaction, which ends by raising `then` where one is given."""
    with database.transaction():
        for key in keys:
            assert database.execute("INSERT INTO setting (key, value) VALUES (?, ?)", (key, value)) == 1
        if then is not None:
            raise then


def saved(database: Database) -> set[str]:
    """The settings that `save` has left, as far as their names begin with `test-`."""
    return {key for (key,) in database.rows("SELECT key FROM setting WHERE key LIKE 'test-%'")}


def names(folder: Path) -> set[str]:
    """The names of the files in it but for those that belong to an open workbench."""
    return {entry.name for entry in folder.iterdir() if not entry.name.endswith(("-lock", "-wal", "-shm"))}
