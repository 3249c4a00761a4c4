"""Reads a scenario from Markdown with front matter; everything that is wrong is told with its line.

The head holds the facts (title, level, client, truth, …); `# Subject` and the text under it are the ticket; further
sections are `## Asked: words`, `## Step: runbook number`, `## After 10m: call`, `## Hint`, `## Debrief`, `## Key`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeVar

from workbench.duration import parse_duration
from workbench.errors import InvalidInput
from workbench.escalation.model import Direction, Row
from workbench.practice.model import (
    Answer,
    BadScenario,
    Ending,
    Fault,
    Later,
    Output,
    Scenario,
    Skill,
    Surprise,
    Telling,
    Truth,
)
from workbench.safe_yaml import Document, Node, Unreadable
from workbench.tickets.model import Impact, Urgency

LARGEST: Final = 200_000
"""Characters of a scenario's file."""

_HEAD = re.compile(r"---[ \t]*\n(?P<head>.*?\n)---[ \t]*\n", re.DOTALL)
_KEYS: Final = frozenset(
    {
        *("title", "level", "skills", "client", "contact", "impact", "urgency", "said", "component", "ending"),
        *("direction", "to", "runbook", "problem", "within", "told", "handoff", "reading"),
    }
)
_PLAIN: Final = frozenset({"title", "level", "client", "contact", "component", "to", "runbook", "problem", "within"})
_NEEDED: Final = ("title", "level", "skills", "client", "contact", "impact", "urgency", "ending", "within")

Word = TypeVar("Word", bound=StrEnum)


class _Section(NamedTuple):
    """A heading with the text under it; lines from 1."""

    line: int
    level: int
    title: str
    text: str


