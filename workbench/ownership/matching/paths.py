"""Paths of files as patterns, with the rules of GitHub's CODEOWNERS; Windows' paths and shares in the same way."""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from workbench.ownership.matching.globs import ANY_DEPTH, STAR, Glob, ends, glob, heads
from workbench.ownership.matching.scores import Fit, exact, partly

_WINDOWS: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\|file:/{2,3}[A-Za-z]:", re.IGNORECASE)
_LINE: Final = re.compile(r"(:\d{1,9}){1,2}:?$")
"""The line and column behind a file's name in an error."""
_INSIDE: Final = 2
"""Literal segments that a rule needs to be looked for inside of a path whose first folders are not the repository's."""


class FilePath(NamedTuple):
    """A path by its segments; an empty one at the end says that it is a folder. `absolute`: from a disk's root."""

    segments: tuple[str, ...]
    absolute: bool
    windows: bool


def read_path(text: str) -> FilePath | None:
    """Reads a path as it stands in a text; None where nothing is left of it."""
    windows = _WINDOWS.match(text) is not None
    plain = _LINE.sub("", text.strip().removeprefix("file://"))
    if windows or ("\\" in plain and "/" not in plain):
        plain = plain.replace("\\", "/").casefold()
        windows = True
    absolute = windows or plain.startswith(("/", "~"))
    folder = plain.endswith("/")
    share = ("//",) if plain.startswith("//") and windows else ()
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    segments = (*share, *parts, *([""] if folder else []))
    return FilePath(segments, absolute, windows) if parts else None


@dataclass(frozen=True, slots=True)
class PathPattern:
    """A rule: which paths it covers, from the root or at any depth, with what lies below or without."""

    parts: tuple[Glob | None, ...]
    windows: bool
    below: bool
    """Only what lies below it: it names a folder."""
    flat: bool
    """Nothing that lies deeper: it ends in a single `/*`."""

    @classmethod
    def read(cls, text: str) -> "PathPattern | None":
        """Reads it; None where it covers nothing."""
        return _read(text.strip() if not text.endswith("\\ ") else text)

    def fit(self, path: FilePath, whole: int) -> Fit | None:
        """How well it fits a path of `whole` characters; None where it does not."""
        if self.windows and not path.windows:
            return None
        mine = self.folded() if path.windows else self
        literal = sum(part.literal + 1 for part in mine.parts if part and part.literal)
        if mine.covers(path.segments, {0}):
            plain = all(part is not None and part.looks is None for part in mine.parts)
            same = plain and len(mine.parts) == len([segment for segment in path.segments if segment])
            return exact(literal) if same else partly(literal, max(whole, literal + 1))
        anchored = bool(mine.parts) and mine.parts[0] is not None
        folders = sum(1 for part in mine.parts if part and part.looks is None)
        if path.absolute and not self.windows and anchored and folders >= _INSIDE:
            inside = mine.covers(path.segments, set(range(1, len(path.segments))))
            return partly(literal, max(whole, literal + 1), shortened=True) if inside else None
        return None

    def covers(self, segments: tuple[str, ...], starts: set[int]) -> bool:
        """Whether it covers the path when its first part may stand at any of `starts`."""
        count = len(segments)
        used = ends(self.parts, segments, starts)
        if self.flat:
            return count in used
        return any(place < count for place in used) if self.below else bool(used)

    def folded(self) -> "PathPattern":
        """The same for paths in which small and capital letters are one."""
        return self if self.windows else _folded(self)

    @property
    def named(self) -> bool:
        """Whether it names a file or folder, and not only an ending or anything at all."""
        return any(part and part.looks is None for part in self.parts)

    @property
    def keys(self) -> list[str]:
        """What an index keeps it by: its longest literal segment, else an ending, else how a segment begins."""
        literal = [part.text.casefold() for part in self.parts if part and part.looks is None]
        if literal:
            return [max(reversed(literal), key=len)]
        last = next((part for part in reversed(self.parts) if part), None)
        if last is None:
            return [STAR]
        ending = _ending(last)
        return [ending or last.head.casefold()]


def path_keys(path: FilePath, starred: Set[str]) -> list[str]:
    """The keys under which an index may have a rule that covers the path; `starred` are those with a star there."""
    keys = []
    for segment in path.segments:
        folded = segment.casefold()
        keys += [folded, *heads(folded, starred)]
        if "." in folded and (ending := f"*.{folded.rpartition('.')[2]}") in starred:
            keys.append(ending)
    return keys


def _ending(part: Glob) -> str:
    """`*.py` of a segment that must end so and may begin anyhow; else nothing."""
    if part.looks is None or part.text:
        return ""
    found = re.search(r"\.\*(?:.*\\\.)((?:[^\W_]|_)+)$", part.looks.pattern)
    return f"*.{found[1].casefold()}" if found else ""


@lru_cache(maxsize=20_000)
def _read(text: str) -> PathPattern | None:
    windows = _WINDOWS.match(text) is not None
    plain = text.replace("\\", "/").casefold() if windows else text
    inner = plain.strip("/") if not windows else plain.rstrip("/")
    names = [name for name in inner.split("/") if name]
    if not names:
        return None
    folder, anchored = plain.endswith("/"), "/" in plain[:-1]
    if plain.startswith("//") and windows:
        names.insert(0, "//")
    flat = plain.endswith("/*")
    if names[-1] == ANY_DEPTH:
        # What lies below, at any depth; with a slash behind, in a folder of it.
        names = [*names, "*"] if folder else names[:-1]
        folder = True
    parts = tuple(None if name == ANY_DEPTH else glob(name, escapes=not windows) for name in names)
    return PathPattern(parts if anchored else (None, *parts), windows, folder, flat)


@lru_cache(maxsize=20_000)
def _folded(pattern: PathPattern) -> PathPattern:
    parts = tuple(
        part and Glob(part.text.casefold(), part.literal, part.looks and re.compile(part.looks.pattern, re.I | re.S))
        for part in pattern.parts
    )
    return PathPattern(parts, windows=True, below=pattern.below, flat=pattern.flat)
