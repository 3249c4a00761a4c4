"""A new file wherever a user wants one: what is there stays, and nothing half written is left behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import TextIO

from workbench.errors import FileProblem, NoSuchFile, Refused


def write_new(path: Path, text: str) -> None:
    """Writes it in UTF-8, `?` for what has no bytes there; Refused where a file is, FileProblem where none can be."""
    with _told(path, "name another file"), path.open("x", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text)


@contextmanager
def whole_file(path: Path, *, replace: bool) -> Iterator[TextIO]:
    """A file to write to in UTF-8, which is there once it is whole; where writing it fails, all is as it was.

    Refused where a file is or comes to be meanwhile, unless it may be replaced; NoSuchFile without its folder,
    FileProblem where none can be.
    """
    advice = "name another file, or overwrite it with --replace"
    with _told(path, advice):
        if path.exists() and not replace:
            raise FileExistsError
        if not path.parent.is_dir():
            raise NoSuchFile(f"there is no folder {path.parent}", "make it first")
        partly = path.with_name(f".{token_hex(8)}.partly")  # a name that nobody else has
        opened = partly.open("x", encoding="utf-8", newline="")
    try:
        with opened:
            yield opened
        with _told(path, advice):
            _name(partly, path, replace=replace)
    finally:
        partly.unlink(missing_ok=True)


def _name(partly: Path, path: Path, *, replace: bool) -> None:
    """Gives a finished file its name; where it may replace none, an empty file of ours is put there to be replaced."""
    if not replace:
        path.touch(exist_ok=False)
    try:
        partly.replace(path)
    except OSError:
        if not replace:
            path.unlink()
        raise


@contextmanager
def _told(path: Path, where_taken: str) -> Iterator[None]:
    """Tells what is wrong in words; `where_taken` says what to do about a file that is there."""
    try:
        yield
    except FileExistsError:
        raise Refused(f"{path} exists already", where_taken) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise FileProblem(f"{path} cannot be written ({reason})", "name a file in a folder of yours") from error
