"""Reads a JSON array, or JSON Lines, of objects as rows of text, one object at a time."""

import json
from collections.abc import Callable, Iterator
from typing import NoReturn

from workbench.errors import InvalidInput
from workbench.intake.cells import joined, without_nul
from workbench.intake.files import TextFile
from workbench.intake.rows import LONGEST_CELL, Row, RowFault
from workbench.text import storable

LONGEST_OBJECT = 16 * LONGEST_CELL
"""Characters of one object; the reader never holds more than twice that."""

_PIECE = 1 << 16
_BLANK = " \t\r\n"


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number of JSON")


# Numbers stay text: a ticket's fields are text, and no number can then be too long, too large or rounded.
_decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_no_number)


def names_of_array(text: TextFile) -> tuple[str, ...]:
    """All keys of all objects, in the order in which they first stand; keys of an inner object as `outer.inner`."""
    return _names(_array(text))


def names_of_lines(text: TextFile) -> tuple[str, ...]:
    """All keys of all lines, in the order in which they first stand; keys of an inner object as `outer.inner`."""
    return _names(_lines(text))


def array_rows(text: TextFile, names: tuple[str, ...]) -> Iterator[Row | RowFault]:
    """The objects of an array as rows; raises InvalidInput where the text stops being JSON."""
    return _rows(_array(text), names)


def line_rows(text: TextFile, names: tuple[str, ...]) -> Iterator[Row | RowFault]:
    """The objects of JSON Lines as rows; a broken line is a fault of its own and hides no other."""
    return _rows(_lines(text), names)


def _names(items: Iterator[tuple[int, object] | RowFault]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for item in items:
        if isinstance(item, tuple) and isinstance(item[1], dict):
            found.update(dict.fromkeys(_flat(item[1])))
    return tuple(found)


def _rows(items: Iterator[tuple[int, object] | RowFault], names: tuple[str, ...]) -> Iterator[Row | RowFault]:
    for item in items:
        if isinstance(item, RowFault):
            yield item
            continue
        number, value = item
        if isinstance(value, dict):
            cells = _flat(value)
            yield number, [cells.get(name, "") for name in names]
        else:
            yield RowFault(number, "is not an object in braces", text=_text(value))


def _flat(value: dict[str, object]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, inner in value.items():
        if isinstance(inner, dict):
            cells.update((f"{storable(name)}.{each}", _text(part)) for each, part in inner.items())
        else:
            cells[storable(name)] = _text(inner)
    return cells


def _text(value: object) -> str:
    if isinstance(value, str):
        return without_nul(storable(value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return joined([without_nul(storable(part)) for part in value])
    return json.dumps(value, ensure_ascii=True)


def _decoded(source: str, start: int = 0) -> tuple[object, int]:
    """One value and where it ends; raises ValueError in words for what is not JSON."""
    try:
        return _decoder.raw_decode(source, start)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _lines(text: TextFile) -> Iterator[tuple[int, object] | RowFault]:
    with text.open() as file:
        number = 0
        while line := file.readline(LONGEST_OBJECT):
            number += 1
            if len(line) == LONGEST_OBJECT:
                raise InvalidInput(
                    f"{text.path.name}, line {number} is longer than {LONGEST_OBJECT:,} characters",
                    "JSON Lines has one object a line",
                )
            trimmed = line.strip(_BLANK)
            if not trimmed:
                continue
            try:
                value, end = _decoded(trimmed)
                if end != len(trimmed):
                    raise ValueError("something follows the object")
                yield number, value
            except ValueError as error:
                yield RowFault(number, f"is not JSON: {_reason(error)}", text=trimmed)


def _array(text: TextFile) -> Iterator[tuple[int, object] | RowFault]:
    with text.open() as file:
        window = _Window(text, file.read)
        window.expect("[", "an array of objects")
        number = 0
        if window.peek() == "]":
            window.position += 1
        else:
            following = ","
            while following == ",":
                number += 1
                yield number, window.value(number)
                following = window.peek()
                window.position += 1
            if following != "]":
                window.refuse(number, "neither a comma nor the end of the array follows")
        if window.peek():
            window.refuse(number, "something follows the array")


class _Window:
    """A piece of the text that grows until one value fits, and forgets what was read."""

    def __init__(self, text: TextFile, read: Callable[[int], str]) -> None:
        self._text = text
        self._read = read
        self._piece = ""
        self._ended = False
        self.position = 0

    def peek(self) -> str:
        """The next character that is not blank, without taking it; empty at the end."""
        while True:
            piece = self._piece
            while self.position < len(piece) and piece[self.position] in _BLANK:
                self.position += 1
            if self.position < len(piece):
                return piece[self.position]
            if not self._grow():
                return ""

    def expect(self, character: str, what: str) -> None:
        """Takes the next character where it is that one."""
        if self.peek() != character:
            raise InvalidInput(f"{self._text.path.name} is not {what}", "JSON tickets stand in one array: [{…}, {…}]")
        self.position += 1

    def value(self, number: int) -> object:
        """The next value, once it and a character after it are in the window: a number could go on."""
        self.peek()
        while True:
            try:
                value, end = _decoded(self._piece, self.position)
            except ValueError as error:
                if not self._grow():
                    self.refuse(number, _reason(error))
                continue
            if end < len(self._piece) or not self._grow():
                self.position = end
                return value

    def refuse(self, number: int, reason: str) -> NoReturn:
        """Stops: after a fault in the text of an array nothing more of it can be found."""
        raise InvalidInput(
            f"{self._text.path.name}, row {number}: {reason}", "mend it there; nothing after it can be read"
        )

    def _grow(self) -> bool:
        """Reads as much again as is held, so that a long value costs its length twice and not its square."""
        if self._ended or len(self._piece) - self.position > LONGEST_OBJECT:
            return False
        more = self._read(max(_PIECE, len(self._piece) - self.position))
        self._piece = self._piece[self.position :] + more
        self.position = 0
        self._ended = not more
        return bool(more)


def _reason(error: ValueError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)
