"""Keeps the rows that an import could not use, so that they can be mended and come in after all."""

import csv
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import Final

from workbench.intake.cells import guarded
from workbench.intake.rows import Row, RowFault

ADDED: Final = ("rejected row", "rejected because", "rejected text")
"""The columns that stand behind those of the file; the last holds a row as it stands, where it has no cells to show."""


def write_rejected(
    file: Path,
    names: Sequence[str],
    rows: Iterable[Row | RowFault],
    faults: Sequence[RowFault],
    *,
    guard: bool = False,
) -> Path:
    """Writes what stands in the rows of the faults, and why, as CSV beside the file; the path of it.

    `rows` are the file's, read once more; `guard` where its cells can be what a spreadsheet would run. Cells for which
    the file names no column stand behind all others. A file that is there is never overwritten: somebody may be mending
    it. Raises OSError where nothing can be written there.
    """
    wanted = {fault.number for fault in faults}
    found = {row.number: row for row in map(_told, rows) if row.number in wanted}
    rejected = _unused(file)
    with rejected.open("x", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow([*names, *ADDED])
        for fault in faults:
            row = found.get(fault.number, fault)
            cells = [guarded(cell) for cell in row.cells] if guard else row.cells
            named, others = cells[: len(names)], cells[len(names) :]
            missing = [""] * (len(names) - len(named))
            writer.writerow([*named, *missing, fault.number, fault.reason, guarded(row.text), *others])
    return rejected


def _told(row: Row | RowFault) -> RowFault:
    return row if isinstance(row, RowFault) else RowFault(row[0], "", row[1])


def _unused(file: Path) -> Path:
    names = (f"{file.name}.rejected{f'-{number}' if number > 1 else ''}.csv" for number in count(1))
    return next(path for name in names if not (path := file.with_name(name)).exists())
