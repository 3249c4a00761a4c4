"""Real pages for the search to be measured on: Markdown, reStructuredText and manual pages in folders."""

import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from workbench.search.words import words

SEED: Final = 2026
_LEAST_TITLE: Final = 2
"""Words of a title; of one word no other can be told."""
_LEAST_BODY: Final = 30
"""Words of a body; a page of fewer only points to another."""
_LARGEST: Final = 200_000
"""Bytes of a page; what is larger is a list of changes or a licence."""
_OTHER_LANGUAGE: Final = re.compile(r"/man/(?!man\d)[^/]+/")
_MANUAL: Final = re.compile(r"\.\d[a-z]*(\.gz)?$")
_ESCAPE: Final = re.compile(r"\\(?:f(?:\(..|\[[^]]*\]|.)|s[-+]?\d|\(..|\[[^]]*\]|[&%/,|^:]|\*(?:\(..|.))")


class Page(NamedTuple):
    """A page as it was read."""

    title: str
    body: str


def read(folders: Iterable[Path], most: int) -> list[Page]:
    """So many pages of the folders in an order that chance decided once; of those with one title only one is taken."""
    files = sorted({file for folder in folders for file in folder.rglob("*") if _is_page(file)})
    Random(SEED).shuffle(files)
    taken: dict[str, Page] = {}
    for page in _pages(files):
        title = " ".join(words(page.title))
        if len(title.split()) >= _LEAST_TITLE and len(words(page.body)) >= _LEAST_BODY:
            taken.setdefault(title, page)
        if len(taken) == most:
            break
    return list(taken.values())


def _is_page(file: Path) -> bool:
    known = file.suffix in (".md", ".rst") or ("/man/" in str(file) and _MANUAL.search(file.name))
    return bool(known) and not _OTHER_LANGUAGE.search(str(file)) and file.is_file()


def _pages(files: Iterable[Path]) -> Iterator[Page]:
    for file in files:
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        if len(content) > _LARGEST:
            continue
        text = content.decode("utf-8", "replace")
        page = _READERS.get(file.suffix, _manual)(text)
        if page is not None:
            yield page


def _markdown(text: str) -> Page | None:
    """The title of the front matter, else the first heading."""
    front = re.match(r"---\n.*?^title: *(.+?)$.*?^---\n", text, re.DOTALL | re.MULTILINE)
    heading = front or re.search(r"^# +(.+)$", text, re.MULTILINE)
    return Page(heading[1].strip(" '\"#"), text[heading.end() :]) if heading else None


def _restructured(text: str) -> Page | None:
    """The first underlined line, else the first that is bold."""
    underlined = re.search(r"^(\S.+)\n([=*\-~#])\2{3,}$", text, re.MULTILINE)
    heading = underlined or re.search(r"^\*\*(.+)\*\*$", text, re.MULTILINE)
    return Page(heading[1], text[heading.end() :]) if heading else None


def _manual(text: str) -> Page | None:
    """What a manual page says in its NAME section of its command, without the name."""
    plain = "\n".join(_manual_line(line) for line in text.splitlines() if not line.startswith(('.\\"', "'\\\"")))
    name = re.search(r"^NAME\n(.*?)\n(?=[A-Z][A-Z ]+\n)", plain, re.DOTALL | re.MULTILINE)
    told = re.search(r"\s-+\s+(.+)", " ".join(name[1].split())) if name else None
    return Page(told[1], plain[name.end() :]) if told and name else None


def _manual_line(line: str) -> str:
    line = _ESCAPE.sub("", line.replace("\\-", "-"))
    if line.startswith((".", "'")):
        macro, _, rest = line.partition(" ")
        return rest.replace('"', "") if macro in (".B", ".I", ".BR", ".IR", ".RB", ".RI", ".SH", ".SS", ".IP") else ""
    return line.replace("\\ ", " ").replace("\\", "")


_READERS: Final = {".md": _markdown, ".rst": _restructured}
