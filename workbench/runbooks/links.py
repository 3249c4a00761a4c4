"""Links from one runbook to another as they stand in files: relative, so that any other reader follows them too.

`[other](../network/dns.md)`, `[other]: dns.md`, and what Hugo writes: `[other]({{< ref "dns.md" >}})`.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import unquote

from workbench.runbooks.structure import Document

_HUGO: Final = r"\{\{[<%]\s*(?:rel)?ref\s+\"?([^\"\n}]{1,500}?)\"?\s*[>%]\}\}"
_INLINE: Final = re.compile(rf"\]\(\s*(?:{_HUGO}|<([^<>\n]{{1,500}})>|([^\s()<>]{{1,500}}))")
_REFERENCE: Final = re.compile(rf"^ {{0,3}}\[[^\[\]\n]{{1,300}}\]:\s*(?:{_HUGO}|<([^<>\n]{{1,500}})>|(\S{{1,500}}))")
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//|/|#", re.IGNORECASE)
_PAGE: Final = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)


class Link(NamedTuple):
    """A link to another file of the tree: its line in the text, from 1, and the path that it leads to."""

    line: int
    path: str


def links_of(text: str, path: str) -> Iterator[Link]:
    """Every link of the text at `path` that leads to another Markdown file; what stands in code is none."""
    if "](" not in text and "]:" not in text:
        return
    document = Document(text)
    code = document.code_lines()
    for number, line in enumerate(document.lines):
        if number in code:
            continue
        for found in (*_INLINE.finditer(line), *_REFERENCE.finditer(line)):
            target = _target(next(group for group in found.groups() if group), path, hugo=found[1] is not None)
            if target:
                yield Link(number + 1, target)


def _target(href: str, path: str, *, hugo: bool) -> str | None:
    """The path that a link in the file at `path` leads to; None where it leads out of the tree, or to no Markdown."""
    page = unquote(re.split(r"[#?]", href, maxsplit=1)[0]).strip()
    if not page or _ELSEWHERE.match(page):
        return None
    if hugo and not _PAGE.search(page):
        page += ".md"
    if not _PAGE.search(page):
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), page))
    return None if target.startswith("..") else target
