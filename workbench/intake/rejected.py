"""Keeps the rows that an import could not use, so that they can be mended and come in after all."""

import csv
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from workbench.intake.rows import Row, RowFault


def write_rejected(
    file: Path, names: Sequence[str], rows: Iterable[Row | RowFault], faults: Sequence[RowFault]
) -> Path:
    """Writes what stands in the rows of the faults, and why, as CSV beside the file; the path of it.

    `rows` are the file's, read once more. A file that is there is never overwritten: somebody may be mending it.
    Raises OSError where nothing can be written there.
    """
    wanted = {fault.number for fault in faults}
    cells = {number: found for number, found in map(_numbered, rows) if number in wanted}
    rejected = _unused(file)
    with rejected.open("x", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow([*names, "rejected row", "rejected because"])
        for fault in faults:
            row = cells.get(fault.number, [])
            writer.writerow([*row, *[""] * (len(names) - len(row)), fault.number, fault.reason])
    return rejected


def _numbered(row: Row | RowFault) -> Row:
    return (row.number, row.cells) if isinstance(row, RowFault) else row


def _unused(file: Path) -> Path:
    names = (f"{file.name}.rejected{f'-{number}' if number > 1 else ''}.csv" for number in count(1))
    return next(path for name in names if not (path := file.with_name(name)).exists())
