"""Reads CSV, JSON and JSON Lines as one shape: names, then numbered rows of text, never more than a piece in memory."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from workbench.errors import InvalidInput
from workbench.intake import jsontables
from workbench.intake.files import TextFile, open_binary, text_file
from workbench.intake.rows import LONGEST_CELL, Row, RowFault

_KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_DELIMITERS = ",;\t"
_SEPARATOR_LINES = {f"sep={delimiter}": delimiter for delimiter in _DELIMITERS}
"""What Excel writes and reads as a first line."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file read as a table; `rows()` may be asked for again and starts afresh each time."""

    text: TextFile
    kind: str
    """`csv`, `json` or `jsonl`."""
    names: tuple[str, ...]
    """The columns as the file names them; a name that stands twice is there twice."""
    delimiter: str = ""
    header_row: int = 1

    @property
    def guarded(self) -> bool:
        """Whether a `'` may have been put before a cell to keep a spreadsheet from running it."""
        return self.kind == "csv"

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.text.path

    def rows(self) -> Iterator[Row | RowFault]:
        """Each row with as many cells as there are names; raises InvalidInput where the rest of the file is lost."""
        if self.kind == "json":
            return jsontables.array_rows(self.text, self.names)
        if self.kind == "jsonl":
            return jsontables.line_rows(self.text, self.names)
        return _csv_rows(self)


def open_table(path: Path) -> Table:
    """Finds out how a file is to be read; its kind goes by its ending (also before `.gz`).

    Raises InvalidInput with the file and the line for what is no table.
    """
    ending = path.with_suffix("").suffix if path.suffix.lower() == ".gz" else path.suffix
    kind = _KINDS.get(ending.lower())
    if kind is None:
        open_binary(path).close()  # a file that is not there has no wrong ending
        raise InvalidInput(
            f"{path.name} has no known ending", f"the endings are {', '.join(_KINDS)}, each also with .gz"
        )
    text = text_file(path)
    if kind == "json":
        return Table(text, kind, jsontables.names_of_array(text))
    if kind == "jsonl":
        return Table(text, kind, jsontables.names_of_lines(text))
    return _csv_table(text)


def _csv_table(text: TextFile) -> Table:
    with text.open() as file:
        told = _SEPARATOR_LINES.get(file.readline(16).rstrip("\r\n").lower())
    chosen = told or max(_DELIMITERS, key=lambda each: _fitness(_header(text, each, skipped=0)[1]))
    row, names = _header(text, chosen, skipped=1 if told else 0, strict=True)
    if not names:
        raise InvalidInput(f"{text.path.name} is empty", "its first row must name the columns")
    return Table(text, "csv", tuple(name.strip() for name in names), chosen, header_row=row)


def _fitness(names: list[str]) -> tuple[bool, int]:
    """The right delimiter finds the most names; a wrong one cuts through a quoted name and leaves its quotes."""
    return not any('"' in name for name in names), len(names)


def _header(text: TextFile, delimiter: str, *, skipped: int, strict: bool = False) -> tuple[int, list[str]]:
    """The first row with anything in it, and its number; no cells where there is none."""
    with text.open() as file:
        csv.field_size_limit(LONGEST_CELL)
        rows = enumerate(csv.reader(file, delimiter=delimiter, strict=strict), 1)
        try:
            return next((row for row in islice(rows, skipped, None) if any(map(str.strip, row[1]))), (0, []))
        except csv.Error as error:
            raise InvalidInput(
                f"{text.path.name}: its header cannot be read: {error}", "its first row must name the columns"
            ) from error


class _Lines:
    """A file's lines as csv takes them; `last` is the one that it took last."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self.last = line
            yield line


def _csv_rows(table: Table) -> Iterator[Row | RowFault]:
    with table.text.open() as file:
        csv.field_size_limit(LONGEST_CELL)
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=table.delimiter, strict=True)
        header: list[str] = []
        for _ in range(table.header_row):
            header = next(reader, [])
        number, width = table.header_row, len(header)
        holds_nul = table.text.holds_nul
        while True:
            number += 1
            line = reader.line_num
            try:
                for cells in reader:
                    if len(cells) == width and (cells[0] or any(cells)) and not holds_nul and cells != header:
                        yield number, cells
                    elif any(cells):
                        yield _judged(number, cells, header)
                    number += 1
                    line = reader.line_num
                return
            except csv.Error as error:
                if reader.line_num - line > 1:
                    raise _swallowed(table, number, line, error) from error
                yield RowFault(number, f"its quotes or cells cannot be read: {error}", text=lines.last.rstrip("\r\n"))


def _judged(number: int, cells: list[str], header: list[str]) -> Row | RowFault:
    if cells == header:
        return RowFault(number, "the names of the columns stand here again", cells)
    if len(cells) != len(header):
        return RowFault(number, f"has {len(cells)} cells where the header has {len(header)}", cells)
    if any("\0" in cell for cell in cells):
        return RowFault(number, "holds a NUL character, which no text has", cells)
    return number, cells


def _swallowed(table: Table, number: int, line: int, error: csv.Error) -> InvalidInput:
    """A row of several lines that csv gave up on has swallowed rows, and none after it can be trusted."""
    return InvalidInput(
        f"{table.path.name}, row {number}: a quote opened in line {line + 1} is not closed ({error})",
        "close the quote, or double it inside a quoted cell",
    )
