"""Trying a rule on tickets before it is written down: within a time, and each version of a ticket once."""

from collections.abc import Iterator, Sequence
from itertools import islice
from time import thread_time
from typing import Final

from workbench.clock import Clock, reads_until
from workbench.problems.match_store import MatchStore, TicketVersion
from workbench.problems.matching import check, matches, subject_of
from workbench.problems.model import Rule, Trial
from workbench.problems.store import ProblemStore

TRIED_ON: Final = 500
"""Tickets; a rule is tried on so many of the latest before it is saved."""
WHILE_TYPED: Final = 0.25
"""Seconds for a trial between two letters. These three are of the processor, so that load leaves no ticket out."""
BEFORE_SAVED: Final = 1.0
"""Seconds for a trial before a rule is saved; 500 tickets of a page each take 0.3 by the slowest kind, a signature."""
WHILE_OTHERS_WAIT: Final = 0.05
"""Seconds for what came since that trial, which is tried while nobody else can write."""
_BATCH: Final = 50
"""Tickets whose texts are read at a time; of a body and of each reply 64,000 characters at most."""


class Trials:
    """Tries one rule after the other, and remembers what the last one said, so that to ask again is cheap."""

    def __init__(self, store: ProblemStore, matches: MatchStore, clock: Clock) -> None:
        self._store = store
        self._matches = matches
        self._clock = clock
        self._last = _OnTrial(Rule(), matches, clock)

    def of(self, rule: Rule, number: int | None, limit: int, seconds: float) -> Trial:
        """What a rule says of the `limit` latest tickets, and of unresolved ones that match problem `number` so far.

        The latest first, until the time is up. InvalidInput where it cannot match, matches everything, or has a pattern
        that takes too long for one ticket.
        """
        check(rule)
        if self._last.rule != rule:
            self._last = _OnTrial(rule, self._matches, self._clock)
        latest = self._matches.latest_tickets(limit)
        known = self._matches.unresolved_matched(number) if number is not None else []
        linked = {each.ref for each in self._store.linked(number)} if number is not None else set()
        asked = list(dict.fromkeys((*latest, *known)))
        verdicts = self._last.verdicts(asked, seconds)
        tried = [each.ref for each in latest if each.ref in verdicts]
        matched = tuple(ref for ref in tried if verdicts[ref])
        also_linked = tuple(ref for ref in matched if ref in linked)
        return Trial(matched, also_linked, len(tried), len(asked) - len(verdicts), verdicts)


class _OnTrial:
    """A rule, with what it said of each version of a ticket."""

    def __init__(self, rule: Rule, store: MatchStore, clock: Clock) -> None:
        self.rule = rule
        self._store = store
        self._clock = clock
        self._said: dict[TicketVersion, bool] = {}

    def verdicts(self, asked: Sequence[TicketVersion], seconds: float) -> dict[int, bool]:
        """What it says of these tickets, in their order until the time is up."""
        until, found = thread_time() + seconds, dict[int, bool]()
        for batch in _batches(asked):
            self._look([each for each in batch if each not in self._said], until)
            for each in batch:
                if each not in self._said:
                    return found
                found[each.ref] = self._said[each]
        return found

    def _look(self, unknown: Sequence[TicketVersion], until: float) -> None:
        texts = self._store.texts((each.ref for each in unknown), reads_until(self._clock)) if unknown else {}
        for each in unknown:
            if thread_time() > until:
                return
            component, said = texts[each.ref]
            self._said[each] = matches(self.rule, subject_of(component, *said))


def _batches(asked: Sequence[TicketVersion]) -> Iterator[list[TicketVersion]]:
    source = iter(asked)
    while batch := list(islice(source, _BATCH)):
        yield batch
