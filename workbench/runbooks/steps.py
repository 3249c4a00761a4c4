"""Finds the steps of a runbook: the items of its ordered list, or its headings, or the whole text as one.

A section called Steps (or Procedure, Runbook, …) holds them, where there is one. Otherwise each section with something
to do is a step, or the items of the ordered list that stands in it are; sections that only describe (Meaning, Impact,
…) are none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from markdown_it.tree import SyntaxTreeNode

from workbench.runbooks.model import CUT, Step
from workbench.runbooks.parts import Parts, taken_apart
from workbench.runbooks.plain import plain
from workbench.runbooks.structure import Document, Heading, Section, lines_of

_PROCEDURES: Final = frozenset(
    {"steps", "procedure", "runbook", "instructions", "what to do", "how to", "playbook", "resolution steps"}
)
_DESCRIPTIONS: Final = frozenset(
    {
        "about", "access", "background", "changelog", "contacts", "contents", "context", "description", "full context",
        "history", "impact", "introduction", "links", "meaning", "notes", "overview", "prerequisites", "purpose",
        "references", "related", "scope", "see also", "summary", "symptoms", "table of contents", "when to use",
        "when to use this", "further reading",
    }
)  # fmt: skip
_SENTENCE_ENDS: Final = re.compile(r"(?:(?<=[^.\s][.!?])|(?<=[^.\s][.!?][*_]{2}))\s+(?=[A-Z*_`\[(])")
_LONGEST_TITLE: Final = 100


def steps_of(document: Document, title: str, title_line: int | None) -> tuple[Step, ...]:
    """The steps, numbered from 1; always at least one. `title_line` is where the heading of the whole text stands."""
    found = list(_found(document, _inner(document, title_line))) or [_whole(document, title, title_line)]
    return tuple(replace(step, number=place) for place, step in enumerate(found, start=1))


def _found(document: Document, headings: Sequence[Heading]) -> Iterable[Step]:
    for heading in headings:
        if heading.title.strip(" :").lower() in _PROCEDURES:
            section = next(each for each in document.sections(heading.level) if each.heading == heading)
            return _in_procedure(document, section)
    if not headings:
        return _of_lists(document, document.blocks)
    level = min(heading.level for heading in headings)
    sections = [each for each in document.sections(level) if each.heading in headings and _tells_to_act(each)]
    return [step for section in sections for step in _of_section(document, section)]


def _inner(document: Document, title_line: int | None) -> list[Heading]:
    return [heading for heading in document.headings if heading.line != title_line]


def _tells_to_act(section: Section) -> bool:
    assert section.heading
    return bool(section.blocks) and section.heading.title.strip(" :").lower() not in _DESCRIPTIONS


def _in_procedure(document: Document, section: Section) -> list[Step]:
    """The steps of the section that says it holds them."""
    listed = _of_lists(document, section.blocks)
    if listed:
        return listed
    inner = [int(block.tag[1:]) for block in section.blocks if block.type == "heading"]
    if not inner:
        return [_of_heading(document, section)] if section.blocks else []
    assert section.heading
    first, last = section.heading.line, max(lines_of(block)[1] for block in section.blocks)
    return [
        _of_heading(document, each)
        for each in document.sections(min(inner))
        if each.heading and each.heading.level == min(inner) and first < each.heading.line < last
    ]


def _of_section(document: Document, section: Section) -> list[Step]:
    """The items of the list right under a heading, or the section itself."""
    direct: list[SyntaxTreeNode] = []
    for block in section.blocks:
        if block.type == "heading":
            return [_of_heading(document, section)]
        direct.append(block)
    listed = _of_lists(document, direct)
    return listed if len(listed) > 1 else [_of_heading(document, section)]


def _of_lists(document: Document, blocks: Sequence[SyntaxTreeNode]) -> list[Step]:
    """Every item of the ordered lists among the blocks; what stands between two items belongs to the one before.

    Authors who do not indent a command end the list with it and begin another: the command is the item's all the same.
    """
    first = next((place for place, block in enumerate(blocks) if block.type == "ordered_list"), len(blocks))
    last = max((place for place, block in enumerate(blocks) if block.type == "ordered_list"), default=first)
    groups: list[_Group] = []
    for place, block in enumerate(blocks[first:], start=first):
        if block.type == "ordered_list":
            groups += [_Group(lines_of(item)[0], list(item.children)) for item in block.children]
        elif groups and (place < last or block.type == "fence"):
            groups[-1].blocks.append(block)
        else:
            break
    return [_of_item(document, group) for group in groups]


class _Group(NamedTuple):
    line: int
    blocks: list[SyntaxTreeNode]


def _of_item(document: Document, item: _Group) -> Step:
    parts = taken_apart(document, item.blocks)
    title, rest = _titled(parts.lead)
    return _step(title or _command_title(parts), parts, rest, item.line)


def _titled(paragraph: str) -> tuple[str, str]:
    """The first sentence, and what follows it in its paragraph."""
    sentence, *rest = _SENTENCE_ENDS.split(paragraph, maxsplit=1)
    return plain(sentence), "".join(rest)


def _of_heading(document: Document, section: Section) -> Step:
    assert section.heading
    parts = taken_apart(document, section.blocks)
    return _step(section.heading.title, parts, parts.lead, section.heading.line)


def _whole(document: Document, title: str, title_line: int | None) -> Step:
    blocks = [block for block in document.blocks if block.type != "heading" or lines_of(block)[0] != title_line]
    line = lines_of(blocks[0])[0] if blocks else 0
    parts = taken_apart(document, blocks)
    return _step(title, parts, parts.lead, line)


def _command_title(parts: Parts) -> str:
    return f"Run {parts.command.splitlines()[0]}" if parts.command else "Step"


def _step(title: str, parts: Parts, lead: str, line: int) -> Step:
    """A step; a title too long for one line is told in whole under its beginning."""
    shown = title.rstrip(" :")
    if len(shown) > _LONGEST_TITLE:
        lead = f"{title} {lead}".rstrip()
        shown = f"{shown[:_LONGEST_TITLE].rsplit(' ', 1)[0]}{CUT}"
    text = "\n\n".join(part for part in (lead, parts.text) if part)
    return Step(0, shown, text, parts.command, parts.expected, parts.caution, line)
