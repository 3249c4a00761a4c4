"""Whether a rule recognises a ticket; a pattern that never ends is given up in time."""

from collections.abc import Sequence
from functools import lru_cache
from time import thread_time
from typing import Final, NamedTuple

import regex

from workbench.errors import InvalidInput
from workbench.ownership.matching.signatures import Signature, Wording
from workbench.problems.model import Rule
from workbench.search.words import words as words_of

PATIENCE: Final = 0.05
"""Seconds that a pattern may look at one ticket."""
TOGETHER: Final = 0.1
"""Seconds, of the processor, that all patterns together may look at one ticket: everybody else waits to write."""
_LEAST: Final = 0.0001
"""Seconds that a pattern has in any case; a plain one looks at 2,600 characters in 3 to 23 µs."""
LOOKED_AT: Final = 64_000
"""Characters of a ticket that rules look at."""


class Subject(NamedTuple):
    """What rules look at: a ticket's component and its words, made ready once for many rules."""

    component: str
    text: str
    words: str
    wording: Wording


def subject_of(component: str | None, *texts: str) -> Subject:
    """A ticket as rules look at it."""
    text = "\n".join(texts)[:LOOKED_AT]
    return Subject((component or "").casefold(), text, f" {' '.join(words_of(text))} ", Wording(text))


def matches(rule: Rule, subject: Subject, patience: float = PATIENCE) -> bool:
    """Whether all that the rule says holds; InvalidInput where its pattern takes over `patience` seconds or is none."""
    if rule.empty:
        return False
    if rule.component and rule.component.casefold() != subject.component:
        return False
    if any(f" {' '.join(words_of(word))} " not in subject.words for word in rule.words):
        return False
    if rule.signature and not _stands(rule.signature, subject.wording):
        return False
    return not rule.pattern or _found(rule.pattern, subject.text, patience)


def recognised(rules: Sequence[Rule], subject: Subject, seconds: float = TOGETHER) -> list[bool | None]:
    """Of each rule whether it recognises a ticket; a pattern has no more than its share of the time that is left.

    One that takes longer tells nothing (None): it must not stop the ticket, and leaves the others as much as it had.
    """
    until, found = thread_time() + seconds, list[bool | None]()
    for rule in rules:
        share = (until - thread_time()) / (len(rules) - len(found))
        try:
            found.append(matches(rule, subject, min(PATIENCE, max(share, _LEAST))))
        except InvalidInput:
            found.append(None)
    return found


def check(rule: Rule) -> None:
    """Raises InvalidInput, which says what is wrong, for a rule that could not match, or would match everything."""
    if any(not words_of(word) for word in rule.words):
        raise InvalidInput("a word of the rule has no letters", "give words that stand in such tickets")
    if rule.signature and Signature.read(rule.signature) is None:
        raise InvalidInput(f"the signature {rule.signature!r} has no words", "give the words of the message")
    if rule.pattern and _compiled(rule.pattern).search("") is not None:
        raise InvalidInput(f"the pattern {rule.pattern!r} matches everything", "make it name something")


def _stands(signature: str, wording: Wording) -> bool:
    read = Signature.read(signature)
    return read is not None and read.sighting(wording) is not None


def _found(pattern: str, text: str, patience: float) -> bool:
    try:
        return _compiled(pattern).search(text, timeout=patience) is not None
    except TimeoutError:
        wrong = f"the pattern {pattern!r} takes too long"
        raise InvalidInput(wrong, "write it without repetitions inside repetitions") from None


@lru_cache(1024)
def _compiled(pattern: str) -> "regex.Pattern[str]":
    try:
        return regex.compile(pattern, regex.IGNORECASE | regex.MULTILINE)
    except (regex.error, RecursionError, OverflowError) as error:
        raise InvalidInput(f"{pattern[:60]!r} is no regular expression ({error})", "mend it, or leave it out") from None
