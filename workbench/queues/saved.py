"""The queues that each person has saved: filters under names, in an order that their number keys follow."""

from collections.abc import Iterable

from workbench.database import Database


class SavedStore:
    """Reads and writes the saved queues of one person; every write inside the caller's transaction."""

    def __init__(self, database: Database, who: str) -> None:
        self.database = database
        self.who = who

    def all(self) -> list[tuple[str, str]]:
        """Names and filters, in their order."""
        rows = self.database.rows(
            "SELECT name, filter FROM saved_queue WHERE person = ? ORDER BY position, name", (self.who,)
        )
        return [(name, text) for name, text in rows]

    def whose(self, name: str) -> str | None:
        """Who has a queue of that name, in letters of either case; None where nobody has."""
        rows = self.database.rows("SELECT name, person FROM saved_queue ORDER BY person")  # SQLite folds ASCII alone
        return next((person for each, person in rows if each.lower() == name.lower()), None)

    def save(self, name: str, text: str) -> None:
        """Keeps a filter under a name, in the place it has or as the last."""
        self.database.execute(
            "INSERT INTO saved_queue (person, name, filter, position)"
            " VALUES (?1, ?2, ?3, (SELECT coalesce(max(position), 0) + 1 FROM saved_queue WHERE person = ?1))"
            " ON CONFLICT DO UPDATE SET filter = excluded.filter",
            (self.who, name, text),
        )

    def arrange(self, names: Iterable[str]) -> None:
        """Puts the queues of those names, which must be all, into that order."""
        self.database.execute_many(
            "UPDATE saved_queue SET position = ? WHERE person = ? AND name = ?",
            [(place, self.who, name) for place, name in enumerate(names, start=1)],
        )

    def rename(self, name: str, to: str) -> None:
        """Gives a queue another name, which nothing has."""
        self.database.execute("UPDATE saved_queue SET name = ? WHERE person = ? AND name = ?", (to, self.who, name))

    def delete(self, name: str) -> None:
        """Forgets a queue; its tickets stay where they are."""
        self.database.execute("DELETE FROM saved_queue WHERE person = ? AND name = ?", (self.who, name))
