"""Keeps what an import of the catalogue could not use, so that it can be mended and come in after all."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Final

from workbench.intake import rejected
from workbench.intake.owners.model import Fault, Form
from workbench.intake.rows import RowFault
from workbench.intake.tables import open_table
from workbench.text import one_line

REJECTED: Final = ".rejected"
"""Stands in the names of the files that keep it, so that a folder is read without them."""

_NAMES: Final = {
    Form.YAML: f"{{name}}{REJECTED}{{number}}.yaml",
    Form.CODEOWNERS: f"{{name}}{REJECTED}{{number}}",
}


def write_rejected(path: Path, faults: Sequence[Fault]) -> list[Path]:
    """Writes what is to be mended, and why, beside what was read: a file for each form and each table. Their paths.

    Documents and rows can be imported from there when they are mended; lines of CODEOWNERS, whose order counts, are to
    be mended where they stand. A file that is there is never overwritten: somebody may be mending it.
    """
    written = []
    for form in Form:
        found = [fault for fault in faults if fault.form is form]
        if not found:
            continue
        if form is Form.TABLE:
            files = dict.fromkeys(fault.place.file for fault in found)
            written += [_write_rows(path / file if path.is_dir() else path, file, found) for file in files]
            continue
        target = _unused(path.resolve(), _NAMES[form])
        with target.open("x", encoding="utf-8") as opened:
            if form is Form.CODEOWNERS:
                opened.write(
                    "# The order of all lines counts: mend these where they stand, and import that file again.\n"
                )
            opened.writelines(_pieces(found, "---\n" if form is Form.YAML else ""))
        written.append(target)
    return written


def _write_rows(path: Path, file: str, faults: Sequence[Fault]) -> Path:
    table = open_table(path)
    rows = [RowFault(each.place.number, each.reason) for each in faults if each.place.file == file]
    return rejected.write_rejected(path, table.names, table.rows(), rows)


def _pieces(faults: Sequence[Fault], before: str) -> Iterator[str]:
    """Each piece once, after the reasons against it."""
    reasons: dict[str, list[str]] = {}
    for fault in faults:
        reasons.setdefault(fault.piece, []).append(f"# {one_line(str(fault))}\n")
    for piece, told in reasons.items():
        yield from (before, *told, f"{piece.strip(chr(10))}\n" if piece.strip() else "")


def _unused(path: Path, name: str) -> Path:
    numbers = ("" if number == 1 else f"-{number}" for number in count(1))
    return next(
        target
        for number in numbers
        if not (target := path.with_name(name.format(name=path.name, number=number))).exists()
    )
