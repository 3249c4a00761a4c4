"""TOML for the setup file: values written so that they are read back the same, tables read key by key with the place of
every mistake."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from workbench.duration import parse_duration
from workbench.errors import InvalidInput, NotFound
from workbench.organisation.register import LONGEST_KEY, is_key
from workbench.text import one_line, storable

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}

_LONGEST_GLIMPSE = 60


def quoted(text: str) -> str:
    """The text as a TOML string; whatever a terminal would obey, or not show, is written as its number."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    short = _SHORT_ESCAPES.get(character)
    if short or character.isprintable():
        return short or character
    number = ord(character)
    return f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"


def literal(value: object) -> str:
    """A string, number, list or mapping as a TOML value on one line."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{bare(key)} = {literal(inner)}" for key, inner in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(inner) for inner in value)}]"
    return one_line(str(value))


def bare(key: str) -> str:
    """The text as a TOML key, quoted where it must be."""
    return key if _BARE_KEY.fullmatch(key) else quoted(key)


def _glimpse(value: object) -> str:
    """As much of a value as an error message shows; what is nested, however deep, only as dots."""
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, list | dict) for one in value)):
        return "{…}" if isinstance(value, dict) else "[…]"
    shown = literal(value)
    return shown if len(shown) <= _LONGEST_GLIMPSE else shown[: _LONGEST_GLIMPSE - 1] + "…"


def parse(text: str, source: str) -> "Entry":
    """The whole file; InvalidInput names the source, the line and column."""
    try:
        return Entry(tomllib.loads(text), source)
    except RecursionError:
        raise InvalidInput(f"{source} is nested too deeply to be a setup file", "look at what wrote it") from None
    except ValueError as error:  # TOMLDecodeError is one, and so are impossible dates and endless numbers
        advice = "`workbench setup show` writes a file that can be read"
        raise InvalidInput(f"{source} is not TOML: {one_line(str(error))}", advice) from None


class Entry:
    """One table of the file; hands out its keys typed, and `finish` tells of keys that nobody asked for."""

    def __init__(self, values: Mapping[str, Any], place: str) -> None:
        self.place = place
        self._values = values
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the key stands in the file."""
        self._asked.add(key)
        return key in self._values

    def names(self) -> list[str]:
        """The keys that stand in the file."""
        return list(self._values)

    def value(self, key: str) -> Any:
        """The raw value, None where the key is missing."""
        self._asked.add(key)
        return self._values.get(key)

    def wrong(self, key: str, advice: str) -> InvalidInput:
        """The error that shows the key with its value, and says what is allowed."""
        return InvalidInput(f"{self.place}: {bare(key)} = {_glimpse(self._values[key])}", advice)

    def text(self, key: str, default: str = "") -> str:
        """A string."""
        value = self.value(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.wrong(key, "it must be text in quotes")
        return storable(value)

    def name(self, key: str) -> str:
        """A string that must be there and can name something on a command line."""
        if not self.has(key):
            raise InvalidInput(f"{self.place} has no {key}", f'add {key} = "…"')
        name = self.text(key)
        if not is_key(name):
            raise self.wrong(key, f"a {key} has 1 to {LONGEST_KEY} visible characters, no space at its ends")
        return name

    def choice(self, key: str, allowed: Iterable[str], default: str) -> str:
        """One of the allowed strings."""
        choices = list(allowed)
        text = self.text(key, default)
        if text not in choices:
            raise self.wrong(key, f"it is one of {', '.join(choices)}")
        return text

    def texts(self, key: str, like: str = '["maya", "ravi"]') -> tuple[str, ...]:
        """A list of strings, `like` which it is told where it is something else."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.wrong(key, f"it must be a list of texts, like {like}")
        return tuple(storable(text) for text in value)

    def number(self, key: str, *, above: float, most: float) -> float:
        """A number above the one and at most the other."""
        value = self.value(key)
        if not isinstance(value, int | float) or isinstance(value, bool) or not above < value <= most:
            raise self.wrong(key, f"it must be a number above {above:g} and at most {most:g}")
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self.value(key)
        if not isinstance(value, bool):
            raise self.wrong(key, "it is true or false, without quotes")
        return value

    def duration(self, key: str) -> int:
        """Seconds of a duration longer than nothing."""
        value = self.value(key)
        if isinstance(value, str):
            try:
                seconds = parse_duration(value)
            except InvalidInput as error:
                raise self.wrong(key, error.advice) from None
            if seconds > 0:
                return seconds
        raise self.wrong(key, 'it must be a duration above zero, like "15m", "2h30m" or "3d"')

    def table(self, key: str, like: str) -> "Entry | None":
        """A table within this one, `like` which it is told where it is something else; None where it is missing."""
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.wrong(key, f"it must be a table, like {like}")
        return Entry(value, f"{self.place}: {bare(key)}")

    def tables(self, key: str, named_by: str, heading: str = "") -> "list[Entry] | None":
        """The tables of that key, each placed by its name, or its number where it has none; None where there is none.

        They stand under `[[key]]`, or under another `heading` where they belong to the table before.
        """
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(inner, dict) for inner in value):
            raise self.wrong(key, f"it must be a list of tables, each under [[{heading or key}]]")
        entries, seen = [], set()
        for number, inner in enumerate(value, start=1):
            name = inner.get(named_by)
            label = quoted(name) if isinstance(name, str) else str(number)
            if label in seen:
                raise InvalidInput(f"{self.place}: {key} {label} stands there twice", "keep one of them")
            seen.add(label)
            entries.append(Entry(inner, f"{self.place}: {key} {label}"))
        return entries

    def finish(self) -> None:
        """Raises InvalidInput for a key that nothing asked for, with the nearest that there is."""
        for key in self._values:
            if key not in self._asked:
                advice = NotFound.among("key", key, self._asked).advice
                raise InvalidInput(f"{self.place}: nothing is called {bare(key)}", advice)
