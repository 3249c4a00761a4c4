"""The shape of a Markdown text: its headings, its sections, and the blocks in them, by the lines they stand on.

Only blocks are parsed, never what stands inside a line: that is enough to find steps, and no text can make it slow.
"""

from collections.abc import Iterator, Sequence
from textwrap import dedent
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from workbench.runbooks.plain import plain

_PARSER: Final = MarkdownIt("commonmark").disable("inline")


class Heading(NamedTuple):
    """A heading at the outermost level of a text; `line` from 0."""

    level: int
    title: str
    line: int


class Section(NamedTuple):
    """A heading, or none before the first, with the blocks up to the next heading that is not deeper."""

    heading: Heading | None
    blocks: tuple[SyntaxTreeNode, ...]


class Document:
    """A parsed text; its lines and those of its nodes count from 0."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.blocks = tuple(SyntaxTreeNode(_PARSER.parse(text)).children)
        self.headings = tuple(_heading(block) for block in self.blocks if block.type == "heading")

    def sections(self, level: int) -> Iterator[Section]:
        """The text cut at its headings of this level and of those above."""
        heading, blocks = None, list[SyntaxTreeNode]()
        for block in self.blocks:
            if block.type == "heading" and (found := _heading(block)).level <= level:
                if heading or blocks:
                    yield Section(heading, tuple(blocks))
                heading, blocks = found, []
            else:
                blocks.append(block)
        if heading or blocks:
            yield Section(heading, tuple(blocks))

    def source(self, block: SyntaxTreeNode) -> str:
        """The Markdown of a block, without the indentation of what it stands in."""
        first, last = lines_of(block)
        return dedent("\n".join(self.lines[first:last])).rstrip()

    def code_lines(self) -> set[int]:
        """The lines that are code, in however deep a block."""
        return {
            line
            for block in walk(self.blocks)
            if block.type in ("fence", "code_block")
            for line in range(*lines_of(block))
        }


def walk(blocks: Sequence[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode]:
    """Every block with all that it holds."""
    for block in blocks:
        yield from block.walk()


def lines_of(block: SyntaxTreeNode) -> tuple[int, int]:
    """The first line of a block and the one after its last."""
    return block.map or (0, 0)


def content(block: SyntaxTreeNode) -> str:
    """The text of a paragraph or heading as written, its lines without indentation."""
    return block.children[0].content if block.children else ""


def _heading(block: SyntaxTreeNode) -> Heading:
    return Heading(int(block.tag[1:]), plain(content(block)), lines_of(block)[0])
