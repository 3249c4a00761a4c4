"""Reads a scenario from Markdown with front matter; everything that is wrong is told with its line.

The head holds the facts (title, level, client, truth, …); `# Subject` and the text under it are the ticket; further
sections are `## Before 1h: to team`, `## Asked: words`, `## Step: runbook number`, `## After 10m: call`, `## Hint`,
`## Debrief`, `## Key`.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from workbench.escalation.model import Direction, Row
from workbench.practice.model import BadScenario, Ending, Fault, Hop, Scenario, Skill, Telling, Truth
from workbench.practice.sections import Reader, Section, parts, sections_of, shown
from workbench.safe_yaml import BadYaml, Document, Node
from workbench.tickets.vocabulary import Impact, Urgency

LARGEST: Final = 200_000
"""Characters of a scenario's file."""

_HEAD = re.compile(r"---[ \t]*\n(?P<head>.*?\n)---[ \t]*\n", re.DOTALL)
_KEYS: Final = frozenset(
    {
        *("title", "level", "skills", "client", "contact", "impact", "urgency", "said", "component", "ending"),
        *("direction", "to", "people", "called", "runbook", "problem", "since", "within", "told", "handoff", "reading"),
    }
)
_PLAIN: Final = frozenset(
    {"title", "level", "client", "contact", "component", "to", "runbook", "problem", "since", "within"}
)
_NEEDED: Final = ("title", "level", "skills", "client", "contact", "impact", "urgency", "ending", "within")


def read_scenario(text: str, name: str, path: str = "") -> Scenario:
    """The scenario that a file holds; BadScenario tells everything that is wrong with it, line by line."""
    reader = Reader(path or f"{name}.md")
    text = text.replace("\r\n", "\n")
    if len(text) > LARGEST:
        raise BadScenario((Fault(reader.path, 1, f"the file has over {LARGEST:,} characters"),))
    head = _HEAD.match(text)
    if head is None:
        raise BadScenario((Fault(reader.path, 1, "there is no front matter between two lines of ---"),))
    try:
        table = Document(2, head["head"]).read()
    except BadYaml as error:
        raise BadScenario((Fault(reader.path, error.line, error.reason),)) from None
    before = head[0].count("\n")
    sections = list(sections_of(text[head.end() :], before))
    scenario = _scenario(reader, name, table, sections)
    if reader.faults or scenario is None:
        raise BadScenario(tuple(sorted(reader.faults, key=lambda fault: fault.line)))
    return scenario


def _scenario(reader: Reader, name: str, table: Node, sections: list[Section]) -> Scenario | None:
    for key, node in table.table.items():
        if key not in _KEYS:
            reader.wrong(node.line, f"{key} is no key of a scenario; there are {', '.join(sorted(_KEYS))}")
        elif key in _PLAIN and (node.items or node.table):
            reader.wrong(node.line, f"{key} is {shown(node)}, and should be a text")
    missing = [key for key in _NEEDED if not _texts(table.at(key))]
    if missing:
        reader.wrong(table.line, f"{', '.join(missing)} missing")
    said = table.at("said")
    truth = _truth(reader, table)
    told = parts(reader, sections)
    subject = next((section for section in sections if section.level == 1), None)
    if subject is None:
        reader.wrong(sections[0].line if sections else 1, "there is no `# Subject` with what the requester wrote")
    since = _since(reader, table, told["hops"])
    impact = reader.word(Impact, said.at("impact") if said else None, "said impact")
    urgency = reader.word(Urgency, said.at("urgency") if said else None, "said urgency")
    skills = [reader.word(Skill, node, "skill") for node in _nodes(table.at("skills"))]
    if missing or truth is None or subject is None:
        return None
    return Scenario(
        name=name,
        title=_text(table, "title"),
        level=_text(table, "level"),
        skills=tuple(skill for skill in skills if skill is not None),
        client=_text(table, "client"),
        contact=_text(table, "contact"),
        subject=subject.title,
        body=subject.text,
        impact=impact or truth.impact,
        urgency=urgency or truth.urgency,
        truth=truth,
        since=since,
        reading=_texts(table.at("reading")),
        **told,
    )


def _truth(reader: Reader, table: Node) -> Truth | None:
    impact = reader.word(Impact, table.at("impact"), "impact")
    urgency = reader.word(Urgency, table.at("urgency"), "urgency")
    ending = reader.word(Ending, table.at("ending"), "ending")
    direction = reader.word(Direction, table.at("direction"), "direction")
    if ending is Ending.HANDED_OFF and not (_text(table, "direction") and _text(table, "to")):
        reader.wrong(table.line, "a ticket that is handed off needs direction and to")
    if ending is Ending.LINKED and not _text(table, "problem"):
        reader.wrong(table.line, "a ticket that is linked needs the problem that it is linked to")
    told = _pairs(reader, table, "handoff")
    rows = {row: _texts(node) for key, node in told if (row := _row(reader, key, node)) is not None}
    tellings = tuple(_telling(reader, what, node) for what, node in _pairs(reader, table, "told"))
    within = _length(reader, table, "within")
    if impact is None or urgency is None or ending is None:
        return None
    return Truth(
        impact=impact,
        urgency=urgency,
        ending=ending,
        within=within,
        component=_text(table, "component") or None,
        direction=direction,
        to=_text(table, "to") or None,
        people=_texts(table.at("people")),
        called=_texts(table.at("called")),
        runbook=_text(table, "runbook") or None,
        problem=_text(table, "problem") or None,
        rows=rows,
        told=tellings,
    )


def _length(reader: Reader, table: Node, key: str) -> timedelta:
    """The length of time under a key; none where nothing stands there, or a fault."""
    node = table.at(key)
    return reader.duration(node.text, node.line, key) if node is not None and node.value else timedelta()


def _since(reader: Reader, table: Node, hops: Sequence[Hop]) -> timedelta:
    """How long before the trainee gets it the ticket is opened: before everything that was done with it."""
    node, since = table.at("since"), _length(reader, table, "since")
    if hops and since <= hops[0].before:
        line = node.line if node is not None else table.line
        reader.wrong(line, "since has to be longer than any Before: it is opened before it goes anywhere")
    return since


def _row(reader: Reader, key: str, node: Node) -> Row | None:
    if key in set(Row):
        return Row(key)
    reader.wrong(node.line, f"{key} is no row of a hand-off; there are {', '.join(Row)}")
    return None


def _telling(reader: Reader, what: str, node: Node) -> Telling:
    if not _texts(node):
        reader.wrong(node.line, f"which words tell {what!r} is not said")
    return Telling(tuple(word.casefold() for word in _texts(node)), what)


def _text(table: Node, key: str) -> str:
    node = table.at(key)
    return (node.text or "").strip() if node else ""


def _nodes(node: Node | None) -> list[Node]:
    return [] if node is None else node.items or [node]


def _texts(node: Node | None) -> tuple[str, ...]:
    return tuple(each.text.strip() for each in _nodes(node) if each.text and each.text.strip())


def _pairs(reader: Reader, table: Node, key: str) -> Iterable[tuple[str, Node]]:
    """The pairs of the table under a key; a fault where something else stands there."""
    node = table.at(key)
    if node is not None and not node.table and node.value:
        reader.wrong(node.line, f"{key} is {shown(node)}, and should be a table")
    return node.table.items() if node else ()
