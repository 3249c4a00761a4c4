"""The sections of a scenario's file: what was before, is said, printed and to come, and every fault by its line."""

import re
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeVar

from workbench.duration import parse_duration
from workbench.errors import InvalidInput
from workbench.escalation.model import ReturnCode
from workbench.practice.model import Answer, Fault, Hop, Later, Output, Surprise
from workbench.safe_yaml import Node

Word = TypeVar("Word", bound=StrEnum)
_STEP = re.compile(r"(?P<runbook>\S+) (?P<number>\d{1,3})(?P<misleading> \(misleading\))?")
_SECTIONS: Final = (
    "Before 1h: to team|back code, Asked: words, Step: runbook number, After 10m: reply|call|alert, Hint, Debrief, Key"
)


class Section(NamedTuple):
    """A heading with the text under it; lines from 1."""

    line: int
    level: int
    title: str
    text: str


class Reader:
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
            self.wrong(node.line, f"{name} is {shown(node)}; it is one of {', '.join(among)}")
            return None

    def duration(self, text: str | None, line: int, name: str) -> timedelta:
        """A length of time, or a fault."""
        try:
            return timedelta(seconds=parse_duration(text or ""))
        except InvalidInput as error:
            self.wrong(line, f"{name}: {error}")
            return timedelta()


def parts(reader: Reader, sections: list[Section]) -> dict[str, Any]:
    """What the sections under the ticket hold."""
    answers: list[Answer] = []
    outputs: dict[tuple[str, int], Output] = {}
    later: list[Later] = []
    hops: list[tuple[Section, Hop]] = []
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
        elif kind == "before":
            hops += _hop(reader, section, head, rest.strip())
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
        "hops": _in_order(reader, hops),
        "hints": tuple(hints),
        "debrief": told["debrief"],
        "key": key,
    }


def _answer(reader: Reader, section: Section, rest: str) -> Answer:
    words = tuple(word.strip().casefold() for word in rest.split(",") if word.strip())
    if not words:
        reader.wrong(section.line, "the words that bring the answer are missing: `## Asked: display, message`")
    return Answer(words, section.text)


def _add_output(reader: Reader, section: Section, rest: str, outputs: dict[tuple[str, int], Output]) -> None:
    found = _STEP.fullmatch(rest)
    if found is None:
        reader.wrong(section.line, "a step is told as `## Step: runbook number` or `… (misleading)`")
        return
    outputs[found["runbook"], int(found["number"])] = Output(section.text, found["misleading"] is not None)


def _later(reader: Reader, section: Section, head: str, rest: str) -> Iterator[Later]:
    after = reader.duration(head.partition(" ")[2].strip(), section.line, "After")
    try:
        yield Later(after, Surprise(rest), section.text)
    except ValueError:
        reader.wrong(section.line, f"{rest!r} cannot happen; there are {', '.join(Surprise)}")


def _hop(reader: Reader, section: Section, head: str, rest: str) -> Iterator[tuple[Section, Hop]]:
    before = reader.duration(head.partition(" ")[2].strip(), section.line, "Before")
    verb, _, name = rest.partition(" ")
    if verb == "to" and name:
        yield section, Hop(before, name, None, section.text)
    elif verb == "back" and name in set(ReturnCode):
        yield section, Hop(before, None, ReturnCode(name), section.text)
    else:
        reader.wrong(section.line, f"{rest!r} did not happen; there are `to team` and `back` {', '.join(ReturnCode)}")


def _in_order(reader: Reader, hops: list[tuple[Section, Hop]]) -> tuple[Hop, ...]:
    """The earliest first; each has to be sent before it is returned, and be back before the trainee gets it."""
    hops.sort(key=lambda each: -each[1].before)
    for place, (section, hop) in enumerate(hops):
        if (hop.code is None) is not (place % 2 == 0):
            reader.wrong(section.line, "it goes to a team and comes back from there, in turns")
    if len(hops) % 2:
        reader.wrong(hops[-1][0].line, "it has to come back from there before the trainee gets it")
    return tuple(hop for _, hop in hops)


def sections_of(text: str, before: int) -> Iterator[Section]:
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
            yield Section(line, level, title, "\n".join(lines).strip())
        level, title, line, lines = len(heading[1]), heading[2], number, []
    if level:
        yield Section(line, level, title, "\n".join(lines).strip())


def shown(node: Node) -> str:
    """What stands in a place where something else should."""
    return "a list" if node.items else "a table" if node.table else repr((node.text or "")[:60])
