"""What every reader of a table yields: numbered rows, and rows that cannot be used, each with its reason."""

from dataclasses import dataclass, field
from typing import TypeAlias

LONGEST_CELL = 1_000_000
"""Characters; a longer cell is a quote that was never closed, or an attached file, and no ticket's text."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that cannot be used.

    `number` is the row as a spreadsheet counts it (the header is row 1), the line of a JSON Lines file, or the place
    in a JSON array, from 1. For the file of rejected rows: `cells` is what was read of it, and `text` how it stands
    where it could not be cut into cells.
    """

    number: int
    reason: str
    cells: list[str] = field(default_factory=list)
    text: str = ""

    def __str__(self) -> str:
        return f"row {self.number}: {self.reason}"


Row: TypeAlias = tuple[int, list[str]]
"""A row's number and its cells, as many as the table has names."""
