"""What a lookup found in a text, and which of it is told: the most specific where several fit the same part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from workbench.ownership.model import Seam

_FAMILIES: Final = {"signature": "wording", "alias": "name", "name": "name", "fuzzy": "name"}
"""Kinds of matches of which the longer hides the shorter; hosts, URLs and paths are one family."""


@dataclass(frozen=True, slots=True)
class Match:
    """Why a component is an answer: `how` it is known, the part of the query, a score from 0 to 1, and the pattern.

    `how` is one of host, url, path, signature, alias, name and fuzzy. An empty pattern is a path that none covers.
    `meant`: which of host, url and path a misspelt one was meant to be, where the pattern has to be fitted.
    """

    how: str
    text: str
    score: float
    pattern: str
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A component that the query may be about; `tied` where another one is as good an answer to the same.

    `owners`: those of the rule that covers the path, none at all where it names nobody; None for the component's own.
    """

    component: str
    match: Match
    tied: bool = False
    owners: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a lookup found, the best first, the seams between what was found, and near names where nothing was.

    `cut`: the text was longer than what is looked at.
    """

    query: str
    answers: list[Answer] = field(default_factory=list)
    seams: list[Seam] = field(default_factory=list)
    nearest: list[str] = field(default_factory=list)
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A name or pattern that fits a part of the text; `literal` says how specific it is."""

    component: str
    match: Match
    start: int
    end: int
    literal: int
    owners: tuple[str, ...] | None = None

    @property
    def family(self) -> str:
        """Of which kinds the longer hides the shorter."""
        return _FAMILIES.get(self.match.how, "place")


def told(findings: Iterable[Finding], length: int) -> list[Finding]:
    """The findings that no more specific one of their family hides, in a text of so many characters."""
    groups: dict[tuple[str, int, int, int, float], list[Finding]] = defaultdict(list)
    for each in findings:
        # What is called by the same words is all told: a name and an alias score differently, but hide nothing.
        score = 0.0 if each.family == "name" else each.match.score
        groups[each.family, each.literal, each.start, each.end, score].append(each)
    taken = {family: bytearray(length + 1) for family in ("place", "wording", "name")}
    seen: list[Finding] = []
    for key in sorted(groups, key=lambda key: (key[0] == "name", -key[1], -key[4])):
        family, _, start, end, _ = key
        # A name within a host or path that is known already tells nothing more.
        hidden = any(taken[family][start:end]) or (family == "name" and any(taken["place"][start:end]))
        if not hidden:
            seen += groups[key]
            taken[family][start:end] = b"\1" * (end - start)
    return seen


def answers_of(findings: Sequence[Finding]) -> list[Answer]:
    """One answer for each component, by the best that was found of it."""
    alike: dict[tuple[str, int, int, int, float], set[str]] = defaultdict(set)
    for each in findings:
        alike[_rank(each)].add(each.component)
    best: dict[str, Finding] = {}
    for each in sorted(findings, key=lambda each: (-each.match.score, -each.literal, each.start, each.component)):
        best.setdefault(each.component, each)
    return [Answer(slug, each.match, len(alike[_rank(each)]) > 1, each.owners) for slug, each in best.items()]


def _rank(each: Finding) -> tuple[str, int, int, int, float]:
    return each.family, each.start, each.end, each.literal, each.match.score
