"""Reads XES event logs (IEEE 1849) as numbered rows, a trace at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NoReturn
from xml.parsers import expat

from workbench.errors import InvalidInput, NotFound
from workbench.intake.files import chunks
from workbench.intake.rows import LONGEST_CELL, Row

_VALUES: Final = frozenset({"string", "date", "int", "float", "boolean", "id"})
_DEEPEST: Final = 64
"""Elements within elements; real logs have six."""

_REMEMBERED: Final = 100
"""Attributes of a log that are told where one is missing; real logs have some thirty."""

MOST_EVENTS: Final = 100_000
"""Events of one case; more than that is no ticket but a wrong column."""


def xes_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Each event with the values of `columns`, empty where it has none; attributes of its trace as `case:KEY`.

    Raises InvalidInput with the line where the file is no XES, and for any document type: it could hide an entity bomb;
    NotFound, at the end, for a column that no event of the log has.
    """
    traces = _Traces(path, columns)
    for chunk in chunks(path):
        traces.feed(chunk)
        yield from traces.rows
        traces.rows.clear()
    traces.feed(b"", last=True)
    yield from traces.rows
    traces.require_columns()


class _Traces:
    """What expat calls; whole traces turn up in `rows`."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self.rows: list[Row] = []
        self._path = path
        self._columns = columns
        self._open: list[str] = []
        self._trace: dict[str, str] = {}
        self._events: list[dict[str, str]] = []
        self._met: set[str] = set()
        self._number = 0
        self._fed = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Parses on; a token that does not end is refused before it fills the memory."""
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            self._refuse(expat.ErrorString(error.code), "write the log as XES again, in UTF-8")
        except (
            ValueError,
            LookupError,
        ) as error:  # by the declaration, in what Python cannot read, or not a byte a letter
            self._refuse(f"its encoding cannot be read ({error})", "save it as UTF-8")
        self._fed += len(chunk)
        if self._fed - self._parser.CurrentByteIndex > 8 * LONGEST_CELL + len(chunk):
            self._refuse("a value does not end", f"one value has at most {LONGEST_CELL:,} characters")

    def require_columns(self) -> None:
        """Raises NotFound for the first column that nothing in the log had; a log without events may lack any."""
        for column in self._columns if self._number else ():
            if column not in self._met:
                raise NotFound.among("column", column, self._met)

    def _refuse(self, wrong: str, advice: str) -> NoReturn:
        raise InvalidInput(f"{self._path.name}, line {self._parser.CurrentLineNumber}: {wrong}", advice)

    def _doctype(self, *_: object) -> None:
        self._refuse("it has a document type", "an event log needs none, and it could hide an entity bomb; take it out")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(" ")[2]
        parent = self._open[-1] if self._open else ""
        if not parent and element != "log":
            self._refuse(f"it begins with <{element}>", "an XES file begins with <log>")
        if len(self._open) >= _DEEPEST:
            self._refuse("elements are nested too deep", f"at most {_DEEPEST} stand within each other")
        self._open.append(element)
        if element == "trace":
            self._trace, self._events = {}, []
        elif element == "event":
            self._events.append({})
            if len(self._events) > MOST_EVENTS:
                self._refuse(f"a trace has more than {MOST_EVENTS:,} events", "a trace is one case")
        elif element in _VALUES and parent in ("trace", "event"):
            value = attributes.get("value", "")
            if len(value) > LONGEST_CELL:
                self._refuse("a value is too long", f"one value has at most {LONGEST_CELL:,} characters")
            key = attributes.get("key", "")
            if parent == "trace":
                key = f"case:{key}"
                self._trace[key] = value
            else:
                self._events[-1][key] = value
            if key in self._columns or len(self._met) < _REMEMBERED:
                self._met.add(key)

    def _end(self, name: str) -> None:
        if self._open.pop() == "trace":
            for event in self._events:
                self._number += 1
                values = self._trace | event
                self.rows.append((self._number, [values.get(column, "") for column in self._columns]))
            self._events = []
