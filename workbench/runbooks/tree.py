"""Trees of Markdown files: reads one as it is, and writes one that reads back the same."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, NoReturn

from workbench.errors import InvalidInput, Refused
from workbench.new_file import whole_file
from workbench.runbooks.model import MOST_TEXT, Fault

MOST_FILES: Final = 50_000
"""Markdown files in one tree; more is a disk, and not a library."""
_ENDINGS: Final = frozenset({".md", ".markdown"})
_BYTES: Final = 4 * MOST_TEXT
"""Bytes that the longest text may take."""


class Page(NamedTuple):
    """A Markdown file: its path in the tree, with `/`, and its text with plain line ends."""

    path: str
    text: str


def read_tree(root: Path) -> Iterator[Page | Fault]:
    """Every Markdown file below a folder, by path; hidden folders and links to others are passed over.

    A file that is a link has to lead to one below the folder too: whoever wrote the tree does not read the disk by it.

    Raises InvalidInput where there is no such folder, and for one that cannot be read.
    """
    if not root.is_dir():
        wrong = "is not a folder" if root.exists() else "does not exist"
        raise InvalidInput(f"{root} {wrong}", "name a folder of Markdown files")
    inside = root.resolve()
    for number, file in enumerate(_files(root)):
        if number == MOST_FILES:
            raise InvalidInput(f"{root} has more than {MOST_FILES:,} Markdown files", "name a folder of runbooks")
        path = file.relative_to(root).as_posix()
        if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(inside):
            yield Fault(_utf8(path), 0, "is a link that leads out of the folder")
        else:
            yield _read(file, path)


def write_tree(root: Path, pages: Iterable[Page], *, replace: bool = False) -> int:
    """Writes the files below a folder, which is made; gives their number.

    Raises Refused, with nothing written, where one would overwrite a file that says something else. Where the disk is
    full, every file that is there is whole, so that writing the tree again goes on from them.
    """
    targets = [(_target(root, page.path), page.text) for page in pages]
    for target, text in targets:
        if not replace and os.path.lexists(target) and not _says(target, text):
            raise Refused(f"{target} is there and says something else", "choose another folder, or use --replace")
    for target, text in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not _says(target, text):
            with whole_file(target, replace=replace) as file:
                file.write(text)
    return len(targets)


def is_safe(path: str) -> bool:
    """Whether the path stays in its tree."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not path.startswith("/") and "\\" not in path and ":" not in parts[0]


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if Path(name).suffix.lower() in _ENDINGS and not name.startswith("."):
                yield Path(folder, name)


def _refuse(error: OSError) -> NoReturn:
    raise InvalidInput(f"{error.filename} cannot be read ({error.strerror})", "ask for the right to read it") from error


def _read(file: Path, path: str) -> Page | Fault:
    if _utf8(path) != path:
        return Fault(_utf8(path), 0, "the file's name is not UTF-8")
    if not file.is_file():  # a pipe, on which reading would wait for ever, or a link that leads nowhere
        return Fault(path, 0, "is not a file")
    try:
        with file.open("rb") as opened:
            content = opened.read(_BYTES + 1)
    except OSError as error:
        return Fault(path, 0, f"cannot be read ({error.strerror})")
    if len(content) > _BYTES:
        return Fault(path, 0, f"more than {MOST_TEXT:,} characters")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Fault(path, content.count(b"\n", 0, error.start) + 1, "bytes that are not UTF-8; save it as UTF-8")
    return Page(path, plain_ends(text))


def plain_ends(text: str) -> str:
    """The text with every line ended by a newline alone, whatever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _target(root: Path, path: str) -> Path:
    target = root / path
    if not is_safe(path) or not target.parent.resolve().is_relative_to(root.resolve()):
        raise Refused(f"{path!r} would be written outside of {root}", "retire that runbook, then export again")
    return target


def _says(file: Path, text: str) -> bool:
    with suppress(OSError):
        return file.read_bytes() == text.encode()
    return False


def _utf8(path: str) -> str:
    return path.encode(errors="replace").decode()
