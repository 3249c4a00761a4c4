"""Reads CODEOWNERS in the dialects of GitHub and GitLab: path patterns line by line, each with its owners.

GitHub skips what it does not know (`!`, ranges in `[ ]`, `\\#`), and so do we, saying so. GitLab has sections with
owners of their own, optional ones, roles, and exclusions: an excluded path is nobody's, whatever its section said
before. A path that several sections of GitLab name belongs to the last of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from workbench.intake.owners.model import Catalogue, Entry, Fault, Form, Name, Place, Rule
from workbench.intake.owners.references import code_owner
from workbench.ownership.matching.paths import PathPattern
from workbench.ownership.model import LONGEST

NAME: Final = "CODEOWNERS"
"""What such a file is called in a repository; a copy may have an ending."""
FOLDERS: Final = frozenset({".github", ".gitlab", "docs"})
"""Where else than in a repository's own folder its CODEOWNERS may be."""

_SECTION = re.compile(r"\^?\[(?P<name>[^\]]*)\](?:\[\d*\])?(?P<owners>(?:\s.*)?)")
_WORD = re.compile(r"(?:\\.|[^\s\\]|\\\Z)+")
_RANGE = re.compile(r"(?<!\\)\[")
_WHOLE_RANGE = re.compile(r"(?<!\\)\[[^\]]+\]")


class Dialect(StrEnum):
    """Whose rules a file goes by."""

    GITHUB = "GitHub"
    GITLAB = "GitLab"


def dialect_of(text: str, folder: str = "") -> Dialect:
    """Told by the folder that the file is in, else by what only GitLab knows: sections, exclusions, roles."""
    if folder in (".github", ".gitlab"):
        return Dialect.GITHUB if folder == ".github" else Dialect.GITLAB
    lines = [line.strip() for line in text.splitlines()]
    known = any(_SECTION.fullmatch(line) or line.startswith("!") or " @@" in line for line in lines)
    return Dialect.GITLAB if known else Dialect.GITHUB


def is_codeowners(name: str) -> bool:
    """Whether a file of that name is read as CODEOWNERS."""
    return PurePath(name).name.upper().partition(".")[0] == NAME


def read_codeowners(text: str, file: str, component: str, into: Catalogue, folder: str = "") -> None:
    """Reads the lines of a file as the path rules of one component; `folder` is the one the file is in."""
    reader = _Reader(file, dialect_of(text, folder), into)
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        reader.take(number, line.strip())
    into.entries.append(
        Entry(Place(file, 1), component, source=file, paths=tuple(reader.rules()), form=Form.CODEOWNERS)
    )


@dataclass(slots=True)
class _Section:
    owners: tuple[Name, ...] = ()
    rules: list[Rule] = field(default_factory=list)
    excluded: list[Rule] = field(default_factory=list)


class _Reader:
    def __init__(self, file: str, dialect: Dialect, into: Catalogue) -> None:
        self._file = file
        self._dialect = dialect
        self._into = into
        self._sections: dict[str, _Section] = {}
        self._section = self._sections.setdefault("", _Section())

    def rules(self) -> Iterator[Rule]:
        """All rules in the order in which the last that matches wins."""
        for section in self._sections.values():
            yield from section.rules
            yield from section.excluded

    def take(self, number: int, line: str) -> None:
        """One line without blanks at its ends."""
        if not line or line.startswith("#"):
            return
        place = Place(self._file, number)
        gitlab = self._dialect is Dialect.GITLAB
        found = _SECTION.fullmatch(line) if gitlab else None
        reason = self._begin(found, place) if found else self._add(line, place)
        if reason:
            self._into.faults.append(Fault(place, reason, line, Form.CODEOWNERS))

    def _begin(self, found: re.Match[str], place: Place) -> str | None:
        if not found["name"].strip():
            return "the section has no name"
        owners, reason = self._owners(_WORD.findall(found["owners"]), place)
        key = found["name"].strip().casefold()
        self._section = self._sections.setdefault(key, _Section())  # one name twice is one section
        self._section.owners = owners or self._section.owners
        return reason

    def _add(self, line: str, place: Place) -> str | None:
        words = _WORD.findall(line)
        excludes = words[0].startswith("!")
        pattern = words[0].removeprefix("!")
        if self._dialect is Dialect.GITHUB and (excludes or words[0].startswith("\\#") or _whole_range(pattern)):
            self._into.doubts.append(f"{place}: GitHub skips a pattern like {words[0]}, and so it is left out")
            return None
        if reason := _wrong(pattern):
            return reason
        owners, reason = self._owners(words[1:], place)
        if excludes:
            self._section.excluded.append(Rule(pattern, ()))
        elif reason is None:
            self._section.rules.append(Rule(pattern, owners if words[1:] else self._section.owners))
        return reason

    def _owners(self, words: list[str], place: Place) -> tuple[tuple[Name, ...], str | None]:
        """The owners among the words behind a pattern, and what is wrong with one of them."""
        owners: dict[str, Name] = {}
        commented = False
        for word in words:
            commented = commented or word.startswith("#")
            if commented and self._dialect is Dialect.GITHUB:
                break
            owner = code_owner(word, place)
            if owner:
                owners.setdefault(word.casefold(), owner)
            elif self._dialect is Dialect.GITLAB and word.startswith("@@"):
                self._into.doubts.append(f"{place}: {word} is a role, which is no team; it is left out")
            elif not commented:  # GitLab has no comments here, and yet finds the owners in what looks like one
                return (), f"{word!r} is no owner; write @team, @org/team or an address"
        return tuple(owners.values()), None


def _wrong(pattern: str) -> str | None:
    """Why nothing can be matched by the pattern; None where it can."""
    if len(pattern) > LONGEST:
        return f"a pattern of {len(pattern):,} characters; at most {LONGEST} are kept"
    if not pattern.isprintable():
        return "the pattern holds characters that cannot be seen"
    if pattern.endswith("\\") and not pattern.endswith("\\\\"):
        return f"{pattern!r} ends in a backslash, which escapes nothing"
    if _RANGE.search(pattern):
        return (
            f"{pattern!r} has a range in [ ], which is not understood"
            if _whole_range(pattern)
            else (f"{pattern!r} opens a range that is not closed")
        )
    return None if PathPattern.read(pattern) else f"{pattern!r} matches nothing"


def _whole_range(pattern: str) -> bool:
    return _WHOLE_RANGE.search(pattern) is not None
