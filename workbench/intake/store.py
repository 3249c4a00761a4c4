"""What an import asks the database: which tickets are there already."""

import json
from collections.abc import Collection, Sequence

from workbench.database import Database


class IntakeStore:
    """Looks up tickets by what other tools call them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, externals: Collection[str]) -> dict[str, int]:
        """The numbers of the tickets that have one of these external ids."""
        rows = self._database.rows(
            "SELECT external, id FROM ticket WHERE external IN (SELECT value FROM json_each(?))",
            (json.dumps(list(externals)),),
        )
        return dict(rows)

    def known_numbers(self, opened: Sequence[tuple[int, str]]) -> set[int]:
        """Which of these numbers (each with the instant of its opening) are tickets of our own."""
        rows = self._database.rows(
            """
            SELECT ticket.id FROM ticket JOIN json_each(?) AS told ON ticket.id = told.value ->> 0
            WHERE opened_at = told.value ->> 1 AND external IS NULL
            """,
            (json.dumps(opened),),
        )
        return {number for (number,) in rows}
