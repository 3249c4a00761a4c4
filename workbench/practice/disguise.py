"""Names and numbers of a text replaced by others, the same by the same all through, so that it tells of nobody."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from random import Random
from typing import Final

_NAMES: Final = (
    *("Alex Morgan", "Robin Parker", "Toni Berger", "Kim Sandoval", "Jo Lindgren", "Chris Haas", "Lee Okafor"),
    *("Nikita Orlov", "Sascha Winter", "Dominique Roy", "Andrea Conti", "Luca Ferrari", "Noel Fischer", "Jules Martin"),
)
"""Whom people become, as they come up; whoever comes after them is numbered."""
_LONG_ENOUGH: Final = 3
"""Letters of a name that is looked for; shorter ones are in too many words."""
_FIRST_WORD: Final = 5
"""Letters of a company's first word that stands for it."""
_ENDINGS: Final = "com|net|org|de|at|ch|eu|uk|io|local|lan|corp|internal|intra|example|test|cloud"

_WHAT: Final = rf"""
      (?P<email> (?<![\w.+-]) [\w.+-]{{1,64}} @ [\w-]+ (?: \.[\w-]+ )* )
    | (?P<mac> \b [0-9a-fA-F]{{2}} (?: [:-][0-9a-fA-F]{{2}} ){{5}} \b )
    | (?P<address> (?<![\w.]) \d{{1,3}} (?: \.\d{{1,3}} ){{3}} (?![\w.]*\d)
        | (?<![\w:]) (?: [0-9a-fA-F]{{1,4}}:{{1,2}} ){{3,7}} [0-9a-fA-F]{{1,4}} \b )
    | (?P<host> (?<![\w.-]) (?: [A-Za-z0-9-]{{1,63}}\. ){{1,9}} (?: {_ENDINGS} ) (?![\w-]) )
    | (?P<name> (?<!\w) (?: %s ) (?!\w) )
    | (?P<kept> \b \d{{4}}-\d{{2}}-\d{{2}} (?: [T ]\d{{2}}:\d{{2}} (?: :\d{{2}} )? )?
        | \b \d{{1,2}}\.\d{{1,2}}\.\d{{4}} \b | \b 0x[0-9a-fA-F]+ \b )
    | (?P<phone> (?<![\w.]) (?= (?: [^\d\n]{{0,3}} \d ){{7}} ) \+? \(?\d [\d ()/-]{{5,24}} \d \b )
    | (?P<device> (?<![\w-]) (?= [\w-]{{3,40}} (?![\w-]) )
        [A-Za-z]{{2,}} [A-Za-z0-9]* (?: -[A-Za-z0-9]+ )* -? \d{{1,5}} (?![\w-]) )
    | (?P<number> \d{{4,}} )
"""
"""What is replaced wherever it stands; dates, codes like 0x80070005 and numbers of up to three digits are kept."""


class Disguise:
    """Replaces what it knows and what looks like a name of something; `seed` makes the same of the same text."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(f"disguise {seed}")
        self._told: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] = {}
        self._real: set[str] = set()
        self._free = list(_NAMES)
        self._counts = Counter[str]()
        self._compiled: re.Pattern[str] | None = None

    def thing(self, name: str, becomes: str) -> None:
        """Takes the name of a company to be replaced, in whole and by its first word where that is no short one."""
        name = " ".join(name.split())
        first = name.partition(" ")[0]
        for each in (name, first) if len(first) >= _FIRST_WORD else (name,):
            self._know(each, becomes)

    def name(self, name: str, becomes: str | None = None) -> str:
        """Takes a person's name to be replaced, in whole and in its parts; what it becomes."""
        name = " ".join(name.split())
        if name not in self._names:
            new = becomes or self._next_name()
            parts, new_parts = _parts(name), _parts(new)
            for place, part in enumerate(parts):
                last = place == len(parts) - 1
                self._know(part, new_parts[-1 if last and len(parts) > 1 else 0])
            self._know(name, new, over=True)
        return self._names.get(name, name)

    def people(self, names: Iterable[tuple[str, str]]) -> None:
        """Takes people by login and name; none of them becomes who another of them is."""
        told = list(names)
        self._real.update(part.casefold() for _, name in told for part in name.split())
        for login, name in told:
            new = self.name(name or login)
            self._know(login, new.partition(" ")[0].lower())

    def __call__(self, text: str) -> str:
        """The text with everything replaced."""
        pieces = []
        end = 0
        for found in self._pattern().finditer(text):
            pieces += [text[end : found.start()], self._instead(found)]
            end = found.end()
        return "".join([*pieces, text[end:]])

    def _pattern(self) -> re.Pattern[str]:
        if self._compiled is None:
            names = "|".join(map(re.escape, sorted(self._names, key=len, reverse=True))) or "(?!)"
            self._compiled = re.compile(_WHAT.replace("%s", names), re.VERBOSE)
        return self._compiled

    def _instead(self, found: re.Match[str]) -> str:
        kind, text = found.lastgroup or "kept", found[0]
        if kind == "kept":
            return text
        if kind == "name":
            return self._names[text]
        key = (kind, text.casefold())
        if key not in self._told:
            self._counts[kind] += 1
            self._told[key] = self._digits(text) if kind == "number" else _MADE[kind](self._counts[kind])
        return self._told[key]

    def _digits(self, text: str) -> str:
        first = self._chance.choice("123456789")
        return first + "".join(self._chance.choice("0123456789") for _ in text[1:])

    def _know(self, old: str, new: str, *, over: bool = False) -> None:
        """Takes a name in the ways in which one writes it; the first to come keeps it."""
        if len(old) < _LONG_ENOUGH:
            return
        for write in (str, str.upper, str.capitalize, str.lower) if " " not in old else (str, str.upper):
            if write is str.lower and old != old.lower():
                continue  # a name in small letters may be a word; a login is written so
            self._compiled = None
            if over or write(old) not in self._names:
                self._names[write(old)] = write(new) if write is not str else new

    def _next_name(self) -> str:
        while self._free:
            name = self._free.pop(0)
            if not self._real & set(name.casefold().split()):
                return name
        self._counts["person"] += 1
        return f"Person{self._counts['person']}"


def _parts(name: str) -> list[str]:
    """A name's parts without titles and initials, which are nobody's: those with a dot at the end."""
    parts = name.split(" ")
    return [part for part in parts if not part.endswith(".")] or parts


_MADE: Final[dict[str, Callable[[int], str]]] = {
    "email": lambda count: f"person{count}@example.org",
    "mac": lambda count: f"00:00:5e:00:53:{count % 256:02x}",
    "address": lambda count: f"192.0.2.{count % 255}",
    "host": lambda count: f"host{count}.example",
    "phone": lambda count: f"555-01{count % 100:02}",
    "device": lambda count: f"device-{count}",
}
"""What is made of the others, by how many there were: all of it is kept free for examples."""