class _Reader:
    """One file while it is read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.faults: list[Fault] = []

    def wrong(self, line: int, reason: str) -> None:
        """Notes what is wrong."""
        self.faults.append(Fault(self.path, line, reason))

    def word(self, among: type[Word], node: Node | None, name: str) -> Word | None:
        """One of the words, or a fault; None alone where nothing stands there."""
        if node is None or node.value is None:
            return None
        try:
            return among(node.text or "")
        except ValueError:
            self.wrong(node.line, f"{name} is {_shown(node)}; it is one of {', '.join(among)}")
            return None

    def duration(self, text: str | None, line: int, name: str) -> timedelta:
        """A length of time, or a fault."""
        try:
            return timedelta(seconds=parse_duration(text or ""))
        except InvalidInput as error:
            self.wrong(line, f"{name}: {error}")
            return timedelta()


def read_scenario(text: str, name: str, path: str = "") -> Scenario:
    """The scenario that a file holds; BadScenario tells everything that is wrong with it, line by line."""
    reader = _Reader(path or f"{name}.md")
    text = text.replace("\r\n", "\n")
    if len(text) > LARGEST:
        raise BadScenario((Fault(reader.path, 1, f"the file has over {LARGEST:,} characters"),))
    head = _HEAD.match(text)
    if head is None:
        raise BadScenario((Fault(reader.path, 1, "there is no front matter between two lines of ---"),))
    try:
        table = Document(2, head["head"]).read()
    except Unreadable as error:
        raise BadScenario((Fault(reader.path, error.line, error.reason),)) from None
    before = head[0].count("\n")
    sections = list(_sections(text[head.end() :], before))
    scenario = _scenario(reader, name, table, sections)
    if reader.faults or scenario is None:
        raise BadScenario(tuple(sorted(reader.faults, key=lambda fault: fault.line)))
    return scenario


def _scenario(reader: _Reader, name: str, table: Node, sections: list[_Section]) -> Scenario | None:
    for key, node in table.table.items():
        if key not in _KEYS:
            reader.wrong(node.line, f"{key} is no key of a scenario; there are {', '.join(sorted(_KEYS))}")
        elif key in _PLAIN and (node.items or node.table):
            reader.wrong(node.line, f"{key} is {_shown(node)}, and should be a text")
    missing = [key for key in _NEEDED if not _texts(table.at(key))]
    if missing:
        reader.wrong(table.line, f"{', '.join(missing)} missing")
        return None
    said = table.at("said")
    truth = _truth(reader, table)
    parts = _parts(reader, sections)
    subject = next((section for section in sections if section.level == 1), None)
    if subject is None:
        reader.wrong(sections[0].line if sections else 1, "there is no `# Subject` with what the requester wrote")
    if truth is None or subject is None:
        return None
    impact = reader.word(Impact, said.at("impact") if said else None, "said impact") or truth.impact
    urgency = reader.word(Urgency, said.at("urgency") if said else None, "said urgency") or truth.urgency
    skills = [reader.word(Skill, node, "skill") for node in _nodes(table.at("skills"))]
    return Scenario(
        name=name,
        title=_text(table, "title"),
        level=_text(table, "level"),
        skills=tuple(skill for skill in skills if skill is not None),
        client=_text(table, "client"),
        contact=_text(table, "contact"),
        subject=subject.title,
        body=subject.text,
        impact=impact,
        urgency=urgency,
        truth=truth,
        reading=_texts(table.at("reading")),
        **parts,
    )


def _truth(reader: _Reader, table: Node) -> Truth | None:
    impact = reader.word(Impact, table.at("impact"), "impact")
    urgency = reader.word(Urgency, table.at("urgency"), "urgency")
    ending = reader.word(Ending, table.at("ending"), "ending")
    within = table.at("within")
    direction = reader.word(Direction, table.at("direction"), "direction")
    if impact is None or urgency is None or ending is None or within is None:
        return None
    if ending is Ending.HANDED_OFF and not (_text(table, "direction") and _text(table, "to")):
        reader.wrong(table.line, "a ticket that is handed off needs direction and to")
    if ending is Ending.LINKED and not _text(table, "problem"):
        reader.wrong(table.line, "a ticket that is linked needs the problem that it is linked to")
    told = _pairs(reader, table, "handoff")
    rows = {row: _texts(node) for key, node in told if (row := _row(reader, key, node)) is not None}
    return Truth(
        impact=impact,
        urgency=urgency,
        ending=ending,
        within=reader.duration(within.text, within.line, "within"),
        component=_text(table, "component") or None,
        direction=direction,
        to=_text(table, "to") or None,
        runbook=_text(table, "runbook") or None,
        problem=_text(table, "problem") or None,
        rows=rows,
        told=tuple(_telling(reader, what, node) for what, node in _pairs(reader, table, "told")),
    )


def _row(reader: _Reader, key: str, node: Node) -> Row | None:
    if key in set(Row):
        return Row(key)
    reader.wrong(node.line, f"{key} is no row of a hand-off; there are {', '.join(Row)}")
    return None


def _telling(reader: _Reader, what: str, node: Node) -> Telling:
    if not _texts(node):
        reader.wrong(node.line, f"which words tell {what!r} is not said")
    return Telling(tuple(word.casefold() for word in _texts(node)), what)


def _parts(reader: _Reader, sections: list[_Section]) -> dict[str, Any]:
    """What the sections under the ticket hold."""
    answers: list[Answer] = []
    outputs: dict[tuple[str, int], Output] = {}
    later: list[Later] = []
    hints: list[str] = []
    told = {"debrief": "", "key": ""}
    for section in sections:
        if section.level == 1:
            continue
        head, _, rest = section.title.partition(":")
        kind = head.split()[0].casefold() if head.split() else ""
        if kind == "asked":
            answers.append(_answer(reader, section, rest))
        elif kind == "step":
            _add_output(reader, section, rest.strip(), outputs)
        elif kind == "after":
            later += _later(reader, section, head, rest.strip())
        elif kind == "hint":
            hints.append(section.text)
        elif kind in told:
            told[kind] = section.text
        else:
            reader.wrong(section.line, f"{section.title!r} is no section; there are {_SECTIONS}")
    for kind, text in told.items():
        if not text:
            reader.wrong(sections[-1].line if sections else 1, f"there is no `## {kind.capitalize()}`")
    key = tuple(line.strip("- ").strip() for line in told["key"].splitlines() if line.strip())
    return {
        "answers": tuple(answers),
        "outputs": outputs,
        "later": tuple(sorted(later, key=lambda each: each.after)),
        "hints": tuple(hints),
        "debrief": told["debrief"],
        "key": key,
    }


def _answer(reader: _Reader, section: _Section, rest: str) -> Answer:
    words = tuple(word.strip().casefold() for word in rest.split(",") if word.strip())
    if not words:
        reader.wrong(section.line, "the words that bring the answer are missing: `## Asked: display, message`")
    return Answer(words, section.text)


_SECTIONS: Final = "Asked: words, Step: runbook number, After 10m: reply|call|alert, Hint, Debrief, Key"
_STEP = re.compile(r"(?P<runbook>\S+) (?P<number>\d{1,3})(?P<misleading> \(misleading\))?")


def _add_output(reader: _Reader, section: _Section, rest: str, outputs: dict[tuple[str, int], Output]) -> None:
    found = _STEP.fullmatch(rest)
    if found is None:
        reader.wrong(section.line, "a step is told as `## Step: runbook number` or `… (misleading)`")
        return
    outputs[found["runbook"], int(found["number"])] = Output(section.text, found["misleading"] is not None)


def _later(reader: _Reader, section: _Section, head: str, rest: str) -> Iterator[Later]:
    after = reader.duration(head.partition(" ")[2].strip(), section.line, "After")
    try:
        yield Later(after, Surprise(rest), section.text)
    except ValueError:
        reader.wrong(section.line, f"{rest!r} cannot happen; there are {', '.join(Surprise)}")


def _sections(text: str, before: int) -> Iterator[_Section]:
    """The headings of the first two levels with the text under each."""
    title, level, line, lines = "", 0, 0, list[str]()
    fenced = False
    for number, each in enumerate(text.split("\n"), before + 1):
        fenced ^= each.startswith("```")
        heading = None if fenced else re.fullmatch(r"(#{1,2}) +(.+?)\s*", each)
        if heading is None:
            lines.append(each)
            continue
        if level:
            yield _Section(line, level, title, "\n".join(lines).strip())
        level, title, line, lines = len(heading[1]), heading[2], number, []
    if level:
        yield _Section(line, level, title, "\n".join(lines).strip())


def _text(table: Node, key: str) -> str:
    node = table.at(key)
    return (node.text or "").strip() if node else ""


def _nodes(node: Node | None) -> list[Node]:
    return [] if node is None else node.items or [node]


def _texts(node: Node | None) -> tuple[str, ...]:
    return tuple(each.text.strip() for each in _nodes(node) if each.text and each.text.strip())


def _pairs(reader: _Reader, table: Node, key: str) -> Iterable[tuple[str, Node]]:
    """The pairs of the table under a key; a fault where something else stands there."""
    node = table.at(key)
    if node is not None and not node.table and node.value:
        reader.wrong(node.line, f"{key} is {_shown(node)}, and should be a table")
    return node.table.items() if node else ()


def _shown(node: Node) -> str:
    return "a list" if node.items else "a table" if node.table else repr((node.text or "")[:60])
