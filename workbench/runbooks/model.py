"""What a runbook is: a titled procedure for one kind of trouble, its steps, and how it has served so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

from workbench.errors import InvalidInput

MOST_TEXT: Final = 256_000
"""Characters of a runbook; a longer file is a log or a dump and no procedure."""
MOST_STEPS: Final = 500
"""Steps of a runbook, for the same reason."""
CUT: Final = " …"
"""What a title ends with that is only the beginning of a sentence."""

JUDGED_BY: Final = 5
"""The latest runs by which a runbook is judged."""
LEAST_TO_JUDGE: Final = 3
"""So many of them at the least; before that nobody knows."""

_TOLD: Final = 5
"""Faults that an error message tells."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `text` is what is left of its Markdown once title, command, expected and caution are out.

    `command` is shell text with placeholders like `{{host}}`. `line` is where the step begins in the file, from 1.
    """

    number: int
    title: str
    text: str
    command: str | None = None
    expected: str | None = None
    caution: str | None = None
    line: int = 1

    @property
    def is_told_below(self) -> bool:
        """Whether the title is the cut beginning of a sentence with which the text begins."""
        return self.title.endswith(CUT) and self.text.startswith(self.title.removesuffix(CUT))


@dataclass(frozen=True, slots=True)
class Runbook:
    """A runbook as one version of its text says; `text` is the whole Markdown with its front matter.

    `path` is relative to the tree it came from, with `/`; the folders in it are among the tags.
    """

    slug: str
    title: str
    path: str
    text: str
    steps: tuple[Step, ...]
    tags: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    tier: str | None = None
    owner: str | None = None
    access: tuple[str, ...] = ()
    review_at: date | None = None
    headings: tuple[str, ...] = ()
    version: int = 1
    retired: bool = False

    def is_stale(self, today: date) -> bool:
        """Whether its review date has gone."""
        return is_stale(self.review_at, today)


class Figures(NamedTuple):
    """How a runbook has served. A run that was left, or goes on, is not counted: nobody knows yet whether it helps.

    `median_s` is the time from begin to end in seconds. `worst_step` is the step that failed most often, `worst_failed`
    times. `failing`: of its latest runs, enough to judge by, fewer than half worked.
    """

    runs: int = 0
    worked: int = 0
    median_s: int | None = None
    worst_step: int | None = None
    worst_failed: int = 0
    last_at: datetime | None = None
    failing: bool = False

    @property
    def share(self) -> float | None:
        """The share of its runs that worked; None where there is none."""
        return self.worked / self.runs if self.runs else None


class Entry(NamedTuple):
    """A runbook in a list: what its front matter says, and how it has served."""

    slug: str
    title: str
    path: str
    tags: tuple[str, ...]
    components: tuple[str, ...]
    signatures: tuple[str, ...]
    tier: str | None
    owner: str | None
    review_at: date | None
    version: int
    retired: bool
    figures: Figures

    def is_stale(self, today: date) -> bool:
        """Whether its review date has gone."""
        return is_stale(self.review_at, today)


class Version(NamedTuple):
    """One version of a runbook's text: who wrote it, and when."""

    number: int
    at: datetime
    who: str
    text: str


class Found(NamedTuple):
    """A runbook that fits a query or a ticket: how well (0–1), the place it was found in, and the words there.

    `where` is `signature`, `title`, `tag` or `body`; `used` where nothing was asked for. `spans` and `title_spans` are
    where matched words begin and end in the excerpt and in the title.
    """

    entry: Entry
    score: float
    where: str
    excerpt: str
    spans: tuple[tuple[int, int], ...] = ()
    title_spans: tuple[tuple[int, int], ...] = ()

    @property
    def source(self) -> str:
        """What the excerpt is taken from: the body where the title, which stands there anyway, has the words."""
        return "body" if self.where == "title" else self.where


class Fault(NamedTuple):
    """What is wrong with a file of a tree, and at which line, from 1; 0 where the file as a whole is meant."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


class Replaced(NamedTuple):
    """A runbook that an import gave a new version: the version before that, and who wrote it."""

    slug: str
    version: int
    who: str


@dataclass(slots=True)
class Imported:
    """What an import did, or would do: slugs of what came, what changed, how many stayed, and what is wrong."""

    added: list[str] = field(default_factory=list)
    changed: list[Replaced] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Slugs of those that say something else than their files, and were left so."""
    same: int = 0
    empty: int = 0
    """Files with nothing under their front matter, as pages that only name a folder."""
    faults: list[Fault] = field(default_factory=list)


class Unreadable(InvalidInput):
    """A text that is no runbook; `faults` says where and why."""

    def __init__(self, faults: Sequence[Fault], advice: str) -> None:
        told = "; ".join(map(str, faults[:_TOLD]))
        more = f"; and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
        super().__init__(told + more, advice)
        self.faults = tuple(faults)


def is_stale(review_at: date | None, today: date) -> bool:
    """Whether a review date has gone; never where none was set."""
    return review_at is not None and review_at < today
