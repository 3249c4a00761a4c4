"""The saved queues of a workbench in the database: filters under names, in an order that their number keys follow."""

from collections.abc import Iterable

from workbench.database import Database


class SavedStore:
    """Reads and writes saved queues; every write inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def all(self) -> list[tuple[str, str]]:
        """Names and filters, in their order."""
        rows = self.database.rows("SELECT name, filter FROM saved_queue ORDER BY position, name")
        return [(name, text) for name, text in rows]

    def save(self, name: str, text: str) -> None:
        """Keeps a filter under a name, in the place it has or as the last."""
        self.database.execute(
            "INSERT INTO saved_queue (name, filter, position)"
            " VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM saved_queue))"
            " ON CONFLICT DO UPDATE SET filter = excluded.filter",
            (name, text),
        )

    def arrange(self, names: Iterable[str]) -> None:
        """Puts the queues of those names, which must be all, into that order."""
        self.database.execute_many(
            "UPDATE saved_queue SET position = ? WHERE name = ?",
            [(place, name) for place, name in enumerate(names, start=1)],
        )

    def rename(self, name: str, to: str) -> None:
        """Gives a queue another name, which nothing has."""
        self.database.execute("UPDATE saved_queue SET name = ? WHERE name = ?", (to, name))

    def delete(self, name: str) -> None:
        """Forgets a queue; its tickets stay where they are."""
        self.database.execute("DELETE FROM saved_queue WHERE name = ?", (name,))
