"""The first tickets of a list read one by one: in a common word's case faster than the index, which gathers them all.

`client:contoso`, or a word that half of a million tickets have, takes a search some 200 ms, while the first tickets
that it lets through stand near the top. What is rarer is not met so soon, and the index has it at once.
"""

import re
from collections.abc import Callable
from time import thread_time
from typing import Final

from workbench.database import Database
from workbench.database.patience import SOON, giving_up
from workbench.errors import Interrupted
from workbench.queues.filters import Filter, Words
from workbench.queues.finding import FIRST, Found, Search, at_once, folded, is_common
from workbench.queues.store import QueueStore

WITHIN: Final = 0.02
"""Seconds of processor time after which it is left to the search; a glance at a million tickets takes some 0.005."""

Test = Callable[[str], bool]


def glance(database: Database, search: Search) -> Found | None:
    """The first few of the list, or all where they are few; None where none is met at a glance."""
    if search.wanted.words and not is_common(database, search.wanted):
        return at_once(database, search)
    wanted, until = search.wanted, thread_time() + WITHIN
    fields_alone = search._replace(wanted=Filter(wanted.terms))
    try:
        with giving_up(database, lambda: thread_time() > until, every=SOON):
            refs = fields_alone.selection(database).refs(FIRST)
    except Interrupted:
        return None
    if not wanted.words:
        return Found(refs, more=len(refs) == FIRST)
    tests = [_test(words) for words in wanted.words]
    texts = QueueStore(database).texts(refs)
    refs = [ref for ref in refs if all(test(texts[ref]) for test in tests)]
    return Found(refs, more=True) if refs else None


def _test(words: Words) -> Test:
    """Whether a text has the words, letters and accents taken nearly as the index takes them; it has the last word."""
    begin = [re.compile(rf"(?<![^\W_]){re.escape(folded(word))}") for word in words.words]
    exact = words.exact.lower()

    def test(text: str) -> bool:
        plain = folded(text)
        return (all(each.search(plain) for each in begin) and exact in text.lower()) is not words.negated

    return test
