"""What stands in a text that a pattern may fit: hosts, URLs and paths, in a word typed or in a pasted page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from workbench.ownership.matching.hosts import Location, read_location
from workbench.ownership.matching.paths import FilePath, read_path

MOST: Final = 3_000
"""Different pieces of one text that are looked at."""
_LONGEST: Final = 1_000
"""Characters of a piece."""
_TOKEN: Final = re.compile(
    r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}://[^\s\"'<>|`{}]+"  # a URL may have commas, brackets, `=`
    r"|[^\s\"'<>|,;(){}=`]+",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"\"([^\"\n]{1,400})\"|'([^'\n]{1,400})'")
_WINDOWS: Final = re.compile(r"(?:(?<![^\W_])[a-z]:\\|(?<!\\)\\\\(?=\w))[^\r\n\"'<>|*?]{1,400}", re.IGNORECASE)
_TRAILING: Final = ".,:;!?)]}>*'\""
_LEADING: Final = "[(<{*-"
_FILE: Final = re.compile(r"\.\w{1,10}(:\d+)*$")
_SHORT_HOST: Final = re.compile(r"(?=[a-z0-9-]*[a-z])(?=[a-z0-9-]*[0-9-])[a-z][a-z0-9-]+[a-z0-9](:\d+)?", re.IGNORECASE)
"""A host without its domain, told from an ordinary word by a digit or a hyphen."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and what it may be. `alone`: nothing else was asked, so that it may be anything."""

    text: str
    start: int
    location: Location | None = None
    path: FilePath | None = None
    alone: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    def written(self, text: str) -> "Piece":
        """The same place with other words; it need not be what was asked."""
        location = _location(text) if self.location else None
        return replace(self, text=text, location=location, path=_path(text) if self.path else None, alone=False)


def pieces(text: str) -> list[Piece]:
    """The parts of a text that may be hosts, URLs or paths; each as often as it stands there only once."""
    found: dict[str, Piece] = {}
    whole = text.strip()
    if whole and "\n" not in whole and len(whole) <= _LONGEST:
        alone = _alone(whole, text.index(whole))
        if alone is not None:
            found[whole] = alone
        if alone is not None and alone.alone:
            return [alone]
    for part, start in _parts(text):
        if part not in found and len(part) <= _LONGEST:
            found[part] = _piece(part, start)
            if len(found) >= MOST:
                break
    return [piece for piece in found.values() if piece.location or piece.path]


def _alone(whole: str, start: int) -> Piece | None:
    """A query that is one thing; a path may have blanks."""
    head, *others = whole.split(maxsplit=1)
    if not others:
        return Piece(whole, start, _location(whole), _path(whole), alone=True)
    if "/" in head or "\\" in head:
        return Piece(whole, start, None, read_path(whole))
    return None


def _parts(text: str) -> Iterator[tuple[str, int]]:
    for match in _WINDOWS.finditer(text):
        yield match[0].rstrip(), match.start()
    for match in _QUOTED.finditer(text):
        inner = match[1] or match[2] or ""
        if " " in inner and ("/" in inner or "\\" in inner):
            yield inner, match.start() + 1
    for match in _TOKEN.finditer(text):
        part = match[0].lstrip(_LEADING) if not match[0].startswith("[") or "]:" not in match[0] else match[0]
        start = match.end() - len(part)
        closes = part.count("]") <= part.count("[")
        part = part.rstrip(_TRAILING.replace("]", "") if closes else _TRAILING)
        if part:
            yield part, start


def _piece(part: str, start: int) -> Piece:
    slashed = "/" in part or "\\" in part
    hosted = slashed or "." in part or ":" in part or "@" in part or _SHORT_HOST.fullmatch(part) is not None
    filed = slashed or _FILE.search(part) is not None
    return Piece(part, start, _location(part) if hosted else None, _path(part) if filed else None)


def _path(part: str) -> FilePath | None:
    return None if "://" in part and not part.startswith("file:") else read_path(part)


def _location(part: str) -> Location | None:
    """The host or URL; of a Windows share its host."""
    return read_location(part[2:].split("\\")[0] if part.startswith("\\\\") else part)
