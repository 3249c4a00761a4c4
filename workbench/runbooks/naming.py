"""The short names of runbooks: made from where a file stands in its tree, and kept for as long as it stands there."""

import re
from collections.abc import Collection, Iterator
from hashlib import blake2s
from itertools import count
from pathlib import PurePosixPath
from typing import Final

from workbench.errors import InvalidInput
from workbench.search.words import folded

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG: Final = 100

_WORD_BEGINS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BETWEEN = re.compile(r"[\x00-/:-@\[-`{-\x7f]+")
"""What stands between the words of a file's name, whatever their script."""
_LATIN: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Latin letters that are no other letter with an accent."""
_FOLDER_PAGES = frozenset({"index", "readme"})
"""Names of files that speak for their folder."""


def slug_of(path: str, taken: Collection[str] = ()) -> str:
    """A slug for the file at a path: its name, with its folder before it where that is taken, else with a number.

    `etcd/etcdNoLeader.md` is `etcd-no-leader`; `node/_index.md` is `node`; `Störung.md` is `storung`. A name without
    Latin letters and digits is told by its path: `Сервер.md` is `runbook-b81761`, wherever and whenever it comes in.
    """
    return next(name for name in _candidates(path) if name not in taken)


def title_of(path: str) -> str:
    """A title for a file that has none: the words of its name, or of the folder for which it speaks."""
    name = _WORD_BEGINS.sub(" ", _telling(path)[-1][:LONGEST_SLUG])
    return _BETWEEN.sub(" ", name).strip().lower().capitalize() or "Runbook"


def is_named(path: str, name: str) -> bool:
    """Whether the file at a path has this name, typed without its ending, and in any case and accents."""
    return folded(PurePosixPath(path).stem) == folded(name)


def checked_slug(text: str) -> str:
    """A slug as somebody wrote it; InvalidInput where it cannot be one."""
    if SLUG.fullmatch(text) and len(text) <= LONGEST_SLUG:
        return text
    raise InvalidInput(
        f"{text!r} is no name for a runbook", "use small letters, digits and single hyphens, like disk-full"
    )


def folder_tags(path: str) -> tuple[str, ...]:
    """The folders on the way to the file, which count among its tags."""
    return tuple(part for part in PurePosixPath(path).parts[:-1] if part not in (".", ".."))


def _candidates(path: str) -> Iterator[str]:
    *folders, name = map(_slugged, _telling(path))
    if not name:
        name = f"runbook-{blake2s(path.encode(errors='replace'), digest_size=3).hexdigest()}"
    folders = [folder for folder in folders if folder]
    yield name
    for first in reversed(range(len(folders))):
        yield _short("-".join((*folders[first:], name)))
    for number in count(2):
        yield f"{name}-{number}"


def _telling(path: str) -> list[str]:
    """The folders and the name of a file; without the name where that speaks for its folder."""
    *folders, _ = PurePosixPath(path).parts or ("",)
    name = PurePosixPath(path).stem
    return folders if folders and _slugged(name) in _FOLDER_PAGES else [*folders, name]


def _slugged(part: str) -> str:
    plain = folded(_WORD_BEGINS.sub(" ", part[:LONGEST_SLUG])).translate(_LATIN)
    return _short("-".join(re.findall(r"[a-z0-9]+", plain)))


def _short(name: str) -> str:
    return name[:LONGEST_SLUG].rstrip("-")
