"""The block of YAML at the head of a runbook: only texts and lists of texts, and nothing that could do harm.

Keys that are not ours are other programs' business and are left as they are.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from workbench.runbooks.model import Fault, Unreadable
from workbench.safe_yaml import BadYaml, Document, Node

ADVICE: Final = "mend the text and try again"

MOST_HEAD: Final = 16_000
"""Characters of front matter."""
_MOST_ITEMS = 100
_LONGEST_ITEM = 500

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"[A-Za-z_][\w -]*:")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?![\d-])")

_Value: TypeAlias = tuple[str, Node]
"""A key as it was written, and what stands under it."""

_NAMES: Final[Mapping[str, str]] = {
    "title": "title",
    "tag": "tags",
    "tags": "tags",
    "component": "components",
    "components": "components",
    "signature": "signatures",
    "signatures": "signatures",
    "error_signatures": "signatures",
    "errors": "signatures",
    "tier": "tier",
    "owner": "owner",
    "access": "access",
    "access_needed": "access",
    "review": "review_at",
    "review_at": "review_at",
    "review_by": "review_at",
    "review_date": "review_at",
}
"""By which names each field is known; a space or hyphen counts as `_`."""


class Head(NamedTuple):
    """What the front matter says, and on which line, from 0, the body begins."""

    title: str | None = None
    tags: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    tier: str | None = None
    owner: str | None = None
    access: tuple[str, ...] = ()
    review_at: date | None = None
    body_line: int = 0


def read_head(text: str, path: str) -> Head:
    """Reads the front matter, if there is any; raises Unreadable with the line where it cannot be read."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        if opening and _KEY.match(text, opening.end()):
            raise _unreadable(path, 1, "front matter begins here and is not closed by a line of ---")
        return Head()
    block = text[opening.end() : closing.start()]
    if len(block) > MOST_HEAD:
        raise _unreadable(path, 1, f"front matter of more than {MOST_HEAD:,} characters")
    return _Reader(path).head(block, text.count("\n", 0, closing.end()) + 1)


class _Reader:
    """Reads the values of one block and collects everything that is wrong with them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.faults: list[Fault] = []

    def head(self, block: str, body_line: int) -> Head:
        """What the block says; raises Unreadable."""
        values = {_field(key): (key, node) for key, node in self._pairs(block) if _field(key)}
        head = Head(
            title=self._text(values.get("title")),
            tags=self._texts(values.get("tags"), parted=True),
            components=self._texts(values.get("components"), parted=True),
            signatures=self._texts(values.get("signatures")),
            tier=self._text(values.get("tier")),
            owner=self._text(values.get("owner")),
            access=self._texts(values.get("access")),
            review_at=self._date(values.get("review_at")),
            body_line=body_line,
        )
        if self.faults:
            raise Unreadable(sorted(self.faults, key=lambda fault: fault.line), ADVICE)
        return head

    def _pairs(self, block: str) -> Iterable[_Value]:
        try:
            root = Document(2, block).read()
        except BadYaml as error:
            raise _unreadable(self.path, error.line, f"front matter: {error.reason}") from error
        if not isinstance(root.value, dict) and root.value is not None:
            raise _unreadable(self.path, root.line, "front matter is no table of keys and values")
        return root.table.items()

    def _text(self, value: _Value | None) -> str | None:
        if value is None:
            return None
        key, node = value
        if isinstance(node.value, list | dict):
            self._wrong(node, f"{key} is not a text; put one that holds a colon in quotes")
            return None
        words = " ".join((node.text or "").split())
        if len(words) > _LONGEST_ITEM:
            self._wrong(node, f"{key} has more than {_LONGEST_ITEM} characters")
        return words or None

    def _texts(self, value: _Value | None, *, parted: bool = False) -> tuple[str, ...]:
        """A list of texts, or one text; with `parted` commas part that one, which a message may not stand."""
        if value is None:
            return ()
        key, node = value
        if not isinstance(node.value, list):
            whole = self._text(value) or ""
            return tuple(
                dict.fromkeys(part.strip() for part in (whole.split(",") if parted else [whole]) if part.strip())
            )
        if len(node.items) > _MOST_ITEMS:
            self._wrong(node, f"{key} has more than {_MOST_ITEMS} entries")
        texts = (self._text((f"an entry of {key}", each)) for each in node.items[:_MOST_ITEMS])
        return tuple(dict.fromkeys(text for text in texts if text))

    def _date(self, value: _Value | None) -> date | None:
        words = self._text(value)
        if value is None or words is None:
            return None
        key, node = value
        with suppress(ValueError):
            if _DATE.match(words):
                return date.fromisoformat(words[:10])
        self._wrong(node, f"{key}: {words!r} is not a date like 2026-11-21")
        return None

    def _wrong(self, node: Node, reason: str) -> None:
        self.faults.append(Fault(self.path, node.line, reason))


def _field(key: str) -> str | None:
    return _NAMES.get(re.sub(r"[ -]", "_", key.strip().lower()))


def _unreadable(path: str, line: int, reason: str) -> Unreadable:
    return Unreadable([Fault(path, line, reason)], ADVICE)
