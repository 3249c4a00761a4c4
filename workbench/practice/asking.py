"""What a comment asks a requester: the words that a scenario names, and the other ways in which people ask the same."""

import re
from collections.abc import Iterable
from typing import Final

_ALIKE: Final = (
    (
        "others", "other people", "colleague", "anybody", "anyone", "everybody", "everyone", "somebody else",
        "someone else", "nobody else", "no one else", "who else", "only you", "just you", "you alone",
        "the only one", "neighbour", "how many people", "how many of you", "how many users", "all of you",
        "the rest of", "is it you or", "the whole team", "the whole company", "next to you",
    ),
    ("since", "when", "how long", "what time", "begin", "began", "begun", "start", "worked last", "last work"),
    (
        "message", "error", "wording", "says", "does it say", "did it say", "does the screen", "do you see",
        "you see on", "read out", "stands there", "on the screen", "shown",
    ),
    ("changed", "change", "different", "update", "installed", "anything new", "something new"),
    ("device", "computer", "laptop", "tablet", "which machine", "your machine", "which pc", "your pc"),
)  # fmt: skip
"""Ways to ask the same: where a scenario names one of them, a question that has another is understood too."""

_QUESTION: Final = re.compile(r"[^.!?\n]*\?")


def asks(said: str, words: Iterable[str]) -> bool:
    """Whether a comment holds one of these words, or a question in it another way to ask what they ask."""
    text, named = said.casefold(), set(words)
    if any(word in text for word in named):
        return True
    ways = {way for alike in _ALIKE if named.intersection(alike) for way in alike}
    return any(_has(question, way) for question in _QUESTION.findall(text) for way in ways)


def _has(question: str, way: str) -> bool:
    """Whether one of its words, or some in a row, begin so: `colleague` is asked by `colleagues`."""
    return re.search(rf"(?<!\w){re.escape(way)}", " ".join(question.split())) is not None
