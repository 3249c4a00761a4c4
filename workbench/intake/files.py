"""Opens files from outside: plain or gzip, and in whatever encoding they were saved."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from workbench.errors import InvalidInput

_CHUNK = 1 << 20
_UTF8 = "utf-8-sig"
"""Reads UTF-8 with and without a byte order mark."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text whose encoding is known to fit from its first byte to its last."""

    path: Path
    encoding: str
    holds_nul: bool
    """Whether a NUL character stands anywhere in it."""

    def open(self) -> io.TextIOWrapper:
        """The text from its beginning, line ends as they stand in the file."""
        return io.TextIOWrapper(open_binary(self.path), encoding=self.encoding, newline="")


def open_binary(path: Path) -> BinaryIO:
    """The bytes of a regular file, unpacked where it is gzip; raises InvalidInput where it cannot be opened."""
    try:
        if not path.is_file():
            wrong = "is not a file" if path.exists() else "does not exist"
            raise InvalidInput(f"{path} {wrong}", "name a file that can be read")
        packed = path.open("rb")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be opened: {error.strerror}", "name a file that can be read") from error
    if packed.peek(2)[:2] == b"\x1f\x8b":
        packed.close()
        return cast(BinaryIO, gzip.open(path))
    return packed


def chunks(path: Path) -> Iterator[bytes]:
    """The file's bytes a piece at a time; raises InvalidInput where a gzip file is damaged."""
    try:
        with open_binary(path) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except (EOFError, OSError, zlib.error) as error:
        raise InvalidInput(f"{path.name} cannot be read to its end: {error}", "fetch or pack the file again") from error


def text_file(path: Path) -> TextFile:
    """Finds the encoding by reading the whole file once.

    A byte order mark decides; else UTF-16 where every other byte is zero; else UTF-8 where all of it is that; else
    cp1252, what older Windows programs write. Raises InvalidInput where none fits, or where a UTF-8 file has one
    broken place.
    """
    chosen = _marked(next(chunks(path), b"")) or _UTF8
    seen = _survey(path, chosen)
    if seen.broken_line and chosen == _UTF8 and not seen.foreign_before:
        chosen = "cp1252"
        seen = _survey(path, chosen)
    if seen.broken_line:
        raise InvalidInput(
            f"{path.name}, line {seen.broken_line}: bytes that are not {chosen.removesuffix('-sig')}",
            "save the file as UTF-8, then try again",
        )
    return TextFile(path, chosen, seen.holds_nul)


@dataclass(slots=True)
class _Survey:
    broken_line: int = 0
    foreign_before: bool = False
    """Characters beyond ASCII were read well before it: then the encoding is right and the place is wrong."""
    holds_nul: bool = False


def _survey(path: Path, encoding: str) -> _Survey:
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError as error:
        raise InvalidInput(f"no encoding is named {encoding!r}", "use utf-8, utf-16 or cp1252") from error
    seen, lines = _Survey(), 1
    for chunk, last in _with_last(chunks(path)):
        try:
            text = decoder.decode(chunk, last)
        except UnicodeDecodeError as error:
            before = chunk[: max(error.start, 0)]
            seen.foreign_before |= not before.isascii()
            seen.broken_line = lines + before.count(b"\n")
            return seen
        seen.foreign_before |= not text.isascii()
        seen.holds_nul |= "\0" in text
        lines += text.count("\n")
    return seen


def _with_last(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    for piece in pieces:
        yield piece, False
    yield b"", True


def _marked(head: bytes) -> str | None:
    """The encoding that a byte order mark, or zeros beside every plain letter, give away."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    sample = head[:2000]
    zeros_even, zeros_odd = sample[::2].count(0), sample[1::2].count(0)
    if zeros_odd > len(sample) // 4 and zeros_even == 0:
        return "utf-16-le"
    if zeros_even > len(sample) // 4 and zeros_odd == 0:
        return "utf-16-be"
    return None
