"""What a problem is: a cause, how the next ticket of it is recognised, and how far its fix has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from workbench.errors import InvalidInput
from workbench.tickets.rules import limited, required

LONGEST_TITLE: Final = 200
"""Characters."""
LONGEST_RULE: Final = 500
"""Characters of a word list, a signature or a pattern."""
PROVEN_AFTER: Final = timedelta(days=30)
"""So long after its fix, without a ticket that matches, a problem counts as proven to be gone."""


class ProblemState(StrEnum):
    """How far the fix of a problem has come."""

    KNOWN = "known"
    UNDER_WAY = "under_way"
    FIXED = "fixed"
    PROVEN = "proven"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a ticket of a problem is recognised: by everything that is said here, and by one part at least.

    `words` must all stand in it, `signature` as a piece of its text (numbers and spaces do not count), `component` is
    what it is about, `pattern` is a regular expression.
    """

    words: tuple[str, ...] = ()
    signature: str = ""
    component: str = ""
    pattern: str = ""

    @property
    def empty(self) -> bool:
        """Whether it says nothing, and so would match everything."""
        return not (self.words or self.signature or self.component or self.pattern)

    @property
    def told(self) -> str:
        """In words: `words "502", "checkout" · component checkout-gateway`."""
        parts = [f"words {', '.join(f'“{word}”' for word in self.words)}"] if self.words else []
        parts += [f"{name} {value}" for name in ("signature", "component", "pattern") if (value := getattr(self, name))]
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """A known cause; texts are empty where nobody has said them. `state` is KNOWN until somebody says otherwise."""

    number: int
    title: str
    rule: Rule
    state: ProblemState
    created_at: datetime
    created_by: str
    cause: str = ""
    workaround: str = ""
    answer: str = ""
    """What to tell the requester."""
    root_cause: str = ""
    permanent_fix: str = ""
    expected_at: datetime | None = None
    fixed_at: datetime | None = None

    def seen(self, now: datetime) -> ProblemState:
        """Its state as time makes it: a fix is proven once no ticket has matched for long enough."""
        if self.state is ProblemState.FIXED and self.fixed_at is not None and now - self.fixed_at >= PROVEN_AFTER:
            return ProblemState.PROVEN
        return self.state


class NewProblem(NamedTuple):
    """What somebody says of a problem when it is written down, or written anew."""

    title: str
    rule: Rule
    cause: str = ""
    workaround: str = ""
    answer: str = ""
    root_cause: str = ""
    permanent_fix: str = ""
    expected_at: datetime | None = None


def said_of(problem: Problem) -> NewProblem:
    """What is said of a problem as it stands."""
    return NewProblem(*(getattr(problem, name) for name in NewProblem._fields))


def changes(before: Problem, said: NewProblem) -> list[str]:
    """What is said otherwise than it stands, by name."""
    return [name for name in NewProblem._fields if getattr(before, name) != getattr(said, name)]


class Trial(NamedTuple):
    """What a rule would have done to the latest tickets: those that match, those of them that are linked, how many it
    was tried on; how many more tickets there were when the time was up, and of each whether it matches.
    """

    matched: tuple[int, ...]
    linked: tuple[int, ...]
    tried: int
    left_out: int
    verdicts: Mapping[int, bool]

    @property
    def told(self) -> str:
        """In words: `would have matched 7 of the last 500, of which 6 are linked`."""
        told = (
            f"would have matched {len(self.matched)} of the last {self.tried}, of which {len(self.linked)} are linked"
        )
        return f"{told} (it is slow: {self.left_out:,} more were not reached)" if self.left_out else told


def checked(new: NewProblem) -> NewProblem:
    """The words as they can be kept; InvalidInput where there is no title, no rule, or too much of anything."""
    rule = new.rule
    if rule.empty:
        raise InvalidInput("the rule says nothing, and so would match everything", "give words, signature or pattern")
    texts = {name: limited(getattr(new, name).strip(), name.replace("_", " ")) for name in _TEXTS}
    kept = Rule(
        tuple(dict.fromkeys(_word(word) for word in rule.words if word.strip())),
        limited(rule.signature.strip(), "signature", LONGEST_RULE),
        limited(rule.component.strip(), "component", LONGEST_RULE),
        limited(rule.pattern, "pattern", LONGEST_RULE),
    )
    return NewProblem(required(new.title, "title", LONGEST_TITLE).strip(), kept, expected_at=new.expected_at, **texts)


_TEXTS: Final = ("cause", "workaround", "answer", "root_cause", "permanent_fix")


def _word(word: str) -> str:
    return limited(" ".join(word.split()), "word", LONGEST_RULE)


def require_narrow(trial: Trial) -> None:
    """Refuses a rule that would match more than half of many tickets: it tells nothing of any."""
    if trial.tried >= ENOUGH and 2 * len(trial.matched) > trial.tried:
        raise InvalidInput(f"the rule {trial.told}", "make it narrower: another word, a signature or a component")


ENOUGH: Final = 20
"""Tickets; of fewer nobody can say what is too many."""
