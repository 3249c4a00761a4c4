"""Reads YAML from outside as text in lists and tables, each with its line: nothing is built, and no bomb goes off.

A scalar is always the text that stands in the file (`on`, `0o17` and `2026-11-21` too), or None where it is empty or
`null`. Anchors, aliases, tags of other programs, a key that stands twice, and nesting without end are refused.
Import this where a file is read, since loading the parser takes as long as a plain command.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import yaml

from workbench.errors import InvalidInput

LARGEST: Final = 100_000_000
"""Characters of one file: some 100,000 components."""
DEEPEST: Final = 50
"""Levels of nesting; people write fewer than ten."""

_MARKER = re.compile(r"^(---|\.\.\.)(?=[ \t\r\n]|\Z)", re.MULTILINE)
_NOTHING = re.compile(r"(?:[ \t]*(?:#.*)?\r?(?:\n|\Z)|%.*(?:\n|\Z))*")
"""What may stand before, between and behind documents: blank lines, comments, directives."""
_CORE = re.compile(r"tag:yaml\.org,2002:(?:str|int|float|bool|null|timestamp|seq|map)|!")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that may not stand in YAML unescaped."""


@dataclass(slots=True)
class Node:
    """One value and the line on which it begins, from 1: a text or None, a list, or a table by its keys."""

    line: int
    value: "str | list[Node] | dict[str, Node] | None"

    @property
    def text(self) -> str | None:
        """The text of a scalar; None for anything else."""
        return self.value if isinstance(self.value, str) else None

    @property
    def items(self) -> "list[Node]":
        """The elements of a list; none for anything else."""
        return self.value if isinstance(self.value, list) else []

    @property
    def table(self) -> "dict[str, Node]":
        """The values of a table by their keys; none for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    def at(self, *keys: str) -> "Node | None":
        """What stands under these keys, one within the other; None where one of them is missing."""
        node: Node | None = self
        for key in keys:
            node = node.table.get(key) if node else None
        return node


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file: where it begins, and its text, which is only read when it is asked for."""

    line: int
    text: str = field(repr=False)

    def read(self) -> Node:
        """What stands in it; raises BadYaml with the line."""
        return _read(self)


class BadYaml(InvalidInput):
    """A document that is no YAML that we would read; `line` is where, `reason` is why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}", "mend it, then try again")
        self.line = line
        self.reason = reason


def documents(text: str) -> Iterator[Document]:
    """The documents of a file's text, each of which is read by itself, so that a bad one does not hide the others.

    A marker cannot stand at the beginning of a line inside any value, which is why they can be cut apart unread.
    Raises BadYaml for a file beyond all measure.
    """
    if len(text) > LARGEST:
        raise BadYaml(1, f"has {len(text):,} characters; at most {LARGEST:,} are read")
    start, line = 0, 1
    for end, resume in [*((each.start(), each.end()) for each in _MARKER.finditer(text)), (len(text), len(text))]:
        piece = text[start:end]
        match = _NOTHING.match(piece)
        if match is None or match.end() < len(piece):
            yield Document(line, piece)
        line += piece.count("\n")
        start = resume


def _read(document: Document) -> Node:
    # Both give the same events; the one in C is some ten times faster.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    before = document.line - 1
    foreign = _UNREADABLE.search(document.text)
    if foreign:
        line = document.line + document.text.count("\n", 0, foreign.start())
        raise BadYaml(line, f"the character U+{ord(foreign[0]):04X} may not stand here; write it as an escape")
    builder = _Builder(before)
    try:
        for event in yaml.parse(document.text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = ", ".join(part for part in (error.problem, error.context) if part)
        last = document.text.rstrip().count("\n")  # what is not closed is only noticed behind the end
        raise BadYaml(before + min(mark.line if mark else 0, last) + 1, f"is no YAML: {reason}") from error
    return builder.whole()


class _Builder:
    """Puts a document together from its events, one after the other, without recursion."""

    def __init__(self, before: int) -> None:
        self._before = before
        self._root: Node | None = None
        self._open: list[Node] = []
        self._keys: list[str | None] = []
        """For each open list or table the key whose value comes next."""

    def take(self, event: yaml.Event) -> None:
        """One event of the parser; raises BadYaml."""
        line = self._before + 1 + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.NodeEvent):
            self._refuse(event, line)
            if isinstance(event, yaml.ScalarEvent):
                empty = event.value in _NULLS and event.implicit[0] and not event.style
                self._put(Node(line, None if empty else event.value))
            else:
                self._open_up(Node(line, [] if isinstance(event, yaml.SequenceStartEvent) else {}))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()

    def whole(self) -> Node:
        """The document, when all events have come."""
        return self._root or Node(self._before + 1, None)

    @staticmethod
    def _refuse(event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            raise BadYaml(line, "anchors and aliases (& and *) are not read; write the value out")
        tag = getattr(event, "tag", None)
        if tag is not None and not _CORE.fullmatch(tag):
            raise BadYaml(line, f"the tag {tag} is not read")

    def _open_up(self, node: Node) -> None:
        self._put(node)
        if len(self._open) == DEEPEST:
            raise BadYaml(node.line, f"is nested more than {DEEPEST} levels deep")
        self._open.append(node)
        self._keys.append(None)

    def _put(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        into = self._open[-1].value
        if isinstance(into, list):
            into.append(node)
        elif isinstance(into, dict):
            self._put_in_table(node, into)

    def _put_in_table(self, node: Node, table: dict[str, Node]) -> None:
        key = self._keys[-1]
        if key is not None:
            table[key] = node
            self._keys[-1] = None
            return
        if isinstance(node.value, list | dict):
            raise BadYaml(node.line, "a list or table cannot be a key")
        key = node.value or ""
        if key in table:
            raise BadYaml(node.line, f"{key!r} stands here a second time, after line {table[key].line}")
        self._keys[-1] = key
