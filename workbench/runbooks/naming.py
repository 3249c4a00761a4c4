"""The short names of runbooks: made from where a file stands in its tree, and kept for as long as it stands there."""

import re
from collections.abc import Collection, Iterator
from itertools import count
from pathlib import PurePosixPath
from typing import Final

from workbench.errors import InvalidInput

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG: Final = 100

_WORD_BEGINS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FOLDER_PAGES = frozenset({"index", "readme"})
"""Names of files that speak for their folder."""


def slug_of(path: str, taken: Collection[str] = ()) -> str:
    """A slug for the file at a path: its name, with its folder before it where that is taken, else with a number.

    `etcd/etcdNoLeader.md` is `etcd-no-leader`; `node/_index.md` is `node`.
    """
    return next(name for name in _candidates(PurePosixPath(path)) if name not in taken)


def title_of(path: str) -> str:
    """A title for a file that has none: its slug in words."""
    return next(_candidates(PurePosixPath(path))).replace("-", " ").capitalize()


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


def _candidates(path: PurePosixPath) -> Iterator[str]:
    parts = [slug for part in (*path.parts[:-1], path.stem) if (slug := _slugged(part))]
    if len(parts) > 1 and parts[-1] in _FOLDER_PAGES:
        parts.pop()
    name = parts[-1] if parts else "runbook"
    yield name
    for first in range(len(parts) - 2, -1, -1):
        yield _short("-".join(parts[first:]))
    for number in count(2):
        yield f"{name}-{number}"


def _slugged(part: str) -> str:
    words = re.findall(r"[a-z0-9]+", _WORD_BEGINS.sub(" ", part[:LONGEST_SLUG]).lower())
    return "-".join(words)


def _short(name: str) -> str:
    return name[:LONGEST_SLUG].rstrip("-")
